"""What can be planned in a mobile library's timetable but will surprise its author."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from busplan.domain.dates import clock
from busplan.domain.mobile_timetable import (
    MONTH_WEEKS,
    WEEKDAY_NAMES,
    MobileTimetable,
    PublishedVisit,
    apart_m,
)
from busplan.exchange.tables import Record, shorten

FAR_M = 25_000
"""Further than this from all other stops, a coordinate is more likely wrong than right."""
Records = Sequence[Record[PublishedVisit]]
Numbered = tuple[int, PublishedVisit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One thing that surprises, and how it is treated."""

    file: str
    row: int
    column: str
    value: str
    treatment: str

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}, column {self.column}"
        return f"{where}: {shorten(self.value)!r} {self.treatment}"


def list_row_warnings(timetable: MobileTimetable, records: Records, file: str) -> list[Warned]:
    """Every warning, by row; ``records`` are the rows of the timetable's visits as they were."""
    rows = [(r.row, visit) for r, visit in zip(records, timetable.visits, strict=True)]
    cells = {record.row: record.cells for record in records}
    found = [*_row_by_row(rows, cells), *_by_day(timetable, rows), *_far(rows)]
    return [
        Warned(file=file, row=row, column=column, value=value, treatment=treatment)
        for row, column, value, treatment in sorted(found)
    ]


Found = tuple[int, str, str, str]


def _row_by_row(
    rows: Sequence[Numbered], cells: Mapping[int, Mapping[str, str]]
) -> Iterator[Found]:
    for row, visit in rows:
        named = cells[row]["day"]
        if WEEKDAY_NAMES.index(named) not in visit.weekdays:
            says = f"is not the weekday of its dates: it comes on {WEEKDAY_NAMES[visit.weekday]}s"
            yield row, "day", named, f"{says}, from {visit.first_date} on, and that counts"
        if cells[row]["start"] != str(visit.start):
            says = f"is not the date of its tour {visit.tour}: planned with it, on {visit.start}"
            yield row, "start", cells[row]["start"], says
        if visit.frequency.monthly:
            says = f"is planned every {visit.frequency.weeks} weeks (a month counts {MONTH_WEEKS})"
            yield row, "frequency", visit.frequency.rule, says
        if visit.end is not None:
            says = "is left out: the new timetable holds until there is another"
            yield row, "end", str(visit.end), says
        if visit.exceptions:
            says = "are left out: they belong to the published dates, not to the new ones"
            yield row, "exceptions", cells[row]["exceptions"], says
        if visit.service_min == 0:
            says = "is also its arrival: planned as a call of 0 minutes"
            yield row, "departure", clock(visit.departure_min), says


def _by_day(timetable: MobileTimetable, rows: Sequence[Numbered]) -> Iterator[Found]:
    """Visits that begin before the one before has ended."""
    days: dict[tuple[str, int], list[Numbered]] = defaultdict(list)
    for row, visit in rows:
        for day in visit.days(timetable.first_monday, timetable.weeks):
            days[visit.vehicle, day].append((row, visit))
    told = set()
    for visits in days.values():
        visits.sort(key=lambda found: (found[1].arrival_min, found[1].departure_min))
        for (row, here), (other, there) in pairwise(visits):
            if there.arrival_min < here.departure_min and other not in told:
                told.add(other)
                ends = f"row {row} is served until {clock(here.departure_min)}"
                says = f"comes too early, {ends}: both are planned in full, one after the other"
                yield other, "arrival", clock(there.arrival_min), says


def _far(rows: Sequence[Numbered]) -> Iterator[Found]:
    """Stops far from all others."""
    for row, visit in rows:
        name = (visit.community, visit.stop)
        others = [
            apart_m(visit.location, other.location)
            for _, other in rows
            if (other.community, other.stop) != name
        ]
        if others and min(others) > FAR_M:
            far_km = min(others) / 1000
            says = f"is {far_km:.0f} km from every other stop: planned there, do look it up"
            yield row, "geox", repr(visit.location.lon), says
