"""Ctrl-C in a real terminal keeps the best plan so far, whatever the search is doing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.county_weeks import county_week
from busplan.domain.county import CountyData
from busplan.domain.places import PlaceId
from busplan.domain.rules.check import check_plan
from busplan.exchange.plan_json import read_plan
from busplan.storage.engine import make_engine
from busplan.storage.migrate import upgrade
from busplan.storage.store import Store
from busplan.usecases.planning_problem import build_problem
from tests.factories import MONDAY, make_county, make_place
from tests.terminals import PATIENCE_S, terminal

WEEK = "2026-W49"


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """A database with a county whose search takes seconds."""
    week = county_week(stops=12, seed=4, week_max_min=900)
    engine = make_engine(f"sqlite:///{tmp_path / 'busplan.db'}")
    upgrade(engine)
    with Store(engine) as store:
        store.county.save(
            CountyData(
                county=make_county(),
                municipalities=week.municipalities,
                places=(make_place(id=PlaceId("generated"), ags=week.municipalities[0].ags),),
                stops=tuple(replace(stop, place_id=PlaceId("generated")) for stop in week.stops),
                demands=week.demands,
                blocks=(),
                buses=week.buses,
                crew=week.crew,
            )
        )
    engine.dispose()
    return tmp_path


def test_ctrl_c_during_the_search_keeps_and_writes_the_best_plan(busy: Path) -> None:
    out = busy / "plan.json"

    with terminal(busy, "plan", "--week", WEEK, "--out", str(out), "--work", "1e6") as screen:
        assert screen.read_until("search"), screen.seen[-2000:]
        screen.press_ctrl_c()
        status = screen.wait()

    assert status == 0, screen.seen[-2000:]
    assert "Traceback" not in screen.seen
    assert "kept. Publish it with" in screen.seen
    with Store.reading(make_engine(f"sqlite:///{busy / 'busplan.db'}")) as store:
        solution = store.plans.latest_draft(MONDAY).solution
        problem = build_problem(store, MONDAY, 1, busy / "cache")
    assert read_plan(out.read_text("utf-8"), str(out)) == solution
    assert solution.plan.tours
    assert list(check_plan(solution.plan, problem)) == []


def test_a_second_ctrl_c_ends_the_program_without_a_plan(busy: Path) -> None:
    out = busy / "plan.json"

    with terminal(busy, "plan", "--week", WEEK, "--out", str(out), "--work", "1e6") as screen:
        assert screen.read_until("relaxation"), screen.seen[-2000:]
        while screen.read_more():  # two signals at once would count as one
            screen.press_ctrl_c()
        status = screen.wait()

    assert status != 0
    assert not out.exists()


EVERY_STAGE = """
import os, signal
from benchmarks.county_weeks import county_week
from busplan.cli.interruption import interrupted_by_ctrl_c
from busplan.domain.rules.check import check_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.planning.solve import solve

problem = county_week(stops=10, seed=3, week_max_min=1000)
for stage in ("tours", "relaxation", "first plan", "search", "reasons"):
    stopper = Stopper()

    def interrupt(progress):
        if progress.stage == stage and not stopper.asked:
            os.kill(os.getpid(), signal.SIGINT)

    with interrupted_by_ctrl_c(stopper):
        solution = solve(problem, SearchLimits(work=20), 1, interrupt, stopper)
    assert stopper.asked
    assert not list(check_plan(solution.plan, problem))
    print(stage, len(solution.plan.tours) > 0)
"""


def test_ctrl_c_keeps_a_plan_at_every_stage() -> None:
    """In a process of its own, since what is tested is that the signal does not kill it."""
    done = subprocess.run(
        [sys.executable, "-c", EVERY_STAGE],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "tours True",
        "relaxation True",
        "first plan True",
        "search True",
        "reasons True",
    ]
