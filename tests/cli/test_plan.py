"""``busplan plan``, ``check`` and ``diff``: what they print, write and exit with."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.county_weeks import county_week
from busplan.cli.main import main
from busplan.domain.county import CountyData
from busplan.domain.places import PlaceId
from busplan.domain.plan import Plan
from busplan.domain.solution import Solution
from busplan.exchange.county_folder import write_county
from busplan.exchange.plan_json import read_plan, write_plan
from busplan.storage.engine import make_engine
from busplan.storage.migrate import upgrade
from busplan.storage.store import Store
from busplan.usecases.load_county import load_county
from tests.factories import MONDAY, make_county, make_demand, make_place, make_stop
from tests.storage.weeks import make_county_data

WEEK = "2026-W49"
PROGRAM = "from busplan.cli.main import main; main()"
HOSTILE = "[bold]Markt[/bold] [/] :house: \\[red]"


@dataclass(frozen=True)
class Told:
    """What one command came to."""

    status: object
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command of the real program, in this process, over a database of its own."""
    monkeypatch.setenv("BUSPLAN_DATABASE_URL", f"sqlite:///{tmp_path / 'busplan.db'}")
    monkeypatch.setenv("BUSPLAN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "220")

    def run_main(*arguments: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["busplan", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Told(ended.value.code or 0, printed.out, printed.err)

    return run_main


@pytest.fixture
def county(run: Run, tmp_path: Path) -> Run:
    """The commands over a loaded county with a hostile stop and one demand that cannot be met."""
    stops = (make_stop("s1", name=HOSTILE), make_stop("s2", agreement=None))
    demands = (make_demand("d1", stop_id="s1"), make_demand("d2", stop_id="s2"))
    write_county(make_county_data(stops=stops, demands=demands), tmp_path / "county")
    loaded = run("data", "load", tmp_path / "county")
    assert loaded.status == 0, loaded.err
    return run


def plan_file(run: Run, folder: Path) -> Path:
    file = folder / "plan.json"
    told = run("plan", "--week", WEEK, "--out", file)
    assert told.status == 0, told.err
    return file


def changed(file: Path, change: Callable[[Plan], Plan]) -> Path:
    """Another plan file beside this one, changed as by hand."""
    plan = read_plan(file.read_text("utf-8"), str(file)).plan
    other = file.with_name("other.json")
    other.write_text(write_plan(Solution(plan=change(plan))), encoding="utf-8")
    return other


def earlier_return(plan: Plan) -> Plan:
    """Back before it left the stop, by nobody's hands: several rules at once."""
    return replace(
        plan,
        tours=tuple(
            replace(tour, return_min=tour.visits[0].arrival_min, duties=()) for tour in plan.tours
        ),
    )


def next_day(plan: Plan) -> Plan:
    days = timedelta(days=-1)
    return replace(
        plan,
        tours=tuple(replace(tour, service_date=tour.service_date + days) for tour in plan.tours),
    )


def test_plan_tells_tours_reasons_and_proof_and_keeps_a_draft(county: Run) -> None:
    told = county("plan", "--week", WEEK)

    assert told.status == 0, told.err
    assert "Tours of 2026-W49" in told.out
    assert "no site agreement for Halt s2" in told.out
    assert "optimal" in told.out
    assert "Draft 1 kept. Publish it with: busplan publish --week 2026-W49" in told.out


def test_the_file_holds_the_very_plan_of_the_draft(county: Run, tmp_path: Path) -> None:
    file = plan_file(county, tmp_path)

    with Store.reading(make_engine(f"sqlite:///{tmp_path / 'busplan.db'}")) as store:
        draft = store.plans.latest_draft(MONDAY).solution
    assert read_plan(file.read_text("utf-8"), str(file)) == draft


def test_names_with_markup_are_printed_as_they_are(county: Run) -> None:
    told = county("plan", "--week", WEEK)

    assert HOSTILE in told.out


@pytest.mark.parametrize("place", ["folder", "file/plan.json", "nowhere/plan.json"])
def test_where_a_file_cannot_be_written_nothing_is_left(
    place: str, county: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "folder").mkdir(parents=True)
    (out / "file").touch()

    told = county("plan", "--week", WEEK, "--out", out / place)

    assert told.status == 2
    assert f"{out / place} cannot be written" in told.err
    assert {path.name for path in out.rglob("*")} == {"folder", "file"}


def test_an_older_file_is_replaced_and_nothing_else_is_left(county: Run, tmp_path: Path) -> None:
    out = tmp_path / "plans" / "week.json"
    out.parent.mkdir()
    out.write_text("older", encoding="utf-8")

    told = county("plan", "--week", WEEK, "--out", out)

    assert told.status == 0
    assert [path.name for path in out.parent.iterdir()] == ["week.json"]
    assert json.loads(out.read_text("utf-8"))


def test_without_a_county_planning_fails_and_says_why(run: Run) -> None:
    told = run("plan", "--week", WEEK)

    assert told.status == 1
    assert "county" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--week", "2026-W54"), "'2026-W54' is not an ISO week"),
        (("--week", "[bold]"), "'[bold]' is not an ISO week"),
        (("--work", "0"), "must be above zero"),
        (("--work", "nan"), "must be above zero"),
        (("--seconds", "-1"), "must be above zero"),
        (("--seconds", "inf"), "must be above zero"),
        (("--weeks", "5"), "'--weeks'"),
        (("--seed", "99999999999"), "'--seed'"),
        (("--seed", "-1"), "'--seed'"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_2(
    arguments: tuple[str, str], complaint: str, county: Run
) -> None:
    told = county("plan", *arguments)

    assert told.status == 2
    assert complaint in told.err


def test_an_unknown_pin_is_named(county: Run, tmp_path: Path) -> None:
    plan_file(county, tmp_path)

    told = county("plan", "--week", WEEK, "--pin", "nowhere")

    assert told.status == 1
    assert "no visit nowhere in the plan of 2026-W49" in told.err


def test_a_forbidden_visit_is_not_planned_and_the_ban_is_told(county: Run) -> None:
    told = county("plan", "--week", WEEK, "--forbid", "d1")

    assert told.status == 0, told.err
    assert "0 visits" in told.out
    assert "lift the ban of d1" in told.out


def test_every_part_of_a_ban_that_names_nothing_is_told(county: Run) -> None:
    told = county("plan", "--week", WEEK, "--forbid", "nobody:2026-12-03", "--forbid", "d1:never")

    assert told.status == 2
    assert "'nobody' found, expected a demand record" in told.err
    assert "'never' found, expected a date from 2026-11-30 to 2026-12-06" in told.err


def test_a_search_may_start_from_a_plan_file(county: Run, tmp_path: Path) -> None:
    file = changed(plan_file(county, tmp_path), next_day)

    told = county("plan", "--week", WEEK, "--from", file)

    assert told.status == 0, told.err
    assert "1 visits" in told.out
    assert county("plan", "--week", WEEK, "--from", tmp_path / "nowhere").status == 2


def test_check_finds_nothing_in_our_own_plan(county: Run, tmp_path: Path) -> None:
    told = county("check", plan_file(county, tmp_path))

    assert told.status == 0, told.err
    assert "no rule is broken. 1 tours, 1 visits" in told.out


def test_check_exits_with_1_and_prints_every_violation(county: Run, tmp_path: Path) -> None:
    broken = changed(plan_file(county, tmp_path), earlier_return)

    told = county("check", broken)

    assert told.status == 1
    heading, *sentences = told.err.splitlines()
    assert heading == f"{broken} breaks {len(sentences)} rules:"
    assert len(sentences) >= 2
    assert {sentence.split(":")[0].strip() for sentence in sentences} >= {"travel", "shifts"}


def test_check_exits_with_2_and_prints_every_problem_of_a_file(county: Run, tmp_path: Path) -> None:
    file = plan_file(county, tmp_path)
    document = json.loads(file.read_text("utf-8"))
    document["weeks"] = "many"
    document["tours"][0]["visits"][0]["opens"] = 7
    file.write_text(json.dumps(document), encoding="utf-8")

    told = county("check", file)

    assert told.status == 2
    assert "weeks" in told.err
    assert len(told.err.splitlines()) >= 3


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"{", "plan.json"), (b"\xff", "no UTF-8 text"), (None, "cannot be read")],
    ids=["no JSON", "no text", "no file"],
)
def test_a_file_that_is_no_plan_exits_with_2(
    content: bytes | None, complaint: str, county: Run, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    if content is not None:
        file.write_bytes(content)

    for told in (county("check", file), county("diff", file, file)):
        assert told.status == 2
        assert complaint in told.err


def test_diff_lists_what_moved_and_counts(county: Run, tmp_path: Path) -> None:
    file = plan_file(county, tmp_path)
    other = changed(file, next_day)

    told = county("diff", file, other)
    same = county("diff", file, file)

    assert told.status == same.status == 0
    assert "moved  d1  Fri" in told.out
    assert "0 new, 1 moved, 0 gone." in told.out
    assert same.out == "0 new, 0 moved, 0 gone.\n"


def test_diff_lists_new_and_gone(county: Run, tmp_path: Path) -> None:
    file = plan_file(county, tmp_path)
    empty = changed(file, lambda plan: replace(plan, tours=()))

    assert "0 new, 0 moved, 1 gone." in county("diff", file, empty).out
    assert "1 new, 0 moved, 0 gone." in county("diff", empty, file).out


def test_the_same_command_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Whatever order sets have: each process hashes differently."""
    week = county_week(stops=6, seed=3, week_max_min=900)
    data = CountyData(
        county=make_county(),
        municipalities=week.municipalities,
        places=tuple(make_place(id=PlaceId(t.ags), ags=t.ags) for t in week.municipalities),
        stops=tuple(replace(stop, place_id=PlaceId(stop.ags)) for stop in week.stops),
        demands=week.demands,
        blocks=(),
        buses=week.buses,
        crew=week.crew,
    )
    texts = set()
    for number in ("1", "2"):
        folder = tmp_path / number
        folder.mkdir()
        database = f"sqlite:///{folder / 'busplan.db'}"
        engine = make_engine(database)
        upgrade(engine)
        load_county(engine, data)
        subprocess.run(
            [sys.executable, "-c", PROGRAM, "plan", "--week", WEEK, "--out", "plan.json"],
            cwd=folder,
            env=os.environ | {"BUSPLAN_DATABASE_URL": database, "PYTHONHASHSEED": number},
            capture_output=True,
            check=True,
        )
        texts.add((folder / "plan.json").read_bytes())

    assert len(texts) == 1
