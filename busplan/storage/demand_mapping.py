"""Demand records, blocks, calendar entries and parameters: row <-> domain."""

from collections.abc import Iterable, Iterator

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DayKind, DemandId, DemandRecord
from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters, parameter_fields
from busplan.domain.places import Ags, StopId
from busplan.domain.publication_level import PublicationLevel
from busplan.storage.county_tables import BlockRow, CalendarEntryRow, DemandRow, ParameterRow
from busplan.storage.pieces import window_from_json, window_to_json


def demand_to_row(demand: DemandRecord, position: int) -> DemandRow:
    """The demand record's row."""
    return DemandRow(
        id=demand.id,
        position=position,
        ags=demand.ags,
        stop_id=demand.stop_id,
        offer=demand.offer,
        period_weeks=demand.period_weeks,
        least=demand.least,
        wished=demand.wished,
        most=demand.most,
        service_min=demand.service_min,
        weekdays=sorted(demand.weekdays),
        windows=[window_to_json(window) for window in demand.windows],
        patterns=[sorted(pattern) for pattern in demand.patterns],
        headway_min_days=demand.headway_min_days,
        weight=demand.weight,
        valid_first=demand.valid.first,
        valid_last=demand.valid.last,
        days=demand.days.value,
        bus_id=demand.bus_id,
        joint=demand.joint,
        level=demand.level.value if demand.level else None,
        asked_by=demand.asked_by,
        note=demand.note,
    )


def demand_from_row(row: DemandRow) -> DemandRecord:
    """The demand record of a row."""
    return DemandRecord(
        id=DemandId(row.id),
        ags=Ags(row.ags),
        stop_id=StopId(row.stop_id) if row.stop_id is not None else None,
        offer=row.offer,
        period_weeks=row.period_weeks,
        least=row.least,
        wished=row.wished,
        most=row.most,
        service_min=row.service_min,
        weekdays=frozenset(row.weekdays),
        windows=tuple(window_from_json(pair) for pair in row.windows),
        patterns=tuple(frozenset(pattern) for pattern in row.patterns),
        headway_min_days=row.headway_min_days,
        weight=row.weight,
        valid=DateRange(first=row.valid_first, last=row.valid_last),
        days=DayKind(row.days),
        bus_id=BusId(row.bus_id) if row.bus_id is not None else None,
        joint=row.joint,
        level=PublicationLevel(row.level) if row.level is not None else None,
        asked_by=row.asked_by,
        note=row.note,
    )


def block_to_row(block: Block, position: int) -> BlockRow:
    """The block's row."""
    return BlockRow(
        id=block.id,
        position=position,
        stop_id=block.stop_id,
        demand_id=block.demand_id,
        bus_id=block.bus_id,
        weekday=block.weekday,
        from_min=block.window.from_min,
        to_min=block.window.to_min,
        running_first=block.running.first,
        running_last=block.running.last,
        reason=block.reason,
    )


def block_from_row(row: BlockRow) -> Block:
    """The block of a row."""
    return Block(
        id=BlockId(row.id),
        stop_id=StopId(row.stop_id),
        demand_id=DemandId(row.demand_id),
        bus_id=BusId(row.bus_id),
        weekday=row.weekday,
        window=Window(from_min=row.from_min, to_min=row.to_min),
        running=DateRange(first=row.running_first, last=row.running_last),
        reason=row.reason,
    )


def entry_to_row(entry: CalendarEntry, position: int) -> CalendarEntryRow:
    """The calendar entry's row."""
    return CalendarEntryRow(
        position=position,
        first=entry.dates.first,
        last=entry.dates.last,
        kind=entry.kind.value,
        scope=entry.scope.value,
        target=entry.target,
        name=entry.name,
        source=entry.source,
    )


def entry_from_row(row: CalendarEntryRow) -> CalendarEntry:
    """The calendar entry of a row."""
    return CalendarEntry(
        dates=DateRange(first=row.first, last=row.last),
        kind=EntryKind(row.kind),
        scope=Scope(row.scope),
        target=row.target,
        name=row.name,
        source=row.source,
    )


def parameters_to_rows(
    parameters: Parameters, sources: Iterable[tuple[str, str]]
) -> Iterator[ParameterRow]:
    """A row for each number that has a source of its own or differs from busplan's default.

    All others follow the default, also when a later release changes it.
    """
    own = dict(sources)
    others = [
        spec.name
        for spec in parameter_fields()
        if spec.name not in own and getattr(parameters, spec.name) != spec.default
    ]
    for position, name in enumerate([*own, *others]):
        yield ParameterRow(
            name=name,
            position=position,
            value=getattr(parameters, name),
            source=own.get(name),
        )


def parameters_from_rows(
    rows: Iterable[ParameterRow],
) -> tuple[Parameters, tuple[tuple[str, str], ...]]:
    """The parameters, and name and source of those that the county gave one."""
    kept = list(rows)
    parameters = Parameters(**{row.name: row.value for row in kept})  # type: ignore[arg-type]
    return parameters, tuple((row.name, row.source) for row in kept if row.source is not None)
