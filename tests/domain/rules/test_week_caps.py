"""Buses and people keep to their minutes in a week."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.plan import Break, Plan
from busplan.domain.rules.week_caps import check_week_caps
from tests.factories import (
    MONDAY,
    make_bus,
    make_crew,
    make_duty,
    make_plan,
    make_problem,
    make_tour,
)


def sentences(plan: Plan, **given: Any) -> list[str]:
    return [v.sentence for v in check_week_caps(plan, make_problem(**given))]


def two_days(apart: int = 1, **given: Any) -> Plan:
    """Two tours of 100 minutes, so many days apart."""
    later = MONDAY + timedelta(days=apart)
    return make_plan(make_tour(**given), make_tour(service_date=later, **given), weeks=2)


@pytest.mark.parametrize(("cap", "violations"), [(None, 0), (240, 0), (239, 1)])
def test_a_bus_counts_from_preparing_to_finishing(cap: int | None, violations: int) -> None:
    buses = (make_bus(prepare_min=5, finish_min=15, week_max_min=cap),)

    assert len(sentences(two_days(), buses=buses)) == violations


def test_the_sentence_names_bus_week_and_cap() -> None:
    assert sentences(two_days(), buses=(make_bus(week_max_min=199),)) == [
        "wilde13 has 3 h 20 min on the road in 2026-W49, 3 h 19 min are allowed"
    ]


@pytest.mark.parametrize(("cap", "violations"), [(None, 0), (170, 0), (169, 1)])
def test_a_person_counts_without_breaks(cap: int | None, violations: int) -> None:
    pause = Break(start_min=900, end_min=915)
    duty = make_duty(start_min=880, end_min=980, breaks=(pause,))

    found = sentences(two_days(duties=(duty,)), crew=(make_crew(week_max_min=cap),))

    assert len(found) == violations


def test_every_iso_week_counts_by_itself() -> None:
    buses, crew = (make_bus(week_max_min=100),), (make_crew(week_max_min=100),)

    assert sentences(two_days(apart=7), buses=buses, crew=crew, weeks=2) == []
    assert len(sentences(two_days(apart=6), buses=buses, crew=crew, weeks=2)) == 2
