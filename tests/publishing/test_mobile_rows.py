"""Visits in the mobile-library-stops schema, read back as such a timetable."""

from dataclasses import replace

from busplan.domain.dates import week_of
from busplan.domain.public_timetable import PublicStatus
from busplan.exchange.mobile_library import parse_timetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.mobile_rows import mobile_rows
from busplan.usecases.publication_files import MOBILE_LIBRARY, open_files
from tests.factories import MONDAY
from tests.publishing.timetables import make_area_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")


def test_the_file_is_read_back_as_the_same_rows() -> None:
    """Only who plans them anew is warned, that dates end and are left out."""
    content = open_files(make_timetable(), HOME)[MOBILE_LIBRARY]

    read = parse_timetable(content, "test.csv")

    assert read.timetable == mobile_rows(make_timetable(), HOME)
    assert {warned.column for warned in read.warnings} == {"end", "exceptions"}


def test_a_row_says_who_stands_where_on_one_date() -> None:
    rows = mobile_rows(make_timetable(), HOME)

    assert rows is not None
    first = rows.visits[0]
    assert (first.organisation, first.vehicle) == ("Testkreis", "Großer Bus")
    assert (first.community, first.stop) == ("Altdorf", "Marktplatz")
    assert (first.start, first.end, first.weekday) == (MONDAY, MONDAY, 0)
    assert (first.arrival_min, first.departure_min) == (15 * 60, 20 * 60)
    assert first.source == "https://bus.example/halt/square/"
    assert week_of(rows.first_monday) == "2026-W49"


def test_a_cancelled_visit_is_an_exception_on_its_only_date() -> None:
    visit = replace(make_timetable().visits[0], status=PublicStatus.CANCELLED)

    rows = mobile_rows(make_timetable(visits=(visit,)), None)

    assert rows is not None
    assert [row.exceptions for row in rows.visits] == [(MONDAY,)]


def test_visits_whose_place_is_not_public_are_no_rows() -> None:
    hidden = make_timetable(visits=(make_area_visit(),), stops=(), tours=())

    assert mobile_rows(hidden, HOME) is None
    assert MOBILE_LIBRARY not in open_files(hidden, HOME)
