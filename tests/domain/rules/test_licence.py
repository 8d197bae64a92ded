"""Who drives may drive this bus."""

from busplan.domain.rules.licence import check_licence
from tests.factories import make_bus, make_crew, make_duty, make_plan, make_problem, make_tour

CAR_ONLY = make_crew("P2", licences=frozenset({"B"}))


def test_a_driver_with_the_licence_may_drive() -> None:
    assert list(check_licence(make_plan(), make_problem())) == []


def test_a_driver_without_the_licence_may_not() -> None:
    plan = make_plan(make_tour(duties=(make_duty("P2"),)))

    [violation] = check_licence(plan, make_problem(crew=(CAR_ONLY,)))

    assert violation.sentence == "P2 drives wilde13, which needs licence C, and holds B"


def test_the_second_adult_needs_no_licence() -> None:
    plan = make_plan(make_tour(duties=(make_duty(), make_duty("P2", drives=False))))

    assert list(check_licence(plan, make_problem(crew=(make_crew(), CAR_ONLY)))) == []


def test_another_bus_needs_another_licence() -> None:
    plan = make_plan(make_tour(duties=(make_duty("P2"),)))
    problem = make_problem(crew=(CAR_ONLY,), buses=(make_bus(licence="B"),))

    assert list(check_licence(plan, problem)) == []
