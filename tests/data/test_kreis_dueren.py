"""The demonstration county is whole, sound and honest about what is invented."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import frictionless
import pytest

from busplan.domain.county import CountyData
from busplan.domain.dates import DateRange, parse_week
from busplan.domain.demand import DemandId
from busplan.domain.places import Origin, Stop, StopId
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange.county_folder import FILES, read_county
from busplan.exchange.county_tables import TABLES
from busplan.exchange.data_package import table_schema

FOLDER = Path(__file__).parents[2] / "data" / "kreis-dueren"
DEMO_WEEK = parse_week("2026-W49")


@pytest.fixture(scope="module")
def county() -> CountyData:
    return read_county(FOLDER)


def test_every_municipality_has_a_border_places_and_a_stop(county: CountyData) -> None:
    towns = {town.ags for town in county.municipalities}

    assert len(towns) == 15
    assert {outline.ags for outline in county.outlines} == towns
    assert {place.ags for place in county.places} == towns
    assert {stop.ags for stop in county.stops} == towns


def test_there_are_enough_places_and_stops_to_choose_from(county: CountyData) -> None:
    assert len(county.places) == 178
    assert len(county.stops) >= 45


def test_reported_stops_name_their_source_and_all_others_are_invented(county: CountyData) -> None:
    origins = Counter(stop.origin for stop in county.stops)

    assert origins[Origin.REPORTED] == 7
    assert all(stop.source for stop in county.stops if stop.origin is Origin.REPORTED)
    assert not any(stop.source for stop in county.stops if stop.origin is Origin.INVENTED)


def test_a_youth_office_of_its_own_leaves_only_dueren_unserved(county: CountyData) -> None:
    unserved = {town.name: town for town in county.municipalities if not town.served}

    assert set(unserved) == {"Düren"}
    assert unserved["Düren"].youth_office == "Stadt Düren"
    assert "youth office" in unserved["Düren"].source


def test_young_people_are_never_guessed(county: CountyData) -> None:
    assert all(town.young_people is None for town in county.municipalities)


def test_ninja_shows_no_more_than_the_area(county: CountyData) -> None:
    levels = {bus.id: bus.level for bus in county.buses}

    assert levels == {"wilde13": PublicationLevel.FULL, "ninja": PublicationLevel.AREA}


def test_each_weekday_of_the_demo_week_has_one_block(county: CountyData) -> None:
    week = DateRange(first=DEMO_WEEK, last=date(2026, 12, 4))

    days = [day for block in county.blocks for day in week if block.falls_on(day)]

    assert sorted(days) == list(week)


def test_the_demo_week_asks_for_ten_to_thirty_short_visits(county: CountyData) -> None:
    week = DateRange(first=DEMO_WEEK, last=date(2026, 12, 4))

    asked = [
        demand
        for demand in county.demands
        if demand.bus_id != "wilde13" and any(day in demand.valid for day in week)
    ]

    assert 10 <= sum(demand.wished for demand in asked) <= 30


def test_the_repository_names_the_origin_of_the_borders() -> None:
    text = (FOLDER / "municipalities.geojson").read_text(encoding="utf-8")

    assert "GeoBasis-DE / BKG 2017" in text
    assert "data changed" in text


def test_some_wishes_of_the_demo_week_cannot_be_served(county: CountyData) -> None:
    demands = {demand.id: demand for demand in county.demands}
    stops = {stop.id: stop for stop in county.stops}
    ninja = next(bus for bus in county.buses if bus.id == "ninja")

    def stop_of(demand_id: str) -> Stop:
        return stops[demands[DemandId(demand_id)].stop_id or StopId("")]

    ended = stop_of("n-juelich-rathaus").agreement
    assert ended is not None
    assert ended.last < DEMO_WEEK
    assert not stop_of("w-gey").power
    assert (stop_of("n-schlich").max_height_m or ninja.height_m) < ninja.height_m
    assert any(DEMO_WEEK in closed for closed in stop_of("n-nideggen").closed)
    short = demands[DemandId("n-niederzier")]
    assert all(w.to_min - w.from_min < short.service_min for w in short.windows)


def test_frictionless_finds_the_package_valid() -> None:
    report = frictionless.validate(str(FOLDER / "datapackage.json"))

    assert report.valid, report.flatten(["type", "message"])


def test_frictionless_finds_a_broken_reference_too(tmp_path: Path) -> None:
    """What outsiders validate is not weaker than it looks."""
    shutil.copytree(FOLDER, tmp_path / "copy")
    blocks = tmp_path / "copy" / "blocks.csv"
    blocks.write_text(blocks.read_text().replace("w-linnich", "w-nowhere"))

    report = frictionless.validate(str(tmp_path / "copy" / "datapackage.json"))

    assert report.flatten(["type"]) == [["foreign-key"]]


def test_every_resource_names_source_licence_and_date() -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))

    assert {resource["path"] for resource in package["resources"]} == set(FILES)
    for resource in package["resources"]:
        assert resource["sources"]
        assert resource["licenses"]
        assert date.fromisoformat(resource["date"])


def test_the_package_describes_the_columns_that_busplan_reads() -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["path"]: resource.get("schema") for resource in package["resources"]}

    assert {table.file: table_schema(table) for table in TABLES}.items() <= schemas.items()


def test_the_handbook_explains_every_column() -> None:
    handbook = (FOLDER.parent / "README.md").read_text(encoding="utf-8")

    for table in TABLES:
        assert f"## `{table.file}`" in handbook
        for column in table.columns:
            assert f"| `{column.name}` | {column.about} |" in handbook
