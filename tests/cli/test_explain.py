"""``busplan explain``: reasons, the price of one more visit, and a week without a bus."""

import json
from pathlib import Path

import pytest

from busplan.exchange.county_folder import write_county
from tests.cli.test_plan import Run, Told, plan_file, run
from tests.factories import make_bus, make_crew, make_demand, make_stop
from tests.storage.weeks import make_county_data

__all__ = ["run"]
WEEK = ("--week", "2026-W49")
MONDAY = "2026-11-30"


@pytest.fixture
def county(run: Run, tmp_path: Path) -> Run:
    """A planned week of one visit by one bus: two wish for it, one has no site."""
    stops = (make_stop("s1"), make_stop("s2"), make_stop("s3", agreement=None))
    demands = (
        make_demand("d1", stop_id="s1", weight=2, weekdays=frozenset({0})),
        make_demand("d2", stop_id="s2", weekdays=frozenset({0})),
        make_demand("d3", stop_id="s3", weekdays=frozenset({0})),
    )
    bus = make_bus(weekdays=frozenset({0}), max_visits_per_day=1)
    crew = (make_crew(), make_crew("P2"))
    data = make_county_data(stops=stops, demands=demands, buses=(bus,), crew=crew)
    write_county(data, tmp_path / "county")
    assert run("data", "load", tmp_path / "county").status == 0
    assert run("plan", *WEEK).status == 0
    return run


def document(told: Told) -> object:
    assert told.status == 0, told.err
    return json.loads(told.out)


def test_every_wish_not_placed_is_listed_with_rule_and_change(county: Run) -> None:
    told = county("explain", *WEEK)
    entries = document(county("explain", *WEEK, "--json"))

    assert told.status == 0, told.err
    assert "no site agreement for Halt s3" in told.out
    assert "give up d1 (Halt s1) on Mon 2026-11-30" in told.out
    assert isinstance(entries, list)
    assert [entry["demand_id"] for entry in entries] == ["d2", "d3"]


def test_a_plan_file_may_be_asked_about(county: Run, tmp_path: Path) -> None:
    file = plan_file(county, tmp_path)

    assert county("explain", "--plan", file).out == county("explain", *WEEK).out


def test_one_more_visit_is_priced_with_what_it_displaces(county: Run) -> None:
    told = county("explain", *WEEK, "--visit", "d2", "--day", MONDAY)
    answer = document(county("explain", *WEEK, "--visit", "d2", "--json"))

    assert told.status == 0, told.err
    assert "It would cost +1,000 points; no such plan costs less (proven)." in told.out
    assert "gone   d1  Mon" in told.out
    assert "new    d2  Mon" in told.out
    assert isinstance(answer, dict)
    assert (answer["points"]["more"], answer["gap"]) == (1000, 0)
    assert {c["demand"]: c["kind"] for c in answer["changes"]} == {"d1": "gone", "d2": "new"}


def test_a_visit_that_no_plan_can_hold_is_told_with_its_grounds(county: Run) -> None:
    told = county("explain", *WEEK, "--visit", "d3", "--day", MONDAY)

    assert told.status == 0, told.err
    assert "No plan can hold this visit (proven)." in told.out
    assert "a site agreement for Halt s3 that covers 2026-11-30" in told.out


def test_a_day_without_the_bus_tells_what_is_lost(county: Run) -> None:
    told = county("explain", *WEEK, "--without", "wilde13", "--on", MONDAY)

    assert told.status == 0, told.err
    assert "gone   d1  Mon" in told.out
    assert "no such plan costs less and changes as little (proven)" in told.out


def test_nothing_is_stored(county: Run) -> None:
    before = county("explain", *WEEK).out
    county("explain", *WEEK, "--visit", "d2")
    county("explain", *WEEK, "--without", "wilde13", "--on", MONDAY)

    assert county("explain", *WEEK).out == before


@pytest.mark.parametrize(
    ("question", "status", "complaint"),
    [
        (("--visit", "d2", "--without", "wilde13", "--on", MONDAY), 2, "one thing at a time"),
        (("--without", "wilde13"), 2, "--without and --on go together"),
        (("--on", MONDAY), 2, "--without and --on go together"),
        (("--day", MONDAY), 2, "--day goes with --visit"),
        (("--visit", "nobody"), 1, "no demand record nobody"),
        (("--visit", "d2", "--day", "2026-12-07"), 1, "2026-12-07 is not in the plan"),
        (("--without", "ninja", "--on", MONDAY), 1, "no bus ninja"),
        (("--week", "2027-W01"), 1, "no draft for 2027-W01"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    question: tuple[str, ...], status: int, complaint: str, county: Run
) -> None:
    told = county("explain", *WEEK, *question)

    assert told.status == status
    assert complaint in told.err
