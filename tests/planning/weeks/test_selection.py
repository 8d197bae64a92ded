"""Choosing tours: stopped at once from another thread, and lawful with whatever is required."""

import threading
from random import Random

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.rows import Program, Variable
from busplan.planning.weeks.selection import Choice, select
from busplan.planning.weeks.tour_rows import TourRows
from busplan.planning.weeks.tours import list_tours
from tests.factories import make_problem


def market_split(rows: int = 5, variables: int = 40) -> Master:
    """A program that no solver proves in useful time (Cornuéjols & Dawande, IPCO 1998).

    Every row asks for exactly half of its random coefficients; what is missed costs a point each.
    """
    random = Random(1)
    program = Program()
    entries: list[list[tuple[int, int]]] = [[] for _ in range(variables)]
    for number in range(rows):
        values = [random.randrange(100) for _ in range(variables)]
        half = sum(values) // 2
        row = program.row(number, lower=half, upper=half)
        for entry, value in zip(entries, values, strict=True):
            entry.append((row, value))
        for sign in (1, -1):
            missed = ((row, sign),)
            program.add(Variable(name=f"missed {number}", cost=1, upper=10_000, entries=missed))
    for number, entry in enumerate(entries):
        program.add(Variable(name=f"{number}", integer=True, entries=tuple(entry)))
    problem = make_problem()
    nothing = list_tours(problem, ())
    return Master(
        problem=problem,
        candidates=(),
        columns=nothing,
        program=program,
        rows=TourRows.of(nothing, program),
        costs=nothing.tours.cost,
        duties={},
    )


def test_a_search_without_end_is_stopped_from_another_thread() -> None:
    """The first choice found asks for the end; another thread hears it while the search runs."""
    stopper = Stopper()
    found = threading.Event()
    waiting = threading.Thread(target=lambda: (found.wait(60), stopper.stop()))
    waiting.start()

    selection = select(
        market_split(),
        (),
        hint=None,
        work=1e6,
        seed=1,
        stopper=stopper,
        on_choice=lambda choice, bound: found.set(),
    )
    waiting.join()

    assert not selection.proven
    assert selection.choice is not None
    assert selection.bound <= selection.choice.cost


def test_a_search_ends_at_its_counted_limit_at_the_same_choice() -> None:
    first, second = (
        select(market_split(), (), hint=None, work=0.03, seed=1, stopper=Stopper())
        for _ in range(2)
    )

    assert not first.proven
    assert first == second


def test_every_better_choice_is_told_and_the_last_is_kept() -> None:
    told: list[Choice] = []

    selection = select(
        market_split(),
        (),
        hint=None,
        work=0.03,
        seed=1,
        stopper=Stopper(),
        on_choice=lambda choice, bound: told.append(choice),
    )

    costs = [choice.cost for choice in told]
    assert costs == sorted(costs, reverse=True)
    assert told[-1] == selection.choice


def test_what_cannot_be_required_is_proven_to_have_no_choice() -> None:
    selection = select(
        market_split(rows=1, variables=4),
        (),
        hint=None,
        work=1,
        seed=1,
        stopper=Stopper(),
        required=[((7,), 1)],
    )

    assert selection.choice is None
    assert selection.proven
    assert selection.bound == float("inf")
