"""A drafted county says what the timetable says, and marks the rest as not known."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.county import CountyData
from busplan.domain.county_draft import PLACEHOLDER, draft_county
from busplan.domain.dates import Window
from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit
from busplan.domain.places import Coordinate
from busplan.exchange.county_folder import format_county, parse_county
from tests.exchange.test_mobile_library import published_visits
from tests.mobile_timetables import MONDAY, make_published, make_timetable

TODAY = date(2026, 11, 23)
DEPOT = Coordinate(52.0, -1.1)


def draft(*visits: PublishedVisit) -> CountyData:
    timetable = make_timetable(*visits)
    depots = {visit.vehicle: DEPOT for visit in visits}
    return draft_county(timetable, depots, "GB-ENG", TODAY)


def test_a_visit_becomes_a_stop_and_what_it_asks_for() -> None:
    data = draft(make_published(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"))

    (stop,), (demand,) = data.stops, data.demands
    assert (stop.name, stop.location) == ("Green", Coordinate(52.0, -1.0))
    assert (demand.stop_id, demand.ags) == (stop.id, stop.ags)
    assert (demand.period_weeks, demand.wished, demand.weekdays) == (2, 2, frozenset({0, 3}))
    assert demand.windows == (Window(from_min=600, to_min=630),)
    assert demand.service_min == 30
    assert demand.valid.first == MONDAY


def test_stops_that_are_visited_twice_stand_once() -> None:
    again = make_published(arrival_min=700, service_min=20)
    other = make_published("Pub")

    data = draft(make_published(), again, other)

    assert [stop.name for stop in data.stops] == ["Green", "Pub"]
    assert [demand.stop_id for demand in data.demands] == [
        "upton-green",
        "upton-green",
        "upton-pub",
    ]


def test_a_community_is_a_town_and_two_far_apart_are_two() -> None:
    far = make_published(location=Coordinate(53.0, -1.0))
    nameless = make_published("Lay-by", community="")

    data = draft(make_published(), make_published("Pub"), far, nameless)

    assert [town.name for town in data.municipalities] == ["Upton", "Upton", "Lay-by"]
    assert len({town.ags for town in data.municipalities}) == 3
    assert [stop.ags[-1] for stop in data.stops] == ["1", "1", "2", "3"]


def test_vehicles_work_on_their_days_with_a_crew_around_their_hours() -> None:
    tuesday = make_published(start=MONDAY + timedelta(days=1), arrival_min=60, service_min=30)
    truck = make_published("Pub", vehicle="Truck")

    data = draft(make_published(), tuesday, truck)

    assert [(bus.name, bus.weekdays) for bus in data.buses] == [
        ("Van", frozenset({0, 1})),
        ("Truck", frozenset({0})),
    ]
    assert data.crew[0].shifts[0].window == Window(from_min=0, to_min=750)
    assert {demand.bus_id for demand in data.demands} == {"van", "truck"}


def test_what_no_timetable_says_is_marked() -> None:
    data = draft(make_published())

    assert data.county.demo
    assert data.county.source == data.municipalities[0].source == PLACEHOLDER
    assert PLACEHOLDER in data.buses[0].origin


def test_a_call_of_no_minutes_gets_one() -> None:
    data = draft(
        make_published(service_min=0), make_published("Late", arrival_min=1440, service_min=0)
    )

    assert [str(demand.windows[0]) for demand in data.demands] == ["10:00-10:01", "23:59-24:00"]


def in_europe(visit: PublishedVisit) -> PublishedVisit:
    """The same visit where our tables expect places."""
    at = visit.location
    return replace(visit, location=Coordinate(53 + at.lat / 5, 4 + at.lon / 7))


@given(visits=st.lists(published_visits().map(in_europe), min_size=1, max_size=6, unique=True))
def test_every_draft_is_a_sound_county(visits: list[PublishedVisit]) -> None:
    timetable = MobileTimetable(name="shire", visits=tuple(visits))
    depots = {visit.vehicle: DEPOT for visit in visits}

    data = draft_county(timetable, depots, "GB-ENG", TODAY)

    read = parse_county(format_county(data))
    assert read.demands == data.demands
    assert [stop.id for stop in read.stops] == [stop.id for stop in data.stops]
