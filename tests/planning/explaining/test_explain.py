"""Reasons say what is known, also of a plan that a search ended early with."""

from busplan.domain.dates import Window
from busplan.domain.fleet import Shift
from busplan.domain.plan import Plan
from busplan.planning.explaining.explain import explain_plan, explain_unserved
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.assembly import make_plan as make_plan_of
from busplan.planning.weeks.selection import select
from tests.factories import (
    MONDAY,
    make_bus,
    make_crew,
    make_demand,
    make_plan,
    make_problem,
    make_stop,
)
from tests.planning.parts import master_of

MONDAYS = frozenset({0})
AT_THREE = (Window(from_min=900, to_min=960),)
NOTHING = Plan(county="test", first_day=MONDAY, weeks=1)
ENOUGH = 10**6
"""Tours, more than any of these weeks has."""


def test_a_visit_that_would_better_the_plan_is_owed_to_the_search_alone() -> None:
    """Nothing displaces it, so nothing is to be given up for it."""
    master = master_of(make_problem())
    empty = select(master, (), hint=None, work=1, seed=0, stopper=Stopper())
    assert empty.choice is not None

    plan = make_plan_of(master, empty.choice)
    (unserved,) = explain_unserved(master, empty.choice, (), plan)

    assert (unserved.rule, unserved.remedy) == ("search", "a longer search")
    assert "points better" in unserved.reason


def test_a_plan_made_by_hand_is_explained_from_what_it_holds() -> None:
    """A Monday's only hour goes to d1; d2 can have it for 1000 points, d3 only with power."""
    usual = {"weekdays": MONDAYS, "windows": AT_THREE}
    problem = make_problem(
        stops=(make_stop("s1"), make_stop("s2"), make_stop("s3", power=False)),
        demands=(
            make_demand("d1", stop_id="s1", weight=2, **usual),
            make_demand("d2", stop_id="s2", **usual),
            make_demand("d3", stop_id="s3", **usual),
        ),
        buses=(make_bus(weekdays=MONDAYS, needs_power=True, max_visits_per_day=1),),
    )

    unserved = explain_plan(problem, make_plan(), Stopper(), ENOUGH)

    d1 = "d1 (Halt s1) on Mon 2026-11-30"
    told = {entry.demand_id: (entry.rule, entry.remedy) for entry in unserved}
    assert told == {
        "d2": ("competition", f"give up {d1}"),
        "d3": ("power", f"a checked socket at Halt s3 and give up {d1}"),
    }
    assert "cost 1000 points more" in unserved[0].reason


def test_a_longer_shift_names_the_person_the_hours_and_the_minutes() -> None:
    """20 min there, an hour open, 20 min back: 14:40 to 16:20 in a shift from 14:40 to 16:00."""
    shift = Shift(weekdays=MONDAYS, window=Window(from_min=880, to_min=960))
    demand = make_demand(weekdays=MONDAYS, windows=AT_THREE)
    problem = make_problem(demands=(demand,), crew=(make_crew(shifts=(shift,)),))

    (unserved,) = explain_plan(problem, NOTHING, Stopper(), ENOUGH)

    assert unserved.rule == "shifts"
    assert unserved.remedy == "P1 on duty 14:40-16:20 on Mondays, 20 min beyond the shift"


def test_a_higher_cap_names_the_bus_and_the_minutes() -> None:
    """Two days of 100 min each under a cap of 150 min a week."""
    days = frozenset({0, 1})
    problem = make_problem(
        demands=(make_demand(wished=2, most=2, weekdays=days, windows=AT_THREE),),
        buses=(make_bus(weekdays=days, week_max_min=150),),
    )

    (unserved,) = explain_plan(problem, make_plan(), Stopper(), ENOUGH)

    assert unserved.rule == "bus_week"
    assert unserved.remedy == "a weekly cap of wilde13 50 min higher"


def test_without_leave_to_look_for_changes_the_price_is_told() -> None:
    days = frozenset({0, 1})
    problem = make_problem(
        demands=(make_demand(wished=2, most=2, weekdays=days, windows=AT_THREE),),
        buses=(make_bus(weekdays=days, week_max_min=150),),
    )

    (unserved,) = explain_plan(problem, make_plan(), Stopper(), 0)

    assert (unserved.rule, unserved.remedy) == ("bus_week", "a higher weekly cap")


def test_one_who_stops_the_explanation_is_told_that_it_was_stopped() -> None:
    stopper = Stopper()
    stopper.stop()

    (unserved,) = explain_plan(make_problem(), NOTHING, stopper, ENOUGH)

    assert (unserved.rule, unserved.remedy) == ("search", "a longer search")
