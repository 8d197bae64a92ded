"""What an annealed plan keeps to the letter: how often visits may count, and what they win."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.anneal_steps import Rules
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.room_left import limits
from busplan.planning.weeks.rows import Variable
from busplan.planning.weeks.tour_rows import Floats


def rules_of(master: Master) -> tuple[Rules, NDArray[np.bool_]]:
    """The rules of a master, and which of its rows they keep: all others need a price.

    One candidate more than there are stands for no visit. Caps and one tour a slot count as kept.
    """
    program = master.program
    touched: defaultdict[int, list[Variable]] = defaultdict(list)
    for variable in program.variables:
        for row, _ in variable.entries:
            touched[row].append(variable)
    winning = {row: here for row, here in touched.items() if _are_wins(row, here, program.upper)}
    wins = [(v, row) for v, row, value in program.tellings.visits if row in winning and value == -1]
    visits, rows = limits(master).T
    winners, rows_won = np.array(wins, dtype=np.int64).reshape(-1, 2).T
    limit_rows, limit_numbers = np.unique(rows, return_inverse=True)
    win_rows, win_numbers = np.unique(rows_won, return_inverse=True)
    size = len(master.candidates) + 1
    limit_first, limit_of = _grouped(visits, limit_numbers, size)
    limited_first, limited = _grouped(limit_numbers, visits, len(limit_rows))
    win_first, win_of = _grouped(winners, win_numbers, size)
    rules = Rules(
        limit_first=limit_first,
        limits=limit_of,
        most=np.array(program.upper)[limit_rows].astype(np.int64),
        limited_first=limited_first,
        limited=limited,
        win_first=win_first,
        wins=win_of,
        won=_won([winning[row] for row in win_rows.tolist()]),
    )
    single = [row for _, row, _ in program.tellings.slots if row not in touched]
    caps = [row for _, row, _ in program.tellings.presence]
    kept = np.zeros(len(program.lower), dtype=np.bool_)
    kept[[*limit_rows.tolist(), *win_rows.tolist(), *single, *caps]] = True
    return rules, kept


def _are_wins(row: int, variables: Sequence[Variable], upper: Sequence[float]) -> bool:
    """Whether all that touches a row wins something for each visit that it counts."""
    return upper[row] == 0 and all(
        variable.cost <= 0 and variable.entries == ((row, 1),) for variable in variables
    )


def _grouped(groups: Ints, members: Ints, size: int) -> tuple[Ints, Ints]:
    """The members in order of their groups, and where each group begins, and the last ends."""
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(size + 1))
    return first.astype(np.int64), members[order].astype(np.int64)


def _won(rows: Sequence[Sequence[Variable]]) -> Floats:
    """By row, what so many visits win together, the dearest wish first."""
    wishes = [
        sorted((-v.cost for v in variables for _ in range(v.upper)), reverse=True)
        for variables in rows
    ]
    won = np.zeros((len(rows), 1 + max(map(len, wishes), default=0)))
    for row, wins in enumerate(wishes):
        won[row, 1:] = sum(wins)
        won[row, 1 : len(wins) + 1] = np.cumsum(wins)
    return won
