"""A replanning in a table and a few sentences."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.domain.objective import METRES_PER_KM
from busplan.domain.replanning import Replanning
from busplan.domain.timetable_cycle import Freedom


def print_replanning(console: Console, replanning: Replanning) -> None:
    """Print what both sides come to, what moved, and how good the plan is proven to be."""
    console.print(_figures_table(replanning))
    moves = replanning.moves
    console.print(
        f"{moves.weekday} of {moves.visits} visits are on another weekday,"
        f" {moves.vehicle} are made by another vehicle."
    )
    if replanning.freedom is Freedom.SAME_WEEKDAY:
        console.print("Every visit kept its weekday; its week was free.")
    if replanning.pinned:
        console.print(
            f"{replanning.pinned} visits keep their published days: visits of their stop last"
            " differently, or two of them share a day."
        )
    if replanning.gap is not None:
        console.print(f"No plan under the same rules saves more than {replanning.gap:.2%} more.")
    if replanning.depots_estimated:
        console.print(
            "Depots are estimated from the published tours, the same for both sides.", style="dim"
        )


def _figures_table(replanning: Replanning) -> Table:
    weeks = f"cycle of {replanning.weeks} week{'s' if replanning.weeks > 1 else ''}"
    table = Table(title=f"{escape(replanning.name)}, {weeks}", title_justify="left")
    table.add_column("")
    for heading in ("published", "replanned", "change"):
        table.add_column(heading, justify="right")
    before, after = replanning.published, replanning.replanned
    km = METRES_PER_KM
    for name, old, new in (
        ("kilometres", before.length_m / km, after.length_m / km),
        ("driving minutes", before.driving_min, after.driving_min),
        ("vehicle days used", before.vehicle_days, after.vehicle_days),
        ("longest day, minutes", before.longest_day_min, after.longest_day_min),
    ):
        change = f"{(new - old) / old:+.1%}" if old else ""
        table.add_row(name, f"{old:,.0f}", f"{new:,.0f}", change)
    return table
