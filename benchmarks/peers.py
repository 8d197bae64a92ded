"""PyVRP, VROOM and OR-Tools routing on a periodic problem, one thread each, as users call them.

Each gets the same stops, matrices, depots, hours, day lengths and loads, and as much of the choice
of days as it can express (``peer_calls``). Seconds are processor seconds: on a machine that others
use, those by the clock say little. What comes back is a plan for ``check_periodic_plan``.
"""

from collections.abc import Callable

from benchmarks.peer_ortools import solve_with_ortools_routing
from benchmarks.peer_pyvrp import solve_with_pyvrp
from benchmarks.peer_result import PeerResult
from benchmarks.peer_vroom import solve_with_vroom
from busplan.domain.periodic import PeriodicProblem

Peer = Callable[[PeriodicProblem, float, int], PeerResult]
"""A problem, processor seconds and a seed."""

PEERS: dict[str, Peer] = {
    "PyVRP": solve_with_pyvrp,
    "VROOM": solve_with_vroom,
    "OR-Tools routing": solve_with_ortools_routing,
}
