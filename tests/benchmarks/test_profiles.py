"""The parts of a planning are where its time goes; the table tells them largest first."""

import pytest

from benchmarks.processor_shares import REST
from benchmarks.profile_table import profile_lines
from benchmarks.profiles import COUNTY, county, rows_of


def test_most_of_the_time_of_a_week_is_told_by_its_parts() -> None:
    rows = rows_of("week", COUNTY, county(20, 5, 1800), 1)

    share = {str(row["part"]): float(str(row["share_percent"])) for row in rows}
    assert list(share) == [*COUNTY, REST]
    assert sum(share.values()) == pytest.approx(100, abs=0.1 * len(share))
    assert share[REST] < 50


def test_the_table_tells_parts_largest_first_and_the_rest_last() -> None:
    about = {"work": "20", "date": "2026-11-25", "machine": "m", "versions": "v"}
    parts = ((REST, "6.0", "60.0"), ("bound", "1.0", "10.0"), ("tours", "3.0", "30.0"))
    rows = [
        {"profile": "county", "part": name, "processor_s": seconds, "share_percent": share, **about}
        for name, seconds, share in (*parts, ("cuts", "0.0", "0.0"))
    ]

    lines = profile_lines(rows)

    assert "| county | 10.0 s | tours 30.0 %, bound 10.0 %, rest 60.0 % |" in lines
