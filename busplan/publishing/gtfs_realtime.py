"""GTFS-Realtime: what has changed since the static feed was read.

A cancelled visit skips its calls, a day whose visits are all cancelled cancels its trip, and both
cancelled and moved visits raise an alert at their stop.

There are no delays, as the public timetable knows none: the gate tells that a bus is there, or
that a visit is over, but no minute of it, since who knows when a crew arrives and leaves can follow
it. A visit put off to another time is a move, and its new times stand in the static feed, which is
written together with this one; against it, nothing is late.
"""

from collections.abc import Iterator

from google.transit import gtfs_realtime_pb2 as gtfs_rt

from busplan.domain.dates import at
from busplan.domain.public_timetable import PublicStatus, PublicTimetable, PublicVisit
from busplan.publishing.address import PublicAddress
from busplan.publishing.export_words import WORDS, ExportWords
from busplan.publishing.gtfs import Trip, list_trips
from busplan.publishing.site.paths import stop_page

FILE = "daten/gtfs-realtime.pb"
LANGUAGE = "de"
_EFFECTS = {
    PublicStatus.CANCELLED: gtfs_rt.Alert.NO_SERVICE,
    PublicStatus.MOVED: gtfs_rt.Alert.MODIFIED_SERVICE,
}


def gtfs_realtime_files(
    timetable: PublicTimetable, address: PublicAddress | None
) -> dict[str, bytes]:
    """The feed by path, wherever there is a static one that it belongs to."""
    trips = list_trips(timetable) if address else []
    if not trips:
        return {}
    feed = gtfs_rt.FeedMessage()
    feed.header.gtfs_realtime_version = "2.0"
    feed.header.incrementality = gtfs_rt.FeedHeader.FULL_DATASET
    feed.header.timestamp = int(timetable.as_of.timestamp())
    words = ExportWords(timetable)
    for trip in trips:
        feed.entity.extend(_updates(trip, feed.header.timestamp))
        feed.entity.extend(_alerts(trip, words, address))
    return {FILE: feed.SerializeToString(deterministic=True)}


def _updates(trip: Trip, timestamp: int) -> Iterator[gtfs_rt.FeedEntity]:
    skipped = [call for call in trip.calls if call.visit.status is PublicStatus.CANCELLED]
    if not skipped:
        return
    entity = gtfs_rt.FeedEntity(id=f"update-{trip.id}")
    update = entity.trip_update
    update.trip.CopyFrom(_descriptor(trip))
    update.timestamp = timestamp
    if len(skipped) == len(trip.calls):
        update.trip.schedule_relationship = gtfs_rt.TripDescriptor.CANCELED
    else:
        update.trip.schedule_relationship = gtfs_rt.TripDescriptor.SCHEDULED
        for call in skipped:
            update.stop_time_update.add(
                stop_sequence=call.sequence,
                stop_id=call.stop_id,
                schedule_relationship=gtfs_rt.TripUpdate.StopTimeUpdate.SKIPPED,
            )
    yield entity


def _alerts(
    trip: Trip, words: ExportWords, address: PublicAddress | None
) -> Iterator[gtfs_rt.FeedEntity]:
    visits = {call.visit.id: call.visit for call in trip.calls}
    for visit in visits.values():
        if visit.status in _EFFECTS:
            yield _alert(trip, visit, words, address)


def _alert(
    trip: Trip, visit: PublicVisit, words: ExportWords, address: PublicAddress | None
) -> gtfs_rt.FeedEntity:
    stop = words.stop(visit)
    assert stop is not None
    entity = gtfs_rt.FeedEntity(id=f"alert-{visit.id}")
    alert = entity.alert
    alert.effect = _EFFECTS[visit.status]
    alert.active_period.add(end=int(at(visit.service_date, visit.close_min or 0).timestamp()))
    alert.informed_entity.add(trip=_descriptor(trip), stop_id=stop.id)
    where = f"{WORDS.day_title(visit.service_date)}, {words.when(visit)}, {words.place(stop)}"
    described = "\n".join((where, *words.remarks(visit)))
    alert.header_text.translation.add(text=words.title(visit), language=LANGUAGE)
    alert.description_text.translation.add(text=described, language=LANGUAGE)
    if address:
        page = address.of(stop_page(stop.id))
        alert.url.translation.add(text=page, language=LANGUAGE)
    return entity


def _descriptor(trip: Trip) -> gtfs_rt.TripDescriptor:
    return gtfs_rt.TripDescriptor(
        trip_id=trip.id, route_id=trip.bus_id, start_date=f"{trip.service_date:%Y%m%d}"
    )
