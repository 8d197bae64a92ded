"""Published formats become periodic problems; faults are told by file and line."""

import math
from pathlib import Path

import pytest

from busplan.domain.errors import InvalidInput
from busplan.exchange.instances import read_cordeau, read_instance, read_solomon, read_vrplib

PVRP = """1 2 2 3
0 10
0 10
30 8
0 0 0 0 0 0 0
1 3 4 5 6 1 3 1 2 4
2 0 9 1 2 2 2 6 5
"""
MDPVRP = """8 1 1 2 2
50 7
50 7
50 7
50 7
0 0 0 0 0 0 0 0 1000
0 6 8 0 0 0 0 0 1000
1 3 4 5 6 1 2 1 2 10 20
"""
SOLOMON = """R1

VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0       230          0
    1      1         1         10        161       171         10
    2      3         4          7         50        60         10
"""
VRPLIB = """NAME: X
TYPE: SDVRPTW
DIMENSION: 3
VEHICLES: 3
VEHICLES_MAX_DURATION: 500
NODE_COORD_SECTION
1 0 0
2 1 1
3 3 4
DEMAND_SECTION
1 0
2 4
3 5
SERVICE_TIME_SECTION
1 0
2 20
3 30
TIME_WINDOW_SECTION
1 0 1000
2 10 20
3 30 40
CAPACITY_SECTION
1 100
2 100
3 150
VEHICLES_ALLOWED_CLIENTS_SECTION
1 2
2 2
3 2 3
EOF
"""


def written(folder: Path, text: str, name: str = "x.txt") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_text(text)
    return path


def test_a_periodic_instance_keeps_patterns_loads_and_limits(tmp_path: Path) -> None:
    problem = read_cordeau(written(tmp_path, PVRP, "p99.txt"))

    assert (problem.name, problem.days, problem.one_depot) == ("p99", 3, False)
    first, second = problem.stops
    assert first.patterns == (frozenset({2}), frozenset({1}), frozenset({0}))
    assert second.patterns == (frozenset({0, 1}), frozenset({0, 2}))
    assert (first.service, first.load, first.earliest, first.latest) == (5, 6, 0, math.inf)
    assert problem.costs[0][1] == 5.0
    assert problem.durations == problem.costs
    assert [(g.vehicles, g.capacity, g.max_duration) for g in problem.groups] == [
        ((2, 2, 0), 10.0, math.inf),
        ((0, 0, 2), 8.0, 30.0),
    ]


def test_a_stop_keeps_its_depot_where_there_are_several(tmp_path: Path) -> None:
    """Windows in such files are no part of the published problem."""
    problem = read_cordeau(written(tmp_path, MDPVRP))

    assert problem.one_depot
    assert [(g.depot, g.vehicles, g.max_duration) for g in problem.groups] == [
        (0, (1, 1), 50.0),
        (1, (1, 1), 50.0),
    ]
    (stop,) = problem.stops
    assert (stop.node, stop.earliest, stop.latest) == (2, 0.0, math.inf)
    assert stop.patterns == (frozenset({1}), frozenset({0}))
    assert problem.costs[0][2] == 5.0


def test_windows_come_with_distances_cut_to_one_decimal(tmp_path: Path) -> None:
    problem = read_solomon(written(tmp_path, SOLOMON))

    assert problem.costs[0][1] == 1.4
    assert [(s.earliest, s.latest, s.service, s.load) for s in problem.stops] == [
        (161, 171, 10, 10),
        (50, 60, 10, 7),
    ]
    (group,) = problem.groups
    assert (group.vehicles, group.capacity, group.latest) == ((2,), 200, 230)


def test_the_first_stops_are_an_instance_too(tmp_path: Path) -> None:
    assert len(read_solomon(written(tmp_path, SOLOMON), stops=1).stops) == 1


def test_vehicles_alike_form_a_group_that_serves_its_own_stops(tmp_path: Path) -> None:
    problem = read_vrplib(written(tmp_path, VRPLIB))

    assert problem.costs[0][1] == 1414.0
    assert [(g.vehicles, g.capacity, g.max_duration) for g in problem.groups] == [
        ((2,), 100, 500_000),
        ((1,), 150, 500_000),
    ]
    assert [s.groups for s in problem.stops] == [frozenset({0, 1}), frozenset({1})]
    assert (problem.stops[0].earliest, problem.stops[0].service) == (10_000, 20_000)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("pvrp", "", "the file ends"),
        ("pvrp", PVRP.replace("1 2 2 3", "5 2 2 3"), "row 1"),
        ("pvrp", PVRP.replace("1 3 4 5", "1 x 4 5"), "row 6"),
        ("pvrp", PVRP.replace("1 3 1 2 4", "1 3 1 2"), "row 6"),
        ("pvrp", PVRP.replace("2 6 5", "2 6 8"), "row 7"),
        ("pvrp", PVRP.rsplit("\n", 2)[0], "the file ends"),
        ("vrptw", SOLOMON.replace("161       171", "161"), "row 11"),
        ("vrptw", SOLOMON.replace("NUMBER     CAPACITY", ""), "NUMBER CAPACITY"),
        ("sdvrptw", VRPLIB.replace("2 4\n", ""), "DEMAND_SECTION: row 2"),
        ("sdvrptw", VRPLIB.replace("VEHICLES: 3", "VEHICLES: few"), "VEHICLES: few"),
        ("sdvrptw", VRPLIB.replace("EOF\n", ""), "the file ends"),
    ],
)
def test_a_fault_names_file_and_place(tmp_path: Path, kind: str, text: str, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_instance(kind, written(tmp_path, text))

    assert any(told in str(fault) and "x.txt" in str(fault) for fault in refused.value.problems)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    broken = PVRP.replace("1 3 4 5", "1 x 4 5").replace("2 0 9", "2 y 9")

    with pytest.raises(InvalidInput) as refused:
        read_cordeau(written(tmp_path, broken))

    assert [fault.row for fault in refused.value.problems] == [6, 7]


def test_other_sets_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="known are"):
        read_instance("tsp", tmp_path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_cordeau(tmp_path / "none.txt")
