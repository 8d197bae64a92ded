"""Plan files: what is written is read back, and hand-made ones are told every fault."""

import json
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.objective import CostTerms
from busplan.domain.solution import Proof, Quality, Solution
from busplan.exchange.plan_json import build_plan_schema, load_plan_schema, read_plan, write_plan
from tests.factories import make_duty, make_plan, make_tour, make_visit
from tests.strategies import solutions

FILE = "week.json"


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refusal:
        read_plan(text, FILE)
    assert refusal.value.problems
    assert all(problem.file == FILE for problem in refusal.value.problems)
    return refusal.value.problems


def example() -> dict[str, Any]:
    """A plan of one visit as JSON."""
    document: dict[str, Any] = json.loads(write_plan(Solution(plan=make_plan())))
    return document


@given(solution=solutions())
def test_what_is_written_is_read_back(solution: Solution) -> None:
    assert read_plan(write_plan(solution), FILE) == solution


@given(solution=solutions())
def test_what_is_written_follows_the_schema(solution: Solution) -> None:
    jsonschema.validate(json.loads(write_plan(solution)), json.loads(load_plan_schema()))


def test_the_published_schema_is_that_of_the_code() -> None:
    """After a deliberate change, write ``build_plan_schema()`` into the file and read the diff."""
    assert load_plan_schema() == build_plan_schema()


def test_the_schema_is_one_of_draft_2020_12() -> None:
    schema = json.loads(load_plan_schema())

    jsonschema.Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


def test_people_can_read_a_plan() -> None:
    tour = make_tour(
        make_visit(open_min=845, service_min=75, stop_id="Bürgerhaus"),
        duties=(make_duty(start_min=800, end_min=1000),),
    )

    text = write_plan(Solution(plan=make_plan(tour)))

    assert '"open": "14:05"' in text
    assert '"date": "2026-11-30"' in text
    assert '"stop": "Bürgerhaus"' in text
    assert text.endswith("}\n")


def test_a_hand_made_plan_needs_no_quality() -> None:
    document = example()
    for left_out in ("format", "unserved", "lost_blocks", "lost_pins"):
        del document[left_out]

    assert read_plan(json.dumps(document), FILE) == Solution(plan=make_plan())


def test_a_tour_may_end_after_midnight() -> None:
    plan = make_plan(make_tour(return_min=1470))

    text = write_plan(Solution(plan=plan))

    assert '"back": "24:30"' in text
    assert read_plan(text, FILE).plan == plan


def test_every_problem_is_told_with_its_json_path() -> None:
    document = example()
    document["first_day"] = "2026-12-01"
    document["weeks"] = 5
    document["tours"][0]["visits"][0]["close"] = "25 past"
    document["tours"][0]["duties"][0]["crews"] = "P2"
    del document["tours"][0]["bus"]

    columns = {problem.column for problem in problems_of(json.dumps(document))}

    assert columns == {
        "$.first_day",
        "$.weeks",
        "$.tours[0].visits[0].close",
        "$.tours[0].duties[0].crews",
        "$.tours[0].bus",
    }


def test_times_out_of_order_are_told_at_their_visit() -> None:
    document = example()
    document["tours"][0]["visits"][0]["close"] = "06:00"

    (problem,) = problems_of(json.dumps(document))

    assert problem.column == "$.tours[0].visits[0]"
    assert "not in order" in problem.expected


def test_a_cost_that_is_not_the_sum_of_its_terms_is_refused() -> None:
    quality = Quality(terms=CostTerms(need=300, kilometres=40), bound=300, proof=Proof.BOUNDED)
    document = json.loads(write_plan(Solution(plan=make_plan(), quality=quality)))
    document["quality"]["cost"] = 339

    (problem,) = problems_of(json.dumps(document))

    assert problem.column == "$.quality"
    assert "340" in problem.expected


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"a": "\ud800"}'])
def test_what_is_no_plan_is_refused(text: str) -> None:
    problems_of(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
)


@given(data=st.data(), value=json_values)
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject, value: Any) -> None:
    document: Any = example()
    holder, step = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(holder[step], dict | list) and holder[step] and data.draw(st.booleans()):
        holder = holder[step]
        steps = range(len(holder)) if isinstance(holder, list) else sorted(holder)
        step = data.draw(st.sampled_from(steps))
    holder[step] = value

    try:
        solution = read_plan(json.dumps(document), FILE)
    except InvalidInput as refusal:
        assert refusal.problems
    else:
        assert read_plan(write_plan(solution), FILE) == solution


def test_dates_are_read_as_dates() -> None:
    assert read_plan(json.dumps(example()), FILE).plan.first_day == date(2026, 11, 30)
