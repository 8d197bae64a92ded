"""Published benchmark instances as periodic problems: Cordeau's text, Solomon's text, VRPLIB.

Conventions are those under which the best known values were computed: Cordeau (types 1 and 8) in
double precision, Solomon with one decimal cut off (DIMACS 2021), skills and windows in whole
thousandths.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from busplan.domain.errors import InvalidInput
from busplan.domain.periodic import Matrix, PeriodicProblem, PeriodicStop, VehicleGroup
from busplan.exchange.instance_lines import Lines, read_lines

PERIODIC, SEVERAL_DEPOTS = 1, 8
"""Types of Cordeau's format: PVRP and MDPVRP."""
THOUSANDTHS = 1000
Point = tuple[float, float]
EVERY_DAY = (frozenset({0}),)


def read_cordeau(path: Path) -> PeriodicProblem:
    """A PVRP or MDPVRP; windows of the latter are not part of it. Raises InvalidInput."""
    lines = read_lines(path)
    head = lines.next_numbers(4, "type, vehicles, stops and days as whole numbers")
    if head is None:
        raise lines.refusal()
    kind, vehicles, count, days = map(int, head[:4])
    known = kind == PERIODIC or (kind == SEVERAL_DEPOTS and len(head) >= 5)
    if not known or min(head) < 1:
        lines.fault(str(head), "type 1, or type 8 and its depots; all numbers above zero")
        raise lines.refusal()
    depots = int(head[4]) if kind == SEVERAL_DEPOTS else 1
    limits = [
        lines.next_numbers(2, "longest duration (0: none) and capacity")
        for _ in range(days * depots)
    ]
    homes = [lines.next_numbers(3, "a depot's number, x and y") for _ in range(depots)]
    stops = [_cordeau_stop(lines, node, days) for node in range(depots, depots + count)]
    lines.finish()
    points = [(home[1], home[2]) for home in homes if home] + [point for _, point in stops]
    matrix = _matrix(points, float)
    return PeriodicProblem(
        name=path.stem,
        days=days,
        stops=tuple(stop for stop, _ in stops),
        groups=_cordeau_groups([limit for limit in limits if limit], vehicles, days, depots),
        costs=matrix,
        durations=matrix,
        one_depot=kind == SEVERAL_DEPOTS,
    )


def _cordeau_stop(lines: Lines, node: int, days: int) -> tuple[PeriodicStop, Point]:
    """One stop's line: number, x, y, service, load, visits, and its patterns as numbers."""
    expected = "number, x, y, service time, load, visits, count of patterns and the patterns"
    text = lines.next_text(expected)
    row = lines.numbers(text, 8, expected)
    patterns = [int(value) for value in row[7 : 7 + int(row[6])]] if row else []
    lawful = all(0 < p < 2**days and p.bit_count() == int(row[5] if row else 0) for p in patterns)
    if row is None or len(patterns) != row[6] or not patterns or not lawful or min(row[3:5]) < 0:
        if row is not None:
            lines.fault(text, f"{expected}: within {days} days, as many days each as visits")
        return PeriodicStop(id="", node=node, patterns=EVERY_DAY), (0.0, 0.0)
    stop = PeriodicStop(
        id=f"{int(row[0])}",
        node=node,
        service=row[3],
        load=row[4],
        patterns=tuple(
            frozenset(day for day in range(days) if pattern >> (days - 1 - day) & 1)
            for pattern in patterns
        ),
    )
    return stop, (row[1], row[2])


def _cordeau_groups(
    limits: Sequence[Sequence[float]], vehicles: int, days: int, depots: int
) -> tuple[VehicleGroup, ...]:
    """One group per depot, more where its limits differ between days."""
    alike: dict[tuple[int, float, float], set[int]] = {}
    for number, (longest, capacity, *_) in enumerate(limits):
        alike.setdefault((number % depots, longest, capacity), set()).add(number // depots)
    return tuple(
        VehicleGroup(
            id=f"depot {depot}" if depots > 1 else "vehicles",
            depot=depot,
            vehicles=tuple(vehicles if day in used else 0 for day in range(days)),
            capacity=capacity,
            max_duration=longest or math.inf,
        )
        for (depot, longest, capacity), used in sorted(alike.items())
    )


def read_solomon(path: Path, stops: int | None = None) -> PeriodicProblem:
    """A VRP with time windows, or its first ``stops`` stops. Raises InvalidInput.

    Any number of vehicles may be used: one per stop is there.
    """
    lines = read_lines(path)
    while lines.next_text("a line NUMBER CAPACITY").split() != ["NUMBER", "CAPACITY"]:
        pass
    fleet = lines.next_numbers(2, "number of vehicles and capacity")
    while not lines.next_text("a line CUST NO.").startswith("CUST NO."):
        pass
    expected = "number, x, y, load, earliest, latest and service time"
    rows = []
    while lines.place < len(lines.texts):
        if any(text.strip() for text in lines.texts[lines.place :]):
            rows.append(lines.next_numbers(7, expected))
        else:
            break
    if len(rows) < 2:
        lines.fault("", "a depot and at least one stop")
    lines.finish()
    depot, *others = [row for row in rows if row][: None if stops is None else stops + 1]
    matrix = _matrix([(r[1], r[2]) for r in (depot, *others)], lambda d: math.floor(10 * d) / 10)
    return PeriodicProblem(
        name=f"{path.stem}.{len(others)}",
        days=1,
        stops=tuple(
            PeriodicStop(
                id=f"{int(row[0])}",
                node=node,
                load=row[3],
                earliest=row[4],
                latest=row[5],
                service=row[6],
                patterns=EVERY_DAY,
            )
            for node, row in enumerate(others, start=1)
        ),
        groups=(
            VehicleGroup(
                id="vehicles",
                depot=0,
                vehicles=(len(others),),
                capacity=fleet[1] if fleet else 0.0,
                earliest=depot[4],
                latest=depot[5],
            ),
        ),
        costs=matrix,
        durations=matrix,
    )


def read_vrplib(path: Path) -> PeriodicProblem:
    """A VRP with time windows and vehicles that serve their own stops only (SDVRPTW).

    All times and costs are thousandths, rounded. Raises InvalidInput.
    """
    lines = read_lines(path)
    fields, sections = _vrplib_parts(lines)
    size = _field(lines, fields, "DIMENSION")
    vehicles = _field(lines, fields, "VEHICLES")
    longest = _field(lines, fields, "VEHICLES_MAX_DURATION") if _LONGEST in fields else math.inf
    points = _section(lines, sections, "NODE_COORD_SECTION", int(size), 2)
    loads = _section(lines, sections, "DEMAND_SECTION", int(size), 1)
    services = _section(lines, sections, "SERVICE_TIME_SECTION", int(size), 1)
    windows = _section(lines, sections, "TIME_WINDOW_SECTION", int(size), 2)
    capacities = _section(lines, sections, "CAPACITY_SECTION", int(vehicles), 1)
    allowed = _section(lines, sections, "VEHICLES_ALLOWED_CLIENTS_SECTION", int(vehicles), 1)
    lines.finish()
    alike: dict[tuple[float, frozenset[int]], int] = {}
    for (capacity, *_), clients in zip(capacities, allowed, strict=True):
        skill = (capacity, frozenset(int(client) - 1 for client in clients))
        alike[skill] = alike.get(skill, 0) + 1
    matrix = _matrix([(x, y) for x, y, *_ in points], lambda d: float(round(THOUSANDTHS * d)))
    return PeriodicProblem(
        name=path.stem,
        days=1,
        stops=tuple(
            PeriodicStop(
                id=f"{node + 1}",
                node=node,
                load=loads[node][0],
                service=THOUSANDTHS * services[node][0],
                earliest=THOUSANDTHS * windows[node][0],
                latest=THOUSANDTHS * windows[node][1],
                patterns=EVERY_DAY,
                groups=frozenset(g for g, (_, own) in enumerate(alike) if node in own),
            )
            for node in range(1, int(size))
        ),
        groups=tuple(
            VehicleGroup(
                id=f"vehicles {number}",
                depot=0,
                vehicles=(count,),
                capacity=capacity,
                max_duration=THOUSANDTHS * longest,
                earliest=THOUSANDTHS * windows[0][0],
                latest=THOUSANDTHS * windows[0][1],
            )
            for number, ((capacity, _), count) in enumerate(alike.items())
        ),
        costs=matrix,
        durations=matrix,
    )


_LONGEST = "VEHICLES_MAX_DURATION"
Sections = dict[str, dict[int, list[float]]]


def _vrplib_parts(lines: Lines) -> tuple[dict[str, str], Sections]:
    """Fields ``NAME: value``, and sections as rows of numbers by their first number."""
    fields: dict[str, str] = {}
    sections: Sections = {}
    rows: dict[int, list[float]] | None = None
    while (text := lines.next_text("EOF")) != "EOF":
        name, colon, value = text.partition(":")
        if colon:
            fields[name.strip()] = value.strip()
        elif text.endswith("_SECTION"):
            rows = sections.setdefault(text, {})
        elif rows is None:
            lines.fault(text, "a field NAME: value, or the name of a section")
        elif row := lines.numbers(text, 2, "a number and its values"):
            rows[int(row[0])] = row[1:]
    return fields, sections


def _field(lines: Lines, fields: dict[str, str], name: str) -> float:
    """A field's number above zero."""
    try:
        value = float(fields.get(name, ""))
    except ValueError:
        value = 0.0
    if not 0 < value < math.inf:
        lines.fault(f"{name}: {fields.get(name, '')}", "a number above zero")
        raise lines.refusal()
    return value


def _section(
    lines: Lines, sections: Sections, name: str, rows: int, columns: int
) -> list[list[float]]:
    """A section's rows 1, 2, ... in order; a fault for each that is missing or too short."""
    found = []
    for number in range(1, rows + 1):
        row = sections.get(name, {}).get(number, [])
        if len(row) < columns:
            lines.fault(f"{name}: row {number}: {row}", f"{columns} values")
        found.append(row)
    return found


def _matrix(points: Sequence[Point], rounded: Callable[[float], float]) -> Matrix:
    return tuple(tuple(rounded(math.dist(a, b)) for b in points) for a in points)


READERS: dict[str, Callable[[Path], PeriodicProblem]] = {
    "pvrp": read_cordeau,
    "mdpvrp": read_cordeau,
    "vrptw": read_solomon,
    "sdvrptw": read_vrplib,
}
"""The reader of each published set."""


def read_instance(kind: str, path: Path) -> PeriodicProblem:
    """An instance of one of the published sets; raises InvalidInput for others."""
    if kind not in READERS:
        raise InvalidInput(f"set {kind!r}: known are {', '.join(READERS)}")
    return READERS[kind](path)
