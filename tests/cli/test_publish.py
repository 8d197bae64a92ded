"""``busplan publish`` and ``busplan pages``: what is public now, and where it lies."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from busplan.cli import publish
from busplan.domain.dates import BERLIN, monday_of, week_of
from busplan.domain.errors import NotFound
from busplan.planning.limits import SearchLimits
from busplan.storage.store import Store
from busplan.usecases.plan_week import plan_week
from tests.storage.weeks import make_county_data

COMING = monday_of(datetime.now(BERLIN).date()) + timedelta(days=7)


@pytest.fixture
def app(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> typer.Typer:
    """The commands over a database with a draft of the coming week."""
    with Store(engine) as store:
        store.county.save(make_county_data())
    now = datetime.now(BERLIN)
    plan_week(engine, COMING, 1, limits=SearchLimits(work=5), seed=1, now=now, cache_dir=None)
    monkeypatch.setenv("BUSPLAN_DATABASE_URL", str(engine.url))
    monkeypatch.setenv("BUSPLAN_MAPS_DIR", str(tmp_path / "maps"))
    monkeypatch.setenv("BUSPLAN_CACHE_DIR", str(tmp_path / "cache"))
    app = typer.Typer()
    publish.register(app)
    return app


def test_publish_says_what_is_public_and_where(app: typer.Typer, tmp_path: Path) -> None:
    week = week_of(COMING)

    told = CliRunner().invoke(app, ["publish", "--week", week])

    assert told.exit_code == 0, told.output
    page = tmp_path / "maps" / week / "index.html"
    assert f"is public: {week}" in told.output
    assert str(page) in told.output
    assert page.exists()
    assert "site.csv of the county lacks office, law, statement_date" in told.output


def test_a_folder_may_be_named_and_pages_written_again(app: typer.Typer, tmp_path: Path) -> None:
    CliRunner().invoke(app, ["publish", "--week", week_of(COMING)])

    told = CliRunner().invoke(app, ["pages", "--maps", str(tmp_path / "other")])

    assert told.exit_code == 0, told.output
    assert (tmp_path / "other" / week_of(COMING) / "index.html").exists()


def test_a_draft_is_published_once(app: typer.Typer) -> None:
    CliRunner().invoke(app, ["publish", "--week", week_of(COMING)])

    again = CliRunner().invoke(app, ["publish", "--week", week_of(COMING)])

    assert isinstance(again.exception, NotFound)


def test_a_withdrawn_bus_is_on_no_page_until_it_is_restored(
    app: typer.Typer, tmp_path: Path
) -> None:
    CliRunner().invoke(app, ["publish", "--week", week_of(COMING)])
    page = tmp_path / "maps" / week_of(COMING) / "index.html"
    visit = 'class="visit state-'

    withdrawn = CliRunner().invoke(app, ["publish", "--withdraw", "wilde13"])
    without = page.read_text("utf-8")
    restored = CliRunner().invoke(app, ["publish", "--restore", "wilde13"])

    assert (withdrawn.exit_code, restored.exit_code) == (0, 0), withdrawn.output + restored.output
    assert "nothing of wilde13 is shown" in withdrawn.output
    assert "take posters down" in withdrawn.output
    assert visit not in without
    assert visit in page.read_text("utf-8")


def test_an_unknown_bus_cannot_be_withdrawn(app: typer.Typer) -> None:
    told = CliRunner().invoke(app, ["publish", "--withdraw", "tram"])

    assert isinstance(told.exception, NotFound)
    assert "wilde13" in str(told.exception)


def test_publishing_says_what_is_left_out_without_an_address(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = CliRunner().invoke(app, ["publish", "--week", week_of(COMING)])
    monkeypatch.setenv("BUSPLAN_PUBLIC_URL", "https://bus.example.org/")
    with_one = CliRunner().invoke(app, ["pages", "--quiet"])

    assert "GTFS-Realtime are left out" in without.output
    assert "set BUSPLAN_PUBLIC_URL" in without.output
    assert "left out" not in with_one.output
    assert (tmp_path / "maps" / "daten" / "gtfs.zip").exists()
