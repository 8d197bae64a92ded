"""Bans as planners write them: what is named is forbidden, what names nothing is told."""

from datetime import timedelta

import pytest

from busplan.domain.demand import DemandId
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.problem import Ban
from busplan.usecases.bans import parse_bans
from tests.factories import MONDAY, make_problem

D1 = DemandId("d1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d1", Ban(demand_id=D1)),
        ("d1:2026-11-30", Ban(demand_id=D1, service_date=MONDAY)),
        ("d1:wilde13", Ban(demand_id=D1, bus_id=BusId("wilde13"))),
        (
            "d1:s1:2026-12-06:wilde13",
            Ban(
                demand_id=D1,
                stop_id=StopId("s1"),
                bus_id=BusId("wilde13"),
                service_date=MONDAY + timedelta(days=6),
            ),
        ),
    ],
)
def test_a_ban_names_a_demand_record_and_in_any_order_date_bus_and_stop(
    text: str, expected: Ban
) -> None:
    assert parse_bans([text], make_problem()) == (expected,)


def test_a_ban_written_twice_is_one() -> None:
    assert len(parse_bans(["d1", "d1"], make_problem())) == 1


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("d2", "d2"),
        ("", ""),
        ("d1:", ""),
        ("d1:ninja", "ninja"),
        ("d1:2026-12-07", "2026-12-07"),
        ("d1:2026-11-30:2026-12-01", "2026-12-01"),
    ],
    ids=["no such demand", "nothing", "nothing more", "no such bus", "another week", "two dates"],
)
def test_what_cannot_be_read_is_named(text: str, part: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_bans(["d1", text], make_problem())

    assert [(p.file, p.value) for p in refused.value.problems] == [(f"ban {text!r}", part)]
