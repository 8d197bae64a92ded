"""Calendars (RFC 5545, RFC 7986): a feed per stop, town and bus, and a file per visit.

Entries are neutral: "Jugendmobil", never a bus's name, since calendars show on lock screens. A
visit of which only the town is known lies on its date, without time and place. Calendars may ask
again as late as a day after, so every entry tells the age of what it says.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from busplan.domain.dates import BERLIN, at
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.public_timetable import (
    PublicStatus,
    PublicTimetable,
    PublicVisit,
    PublicVisitId,
)
from busplan.publishing.address import PublicAddress
from busplan.publishing.bus_view import bus_key
from busplan.publishing.draft import Draft, digest, software_digest
from busplan.publishing.export_words import WORDS, ExportWords
from busplan.publishing.site.paths import stop_page
from busplan.publishing.visit_view import service_today

FOLDER = "kalender"
REFRESH = timedelta(hours=1)
"""How often a calendar is asked to look again."""
_PRODUCT = "-//busplan//Jugendmobil//DE"
_END = b"END:VCALENDAR\r\n"


def stop_feed(stop_id: StopId) -> str:
    """The path of a stop's feed."""
    return f"{FOLDER}/halt-{stop_id}.ics"


def town_feed(ags: Ags) -> str:
    """The path of a town's feed, by its official key."""
    return f"{FOLDER}/ort-{ags}.ics"


def bus_feed(bus_id: BusId) -> str:
    """The path of a bus's feed: stable, and without the bus's name in histories and logs."""
    return f"{FOLDER}/bus-{bus_key(bus_id)}.ics"


def visit_file(visit_id: PublicVisitId) -> str:
    """The path of one visit's file."""
    return f"{FOLDER}/besuch-{visit_id}.ics"


def calendar_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, Draft]:
    """All calendars by path. Towns and buses without any visit have an empty feed."""
    brand = WORDS.say("brand")
    names = {bus_feed(bus.id): brand for bus in timetable.buses}
    names |= {town_feed(t.ags): f"{brand} {t.name}" for t in timetable.municipalities}
    names |= {stop_feed(stop.id): f"{brand}: {stop.name}" for stop in timetable.stops}
    entries = _Entries(timetable, address)
    visits: defaultdict[str, list[PublicVisit]] = defaultdict(list)
    for visit in timetable.visits:
        for path in (visit_file(visit.id), *_feeds_of(visit)):
            names.setdefault(path, brand)
            visits[path].append(visit)
    return {path: entries.calendar(name, visits[path]) for path, name in names.items()}


def _feeds_of(visit: PublicVisit) -> Iterable[str]:
    """Who subscribed in the town that a visit is moved away from hears of it there."""
    yield bus_feed(visit.bus_id)
    yield town_feed(visit.ags)
    if visit.from_ags is not None:
        yield town_feed(visit.from_ags)
    if visit.stop_id is not None:
        yield stop_feed(visit.stop_id)


class _Entries:
    """Entries of a timetable's visits, each made once, and calendars of them yet to be made."""

    def __init__(self, timetable: PublicTimetable, address: PublicAddress | None) -> None:
        self._words = ExportWords(timetable)
        self._stamp = timetable.as_of.astimezone(UTC).replace(microsecond=0)
        self._county, self._address = timetable.county, address
        # Like pages, calendars are made anew every day, so none says that it is older.
        self._facts = digest([software_digest(), self._county, address, service_today(timetable)])
        self.entry, self.facts = cache(self._entry), cache(self._facts_of)

    def calendar(self, name: str, visits: Sequence[PublicVisit]) -> Draft:
        """One calendar; its facts are its name and all that its entries tell."""
        return Draft(
            facts=digest([self._facts, name, *map(self.facts, visits)]),
            make=lambda: b"".join((_head(name), *map(self.entry, visits), _END)),
        )

    def _facts_of(self, visit: PublicVisit) -> str:
        return digest([visit, self._words.stop(visit), self._words.town(visit)])

    def _entry(self, visit: PublicVisit) -> bytes:
        words, event = self._words, Event()
        event.add("uid", f"{visit.id}@{self._county.id}.busplan")
        event.add("dtstamp", self._stamp)
        event.add("sequence", visit.revision)
        cancelled = visit.status is PublicStatus.CANCELLED
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("summary", words.title(visit))
        event.add("description", "\n".join(words.remarks(visit)))
        for name, value in (_when(visit) | _where(visit, words, self._address)).items():
            event.add(name, value)
        written: bytes = event.to_ical()
        return written


def _when(visit: PublicVisit) -> dict[str, Any]:
    if visit.open_min is None or visit.close_min is None:
        return {"dtstart": visit.service_date, "dtend": visit.service_date + timedelta(days=1)}
    begin, end = (at(visit.service_date, minute) for minute in (visit.open_min, visit.close_min))
    return {"dtstart": begin, "dtend": end}


def _where(visit: PublicVisit, words: ExportWords, address: PublicAddress | None) -> dict[str, Any]:
    stop = words.stop(visit)
    if stop is None:
        return {}
    place = {"location": words.place(stop), "geo": (stop.location.lat, stop.location.lon)}
    return place | ({"url": address.of(stop_page(stop.id))} if address else {})


@cache
def _head(name: str) -> bytes:
    """What a calendar says before its entries, which are written once and stand in several."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_berlin())
    whole: bytes = calendar.to_ical()
    return whole.removesuffix(_END)


def _berlin() -> Timezone:
    """Europe/Berlin by the rule in force since 1996 (directive 2000/84/EC)."""
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", str(BERLIN))
    for part, name, starts, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1997, 3, 30, 2), winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", starts)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": starts.month, "byday": "-1su"})
        zone.add_component(part)
    return zone
