"""Timetables in the open schema: read with every fault told, warned of, and written back."""

from datetime import date
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.errors import InvalidInput
from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit, parse_frequency
from busplan.domain.places import Coordinate
from busplan.exchange.mobile_library import TimetableRead, parse_timetable, write_timetable
from tests.mobile_timetables import HEADER, csv_file, csv_row


def read(*rows: str) -> TimetableRead:
    return parse_timetable(csv_file(*rows), "shire.csv")


def warnings(*rows: str) -> list[str]:
    return [str(warning) for warning in read(*rows).warnings]


def faults(*rows: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidInput) as refused:
        read(*rows)
    return [(problem.row, problem.column) for problem in refused.value.problems]


def test_a_row_becomes_a_visit() -> None:
    (visit,) = read(csv_row(end="2027-01-01", exceptions="2026-12-28")).timetable.visits

    assert (visit.vehicle, visit.tour, visit.stop) == ("Van", "A", "Green")
    assert visit.location == Coordinate(lat=52.25, lon=-1.5)
    assert (visit.arrival_min, visit.service_min, visit.weekday) == (570, 30, 0)
    assert visit.end == date(2027, 1, 1)
    assert visit.exceptions == (date(2026, 12, 28),)


def test_every_fault_of_every_row_is_told_at_once() -> None:
    assert faults(
        csv_row(),
        csv_row(stop="Church", geox="", arrival="half past nine"),
        csv_row(stop="Pub", day="Moonday", frequency="FREQ=DAILY", geoy="91.0"),
        csv_row(stop="", start="30/11/2026"),
        csv_row(stop="School", arrival="11:00", departure="10:00"),
    ) == [
        *((3, "geox"), (3, "arrival")),
        *((4, "geoy"), (4, "day"), (4, "frequency")),
        *((5, "stop"), (5, "start")),
        (6, ""),
    ]


def test_the_same_row_twice_is_a_fault_that_names_the_first() -> None:
    with pytest.raises(InvalidInput) as refused:
        read(csv_row(), csv_row())

    assert "row 2" in str(refused.value.problems[0])


def test_a_missing_column_and_an_empty_file_are_faults() -> None:
    content = f"{HEADER.replace('geox,', '')}\n".encode()
    with pytest.raises(InvalidInput) as refused:
        parse_timetable(content, "shire.csv")
    assert [problem.column for problem in refused.value.problems] == ["geox"]

    with pytest.raises(InvalidInput, match="no visit"):
        read()


def test_a_plain_file_warns_of_nothing() -> None:
    later = {"stop": "Church", "arrival": "10:10", "departure": "10:40"}

    assert warnings(csv_row(), csv_row(**later), csv_row(stop="Pub", route="B", mobile="Bus")) == []


def test_the_date_counts_where_the_weekday_contradicts_it() -> None:
    rows = (csv_row(), csv_row(stop="Church", day="Thursday", arrival="10:00", departure="10:30"))

    (warning,) = warnings(*rows)
    assert "row 3, column day: 'Thursday'" in warning
    assert read(*rows).timetable.visits[1].weekday == 0


def test_a_lone_visit_beside_its_tour_joins_it_where_the_tour_has_its_gap() -> None:
    tour = [
        csv_row(stop=stop, arrival=f"{hour}:00", departure=f"{hour}:30")
        for stop, hour in (("Green", 9), ("Church", 10), ("Pub", 12))
    ]
    astray = {"stop": "School", "start": "2026-12-07"}
    in_the_gap = csv_row(**astray, arrival="11:00", departure="11:30")
    at_a_served_time = csv_row(**astray, arrival="12:10", departure="12:30")

    (warning,) = warnings(*tour, in_the_gap)
    assert "row 5, column start: '2026-12-07'" in warning
    assert read(*tour, in_the_gap).timetable.visits[3].start == date(2026, 11, 30)
    assert read(*tour, at_a_served_time).timetable.visits[3].start == date(2026, 12, 7)


def test_surprises_are_told_with_their_treatment_and_no_row_vanishes() -> None:
    rows = (
        csv_row(departure="9:30"),
        csv_row(stop="Church", arrival="10:00", departure="11:00"),
        csv_row(stop="Pub", arrival="10:30", departure="11:00"),
        csv_row(stop="School", arrival="12:00", departure="12:30", geox="1.5"),
        csv_row(stop="Home", frequency="FREQ=MONTHLY;BYDAY=1MO", start="2026-12-07"),
        csv_row(stop="Inn", arrival="14:00", departure="14:30", end="2027-01-01"),
        csv_row(stop="Mill", arrival="15:00", departure="15:30", exceptions="2026-12-28"),
    )

    told = warnings(*rows)
    assert [warning.partition(":")[0] for warning in told] == [
        "shire.csv, row 2, column departure",
        "shire.csv, row 4, column arrival",
        "shire.csv, row 5, column geox",
        "shire.csv, row 6, column frequency",
        "shire.csv, row 7, column end",
        "shire.csv, row 8, column exceptions",
    ]
    assert "km from every other stop" in told[2]
    assert len(read(*rows).timetable.visits) == len(rows)


words = st.text(ascii_letters + " äß,\"';-/", min_size=1).map(lambda t: f"x{t}x")
texts = st.just("") | words
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
rules = st.sampled_from(
    ("FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=1TU")
)


@st.composite
def published_visits(draw: st.DrawFn) -> PublishedVisit:
    arrival_min, departure_min = sorted(draw(st.tuples(*[st.integers(0, 1440)] * 2)))
    start = draw(days)
    return PublishedVisit(
        organisation=draw(texts),
        vehicle=draw(words),
        tour=draw(words),
        community=draw(texts),
        stop=draw(words),
        address=draw(texts),
        postcode=draw(texts),
        location=Coordinate(draw(st.floats(-90, 90)), draw(st.floats(-180, 180))),
        kind=draw(texts),
        arrival_min=arrival_min,
        departure_min=departure_min,
        frequency=parse_frequency(draw(rules)),
        start=start,
        end=draw(st.none() | days.filter(lambda day: day >= start)),
        exceptions=tuple(draw(st.lists(days, max_size=3))),
        source=draw(texts),
    )


@given(visits=st.lists(published_visits(), min_size=1, max_size=6, unique=True))
def test_what_is_written_reads_back_the_same(visits: list[PublishedVisit]) -> None:
    timetable = MobileTimetable(name="shire", visits=tuple(visits))

    assert parse_timetable(write_timetable(timetable), "shire.csv").timetable == timetable
