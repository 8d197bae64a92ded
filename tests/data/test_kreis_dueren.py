"""The demonstration county is whole, sound and honest about what is invented."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from busplan.domain.county import CountyData
from busplan.domain.dates import DateRange, parse_week
from busplan.domain.places import Origin
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange.county_folder import read_county

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
