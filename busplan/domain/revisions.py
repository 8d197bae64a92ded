"""How often what the public reads of a visit has changed: over its events and earlier plans.

Only what was shown counts, at the moment it was shown, so a hidden change is no revision.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from busplan.domain.dates import at
from busplan.domain.disclosure import Case
from busplan.domain.plan import Plan, VisitId
from busplan.domain.public_timetable import PublicStatus, PublicVisit, PublicVisitId

Shown = tuple[object, ...] | None
"""What is told of a visit, ``None`` while nothing is."""
Announcement = tuple[Plan, Mapping[PublicVisitId, Shown]]
"""A plan with what it told of each visit before anything happened."""


def announcement(
    plan: Plan, cases: Iterable[Case], ids: Mapping[VisitId, PublicVisitId]
) -> Announcement:
    """What a plan told of its visits; ``cases`` are these visits without any event."""
    return plan, {
        ids[case.visit.id]: _told(case, _long_before(case))
        for case in cases
        if case.visit.id in ids
    }


def revision_of(
    history: Sequence[Case],
    public_id: PublicVisitId,
    earlier: Iterable[Announcement],
    now: datetime,
) -> int:
    """Changes of what is told of a visit until ``now``.

    ``history`` is the visit before its first event and after each; ``earlier`` are the plans that
    were public before, the oldest first.
    """
    day = history[0].service_date
    told = [*_told_by_plans(earlier, day, public_id), *_told_by_events(history, now)]
    return sum(before != after for before, after in pairwise(told))


def _told_by_plans(
    earlier: Iterable[Announcement], day: date, public_id: PublicVisitId
) -> Iterator[Shown]:
    for plan, told in earlier:
        if plan.first_day <= day <= plan.last_day:
            yield told.get(public_id)


def _told_by_events(history: Sequence[Case], now: datetime) -> Iterator[Shown]:
    """What was told before the first event, at the end of every state, and at its beginning."""
    begins = [_long_before(history[0]), *(case.state.log[-1].at for case in history[1:])]
    for case, (begin, end) in zip(history, pairwise([*begins, now]), strict=True):
        yield _told(case, begin)
        yield _told(case, end)


def _told(case: Case, now: datetime) -> Shown:
    shown = case.shown(PublicVisitId(""), now)
    return _content(shown) if shown is not None else None


def _content(shown: PublicVisit) -> Shown:
    cancelled = shown.status is PublicStatus.CANCELLED
    place = (shown.ags, shown.stop_id, shown.moved_from)
    return cancelled, *place, shown.day_part, shown.open_min, shown.close_min


def _long_before(case: Case) -> datetime:
    """A moment at which no place of a short-notice visit is shown yet."""
    return at(case.service_date, 0) - case.notice - timedelta(days=1)
