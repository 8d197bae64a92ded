"""What rows of a county's tables must hold of one another; every breach is a problem."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from math import cos, hypot, radians
from typing import Any, TypeVar

from busplan.domain.blocks import Block
from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.dates import WEEKDAYS
from busplan.domain.demand import DemandRecord
from busplan.domain.errors import Problem
from busplan.domain.fleet import Bus
from busplan.domain.parameters import Parameters, parameter_fields
from busplan.domain.places import Coordinate, Municipality, Place, Stop
from busplan.domain.programme import MOST_SIGNPOSTS
from busplan.exchange.county_tables import CALENDAR, PARAMETERS
from busplan.exchange.holiday_calendar import has_holidays
from busplan.exchange.place_tables import COUNTY, MUNICIPALITIES, PLACES, STOPS
from busplan.exchange.programme_tables import SIGNPOSTS, SITE
from busplan.exchange.service_tables import BLOCKS, DEMAND, FLEET
from busplan.exchange.tables import Record, Table, TableRead, problem_at

T = TypeVar("T")
Reads = Mapping[str, TableRead[Any]]
"""Every table of the folder by file name."""
TOWN_REACH_KM = 25
"""Further than any municipality of a county reaches from its main place; mistyped digits do."""
KM_PER_DEGREE = 111.2


def check_county(reads: Reads) -> Iterator[Problem]:
    """Everything that rows, each sound by itself, get wrong together."""
    for read in reads.values():
        yield from _check_references(read, reads)
    yield from _check_county_row(reads)
    yield from _check_positions(PLACES, reads)
    yield from _check_positions(STOPS, reads)
    yield from _check_stops(reads)
    yield from _check_demand(reads)
    yield from _check_blocks(reads)
    yield from _check_calendar(reads)
    yield from _check_parameters(reads)
    yield from _check_signposts(reads)
    yield from _check_site(reads)


def _check_references(read: TableRead[Any], reads: Reads) -> Iterator[Problem]:
    for column in read.table.columns:
        if not column.refers_to:
            continue
        target = reads[column.refers_to]
        for record in read.records:
            cell = record.cells.get(column.name, "")
            if cell and target.lacks(cell):
                expected = f"one of the values of {target.table.key} in {column.refers_to}"
                yield problem_at(read.table, record, column.name, expected)


def _check_county_row(reads: Reads) -> Iterator[Problem]:
    read = reads[COUNTY.file]
    if len(read.records) != 1 and not read.problems:
        yield Problem(file=read.table.file, value=f"{len(read.records)} rows", expected="one row")
    for record, county in _sound(read):
        if not has_holidays(county.holiday_region):
            expected = "a region with known holidays, as DE-NW"
            yield problem_at(read.table, record, "holiday_region", expected)


def _check_positions(table: Table[Any], reads: Reads) -> Iterator[Problem]:
    """Places and stops lie near the main place of their municipality."""
    towns: Mapping[str, Municipality] = _by_key(reads, MUNICIPALITIES)
    for record, thing in _sound(reads[table.file]):
        town = towns.get(thing.ags)
        if town and _apart_km(thing.location, town.location) > TOWN_REACH_KM:
            expected = f"a position within {TOWN_REACH_KM} km of {town.name}"
            cells = f"{record.cells['lat']},{record.cells['lon']}"
            yield Problem(
                file=table.file, row=record.row, column="lat,lon", value=cells, expected=expected
            )


def _check_stops(reads: Reads) -> Iterator[Problem]:
    places: Mapping[str, Place] = _by_key(reads, PLACES)
    for record, stop in _sound(reads[STOPS.file]):
        place = places.get(stop.place_id)
        if place and place.ags != stop.ags:
            expected = f"a place in municipality {stop.ags}; this one is in {place.ags}"
            yield problem_at(STOPS, record, "place_id", expected)


def _check_demand(reads: Reads) -> Iterator[Problem]:
    stops: Mapping[str, Stop] = _by_key(reads, STOPS)
    buses: Mapping[str, Bus] = _by_key(reads, FLEET)
    fleet_sound = not reads[FLEET.file].problems
    offers = frozenset[str]().union(*(bus.offers for bus in buses.values()))
    for record, demand in _sound(reads[DEMAND.file]):
        stop, bus = stops.get(demand.stop_id or ""), buses.get(demand.bus_id or "")
        if stop and stop.ags != demand.ags:
            expected = f"a stop in municipality {demand.ags}; this one is in {stop.ags}"
            yield problem_at(DEMAND, record, "stop_id", expected)
        if bus and demand.offer not in bus.offers:
            expected = f"an offer of bus {bus.id}: {' '.join(sorted(bus.offers))}"
            yield problem_at(DEMAND, record, "offer", expected)
        elif fleet_sound and demand.offer not in offers:
            expected = f"an offer that some bus gives: {' '.join(sorted(offers))}"
            yield problem_at(DEMAND, record, "offer", expected)


def _check_blocks(reads: Reads) -> Iterator[Problem]:
    demands: Mapping[str, DemandRecord] = _by_key(reads, DEMAND)
    buses: Mapping[str, Bus] = _by_key(reads, FLEET)
    stops: Mapping[str, Stop] = _by_key(reads, STOPS)
    for record, block in _sound(reads[BLOCKS.file]):
        demand, bus = demands.get(block.demand_id), buses.get(block.bus_id)
        stop = stops.get(block.stop_id)
        breaches: list[tuple[str, str]] = []
        if demand and stop and bus:
            breaches += _block_against_demand(block, demand)
        if demand and stop and stop.ags != demand.ags:
            breaches.append(("stop_id", f"a stop in municipality {demand.ags}"))
        if demand and bus and demand.offer not in bus.offers:
            breaches.append(("bus_id", f"a bus that gives {demand.offer}"))
        if bus and block.weekday not in bus.weekdays:
            breaches.append(("weekday", f"a working day of bus {bus.id}"))
        for column, expected in breaches:
            yield problem_at(BLOCKS, record, column, expected)


def _block_against_demand(block: Block, demand: DemandRecord) -> Iterator[tuple[str, str]]:
    """Columns of a block that contradict its demand record, and what was expected."""
    if demand.stop_id not in (None, block.stop_id):
        yield "stop_id", f"stop {demand.stop_id} of demand {demand.id}"
    if demand.bus_id not in (None, block.bus_id):
        yield "bus_id", f"bus {demand.bus_id} of demand {demand.id}"
    if block.weekday not in demand.weekdays:
        days = " ".join(WEEKDAYS[day] for day in sorted(demand.weekdays))
        yield "weekday", f"a weekday of demand {demand.id}: {days}"
    window = block.window
    if window.to_min - window.from_min != demand.service_min:
        yield "window", f"{demand.service_min} minutes as in demand {demand.id}"
    if not any(wished.holds(window.from_min, window.to_min) for wished in demand.windows):
        yield (
            "window",
            f"inside a window of demand {demand.id}: {' '.join(map(str, demand.windows))}",
        )


def _check_calendar(reads: Reads) -> Iterator[Problem]:
    targets: Mapping[Scope, Table[Any]] = {
        Scope.MUNICIPALITY: MUNICIPALITIES,
        Scope.STOP: STOPS,
        Scope.BUS: FLEET,
    }
    for record, entry in _sound(reads[CALENDAR.file]):
        column, expected = _entry_breach(entry)
        target = targets.get(entry.scope)
        if not expected and target and reads[target.file].lacks(entry.target):
            column, expected = "target", f"one of the values of {target.key} in {target.file}"
        if expected:
            yield problem_at(CALENDAR, record, column, expected)


def _entry_breach(entry: CalendarEntry) -> tuple[str, str]:
    """Column and expectation that a calendar row misses; empty when it is sound."""
    if entry.kind is not EntryKind.CLOSED and entry.scope is not Scope.ALL:
        return "scope", "all, as only closures concern single towns, stops or buses"
    if entry.scope is Scope.ALL and entry.target:
        return "target", "nothing, as the scope is all"
    return "", ""


def _check_parameters(reads: Reads) -> Iterator[Problem]:
    known = {spec.name: spec for spec in parameter_fields()}
    for record, row in _sound(reads[PARAMETERS.file]):
        spec = known.get(row.name)
        if spec is None:
            expected = "one of " + ", ".join(known)
            yield problem_at(PARAMETERS, record, "name", expected)
        elif row.value < spec.metadata["least"]:
            expected = f"at least {spec.metadata['least']} {spec.metadata['unit']}"
            yield problem_at(PARAMETERS, record, "value", expected)
        elif isinstance(getattr(Parameters(), row.name), int) and row.value % 1:
            yield problem_at(PARAMETERS, record, "value", "a whole number")


def _check_signposts(reads: Reads) -> Iterator[Problem]:
    """No town shows more than it may; told at every row that is too many for some town."""
    told = set()
    for town in reads[MUNICIPALITIES.file].things:
        shown = ((r, s) for r, s in _sound(reads[SIGNPOSTS.file]) if s.concerns(town.ags))
        for record, _ in islice(shown, MOST_SIGNPOSTS, None):
            if record.row not in told:
                told.add(record.row)
                expected = (
                    f"at most {MOST_SIGNPOSTS} signposts for a town, those of every town included;"
                    f" {town.name} has more"
                )
                yield problem_at(SIGNPOSTS, record, "ags", expected)


def _check_site(reads: Reads) -> Iterator[Problem]:
    records = reads[SITE.file].records
    if len(records) > 1:
        yield Problem(file=SITE.file, value=f"{len(records)} rows", expected="at most one row")


def _sound(read: TableRead[T]) -> Iterable[tuple[Record[T], T]]:
    return ((record, record.thing) for record in read.records if record.thing is not None)


def _by_key(reads: Reads, table: Table[T]) -> Mapping[str, T]:
    return {record.cells[table.key]: thing for record, thing in _sound(reads[table.file])}


def _apart_km(a: Coordinate, b: Coordinate) -> float:
    """Distance on a plane, good to a percent within a county."""
    return KM_PER_DEGREE * hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians(a.lat)))
