"""How long a whole site takes: made from a timetable, written, and written again unchanged.

Timetables are invented: towns and stops on a grid, two buses (a state has one pair for every 15
towns), visits on workdays of eight weeks. ``python -m benchmarks.publish_site county`` or
``state`` measures one size alone.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from benchmarks.result_rows import RESULTS, measured_on, replace_rows
from busplan.domain.dates import BERLIN
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, Coordinate, County, Municipality, Place, PlaceId, StopId
from busplan.domain.public_timetable import (
    DayPart,
    PublicBus,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
    PublicVisitId,
)
from busplan.publishing.languages import LANGUAGES
from busplan.publishing.pages import make_publication
from busplan.publishing.write import write_publication

OUT = RESULTS / "publish_site.csv"
T = TypeVar("T")
MONDAY = date(2026, 11, 30)
WEEKS, WORKDAYS, TOWNS_PER_PAIR = 8, 5, 15
SIZES = {"county": (15, 50), "state": (400, 2000)}
"""Towns and stops by size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement."""

    size: str
    towns: int
    stops: int
    visits: int
    languages: int
    files: int
    megabytes: float
    make_s: float
    write_s: float
    unchanged_s: float
    one_change_s: float
    one_change_files: int


def make_timetable(towns: int, stops: int) -> PublicTimetable:
    """An invented timetable in which every stop is visited once a week or less."""
    municipalities = tuple(_town(number) for number in range(towns))
    public_stops = tuple(_stop(number, towns) for number in range(stops))
    return PublicTimetable(
        county=County(id="bench", name="Testland", holiday_region="DE-NW", demo=True),
        as_of=datetime(2026, 11, 30, 8, tzinfo=BERLIN),
        first_day=MONDAY,
        last_day=MONDAY + timedelta(weeks=WEEKS, days=-1),
        municipalities=municipalities,
        places=tuple(_place(town) for town in municipalities),
        outlines=(),
        buses=(
            PublicBus(id=BusId("a"), name="Großer Bus", colour="#1f5fa8"),
            PublicBus(id=BusId("b"), name="Kleiner Bus", colour="#a23b72"),
        ),
        stops=public_stops,
        visits=tuple(_visits(public_stops, towns)),
        tours=(),
    )


def measure(size: str) -> Row:
    """Make and write the site of one size into an empty folder, again, and with one change."""
    towns, stops = SIZES[size]
    timetable = make_timetable(towns, stops)
    with TemporaryDirectory() as folder:
        make_s, files = _timed(lambda: make_publication(timetable))
        write_s, _ = _timed(lambda: write_publication(files, Path(folder)))
        unchanged_s, _ = _timed(lambda: write_publication(files, Path(folder)))
        changed = make_publication(_with_a_cancellation(timetable))
        one_change_s, count = _timed(lambda: write_publication(changed, Path(folder)))
    return Row(
        size=size,
        towns=towns,
        stops=stops,
        visits=len(timetable.visits),
        languages=len(LANGUAGES),
        files=len(files),
        megabytes=round(sum(map(len, files.values())) / 1e6, 1),
        make_s=make_s,
        write_s=write_s,
        unchanged_s=unchanged_s,
        one_change_s=one_change_s,
        one_change_files=count,
    )


def main() -> None:
    """Measure the sizes named, or all, and put them into the result file."""
    for size in sys.argv[1:] or SIZES:
        row = {**asdict(measure(size)), **measured_on("jinja2", "babel", "folium")}
        replace_rows(OUT, [row], ["size"])
        print(row)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    result = work()
    return round(perf_counter() - began, 2), result


def _with_a_cancellation(timetable: PublicTimetable) -> PublicTimetable:
    first, *others = timetable.visits
    cancelled = replace(first, status=PublicStatus.CANCELLED, changed_at=timetable.as_of)
    return replace(timetable, visits=(cancelled, *others))


def _town(number: int) -> Municipality:
    return Municipality(
        ags=Ags(f"05{number:06d}"),
        name=f"Ort {number}",
        postcodes=(f"{50000 + number}",),
        residents=10_000,
        residents_date=date(2024, 12, 31),
        youth_office="Kreis",
        served=True,
        main_place=f"Ort {number}",
        location=Coordinate(50 + number // 20 / 10, 6 + number % 20 / 10),
        source="invented",
    )


def _place(town: Municipality) -> Place:
    return Place(
        id=PlaceId(town.ags),
        name=f"Dorf bei {town.name}",
        ags=town.ags,
        location=town.location,
        accuracy_m=300,
        kind="locality",
        source="invented",
        licence="CC0-1.0",
    )


def _stop(number: int, towns: int) -> PublicStop:
    town = number % towns
    return PublicStop(
        id=StopId(f"stop-{number}"),
        name=f"Schulhof {number}",
        ags=Ags(f"05{town:06d}"),
        place=f"Dorf bei Ort {town}",
        location=Coordinate(50 + town // 20 / 10, 6 + town % 20 / 10 + number / 1e5),
        indoor_place="Aula",
        nearest_transit_stop="Markt",
        invented=True,
    )


def _visits(stops: tuple[PublicStop, ...], towns: int) -> Iterator[PublicVisit]:
    """On each workday four visits for every pair of buses, to all stops in turn."""
    a_day = max(4, towns // TOWNS_PER_PAIR * 4)
    turn = 0
    for day in range(WEEKS * 7):
        if day % 7 < WORKDAYS:
            for number in range(a_day):
                stop = stops[turn % len(stops)]
                turn += 1
                service_date = MONDAY + timedelta(days=day)
                yield PublicVisit(
                    id=PublicVisitId(f"{service_date}-{number:010x}"),
                    bus_id=BusId("ab"[number % 2]),
                    ags=stop.ags,
                    service_date=service_date,
                    day_part=DayPart.AFTERNOON,
                    status=PublicStatus.PLANNED,
                    stop_id=stop.id,
                    open_min=15 * 60,
                    close_min=20 * 60,
                )


if __name__ == "__main__":
    main()
