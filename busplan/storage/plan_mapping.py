"""Plan versions with their tours, visits and duties: row <-> domain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from busplan.domain.blocks import BlockId
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId, CrewId
from busplan.domain.objective import CostTerms
from busplan.domain.places import StopId
from busplan.domain.plan import Break, Duty, Plan, Tour, Visit, VisitId
from busplan.domain.plan_version import PlanStatus, PlanVersion, PlanVersionId
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.solution import LostBlock, Proof, Quality, Solution, Unserved
from busplan.storage.tables import DutyRow, PlanVersionRow, TourRow, VisitRow


@dataclass(frozen=True, kw_only=True)
class TourRows:
    """All rows below the plan versions, in order of their keys."""

    tours: list[TourRow]
    visits: list[VisitRow]
    duties: list[DutyRow]


def draft_to_row(solution: Solution, now: datetime) -> PlanVersionRow:
    """The row of a new draft; the database gives it its id."""
    plan, quality = solution.plan, solution.quality
    return PlanVersionRow(
        county=plan.county,
        first_day=plan.first_day,
        last_day=plan.last_day,
        weeks=plan.weeks,
        status=PlanStatus.DRAFT.value,
        created_at=now,
        published_at=None,
        terms=quality.terms.as_dict() if quality else None,
        bound=quality.bound if quality else None,
        proof=quality.proof.value if quality else None,
        unserved=[asdict(demand) for demand in solution.unserved],
        lost_blocks=[_lost_block_to_json(lost) for lost in solution.lost_blocks],
        lost_pins=list(solution.lost_pins),
    )


def tours_to_rows(version_id: int, tours: Iterable[Tour]) -> TourRows:
    """The rows of a plan's tours, each numbered by its place in the plan."""
    rows = TourRows(tours=[], visits=[], duties=[])
    for number, tour in enumerate(tours):
        key = (version_id, number)
        rows.tours.append(_tour_to_row(tour, key))
        rows.visits.extend(_visit_to_row(visit, key, n) for n, visit in enumerate(tour.visits))
        rows.duties.extend(_duty_to_row(duty, key, n) for n, duty in enumerate(tour.duties))
    return rows


def version_from_row(row: PlanVersionRow, tours: Iterable[Tour]) -> PlanVersion:
    """The plan version of a row and its tours."""
    if row.id is None:
        raise ValueError("a plan version is read before it is stored")
    plan = Plan(county=row.county, first_day=row.first_day, weeks=row.weeks, tours=tuple(tours))
    solution = Solution(
        plan=plan,
        quality=_quality_from_row(row),
        unserved=tuple(Unserved(**entry) for entry in row.unserved),
        lost_blocks=tuple(_lost_block_from_json(entry) for entry in row.lost_blocks),
        lost_pins=tuple(row.lost_pins),
    )
    return PlanVersion(
        id=PlanVersionId(row.id),
        solution=solution,
        status=PlanStatus(row.status),
        created_at=row.created_at,
        published_at=row.published_at,
    )


def tours_from_rows(rows: TourRows) -> Mapping[int, list[Tour]]:
    """The tours of each plan version, by its id."""
    visits: dict[tuple[int, int], list[Visit]] = defaultdict(list)
    for visit in rows.visits:
        visits[visit.plan_version_id, visit.tour_position].append(_visit_from_row(visit))
    duties: dict[tuple[int, int], list[Duty]] = defaultdict(list)
    for duty in rows.duties:
        duties[duty.plan_version_id, duty.tour_position].append(_duty_from_row(duty))
    tours: dict[int, list[Tour]] = defaultdict(list)
    for row in rows.tours:
        key = (row.plan_version_id, row.position)
        tours[row.plan_version_id].append(_tour_from_row(row, visits[key], duties[key]))
    return tours


def _quality_from_row(row: PlanVersionRow) -> Quality | None:
    if row.terms is None or row.bound is None or row.proof is None:
        return None
    return Quality(terms=CostTerms(**row.terms), bound=row.bound, proof=Proof(row.proof))


def _tour_to_row(tour: Tour, key: tuple[int, int]) -> TourRow:
    return TourRow(
        plan_version_id=key[0],
        position=key[1],
        bus_id=tour.bus_id,
        service_date=tour.service_date,
        depart_min=tour.depart_min,
        return_min=tour.return_min,
        drive_min=tour.drive_min,
        length_m=tour.length_m,
    )


def _tour_from_row(row: TourRow, visits: Iterable[Visit], duties: Iterable[Duty]) -> Tour:
    return Tour(
        bus_id=BusId(row.bus_id),
        service_date=row.service_date,
        depart_min=row.depart_min,
        return_min=row.return_min,
        visits=tuple(visits),
        duties=tuple(duties),
        drive_min=row.drive_min,
        length_m=row.length_m,
    )


def _visit_to_row(visit: Visit, key: tuple[int, int], position: int) -> VisitRow:
    return VisitRow(
        plan_version_id=key[0],
        tour_position=key[1],
        position=position,
        visit_id=visit.id,
        demand_id=visit.demand_id,
        stop_id=visit.stop_id,
        arrival_min=visit.arrival_min,
        open_min=visit.open_min,
        close_min=visit.close_min,
        departure_min=visit.departure_min,
        block_id=visit.block_id,
        level=visit.level.value if visit.level else None,
    )


def _visit_from_row(row: VisitRow) -> Visit:
    return Visit(
        id=VisitId(row.visit_id),
        demand_id=DemandId(row.demand_id),
        stop_id=StopId(row.stop_id),
        arrival_min=row.arrival_min,
        open_min=row.open_min,
        close_min=row.close_min,
        departure_min=row.departure_min,
        block_id=BlockId(row.block_id) if row.block_id is not None else None,
        level=PublicationLevel(row.level) if row.level is not None else None,
    )


def _duty_to_row(duty: Duty, key: tuple[int, int], position: int) -> DutyRow:
    return DutyRow(
        plan_version_id=key[0],
        tour_position=key[1],
        position=position,
        crew_id=duty.crew_id,
        drives=duty.drives,
        start_min=duty.start_min,
        end_min=duty.end_min,
        breaks=[[pause.start_min, pause.end_min] for pause in duty.breaks],
    )


def _duty_from_row(row: DutyRow) -> Duty:
    return Duty(
        crew_id=CrewId(row.crew_id),
        drives=row.drives,
        start_min=row.start_min,
        end_min=row.end_min,
        breaks=tuple(Break(start_min=start, end_min=end) for start, end in row.breaks),
    )


def _lost_block_to_json(lost: LostBlock) -> dict[str, Any]:
    return asdict(lost) | {"service_date": lost.service_date.isoformat()}


def _lost_block_from_json(entry: dict[str, Any]) -> LostBlock:
    return LostBlock(**entry | {"service_date": date.fromisoformat(entry["service_date"])})
