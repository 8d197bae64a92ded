"""check_plan asks every rule, and answers to any plan at all."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain import rules
from busplan.domain.blocks import Block, BlockId
from busplan.domain.demand import DayKind, DemandId
from busplan.domain.fleet import BusId, CrewId
from busplan.domain.places import StopId
from busplan.domain.plan import Break, Duty, Plan, Tour, Visit, VisitId
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.rules.check import ALL_RULES, check_plan
from busplan.domain.rules.references import sound_part
from busplan.domain.rules.violation import Violation
from tests.factories import (
    ALL_DAY,
    LONG,
    MONDAY,
    make_bus,
    make_crew,
    make_demand,
    make_matrix,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

TIMES = st.integers(0, 1439)
ANY_NUMBERS = st.integers(-(10**9), 10**9)
IN_HORIZON = st.integers(0, 6).map(lambda days: MONDAY + timedelta(days=days))
ANY_NAMES = st.sampled_from(["s1", "lost", "d1", "P1", "wilde13", "ghost", ""])
MONDAYS = st.dates(date(2, 1, 1)).map(lambda day: day - timedelta(days=day.weekday()))


@st.composite
def visits(
    draw: st.DrawFn,
    minutes: st.SearchStrategy[int],
    stops: st.SearchStrategy[str],
    demands: st.SearchStrategy[str],
    blocks: st.SearchStrategy[str],
) -> Visit:
    arrival_min, open_min, close_min, departure_min = sorted(
        draw(st.lists(minutes, min_size=4, max_size=4))
    )
    return Visit(
        id=VisitId(draw(ANY_NAMES)),
        demand_id=DemandId(draw(demands)),
        stop_id=StopId(draw(stops)),
        arrival_min=arrival_min,
        open_min=open_min,
        close_min=close_min + 1,
        departure_min=departure_min + 1,
        block_id=draw(st.none() | blocks.map(BlockId)),
        level=draw(st.none() | st.sampled_from(PublicationLevel)),
    )


def duties(
    minutes: st.SearchStrategy[int], people: st.SearchStrategy[str]
) -> st.SearchStrategy[Duty]:
    breaks = st.builds(
        lambda one, other: Break(start_min=min(one, other), end_min=max(one, other) + 1),
        minutes,
        minutes,
    )
    return st.builds(
        Duty,
        crew_id=people.map(CrewId),
        drives=st.booleans(),
        start_min=minutes,
        end_min=minutes,
        breaks=st.lists(breaks, max_size=3).map(tuple),
    )


def tours(
    minutes: st.SearchStrategy[int],
    days: st.SearchStrategy[date],
    names: tuple[st.SearchStrategy[str], ...],
) -> st.SearchStrategy[Tour]:
    """Tours of these buses, stops, demand records, blocks and people, in that order."""
    buses, stops, demands, blocks, people = names
    return st.builds(
        Tour,
        bus_id=buses.map(BusId),
        service_date=days,
        depart_min=minutes,
        return_min=minutes,
        visits=st.lists(visits(minutes, stops, demands, blocks), max_size=3).map(tuple),
        duties=st.lists(duties(minutes, people), max_size=3).map(tuple),
        drive_min=ANY_NUMBERS,
        length_m=ANY_NUMBERS,
    )


def plans(
    some_tours: st.SearchStrategy[Tour], first_days: st.SearchStrategy[date]
) -> st.SearchStrategy[Plan]:
    return st.builds(
        Plan,
        county=ANY_NAMES,
        first_day=first_days,
        weeks=st.integers(1, 4),
        tours=st.lists(some_tours, max_size=4).map(tuple),
    )


KNOWN_NAMES = tuple(
    map(st.sampled_from, (["wilde13", "ninja"], ["s1", "s2"], ["d1", "d2"], ["b1"], ["P1", "P2"]))
)
KNOWN_PLANS = plans(tours(TIMES, IN_HORIZON, KNOWN_NAMES), st.just(MONDAY))
ANY_PLANS = plans(tours(TIMES | ANY_NUMBERS, IN_HORIZON | st.dates(), (ANY_NAMES,) * 5), MONDAYS)
PROBLEM = make_problem(
    stops=(make_stop(), make_stop("s2"), make_stop("lost")),
    demands=(
        make_demand(patterns=(frozenset({0, 2}),), headway_min_days=2),
        make_demand("d2", ags="05358008", joint=True, days=DayKind.HOLIDAYS),
    ),
    blocks=(
        Block(
            id=BlockId("b1"),
            stop_id=StopId("s1"),
            demand_id=DemandId("d1"),
            bus_id=BusId("wilde13"),
            weekday=0,
            window=ALL_DAY,
            running=LONG,
        ),
    ),
    buses=(make_bus(min_adults=2, prepare_min=30), make_bus("ninja", week_max_min=1)),
    crew=(make_crew(), make_crew("P2")),
    matrix=make_matrix("s1", "s2"),
)


def test_a_plan_without_faults_has_no_violation() -> None:
    assert list(check_plan(make_plan(), make_problem())) == []


def test_an_empty_plan_has_no_violation() -> None:
    plan = Plan(county="test", first_day=MONDAY, weeks=1)

    assert list(check_plan(plan, make_problem())) == []


@given(plan=ANY_PLANS)
def test_no_plan_whatever_makes_the_check_fail(plan: Plan) -> None:
    assert all(isinstance(violation, Violation) for violation in check_plan(plan, PROBLEM))


@given(plan=KNOWN_PLANS)
def test_every_rule_can_judge_any_tours_of_known_things(plan: Plan) -> None:
    assert sound_part(plan, PROBLEM) == plan
    assert list(check_plan(plan, PROBLEM)) == list(check_plan(plan, PROBLEM))


def test_every_rule_file_is_in_the_check_under_its_name() -> None:
    folder = Path(rules.__path__[0])
    files = {path.stem for path in folder.glob("*.py") if "\nRULE = " in path.read_text("utf-8")}

    assert {rule.__name__ for rule in ALL_RULES} == {f"check_{name}" for name in files}
    assert len(ALL_RULES) == len(files)


def test_broken_references_are_told_beside_the_faults_of_sound_tours() -> None:
    broken = make_tour(make_visit("ghost"))
    late = make_tour(make_visit(), service_date=MONDAY + timedelta(days=1), depart_min=899)

    found = list(check_plan(make_plan(broken, late), make_problem()))

    assert [v.rule for v in found if v.place == broken.id] == ["references"]
    assert "travel" in [v.rule for v in found]


def test_a_violation_reads_as_one_line() -> None:
    violation = Violation("travel", "2026-11-30-wilde13", "the tour has no visit")

    assert str(violation) == "travel: 2026-11-30-wilde13: the tour has no visit"
