"""GTFS, judged by gtfs-guru and read by gtfs-kit, neither of them ours."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from busplan.domain.places import Ags, StopId
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.gtfs import FILE, gtfs_files, gtfs_tables, list_trips
from tests.factories import MONDAY
from tests.publishing.timetables import SMALL, make_area_visit, make_public_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")
EVENING = make_public_visit(
    6, stop_id=StopId("school"), ags=Ags("05358008"), open_min=21 * 60, close_min=24 * 60
)
"""A second visit of Monday's tour, until midnight."""


def two_stop_day(**given: object) -> PublicTimetable:
    visits = (*make_timetable().visits, EVENING)
    return make_timetable(**{"visits": visits} | given)


@pytest.fixture(scope="module")
def feed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gtfs") / "gtfs.zip"
    path.write_bytes(gtfs_files(two_stop_day(), HOME)[FILE])
    return path


@pytest.fixture(scope="module")
def validator() -> ModuleType:
    return pytest.importorskip("gtfs_guru", reason="gtfs-guru is not installed")


@pytest.fixture(scope="module")
def feed(feed_file: Path) -> Any:
    kit = pytest.importorskip("gtfs_kit", reason="gtfs-kit is not installed")
    return kit.read_feed(feed_file, dist_units="km")


def test_a_validator_finds_no_error(feed_file: Path, validator: ModuleType) -> None:
    """Nor a warning, but that the one published week is over soon."""
    result = validator.validate(str(feed_file), country_code="DE", date=str(MONDAY))

    assert [notice.code for notice in result.errors()] == []
    assert {notice.code for notice in result.warnings()} == {
        "feed_expiration_date7_days",
        "trip_coverage_not_active_for_next7_days",
    }


def test_the_validator_would_find_a_planted_fault(
    feed_file: Path, validator: ModuleType, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(feed_file) as whole, zipfile.ZipFile(broken, "w") as packed:
        for name in whole.namelist():
            packed.writestr(name, whole.read(name).replace(b"square", b"nowhere", 1))

    result = validator.validate(str(broken), country_code="DE", date=str(MONDAY))

    assert "foreign_key_violation" in {notice.code for notice in result.errors()}


def test_another_reader_finds_dwell_and_no_boarding(feed: Any) -> None:
    calls = feed.stop_times.query("trip_id == '2026-11-30-big'").to_dict("records")

    assert [(c["arrival_time"], c["departure_time"], c["stop_id"]) for c in calls] == [
        ("15:00:00", "20:00:00", "square"),
        ("21:00:00", "24:00:00", "school"),
    ]
    assert set(feed.stop_times.pickup_type) == set(feed.stop_times.drop_off_type) == {1}


def test_another_reader_finds_the_days_and_buses(feed: Any) -> None:
    assert feed.get_dates()[:2] == ["20261130", "20261201"]
    assert feed.trips.trip_id.tolist() == ["2026-11-30-big", "2026-12-01-big", "2026-12-04-big"]
    (route,) = feed.routes.to_dict("records")
    assert (route["route_long_name"], route["route_color"]) == ("Großer Bus", "1f5fa8")
    assert feed.agency.agency_url.tolist() == ["https://bus.example/"]


def test_another_reader_finds_the_line_from_stop_to_stop(feed: Any) -> None:
    shapes = feed.shapes.to_dict("records")

    assert [(s["shape_id"], s["shape_pt_lat"], s["shape_pt_lon"]) for s in shapes] == [
        ("2026-11-30-big", 50.86, 6.36),
        ("2026-11-30-big", 50.79, 6.47),
    ]


def test_the_only_visit_of_a_day_calls_twice_as_a_trip_needs_two_calls() -> None:
    tuesday = list_trips(make_timetable())[1]

    assert [(c.arrival_min, c.departure_min) for c in tuesday.calls] == [(900, 900), (1200, 1200)]
    assert {call.stop_id for call in tuesday.calls} == {"school"}


def test_no_cancellation_changes_the_trips_that_readers_know() -> None:
    visits = two_stop_day().visits
    off = tuple(replace(visit, status=PublicStatus.CANCELLED) for visit in visits)

    def known(timetable: PublicTimetable) -> list[tuple[object, ...]]:
        return [(t.id, c.sequence, c.arrival_min) for t in list_trips(timetable) for c in t.calls]

    assert known(two_stop_day()) == known(two_stop_day(visits=off))


def test_a_bus_whose_line_is_not_public_has_trips_and_no_shape() -> None:
    guarded = tuple(
        make_public_visit(number, bus_id=SMALL, open_min=opens * 60, close_min=opens * 60 + 60)
        for number, opens in ((1, 15), (2, 18))
    )
    second = replace(guarded[1], stop_id=StopId("school"))
    tables = gtfs_tables(make_timetable(visits=(guarded[0], second), tours=()), HOME)

    assert "2026-11-30-small" in tables["trips.txt"]
    assert "shapes.txt" not in tables


def test_visits_without_place_or_a_feed_without_address_are_nothing() -> None:
    area = make_timetable(visits=(make_area_visit(),), stops=(), tours=())

    assert gtfs_files(area, HOME) == {}
    assert gtfs_files(make_timetable(), None) == {}


def test_the_file_holds_no_hour_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(gtfs_files(two_stop_day(), HOME)[FILE])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_trips_on_different_days_have_different_ids() -> None:
    later = tuple(
        replace(visit, service_date=visit.service_date + timedelta(days=7))
        for visit in two_stop_day().visits
    )
    trips = list_trips(two_stop_day(visits=two_stop_day().visits + later))

    assert len({trip.id for trip in trips}) == len(trips) == 6
