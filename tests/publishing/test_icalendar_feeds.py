"""Calendars, read back by vobject, which shares no code with the writer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject

from busplan.domain.dates import BERLIN
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.public_timetable import PublicStatus
from busplan.publishing.address import PublicAddress
from busplan.publishing.draft import made
from busplan.publishing.icalendar_feeds import (
    bus_feed,
    calendar_files,
    stop_feed,
    town_feed,
    visit_file,
)
from tests.publishing.timetables import BIG, NOW, make_public_visit, make_timetable

ALTDORF, BEERENAU = Ags("05358004"), Ags("05358008")
HOME = PublicAddress(url="https://bus.example/")


def read(files: dict[str, bytes], path: str) -> vobject.base.Component:
    """The one calendar of a file, judged by vobject."""
    (calendar,) = vobject.readComponents(files[path].decode())
    for event in calendar.contents.get("vevent", ()):
        event.validate(raiseException=True)
    return calendar


def uids(files: dict[str, bytes], path: str) -> list[str]:
    return [event.uid.value for event in read(files, path).contents.get("vevent", ())]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made(calendar_files(make_timetable(), HOME))


def test_stops_towns_buses_and_visits_have_files(files: dict[str, bytes]) -> None:
    one, two, three, four, five = (f"{visit.id}@test.busplan" for visit in make_timetable().visits)

    assert uids(files, stop_feed(StopId("square"))) == [one, five]
    assert uids(files, town_feed(ALTDORF)) == [one, four, five]
    assert uids(files, town_feed(BEERENAU)) == [two, three]
    assert uids(files, bus_feed(BIG)) == [one, three, five]
    assert uids(files, visit_file(make_timetable().visits[2].id)) == [three]


def test_a_town_without_visits_has_a_feed_to_subscribe_to() -> None:
    files = made(calendar_files(make_timetable(visits=(), stops=(), tours=()), None))

    assert uids(files, town_feed(ALTDORF)) == []


def test_a_full_visit_has_times_place_and_page(files: dict[str, bytes]) -> None:
    event = read(files, visit_file(make_timetable().visits[0].id)).vevent

    assert event.dtstart.value == datetime(2026, 11, 30, 15, tzinfo=BERLIN)
    assert event.dtend.value == datetime(2026, 11, 30, 20, tzinfo=BERLIN)
    assert event.location.value == "Marktplatz, Oberdorf, Altdorf"
    assert event.geo.value == "50.86;6.36"
    assert event.url.value == "https://bus.example/halt/square/"
    assert (event.summary.value, event.status.value) == ("Jugendmobil", "CONFIRMED")
    assert "Stand: 30. November 2026, 08:05 Uhr" in event.description.value


def test_an_area_visit_lies_on_its_date_and_names_no_place(files: dict[str, bytes]) -> None:
    event = read(files, visit_file(make_timetable().visits[1].id)).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 11, 30), date(2026, 12, 1))
    assert event.summary.value == "Jugendmobil, vormittags"
    assert {"location", "geo", "url"} & event.contents.keys() == set()
    assert "Beerenau, vormittags.\nOrt bitte erfragen: 02421 1" in event.description.value


def test_changes_raise_the_sequence_and_show_in_status_and_title() -> None:
    visit = make_public_visit(status=PublicStatus.CANCELLED, changed_at=NOW, revision=3)
    moved = make_public_visit(2, status=PublicStatus.MOVED, moved_from="Sportplatz", revision=1)
    files = made(calendar_files(make_timetable(visits=(visit, moved)), None))

    cancelled = read(files, visit_file(visit.id)).vevent
    assert (cancelled.sequence.value, cancelled.status.value) == ("3", "CANCELLED")
    assert cancelled.summary.value == "Fällt aus: Jugendmobil"
    event = read(files, visit_file(moved.id)).vevent
    assert (event.sequence.value, event.status.value) == ("1", "CONFIRMED")
    assert event.summary.value == "Verlegt: Jugendmobil"
    assert "zuerst angekündigt: Sportplatz" in event.description.value


def test_an_entry_keeps_its_uid_whatever_changes() -> None:
    visit = make_timetable().visits[0]
    changed = replace(visit, status=PublicStatus.CANCELLED, stop_id=None, open_min=None)

    before = made(calendar_files(make_timetable(visits=(visit,)), None))
    after = made(calendar_files(make_timetable(visits=(changed,)), HOME))

    assert uids(before, visit_file(visit.id)) == uids(after, visit_file(visit.id))


def test_calendars_ask_again_every_hour(files: dict[str, bytes]) -> None:
    calendar = read(files, town_feed(ALTDORF))

    assert calendar.refresh_interval.value == calendar.x_published_ttl.value == "PT1H"
    assert calendar.x_wr_calname.value == "Jugendmobil Altdorf"
    assert calendar.method.value == "PUBLISH"


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)])
def test_the_written_time_zone_is_berlin_around_the_clock_changes(day: date) -> None:
    """Read by the rules in the file alone, not by what the machine knows of Berlin."""
    visit = make_public_visit(service_date=day, open_min=14 * 60)
    files = made(calendar_files(make_timetable(visits=(visit,)), None))

    text = files[visit_file(visit.id)].decode().replace("Europe/Berlin", "Test/Zone")
    start = vobject.readOne(text).vevent.dtstart.value

    expected = datetime(day.year, day.month, day.day, 14, tzinfo=BERLIN)
    assert start.astimezone(UTC) == expected.astimezone(UTC)
    assert start.utcoffset() == expected.utcoffset() != timedelta(0)


def test_neither_addresses_nor_entries_tell_which_bus(files: dict[str, bytes]) -> None:
    """They show on lock screens, in histories and in logs."""
    named = make_timetable()
    written = "".join([*files, *(content.decode() for content in files.values())])

    assert [bus.name for bus in named.buses if bus.name in written] == []
    assert bus_feed(BusId("ninja")).startswith("kalender/bus-")
    assert "ninja" not in bus_feed(BusId("ninja"))


def test_lines_are_folded_as_the_standard_asks(files: dict[str, bytes]) -> None:
    for content in files.values():
        lines = content.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
