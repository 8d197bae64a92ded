"""The report as sheets: what each holds, under German headings, before any file format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from busplan.domain.dates import BERLIN, clock
from busplan.domain.stop_events import AgeBand, CancelReason
from busplan.reporting.sums import Sums, Totals, by_bus, by_month, by_town, total
from busplan.reporting.visit_report import TourLine, VisitLine, VisitReport
from busplan.reporting.words import (
    AGE_BANDS,
    NO,
    OUTCOMES,
    REASONS,
    TOTAL,
    UNKNOWN_TOWN,
    WEEKDAYS,
    YES,
)


class Kind(Enum):
    """How a column's values are to be read.

    TEXT str; DATE date; MOMENT naive datetime, Berlin wall clock; NUMBER int; HOURS int, minutes
    shown as hours; KILOMETRES int, metres shown as kilometres. ``None`` is an empty cell.
    """

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    HOURS = "hours"
    KILOMETRES = "kilometres"


Cell = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what is below it, and a width in characters."""

    heading: str
    kind: Kind
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with a name, and its sums as a last row where it has any."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None


def build_sheets(report: VisitReport) -> tuple[Sheet, ...]:
    """All tables of the report; where two of them say a sum, they say the same."""
    visits, tours = report.visits, report.tours
    return (
        _visit_sheet(visits),
        _tour_sheet(tours),
        _town_sheet(report),
        _bus_sheet(report, by_bus(visits, tours)),
        _month_sheet(by_month(visits, tours)),
    )


_VISIT_COLUMNS = (
    Column("Datum", Kind.DATE, 12),
    Column("Wochentag", Kind.TEXT, 13),
    Column("Besuch", Kind.TEXT, 24),
    Column("Bus", Kind.TEXT, 20),
    Column("Gemeinde geplant", Kind.TEXT, 20),
    Column("Ortsteil geplant", Kind.TEXT, 20),
    Column("Halt geplant", Kind.TEXT, 30),
    Column("Öffnung geplant", Kind.TEXT, 15),
    Column("Öffnung geplant (h)", Kind.HOURS, 13),
    Column("Anwesenheit geplant (h)", Kind.HOURS, 15),
    Column("Status", Kind.TEXT, 24),
    Column("Ausfallgrund", Kind.TEXT, 22),
    Column("verlegt", Kind.TEXT, 10),
    Column("Gemeinde", Kind.TEXT, 20),
    Column("Halt", Kind.TEXT, 30),
    Column("Ankunft", Kind.MOMENT, 18),
    Column("Abfahrt", Kind.MOMENT, 18),
    Column("Anwesenheit (h)", Kind.HOURS, 15),
    *(Column(f"Kontakte {AGE_BANDS[band]}", Kind.NUMBER, 13) for band in AgeBand),
    Column("Kontakte", Kind.NUMBER, 12),
)

_TOUR_COLUMNS = (
    Column("Datum", Kind.DATE, 12),
    Column("Wochentag", Kind.TEXT, 13),
    Column("Tour", Kind.TEXT, 24),
    Column("Bus", Kind.TEXT, 20),
    Column("Besuche geplant", Kind.NUMBER, 12),
    Column("Besuche stattgefunden", Kind.NUMBER, 17),
    Column("Kilometer geplant", Kind.KILOMETRES, 13),
    Column("Kilometer gefahren (nach Plan)", Kind.KILOMETRES, 15),
    Column("Fahrzeit geplant (h)", Kind.HOURS, 11),
)

_SUM_COLUMNS = (
    Column("Besuche geplant", Kind.NUMBER, 12),
    Column("Besuche stattgefunden", Kind.NUMBER, 17),
    Column("Besuche ausgefallen", Kind.NUMBER, 14),
    Column("Besuche nicht erfasst", Kind.NUMBER, 13),
    Column("Besuche noch geplant", Kind.NUMBER, 13),
    Column("Öffnung geplant (h)", Kind.HOURS, 13),
    Column("Anwesenheit geplant (h)", Kind.HOURS, 15),
    Column("Anwesenheit (h)", Kind.HOURS, 15),
    *(Column(f"Ausfall: {REASONS[reason]}", Kind.NUMBER, 15) for reason in CancelReason),
    Column("Besuche mit Zählung", Kind.NUMBER, 13),
    *(Column(f"Kontakte {AGE_BANDS[band]}", Kind.NUMBER, 13) for band in AgeBand),
    Column("Kontakte", Kind.NUMBER, 12),
)

_LENGTH_COLUMNS = (
    Column("Kilometer geplant", Kind.KILOMETRES, 13),
    Column("Kilometer gefahren (nach Plan)", Kind.KILOMETRES, 15),
)


def _visit_sheet(visits: tuple[VisitLine, ...]) -> Sheet:
    sums = total(by_bus(visits, ()).values())
    empty = dict.fromkeys((column.heading for column in _VISIT_COLUMNS), None)
    totals: dict[str, Cell] = empty | {
        "Datum": TOTAL,
        "Öffnung geplant (h)": sums.service_min,
        "Anwesenheit geplant (h)": sums.presence_min,
        "Anwesenheit (h)": sums.dwell_min,
        **{f"Kontakte {AGE_BANDS[band]}": sums.contacts[band] for band in AgeBand},
        "Kontakte": sums.all_contacts,
    }
    return Sheet(
        name="Besuche",
        columns=_VISIT_COLUMNS,
        rows=tuple(_visit_row(visit) for visit in visits),
        totals=tuple(totals.values()),
    )


def _visit_row(visit: VisitLine) -> tuple[Cell, ...]:
    counts = dict(visit.tally.counts) if visit.tally else {}
    return (
        visit.service_date,
        WEEKDAYS[visit.service_date.weekday()],
        visit.visit_id,
        visit.bus,
        visit.planned.town or UNKNOWN_TOWN,
        visit.planned.place,
        visit.planned.stop,
        f"{clock(visit.open_min)}-{clock(visit.close_min)}",
        visit.service_min,
        visit.presence_min,
        OUTCOMES[visit.outcome],
        REASONS[visit.reason] if visit.reason else None,
        YES if visit.moved else NO,
        visit.actual.town or UNKNOWN_TOWN,
        visit.actual.stop,
        _berlin(visit.arrived_at),
        _berlin(visit.left_at),
        visit.dwell_min,
        *((counts.get(band, 0) if visit.tally else None) for band in AgeBand),
        visit.tally.total if visit.tally else None,
    )


def _berlin(moment: datetime | None) -> datetime | None:
    return moment.astimezone(BERLIN).replace(tzinfo=None) if moment else None


def _tour_sheet(tours: tuple[TourLine, ...]) -> Sheet:
    return Sheet(
        name="Touren",
        columns=_TOUR_COLUMNS,
        rows=tuple(
            (
                tour.service_date,
                WEEKDAYS[tour.service_date.weekday()],
                tour.tour_id,
                tour.bus,
                tour.visits,
                tour.took_place,
                tour.length_m,
                tour.driven_m,
                tour.drive_min,
            )
            for tour in tours
        ),
        totals=(
            TOTAL,
            *(None, None, None),
            sum(tour.visits for tour in tours),
            sum(tour.took_place for tour in tours),
            sum(tour.length_m for tour in tours),
            sum(tour.driven_m for tour in tours),
            sum(tour.drive_min for tour in tours),
        ),
    )


def _town_sheet(report: VisitReport) -> Sheet:
    """Every town of the county, those without a visit too."""
    totals = by_town(report.visits)
    names: dict[str, str] = {town.ags: town.name for town in report.county.municipalities}
    unknown = sorted(set(totals) - set(names))
    ordered = [*sorted(names, key=lambda ags: names[ags].casefold()), *unknown]
    return Sheet(
        name="Gemeinden",
        columns=(
            Column("Gemeinde", Kind.TEXT, 20),
            Column("AGS", Kind.TEXT, 12),
            *_SUM_COLUMNS,
        ),
        rows=tuple(
            (names.get(ags, ags or UNKNOWN_TOWN), ags, *_sum_cells(totals.get(ags, Sums())))
            for ags in ordered
        ),
        totals=(TOTAL, None, *_sum_cells(total(totals.values()))),
    )


def _bus_sheet(report: VisitReport, totals: Totals) -> Sheet:
    """Every bus of the county, and those that have left it."""
    names: dict[str, str] = {bus.id: bus.name for bus in report.county.buses}
    ordered = [*names, *sorted(set(totals) - set(names))]
    return Sheet(
        name="Busse",
        columns=(Column("Bus", Kind.TEXT, 20), *_SUM_COLUMNS, *_LENGTH_COLUMNS),
        rows=_sum_rows((names.get(bus, bus), totals.get(bus, Sums())) for bus in ordered),
        totals=(TOTAL, *_all_cells(total(totals.values()))),
    )


def _month_sheet(totals: Totals) -> Sheet:
    return Sheet(
        name="Monate",
        columns=(Column("Monat", Kind.TEXT, 10), *_SUM_COLUMNS, *_LENGTH_COLUMNS),
        rows=_sum_rows((month, totals[month]) for month in sorted(totals)),
        totals=(TOTAL, *_all_cells(total(totals.values()))),
    )


def _sum_rows(groups: Iterable[tuple[str, Sums]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((name, *_all_cells(sums)) for name, sums in groups)


def _all_cells(sums: Sums) -> tuple[int, ...]:
    return (*_sum_cells(sums), sums.length_m, sums.driven_m)


def _sum_cells(sums: Sums) -> tuple[int, ...]:
    """In the order of ``_SUM_COLUMNS``."""
    return (
        sums.planned,
        sums.took_place,
        sums.cancelled,
        sums.unrecorded,
        sums.ahead,
        sums.service_min,
        sums.presence_min,
        sums.dwell_min,
        *(sums.reasons[reason] for reason in CancelReason),
        sums.tallied,
        *(sums.contacts[band] for band in AgeBand),
        sums.all_contacts,
    )
