"""GTFS-Realtime, read back message by message and matched with the static feed."""

from dataclasses import replace
from datetime import datetime

import pytest
from google.transit import gtfs_realtime_pb2 as gtfs_rt

from busplan.domain.dates import BERLIN
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.gtfs import list_trips
from busplan.publishing.gtfs_realtime import FILE, gtfs_realtime_files
from tests.publishing.test_gtfs import EVENING, two_stop_day
from tests.publishing.timetables import NOW, make_area_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")


def read(timetable: PublicTimetable) -> gtfs_rt.FeedMessage:
    feed = gtfs_rt.FeedMessage.FromString(gtfs_realtime_files(timetable, HOME)[FILE])
    assert feed.IsInitialized()
    assert len({entity.id for entity in feed.entity}) == len(feed.entity)
    return feed


def alerts(feed: gtfs_rt.FeedMessage) -> list[gtfs_rt.Alert]:
    return [entity.alert for entity in feed.entity if entity.HasField("alert")]


def updates(feed: gtfs_rt.FeedMessage) -> list[gtfs_rt.TripUpdate]:
    return [entity.trip_update for entity in feed.entity if entity.HasField("trip_update")]


def test_the_feed_tells_its_age() -> None:
    header = read(make_timetable()).header

    assert header.timestamp == NOW.timestamp()
    assert (header.gtfs_realtime_version, header.incrementality) == (
        "2.0",
        gtfs_rt.FeedHeader.FULL_DATASET,
    )


def test_a_day_whose_visits_are_all_off_is_a_cancelled_trip() -> None:
    (update,) = updates(read(make_timetable()))

    assert (update.trip.trip_id, update.trip.start_date) == ("2026-12-04-big", "20261204")
    assert update.trip.schedule_relationship == gtfs_rt.TripDescriptor.CANCELED


def test_a_visit_that_is_off_among_others_is_skipped() -> None:
    off = replace(EVENING, status=PublicStatus.CANCELLED)
    timetable = two_stop_day(visits=(make_timetable().visits[0], off))

    (update,) = updates(read(timetable))

    assert update.trip.schedule_relationship == gtfs_rt.TripDescriptor.SCHEDULED
    (call,) = update.stop_time_update
    assert (call.stop_sequence, call.stop_id) == (2, "school")
    assert call.schedule_relationship == gtfs_rt.TripUpdate.StopTimeUpdate.SKIPPED


def test_cancelled_and_moved_visits_raise_an_alert_at_their_stop() -> None:
    moved, cancelled = alerts(read(make_timetable()))

    assert moved.effect == gtfs_rt.Alert.MODIFIED_SERVICE
    assert moved.informed_entity[0].stop_id == "school"
    assert "zuerst angekündigt: Sportplatz" in moved.description_text.translation[0].text
    assert cancelled.effect == gtfs_rt.Alert.NO_SERVICE
    assert cancelled.header_text.translation[0].text == "Fällt aus: Jugendmobil"
    assert cancelled.url.translation[0].text == "https://bus.example/halt/square/"
    end = datetime.fromtimestamp(cancelled.active_period[0].end, BERLIN)
    assert (end.day, end.hour, end.minute) == (4, 20, 0)


def test_every_trip_is_one_of_the_static_feed() -> None:
    static = {trip.id for trip in list_trips(two_stop_day())}
    feed = read(two_stop_day())

    named = [update.trip.trip_id for update in updates(feed)]
    named += [entity.trip.trip_id for alert in alerts(feed) for entity in alert.informed_entity]
    assert named
    assert set(named) <= static


def test_no_news_is_an_empty_feed() -> None:
    assert list(read(make_timetable(visits=make_timetable().visits[:2])).entity) == []


@pytest.mark.parametrize("status", list(PublicStatus))
def test_visits_without_place_are_no_news(status: PublicStatus) -> None:
    hidden = make_area_visit(7, status=status)
    with_hidden = make_timetable(visits=(*make_timetable().visits[:1], hidden))

    assert list(read(with_hidden).entity) == []
