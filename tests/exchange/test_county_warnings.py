"""Warnings: what is lawful but will surprise the planner."""

from dataclasses import replace
from datetime import date

import pytest

from busplan.domain.county import CountyData
from busplan.domain.dates import DateRange, Window
from busplan.domain.places import Coordinate, Outline
from busplan.domain.programme import CHECKED_FOR, Programme
from busplan.exchange.county_warnings import list_warnings
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_crew,
    make_demand,
    make_municipality,
    make_signpost,
    make_site_facts,
    make_stop,
)

CORNER = Coordinate(50.8, 6.4)
QUIET = CountyData(
    county=make_county(),
    municipalities=(make_municipality(),),
    places=(),
    outlines=(Outline(ags=make_municipality().ags, rings=((CORNER,) * 4,)),),
    stops=(make_stop(),),
    demands=(make_demand(),),
    blocks=(),
    buses=(make_bus(),),
    crew=(make_crew(),),
    programme=Programme(signposts=(make_signpost(checked=MONDAY - CHECKED_FOR),)),
    site=make_site_facts(),
)


def until(last: date) -> DateRange:
    """An agreement that ends on a day."""
    return DateRange(first=date(2026, 1, 1), last=last)


def test_sound_data_gives_no_warning() -> None:
    assert list(list_warnings(QUIET, MONDAY)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stops": (make_stop(agreement=None),)}, "stop s1 has no site agreement"),
        ({"stops": (make_stop(agreement=until(date(2026, 11, 29))),)}, "ended on 2026-11-29"),
        ({"stops": (make_stop(agreement=until(date(2027, 1, 25))),)}, "ends on 2027-01-25"),
        (
            {"demands": (make_demand(windows=(Window(from_min=600, to_min=659),)),)},
            "asks for 60 min, but its longest window has 59 min",
        ),
        ({"demands": (make_demand(weekdays=frozenset({5})),)}, "no bus with its offer works"),
        ({"crew": (make_crew(licences=frozenset({"B"})),)}, "nobody of the crew has licence C"),
        ({"stops": ()}, "Altdorf is owed visits but has no stop"),
        ({"outlines": ()}, "Altdorf has no border"),
        (
            {"programme": Programme(signposts=(make_signpost(checked=date(2025, 11, 29)),))},
            "signpost mentors was last checked on 2025-11-29, more than a year ago",
        ),
        ({"site": make_site_facts(statement_date=None)}, "lacks statement_date in site.csv"),
        (
            {"site": make_site_facts(mail="", form_url="", enforcement="")},
            "lacks enforcement, mail or form_url in site.csv",
        ),
    ],
)
def test_surprises_are_told(changes: dict[str, object], sentence: str) -> None:
    (warning,) = list_warnings(replace(QUIET, **changes), MONDAY)  # type: ignore[arg-type]

    assert sentence in warning


def test_an_agreement_that_holds_for_more_than_eight_weeks_is_quiet() -> None:
    data = replace(QUIET, stops=(make_stop(agreement=until(date(2027, 1, 26))),))

    assert list(list_warnings(data, MONDAY)) == []


def test_a_town_that_is_owed_nothing_needs_no_stop() -> None:
    data = replace(QUIET, municipalities=(make_municipality(served=False),), stops=())

    assert list(list_warnings(data, MONDAY)) == []
