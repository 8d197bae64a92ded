"""``busplan track``: words in, events recorded, a board out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from click.testing import Result
from sqlalchemy import Engine
from typer.testing import CliRunner

from busplan.cli import track
from busplan.cli.track import parse_moment, parse_tally
from busplan.domain.dates import BERLIN, monday_of
from busplan.domain.errors import EventRefused, InvalidInput
from busplan.domain.fleet import BusId
from busplan.domain.plan import VisitId, visit_id
from busplan.domain.stop_events import AgeBand, VisitStatus, state_of
from busplan.storage.store import Store
from tests.factories import make_stop
from tests.storage.weeks import make_county_data, make_solution

PAST_MONDAY = monday_of(datetime.now(BERLIN).date() - timedelta(days=7))
"""Events of the future are refused, so the week tracked here lies before the real today."""
VISIT = visit_id(PAST_MONDAY, BusId("wilde13"), 1)


@pytest.fixture
def app(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> typer.Typer:
    """The commands over a database with one published visit."""
    now = datetime.now(UTC)
    with Store(engine) as store:
        store.county.save(make_county_data(stops=(make_stop("s1"), make_stop("s2"))))
        store.plans.publish(store.plans.add_draft(make_solution(PAST_MONDAY), now).id, now)
    monkeypatch.setenv("BUSPLAN_DATABASE_URL", str(engine.url))
    monkeypatch.setenv("BUSPLAN_MAPS_DIR", str(tmp_path / "maps"))
    monkeypatch.setenv("BUSPLAN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    app = typer.Typer()
    track.register(app)
    return app


def run(app: typer.Typer, *words: str) -> Result:
    return CliRunner().invoke(app, ["track", *words])


def moment(clock: str) -> str:
    return f"{PAST_MONDAY}T{clock}"


def test_a_visit_is_tracked_to_its_tally(app: typer.Typer, engine: Engine) -> None:
    arrived = run(app, "arrive", VISIT, "--at", moment("14:45"))
    left = run(
        app,
        *("leave", VISIT, "--at", moment("16:10")),
        *("--tally", "under_10=3", "--tally", "10_to_13=5"),
    )

    assert f"{VISIT} is open." in arrived.output
    assert f"{VISIT} is done, 8 contacts." in left.output
    with Store.reading(engine) as store:
        state = state_of(store.stop_events.of_visit(VISIT))
    assert state.arrived_at == datetime.fromisoformat(moment("14:45")).replace(tzinfo=BERLIN)
    assert state.tally is not None
    assert dict(state.tally.counts) == {AgeBand.UNDER_10: 3, AgeBand.FROM_10: 5}


def test_a_cancellation_needs_a_known_reason(app: typer.Typer) -> None:
    assert run(app, "cancel", VISIT, "--reason", "laziness").exit_code == 2
    assert "is cancelled." in run(app, "cancel", VISIT, "--reason", "weather").output


def test_a_move_shows_on_the_board(app: typer.Typer) -> None:
    moved = run(
        app,
        *("move", VISIT, "--to", "s2", "--open", "15:30", "--close", "17:00"),
        *("--at", moment("09:00")),
    )
    board = run(app, "status", "--date", str(PAST_MONDAY))

    assert "is moved." in moved.output
    assert "Halt s2" in board.output
    assert "15:30-17:00" in board.output


def test_the_board_can_be_copied_from_on_a_narrow_screen(app: typer.Typer) -> None:
    """The whole id of a visit and the times of the bus are on one line."""
    run(app, "arrive", VISIT, "--at", moment("14:45"))
    run(app, "leave", VISIT, "--at", moment("16:10"), "--tally", "27_and_over=4")

    board = run(app, "status", "--date", str(PAST_MONDAY))

    (line,) = [line for line in board.output.splitlines() if VISIT in line]
    assert "14:45-16:10" in line
    assert "done, 4" in line


def test_a_day_without_visits_says_so(app: typer.Typer) -> None:
    assert "No published visit" in run(app, "status", "--date", "2020-01-01").output


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        (("leave", VISIT, "--at", moment("15:00")), EventRefused, "leave is not possible"),
        (("arrive", VISIT, "--at", "yesterday"), InvalidInput, "not a moment"),
        (("arrive", VISIT, "--at", "2999-01-01T10:00"), InvalidInput, "has not come yet"),
        (
            ("move", VISIT, "--to", "s2", "--open", "3pm", "--close", "17:00"),
            InvalidInput,
            "time of day",
        ),
        (("leave", VISIT, "--tally", "children=3"), InvalidInput, "age bands are under_10"),
    ],
)
def test_refusals_reach_the_caller(
    app: typer.Typer, engine: Engine, words: tuple[str, ...], error: type, message: str
) -> None:
    result = run(app, *words)

    assert isinstance(result.exception, error)
    assert message in str(result.exception)
    with Store.reading(engine) as store:
        assert state_of(store.stop_events.of_visit(VisitId(VISIT))).status is VisitStatus.PLANNED


@pytest.mark.parametrize("part", ["under_10", "under_10=", "under_10=-1", "under_10=²", "x=1"])
def test_a_count_is_a_band_and_a_number(part: str) -> None:
    with pytest.raises(InvalidInput):
        parse_tally([part])


def test_a_band_is_counted_once() -> None:
    with pytest.raises(InvalidInput, match="once"):
        parse_tally(["under_10=1", "under_10=2"])


def test_moments_without_a_zone_are_berlins() -> None:
    assert parse_moment("2026-07-01T15:00") == datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert parse_moment("2026-07-01T15:00+00:00") == datetime(2026, 7, 1, 15, tzinfo=UTC)
