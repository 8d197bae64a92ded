"""How long a whole site takes: written first, again with nothing new, and after what happens.

Each figure is the median of several runs, from a public timetable to all files on disk, open
formats included. Timetables are invented: towns and stops on a grid, two buses for every 15 towns,
visits on workdays of eight weeks. ``python -m benchmarks.publish_site county`` or ``state``
measures one size alone.
"""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

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
from busplan.publishing.address import PublicAddress
from busplan.publishing.languages import LANGUAGES
from busplan.publishing.write import write_publication
from busplan.usecases.publication_files import publication_files

OUT = RESULTS / "publish_site.csv"
RUNS = 3
ADDRESS = PublicAddress(url="https://bus.example.org/")
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
    runs: int
    first_s: float
    unchanged_s: float
    one_change_s: float
    one_change_files: int
    withdraw_s: float
    withdraw_files: int


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
        buses=tuple(_buses(towns)),
        stops=public_stops,
        visits=tuple(_visits(public_stops, towns)),
        tours=(),
    )


def measure(size: str) -> Row:
    """Publish one size into empty folders, again, with a cancellation, and without one bus."""
    timetable = make_timetable(*SIZES[size])
    runs = [_run(timetable) for _ in range(RUNS)]
    files, _, _, (_, one_change_files), (_, withdraw_files) = runs[0]
    first_s, unchanged_s, one_change_s, withdraw_s = (
        round(median(run[step][0] for run in runs), 2) for step in (1, 2, 3, 4)
    )
    return Row(
        size=size,
        towns=len(timetable.municipalities),
        stops=len(timetable.stops),
        visits=len(timetable.visits),
        languages=len(LANGUAGES),
        files=files[0],
        megabytes=files[1],
        runs=RUNS,
        first_s=first_s,
        unchanged_s=unchanged_s,
        one_change_s=one_change_s,
        one_change_files=one_change_files,
        withdraw_s=withdraw_s,
        withdraw_files=withdraw_files,
    )


Step = tuple[float, int]
"""Seconds, and the files that were put in place."""


def _run(timetable: PublicTimetable) -> tuple[tuple[int, float], Step, Step, Step, Step]:
    """Files and megabytes, then the four publications, one after the other and minutes apart."""
    later = [replace(timetable, as_of=timetable.as_of + timedelta(minutes=5 * n)) for n in range(4)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = _publish(later[0], folder)
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        unchanged = _publish(later[1], folder)
        one_change = _publish(_with_a_cancellation(later[2]), folder)
        withdrawn = _publish(_without_a_bus(later[3]), folder)
    return (len(sizes), round(sum(sizes) / 1e6, 1)), first, unchanged, one_change, withdrawn


def _publish(timetable: PublicTimetable, folder: Path) -> Step:
    began = perf_counter()
    written = write_publication(publication_files(timetable, None, ADDRESS), folder)
    return perf_counter() - began, written


def main() -> None:
    """Measure the sizes named, or all, and put them into the result file."""
    for size in sys.argv[1:] or SIZES:
        row = {**asdict(measure(size)), **measured_on("jinja2", "babel", "folium", "icalendar")}
        replace_rows(OUT, [row], ["size"])
        print(row)


def _with_a_cancellation(timetable: PublicTimetable) -> PublicTimetable:
    first, *others = timetable.visits
    cancelled = replace(first, status=PublicStatus.CANCELLED, changed_at=timetable.as_of)
    return replace(timetable, visits=(cancelled, *others))


def _without_a_bus(timetable: PublicTimetable) -> PublicTimetable:
    """What the gate lets through of it once the second bus is withdrawn."""
    withdrawn = timetable.buses[1].id
    visits = tuple(visit for visit in timetable.visits if visit.bus_id != withdrawn)
    shown = {visit.stop_id for visit in visits}
    stops = tuple(stop for stop in timetable.stops if stop.id in shown)
    buses = tuple(bus for bus in timetable.buses if bus.id != withdrawn)
    return replace(timetable, buses=buses, visits=visits, stops=stops)


def _buses(towns: int) -> Iterator[PublicBus]:
    for pair in range(max(1, towns // TOWNS_PER_PAIR)):
        yield PublicBus(id=BusId(f"a{pair}"), name=f"Großer Bus {pair}", colour="#1f5fa8")
        yield PublicBus(id=BusId(f"b{pair}"), name=f"Kleiner Bus {pair}", colour="#a23b72")


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
                number_of_stop = turn % len(stops)
                stop = stops[number_of_stop]
                turn += 1
                service_date = MONDAY + timedelta(days=day)
                yield PublicVisit(
                    id=PublicVisitId(f"{service_date}-{number:010x}"),
                    bus_id=_bus_of(number_of_stop, towns),
                    ags=stop.ags,
                    service_date=service_date,
                    day_part=DayPart.AFTERNOON,
                    status=PublicStatus.PLANNED,
                    stop_id=stop.id,
                    open_min=15 * 60,
                    close_min=20 * 60,
                )


def _bus_of(stop: int, towns: int) -> BusId:
    """A bus of the pair that has the stop's town; every other round of towns has the second."""
    pairs = max(1, towns // TOWNS_PER_PAIR)
    pair = min(stop % towns // TOWNS_PER_PAIR, pairs - 1)
    return BusId(f"{'ab'[stop // towns % 2]}{pair}")


if __name__ == "__main__":
    main()
