"""``busplan report`` writes its files where it is told."""

from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from busplan.cli import report
from busplan.storage.store import Store
from tests.storage.weeks import NOW, make_county_data, make_solution


@pytest.fixture
def app(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command over a database with one published week."""
    with Store(engine) as store:
        store.county.save(make_county_data())
        store.plans.publish(store.plans.add_draft(make_solution(), NOW).id, NOW)
    monkeypatch.setenv("BUSPLAN_DATABASE_URL", str(engine.url))
    app = typer.Typer()
    app.callback()(lambda: None)
    report.register(app)
    return app


def test_report_writes_a_workbook_and_tables(app: typer.Typer, tmp_path: Path) -> None:
    out = tmp_path / "new" / "reports"

    result = CliRunner().invoke(
        app, ["report", "--from", "2026-11-30", "--to", "2026-12-06", "--out", str(out)]
    )

    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in out.iterdir())
    assert len(written) == 7
    assert all("2026-11-30-2026-12-06-intern" in name for name in written)
    assert str(out / written[-1]) in result.output


def test_dates_are_iso(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["report", "--from", "30.11.2026", "--to", "2026-12-06"])

    assert result.exit_code == 2
