"""Folders of small generated counties, for tests that plan several."""

from pathlib import Path

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import county_week
from busplan.exchange.county_folder import write_county


def write_counties(folder: Path, *names: str, stops: int = 4) -> Path:
    """One county for each name, the same for the same name; returns the folder."""
    for name in names:
        week = county_week(stops=stops, seed=sum(name.encode()))
        write_county(county_data(week, name), folder / name)
    return folder
