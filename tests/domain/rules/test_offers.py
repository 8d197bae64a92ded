"""Bus and crew can give what a visit offers."""

from typing import Any

from busplan.domain.rules.offers import check_offers
from tests.factories import (
    OPEN_WORK,
    make_bus,
    make_crew,
    make_demand,
    make_duty,
    make_plan,
    make_problem,
    make_tour,
)

QUEER_WORK = "queer_youth_work"
BOTH = frozenset({OPEN_WORK, QUEER_WORK})
PAIR = make_plan(make_tour(duties=(make_duty(), make_duty("P2", drives=False))))


def sentences(**given: Any) -> list[str]:
    crew = (make_crew(), make_crew("P2"))
    problem = make_problem(**{"crew": crew, "demands": (make_demand(offer=QUEER_WORK),)} | given)
    return [v.sentence for v in check_offers(PAIR, problem)]


def test_bus_and_one_person_with_the_offer_suffice() -> None:
    crew = (make_crew(), make_crew("P2", offers=BOTH))

    assert sentences(buses=(make_bus(offers=BOTH),), crew=crew) == []


def test_a_bus_without_the_offer_does_not() -> None:
    crew = (make_crew(offers=BOTH), make_crew("P2", offers=BOTH))

    assert sentences(crew=crew) == ["wilde13 does not carry the offer queer_youth_work"]


def test_a_crew_without_the_offer_does_not() -> None:
    assert sentences(buses=(make_bus(offers=BOTH),)) == [
        "queer_youth_work is offered, but no one on board (P1, P2) can give it"
    ]


def test_what_both_can_give_is_fine() -> None:
    assert sentences(demands=(make_demand(),)) == []
