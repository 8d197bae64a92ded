"""How much of one visit is told: by its stops, its bus, what happened to it, and the hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from busplan.domain.dates import BERLIN, at
from busplan.domain.fleet import Bus, BusId
from busplan.domain.places import Stop, StopId
from busplan.domain.plan import Tour, Visit
from busplan.domain.public_timetable import DayPart, PublicStatus, PublicVisit, PublicVisitId
from busplan.domain.publication_level import PublicationLevel, strictest
from busplan.domain.stop_events import VisitState, VisitStatus, state_of

NOON_MIN = 12 * 60
EVENING_MIN = 17 * 60


def level_of(visit: Visit, stop: Stop, bus: Bus) -> PublicationLevel:
    """The level in force: the visit's own or else its bus's, never above what the stop allows."""
    return strictest((stop.level, visit.level or bus.level))


def day_part(open_min: int) -> DayPart:
    """Part of the day of an opening time."""
    if open_min < NOON_MIN:
        return DayPart.MORNING
    return DayPart.AFTERNOON if open_min < EVENING_MIN else DayPart.EVENING


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One visit with all that decides how much of it is shown.

    ``planned`` is the stop announced first, ``stop`` with ``open_min`` to ``close_min`` what holds
    now.
    """

    visit: Visit
    service_date: date
    bus: Bus
    planned: Stop
    stop: Stop
    open_min: int
    close_min: int
    state: VisitState
    notice: timedelta

    @property
    def planned_level(self) -> PublicationLevel:
        """The level under which the visit was announced."""
        return level_of(self.visit, self.planned, self.bus)

    @property
    def declared_level(self) -> PublicationLevel:
        """A moved visit is as guarded as the more guarded of its two places."""
        return strictest((self.planned_level, level_of(self.visit, self.stop, self.bus)))

    @property
    def guarded(self) -> bool:
        """Whether visit or bus is not public throughout: no live news, and gone the next day."""
        return not (self.declared_level is self.bus.level is PublicationLevel.FULL)

    def shown(self, public_id: PublicVisitId | None, now: datetime) -> PublicVisit | None:
        """The visit as the public may see it now, or ``None``."""
        level = self._level(now)
        over = self.service_date < now.astimezone(BERLIN).date()
        if public_id is None or level is PublicationLevel.NONE or (over and self.guarded):
            return None
        full = level is PublicationLevel.FULL
        status = self._status(full)
        moved_place = full and self._announced_in_full() and self.stop.id != self.planned.id
        return PublicVisit(
            id=public_id,
            bus_id=self.bus.id,
            ags=self.stop.ags,
            service_date=self.service_date,
            day_part=day_part(self.open_min),
            status=status,
            stop_id=self.stop.id if full else None,
            open_min=self.open_min if full else None,
            close_min=self.close_min if full else None,
            moved_from=self.planned.name if moved_place else None,
            # Every level that shows a visit at all has shown its first town.
            from_ags=self.planned.ags if self.planned.ags != self.stop.ags else None,
            changed_at=self._changed_at(status, full),
        )

    def _level(self, now: datetime) -> PublicationLevel:
        declared = self.declared_level
        if declared is not PublicationLevel.SHORT_NOTICE:
            return declared
        # What was cancelled before its place was due to be shown never needs to be shown.
        cancelled = self.state.status is VisitStatus.CANCELLED and self.state.last_change
        told_by = min(now, cancelled) if cancelled else now
        shown_from = at(self.service_date, self.open_min) - self.notice
        return PublicationLevel.FULL if told_by >= shown_from else PublicationLevel.AREA

    def _announced_in_full(self) -> bool:
        """Whether the public knew the first place before the visit was moved away from it."""
        move = self.state.moved_to
        if move is None or self.planned_level is PublicationLevel.FULL:
            return move is not None
        shown_from = at(self.service_date, self.visit.open_min) - self.notice
        return self.planned_level is PublicationLevel.SHORT_NOTICE and move.at >= shown_from

    def _status(self, full: bool) -> PublicStatus:
        """Of guarded visits the public reads no live news, of area visits no hidden move."""
        status = self.state.status
        live = status in (VisitStatus.OPEN, VisitStatus.DONE) and full and not self.guarded
        if status is VisitStatus.CANCELLED or live:
            return PublicStatus(status.value)
        area_moved = self.stop.ags != self.planned.ags or day_part(self.open_min) is not day_part(
            self.visit.open_min
        )
        if area_moved or (full and self._announced_in_full()):
            return PublicStatus.MOVED
        return PublicStatus.PLANNED

    def _changed_at(self, status: PublicStatus, full: bool) -> datetime | None:
        """When that became true which the public reads; ``None`` while nothing has.

        Below FULL no time is told of a move: a further move inside the town would change it.
        """
        move = self.state.moved_to
        if status is PublicStatus.PLANNED or (status is PublicStatus.MOVED and not full):
            return None
        return move.at if status is PublicStatus.MOVED and move else self.state.last_change


def disclosure_history(
    tour: Tour,
    visit: Visit,
    stops: Mapping[StopId, Stop],
    buses: Mapping[BusId, Bus],
    state: VisitState | None,
    notice: timedelta,
) -> tuple[Case, ...]:
    """One visit before its first event and after each, the present last.

    Raises ``KeyError`` for an unknown stop or bus.
    """
    log = state.log if state else ()
    states = (state_of(log[:told]) for told in range(len(log) + 1))
    return tuple(disclosure_case(tour, visit, stops, buses, s, notice) for s in states)


def disclosure_case(
    tour: Tour,
    visit: Visit,
    stops: Mapping[StopId, Stop],
    buses: Mapping[BusId, Bus],
    state: VisitState,
    notice: timedelta,
) -> Case:
    """What decides on one visit. Raises ``KeyError`` for an unknown stop or bus."""
    move = state.moved_to
    open_min, close_min = visit.open_min, visit.close_min
    if move and move.to_open_min is not None and move.to_close_min is not None:
        open_min, close_min = move.to_open_min, move.to_close_min
    return Case(
        visit=visit,
        service_date=tour.service_date,
        bus=buses[tour.bus_id],
        planned=stops[visit.stop_id],
        stop=stops[StopId(move.to_stop_id)] if move and move.to_stop_id else stops[visit.stop_id],
        open_min=open_min,
        close_min=close_min,
        state=state,
        notice=notice,
    )
