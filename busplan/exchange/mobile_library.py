"""The open mobile-library-stops schema: a published timetable as a CSV file, both ways.

Schema: LibrariesHacked, mobilelibraries-data. What cannot be planned is an error, all of them at
once; what can, though it surprises, is a warning that says how it is treated. No row vanishes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from busplan.domain.dates import clock, parse_clock
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.mobile_timetable import (
    WEEKDAY_NAMES,
    MobileTimetable,
    PublishedVisit,
    parse_frequency,
)
from busplan.domain.places import Coordinate
from busplan.exchange.cells import DATE, DAY_DATE, TEXT, Kind
from busplan.exchange.mobile_library_warnings import Warned, list_row_warnings
from busplan.exchange.table_files import read_table, write_table
from busplan.exchange.tables import REQUIRED, Column, Joined, Record, Table, problem_at

LEAST_TOUR = 3
"""Visits that agree on their date before a single one that does not is thought mistaken."""

TIME = Kind(
    expected="a time like 9:30 or 09:30",
    pattern="[0-9]{1,2}:[0-9]{2}",
    parse=parse_clock,
    show=clock,
)
WEEKDAY = Kind(
    expected="one of " + ", ".join(WEEKDAY_NAMES),
    pattern="|".join(WEEKDAY_NAMES),
    parse=WEEKDAY_NAMES.index,
    show=lambda day: WEEKDAY_NAMES[day],
)
RULE = Kind(
    expected="a rule like FREQ=WEEKLY;INTERVAL=2",
    pattern=r"[A-Z0-9=;:,+-]{1,100}",
    parse=parse_frequency,
    show=lambda frequency: frequency.rule,
)
DATES = Kind(
    expected="dates like 2026-12-24, separated by commas",
    pattern=f"{DATE}(?:[,; ]+{DATE})*",
    parse=lambda text: tuple(
        map(date.fromisoformat, text.replace(",", " ").replace(";", " ").split())
    ),
    show=lambda days: ",".join(map(str, days)),
)


def degrees(most: int) -> Kind:
    """Degrees up to ``most`` either way, with all decimals that are given."""

    def parse(text: str) -> float:
        if abs(float(text)) > most:
            raise ValueError(text)
        return float(text)

    return Kind(
        expected=f"degrees from {-most} to {most}, with a decimal point",
        pattern=r"-?[0-9]{1,3}(\.[0-9]+)?([eE]-[0-9]{1,3})?",
        parse=parse,
        show=repr,
    )


def _column(name: str, kind: Kind, about: str, blank: Any = REQUIRED) -> Column:
    return Column(name=name, kind=kind, about=about, blank=blank)


def _called(field: str, column: str) -> Joined:
    """A field that the schema calls otherwise."""
    return Joined(field=field, columns=(column,), join=lambda v: v, split=lambda v: (v,))


def _make(weekday: int, **fields: Any) -> PublishedVisit:
    # The start date says the weekday, too; where the two differ, a warning tells that it counts.
    del weekday
    return PublishedVisit(**fields)


VISITS = Table(
    file="timetable.csv",
    about="one row per visit of the published cycle",
    make=_make,
    columns=(
        _column("organisation", TEXT, "the authority", ""),
        _column("mobile", TEXT, "the vehicle"),
        _column("route", TEXT, "the day's tour"),
        _column("community", TEXT, "the village or district", ""),
        _column("stop", TEXT, "the stop's name"),
        _column("address", TEXT, "where it stands", ""),
        _column("postcode", TEXT, "its postcode", ""),
        _column("geox", degrees(180), "longitude, WGS 84"),
        _column("geoy", degrees(90), "latitude, WGS 84"),
        _column("day", WEEKDAY, "the weekday"),
        _column("type", TEXT, "whom the visit is for", ""),
        _column("arrival", TIME, "when the service begins"),
        _column("departure", TIME, "when it ends"),
        _column("frequency", RULE, "how often, RFC 5545"),
        _column("start", DAY_DATE, "the first date"),
        _column("end", DAY_DATE, "the last date", None),
        _column("exceptions", DATES, "dates without the visit", ()),
        _column("timetable", TEXT, "where it is published", ""),
    ),
    joined=(
        _called("vehicle", "mobile"),
        _called("tour", "route"),
        Joined(
            field="location",
            columns=("geox", "geoy"),
            join=lambda lon, lat: Coordinate(lat=lat, lon=lon),
            split=lambda at: (at.lon, at.lat),
        ),
        _called("weekday", "day"),
        _called("kind", "type"),
        _called("arrival_min", "arrival"),
        _called("departure_min", "departure"),
        _called("source", "timetable"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRead:
    """A timetable and what surprises in its file."""

    timetable: MobileTimetable
    warnings: tuple[Warned, ...]


def read_timetable(path: Path) -> TimetableRead:
    """The timetable in a file. Raises ``InvalidInput`` with every problem of every row."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    return parse_timetable(content, path.name)


def parse_timetable(content: bytes, file: str) -> TimetableRead:
    """The timetable in the bytes of a file. Raises ``InvalidInput`` with every problem."""
    read = read_table(replace(VISITS, file=file), content)
    problems = [*read.problems, *_repeated(read.table, read.records)]
    if problems:
        raise InvalidInput(f"{file} holds no usable timetable", tuple(problems))
    if not read.things:
        raise InvalidInput(f"{file} holds no visit", (Problem(file=file, expected="a visit"),))
    timetable = MobileTimetable(name=Path(file).stem, visits=tuple(_with_tours(read.things)))
    warnings = list_row_warnings(timetable, read.records, file)
    return TimetableRead(timetable=timetable, warnings=tuple(warnings))


def write_timetable(timetable: MobileTimetable) -> bytes:
    """The file that ``parse_timetable`` reads back as the same visits."""
    return write_table(VISITS, timetable.visits)


def _with_tours(visits: Sequence[PublishedVisit]) -> Iterator[PublishedVisit]:
    """A visit that alone starts some weeks off its tour, where it has its gap, starts with it.

    Taken at its word, it would be a day's tour of one visit, which nobody drives.
    """
    tours = defaultdict(list)
    for visit in visits:
        tours[_tour_of(visit)].append(visit)
    for visit in visits:
        starts = Counter(other.start for other in tours[_tour_of(visit)])
        usual, count = starts.most_common(1)[0]
        rest = [other for other in tours[_tour_of(visit)] if other.start == usual]
        alone = starts[visit.start] == 1 and count >= LEAST_TOUR
        yield replace(visit, start=usual) if alone and _fits(visit, rest) else visit


def _fits(visit: PublishedVisit, rest: Sequence[PublishedVisit]) -> bool:
    return all(
        visit.departure_min <= other.arrival_min or other.departure_min <= visit.arrival_min
        for other in rest
    )


def _tour_of(visit: PublishedVisit) -> tuple[object, ...]:
    return visit.vehicle, visit.tour, visit.frequency, visit.weekday, visit.end


def _repeated(
    table: Table[PublishedVisit], records: Sequence[Record[PublishedVisit]]
) -> Iterator[Problem]:
    """Rows that say nothing new: which of the two is meant, nobody can tell."""
    first: dict[PublishedVisit, int] = {}
    for record in records:
        if record.thing is None:
            continue
        if record.thing in first:
            yield problem_at(
                table, record, "stop", f"a visit that row {first[record.thing]} has not already"
            )
        first.setdefault(record.thing, record.row)
