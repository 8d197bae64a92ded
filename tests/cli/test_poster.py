"""``busplan poster`` and ``busplan text``: what is public, to hang up and to paste."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from busplan.cli import poster, publish
from busplan.domain.dates import BERLIN, monday_of, week_of
from busplan.domain.errors import NotFound
from busplan.planning.limits import SearchLimits
from busplan.storage.store import Store
from busplan.usecases.plan_week import plan_week
from tests.factories import make_stop
from tests.publishing.pango import need_pango
from tests.storage.weeks import make_county_data

COMING = monday_of(datetime.now(BERLIN).date()) + timedelta(days=7)
WEEK = week_of(COMING)


@pytest.fixture
def app(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> typer.Typer:
    """The commands over a database whose coming week is public."""
    with Store(engine) as store:
        store.county.save(make_county_data(stops=(make_stop("s1", name="Marktplatz"),)))
    now = datetime.now(BERLIN)
    plan_week(engine, COMING, 1, limits=SearchLimits(work=5), seed=1, now=now, cache_dir=None)
    monkeypatch.setenv("BUSPLAN_DATABASE_URL", str(engine.url))
    monkeypatch.setenv("BUSPLAN_MAPS_DIR", str(tmp_path / "maps"))
    monkeypatch.setenv("BUSPLAN_CACHE_DIR", str(tmp_path / "cache"))
    app = typer.Typer()
    publish.register(app)
    poster.register(app)
    assert CliRunner().invoke(app, ["publish", "--week", WEEK]).exit_code == 0
    return app


def test_posters_of_stops_and_week_are_made(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_pango()
    monkeypatch.setenv("BUSPLAN_PUBLIC_URL", "https://bus.example/")
    folder = tmp_path / "posters"

    told = CliRunner().invoke(app, ["poster", "--out", str(folder), "--paper", "a3"])

    assert told.exit_code == 0, told.output
    assert "2 posters" in told.output
    assert "no QR code" not in told.output
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert names == {
        f"woche-{WEEK}-a3.html", f"woche-{WEEK}-a3.pdf", "halt-s1-a3.html", "halt-s1-a3.pdf",
    }  # fmt: skip
    assert (folder / "halt-s1-a3.pdf").read_bytes().startswith(b"%PDF-1.")


def test_posters_without_an_address_say_that_they_lack_the_code(
    app: typer.Typer, tmp_path: Path
) -> None:
    need_pango()

    told = CliRunner().invoke(app, ["poster", "--out", str(tmp_path / "posters")])

    assert "no QR code: BUSPLAN_PUBLIC_URL" in told.output


def test_the_text_of_a_week_is_printed(app: typer.Typer) -> None:
    told = CliRunner().invoke(app, ["text", "--week", WEEK])

    assert told.exit_code == 0, told.output
    assert told.output.startswith("Jugendmobil Testkreis, ")
    assert "Marktplatz" in told.output


def test_a_week_that_is_not_public_is_told(app: typer.Typer) -> None:
    told = CliRunner().invoke(app, ["text", "--week", "2031-W02"])

    assert isinstance(told.exception, NotFound)
    assert f"published are {WEEK} to {WEEK}" in str(told.exception)
