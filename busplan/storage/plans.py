"""Plan versions: drafts, the published plan of each week, and those it replaced."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from busplan.domain.dates import DAYS_PER_WEEK, week_of
from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.plan import Plan, Tour, Visit, VisitId
from busplan.domain.plan_version import PlanStatus, PlanVersion, PlanVersionId
from busplan.domain.solution import Solution
from busplan.storage.plan_mapping import (
    TourRows,
    draft_to_row,
    tours_from_rows,
    tours_to_rows,
    version_from_row,
)
from busplan.storage.revision import RevisionRepository
from busplan.storage.tables import (
    DutyRow,
    PlanVersionRow,
    PublishedWeekRow,
    TourRow,
    VisitRow,
)


class PlanRepository:
    """Stores plans; none is ever deleted, and at most one is published for any week."""

    def __init__(self, session: Session, revision: RevisionRepository) -> None:
        self._session = session
        self._revision = revision

    def add_draft(self, solution: Solution, now: datetime) -> PlanVersion:
        """Store a solution as a new draft. Raises ``InvalidInput`` where visit ids repeat."""
        _refuse_repeated_ids(solution.plan)
        row = draft_to_row(solution, now)
        self._session.add(row)
        self._session.flush()
        version = version_from_row(row, solution.plan.tours)
        rows = tours_to_rows(version.id, solution.plan.tours)
        self._session.add_all(rows.tours)
        self._session.flush()
        self._session.add_all([*rows.visits, *rows.duties])
        self._session.flush()
        return version

    def get(self, version_id: PlanVersionId) -> PlanVersion:
        """The plan version. Raises ``NotFound``."""
        return self._read([self._row(version_id)])[0]

    def latest_draft(self, first_day: date) -> PlanVersion:
        """The newest draft that starts on the Monday. Raises ``NotFound``."""
        row = self._session.exec(
            select(PlanVersionRow)
            .where(PlanVersionRow.first_day == first_day)
            .where(PlanVersionRow.status == PlanStatus.DRAFT)
            .order_by(col(PlanVersionRow.id).desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            week = week_of(first_day)
            raise NotFound(f"no draft for {week}; run: busplan plan --week {week}")
        return self._read([row])[0]

    def publish(self, version_id: PlanVersionId, now: datetime) -> PlanVersion:
        """Make a draft the published plan of its weeks.

        Every published plan that shares a week with it becomes superseded as a whole. Raises
        ``NotFound``, and ``InvalidInput`` for a plan that is no draft (any more).
        """
        self._revision.advance()
        row = self._row(version_id)
        if row.status != PlanStatus.DRAFT:
            raise InvalidInput(f"plan {version_id} is {row.status}; only a draft can be published")
        for replaced in self._published(row.first_day, row.last_day):
            self._withdraw(replaced)
        row.status = PlanStatus.PUBLISHED.value
        row.published_at = now
        for week in range(row.weeks):
            monday = row.first_day + timedelta(days=week * DAYS_PER_WEEK)
            self._session.add(PublishedWeekRow(monday=monday, plan_version_id=version_id))
        self._session.flush()
        return self._read([row])[0]

    def list_published(self, first: date, last: date) -> tuple[PlanVersion, ...]:
        """Published plans with a day from ``first`` to ``last``, by date; past weeks included."""
        return self._read(self._published(first, last))

    def list_superseded(self, first: date, last: date) -> tuple[PlanVersion, ...]:
        """Plans with a day from ``first`` to ``last`` that were public, the oldest first."""
        versions = self._read(self._of_status(PlanStatus.SUPERSEDED, first, last))
        return tuple(sorted(versions, key=lambda v: (v.published_at or v.created_at, v.id)))

    def get_visit(self, visit_id: VisitId) -> tuple[PlanVersion, Tour, Visit]:
        """The published visit with its tour and plan. Raises ``NotFound``."""
        row = self._session.exec(
            select(PlanVersionRow)
            .join(VisitRow, col(VisitRow.plan_version_id) == PlanVersionRow.id)
            .where(VisitRow.visit_id == visit_id)
            .where(PlanVersionRow.status == PlanStatus.PUBLISHED)
            .order_by(col(PlanVersionRow.id).desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            raise NotFound(f"no published visit {visit_id}")
        version = self._read([row])[0]
        tour, visit = next(
            pair for pair in version.solution.plan.visits() if pair[1].id == visit_id
        )
        return version, tour, visit

    def _row(self, version_id: PlanVersionId) -> PlanVersionRow:
        # populate_existing: another transaction may have published it since we read it
        row = self._session.get(PlanVersionRow, version_id, populate_existing=True)
        if row is None:
            raise NotFound(f"no plan {version_id}")
        return row

    def _published(self, first: date, last: date) -> Sequence[PlanVersionRow]:
        return self._of_status(PlanStatus.PUBLISHED, first, last)

    def _of_status(self, status: PlanStatus, first: date, last: date) -> Sequence[PlanVersionRow]:
        return self._session.exec(
            select(PlanVersionRow)
            .where(PlanVersionRow.status == status)
            .where(PlanVersionRow.first_day <= last)
            .where(PlanVersionRow.last_day >= first)
            .order_by(col(PlanVersionRow.first_day), col(PlanVersionRow.id))
            .execution_options(populate_existing=True)
        ).all()

    def _withdraw(self, row: PlanVersionRow) -> None:
        row.status = PlanStatus.SUPERSEDED.value
        self._session.execute(
            delete(PublishedWeekRow).where(col(PublishedWeekRow.plan_version_id) == row.id)
        )

    def _read(self, rows: Sequence[PlanVersionRow]) -> tuple[PlanVersion, ...]:
        tours = self._tours([row.id for row in rows if row.id is not None])
        return tuple(version_from_row(row, tours.get(row.id or 0, ())) for row in rows)

    def _tours(self, version_ids: Sequence[int]) -> Mapping[int, Sequence[Tour]]:
        session = self._session
        tours = (
            select(TourRow)
            .where(col(TourRow.plan_version_id).in_(version_ids))
            .order_by(col(TourRow.plan_version_id), col(TourRow.position))
        )
        visits = (
            select(VisitRow)
            .where(col(VisitRow.plan_version_id).in_(version_ids))
            .order_by(
                col(VisitRow.plan_version_id), col(VisitRow.tour_position), col(VisitRow.position)
            )
        )
        duties = (
            select(DutyRow)
            .where(col(DutyRow.plan_version_id).in_(version_ids))
            .order_by(
                col(DutyRow.plan_version_id), col(DutyRow.tour_position), col(DutyRow.position)
            )
        )
        return tours_from_rows(
            TourRows(
                tours=list(session.exec(tours)),
                visits=list(session.exec(visits)),
                duties=list(session.exec(duties)),
            )
        )


def _refuse_repeated_ids(plan: Plan) -> None:
    counts = Counter(visit.id for _, visit in plan.visits())
    repeated = sorted(visit_id for visit_id, count in counts.items() if count > 1)
    if repeated:
        raise InvalidInput(f"a plan names each visit once, not {', '.join(repeated)}")
