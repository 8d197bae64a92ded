"""A visit is never more public than its stop allows and its demand record says."""

import pytest

from busplan.domain.publication_level import PublicationLevel
from busplan.domain.rules.publication import check_publication
from tests.factories import make_demand, make_plan, make_problem, make_stop, make_tour, make_visit

NONE, AREA, SHORT, FULL = PublicationLevel


def violations(
    visit: PublicationLevel | None,
    demand: PublicationLevel | None,
    stop: PublicationLevel = FULL,
) -> list[str]:
    problem = make_problem(stops=(make_stop(level=stop),), demands=(make_demand(level=demand),))
    plan = make_plan(make_tour(make_visit(level=visit)))
    return [v.sentence for v in check_publication(plan, problem)]


@pytest.mark.parametrize("level", [None, *PublicationLevel])
def test_a_visit_has_the_level_of_its_demand(level: PublicationLevel | None) -> None:
    assert violations(level, level) == []


def test_a_visit_of_another_level_is_refused_stricter_or_not() -> None:
    assert violations(FULL, AREA) == ["its publication level is full, d1 asks for area"]
    assert violations(NONE, AREA) == ["its publication level is none, d1 asks for area"]
    assert violations(None, AREA) == ["its publication level is not set, d1 asks for area"]
    assert violations(AREA, None) == ["its publication level is area, d1 asks for none of its own"]


@pytest.mark.parametrize("stop", list(PublicationLevel))
@pytest.mark.parametrize("visit", list(PublicationLevel))
def test_a_visit_is_no_more_open_than_its_stop(
    visit: PublicationLevel, stop: PublicationLevel
) -> None:
    refused = [f"its publication level is {visit}, Halt s1 allows {stop}"]

    expected = refused if visit.openness > stop.openness else []
    assert violations(visit, visit, stop) == expected


def test_a_visit_without_a_level_of_its_own_goes_anywhere() -> None:
    assert violations(None, None, NONE) == []
