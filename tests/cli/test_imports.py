"""``busplan import``: what was drafted, in words."""

from pathlib import Path

import typer
from typer.testing import CliRunner

from busplan.cli import imports
from tests.mobile_timetables import csv_file, csv_row


def test_the_draft_is_counted_and_its_placeholders_named(tmp_path: Path) -> None:
    app = typer.Typer()
    imports.register(app)
    file = tmp_path / "shire.csv"
    file.write_bytes(csv_file(csv_row(), csv_row(stop="Pub", day="Friday")))

    told = CliRunner().invoke(
        app, ["import", "mobile-library", str(file), "--out", str(tmp_path / "shire")]
    )

    assert told.exit_code == 0, told.output
    assert "1 towns, 2 stops, 2 demand records, 1 buses." in told.output
    assert "placeholders" in told.output
    assert "Warning: shire.csv, row 3, column day" in told.output
    assert (tmp_path / "shire" / "stops.csv").exists()
