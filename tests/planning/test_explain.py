"""Reasons say what is known, also of a plan that a search ended early with."""

from busplan.planning.assembly import make_plan
from busplan.planning.explain import explain_unserved
from busplan.planning.selection import Stopper, select
from tests.factories import make_problem
from tests.planning.parts import master_of


def test_a_visit_that_would_better_the_plan_is_owed_to_the_search_alone() -> None:
    """Nothing displaces it, so nothing is to be given up for it."""
    master = master_of(make_problem())
    empty = select(master, (), hint=None, work=1, seed=0, stopper=Stopper())
    assert empty.choice is not None

    plan = make_plan(master, empty.choice)
    (unserved,) = explain_unserved(master, empty.choice, (), plan)

    assert (unserved.rule, unserved.remedy) == ("search", "a longer search")
    assert "points better" in unserved.reason
