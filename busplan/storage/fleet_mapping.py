"""Buses with their depots, and crew: row <-> domain."""

from typing import Any

from busplan.domain.dates import DateRange
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.places import Coordinate, Depot, DepotId
from busplan.domain.publication_level import PublicationLevel
from busplan.storage.county_tables import BusRow, CrewRow
from busplan.storage.pieces import (
    range_from_json,
    range_to_json,
    window_from_json,
    window_to_json,
)


def bus_to_row(bus: Bus, position: int) -> BusRow:
    """The vehicle's row, depot included."""
    return BusRow(
        id=bus.id,
        position=position,
        name=bus.name,
        depot_id=bus.depot.id,
        depot_name=bus.depot.name,
        depot_lat=bus.depot.location.lat,
        depot_lon=bus.depot.location.lon,
        offers=sorted(bus.offers),
        licence=bus.licence,
        weekdays=sorted(bus.weekdays),
        public_holidays=bus.public_holidays,
        needs_power=bus.needs_power,
        height_m=bus.height_m,
        length_m=bus.length_m,
        weight_t=bus.weight_t,
        set_up_min=bus.set_up_min,
        tear_down_min=bus.tear_down_min,
        prepare_min=bus.prepare_min,
        finish_min=bus.finish_min,
        min_adults=bus.min_adults,
        max_visits_per_day=bus.max_visits_per_day,
        week_max_min=bus.week_max_min,
        in_service_first=bus.in_service.first,
        in_service_last=bus.in_service.last,
        level=bus.level.value,
        colour=bus.colour,
        origin=bus.origin,
    )


def bus_from_row(row: BusRow) -> Bus:
    """The vehicle of a row."""
    return Bus(
        id=BusId(row.id),
        name=row.name,
        depot=Depot(
            id=DepotId(row.depot_id),
            name=row.depot_name,
            location=Coordinate(row.depot_lat, row.depot_lon),
        ),
        offers=frozenset(row.offers),
        licence=row.licence,
        weekdays=frozenset(row.weekdays),
        public_holidays=row.public_holidays,
        needs_power=row.needs_power,
        height_m=row.height_m,
        length_m=row.length_m,
        weight_t=row.weight_t,
        set_up_min=row.set_up_min,
        tear_down_min=row.tear_down_min,
        prepare_min=row.prepare_min,
        finish_min=row.finish_min,
        min_adults=row.min_adults,
        max_visits_per_day=row.max_visits_per_day,
        week_max_min=row.week_max_min,
        in_service=DateRange(first=row.in_service_first, last=row.in_service_last),
        level=PublicationLevel(row.level),
        colour=row.colour,
        origin=row.origin,
    )


def crew_to_row(member: CrewMember, position: int) -> CrewRow:
    """The person's row."""
    return CrewRow(
        id=member.id,
        position=position,
        licences=sorted(member.licences),
        offers=sorted(member.offers),
        shifts=[_shift_to_json(shift) for shift in member.shifts],
        employed_first=member.employed.first,
        employed_last=member.employed.last,
        absent=[range_to_json(dates) for dates in member.absent],
        week_max_min=member.week_max_min,
    )


def crew_from_row(row: CrewRow) -> CrewMember:
    """The person of a row."""
    return CrewMember(
        id=CrewId(row.id),
        licences=frozenset(row.licences),
        offers=frozenset(row.offers),
        shifts=tuple(_shift_from_json(pair) for pair in row.shifts),
        employed=DateRange(first=row.employed_first, last=row.employed_last),
        absent=tuple(range_from_json(pair) for pair in row.absent),
        week_max_min=row.week_max_min,
    )


def _shift_to_json(shift: Shift) -> list[Any]:
    return [sorted(shift.weekdays), window_to_json(shift.window)]


def _shift_from_json(pair: list[Any]) -> Shift:
    weekdays, window = pair
    return Shift(weekdays=frozenset(weekdays), window=window_from_json(window))
