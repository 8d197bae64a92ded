"""Planned against done, visit by visit."""

from datetime import datetime, timedelta

from hypothesis import given

from busplan.domain.dates import BERLIN, DateRange
from busplan.domain.plan import VisitId
from busplan.domain.solution import Solution
from busplan.domain.stop_events import CancelReason, EventKind, StopEvent, state_of
from busplan.reporting.visit_report import Outcome, VisitLine, VisitReport, build_report
from tests.factories import MONDAY, make_plan, make_tour, make_visit
from tests.reporting.worlds import (
    AS_OF,
    DUEREN,
    VETTWEISS,
    WEEK,
    make_data,
    make_report,
    make_states,
    make_version,
    reports,
)


def line(name: str) -> VisitLine:
    (found,) = [line for line in make_report().visits if line.visit_id == name]
    return found


def test_a_done_visit_has_measured_minutes_beside_planned_ones() -> None:
    done = line("done")

    assert done.outcome is Outcome.DONE
    assert (done.service_min, done.presence_min, done.dwell_min) == (110, 140, 147)
    assert done.tally is not None
    assert done.tally.total == 1_246


def test_a_cancelled_visit_has_its_reason_and_no_minutes() -> None:
    cancelled = line("cancelled")

    assert (cancelled.outcome, cancelled.reason) == (Outcome.CANCELLED, CancelReason.POWER)
    assert cancelled.dwell_min is None


def test_a_moved_visit_names_both_places() -> None:
    moved = line("moved")

    assert moved.moved
    assert (moved.planned.town, moved.actual.town) == ("Vettweiß", "Düren")
    assert (moved.planned.ags, moved.actual.ags) == (VETTWEISS, DUEREN)


def test_silence_is_not_success() -> None:
    """A past visit without events is unrecorded, one to come is ahead."""
    assert line("forgotten").outcome is Outcome.UNRECORDED
    assert line("ahead").outcome is Outcome.AHEAD


def test_a_day_is_over_at_midnight_in_berlin() -> None:
    """23:30 UTC on Tuesday is Wednesday."""
    before = make_report(datetime(2026, 12, 1, 23, 59, tzinfo=BERLIN))
    after = make_report(datetime(2026, 12, 2, 0, 0, tzinfo=BERLIN))

    outcomes = [
        next(v.outcome for v in report.visits if v.visit_id == "forgotten")
        for report in (before, after)
    ]
    assert outcomes == [Outcome.AHEAD, Outcome.UNRECORDED]


def test_kilometres_count_for_tours_on_which_something_took_place() -> None:
    lengths = {tour.tour_id: (tour.length_m, tour.driven_m) for tour in make_report().tours}

    assert lengths == {
        "2026-11-30-wilde13": (31_250, 31_250),
        "2026-12-01-ninja": (9_000, 0),
        "2026-12-01-wilde13": (20_500, 20_500),
        "2026-12-03-ninja": (7_000, 0),
    }


def test_dwell_is_real_time_over_the_clock_change() -> None:
    """From 01:30 to 03:30 in the night of the change to winter time are three hours."""
    night = datetime(2026, 10, 25, tzinfo=BERLIN)
    sunday = night.date()
    monday = sunday - timedelta(days=6)
    visit = make_visit(id=VisitId("v"), open_min=90)
    plan = make_plan(make_tour(visit, service_date=sunday), first_day=monday)
    events = [
        StopEvent(visit_id=visit.id, kind=EventKind.ARRIVE, at=night.replace(hour=1, minute=30)),
        StopEvent(visit_id=visit.id, kind=EventKind.LEAVE, at=night.replace(hour=3, minute=30)),
    ]

    report = build_report(
        make_data(),
        [make_version(solution=Solution(plan=plan))],
        {visit.id: state_of(events)},
        DateRange(first=monday, last=sunday),
        AS_OF,
    )

    assert report.visits[0].dwell_min == 180


def test_only_the_period_is_reported() -> None:
    tuesday = MONDAY + timedelta(days=1)
    period = DateRange(first=tuesday, last=tuesday)

    report = build_report(make_data(), [make_version()], make_states(), period, AS_OF)

    assert [v.visit_id for v in report.visits] == ["forgotten", "moved"]
    assert WEEK.first not in {tour.service_date for tour in report.tours}


@given(report=reports())
def test_every_visit_of_the_period_has_one_line(report: VisitReport) -> None:
    planned = [
        visit.id
        for version in report.versions
        for tour, visit in version.solution.plan.visits()
        if tour.service_date in report.period
    ]

    assert sorted(line.visit_id for line in report.visits) == sorted(planned)
