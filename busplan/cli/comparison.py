"""One plan beside another in figures and plain sentences."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.cli.plan_summary import GOALS, print_change
from busplan.domain.objective import METRES_PER_KM, cost_of
from busplan.domain.plan import Plan
from busplan.domain.plan_diff import Change, Presence, diff_plans
from busplan.domain.problem import PlanningProblem
from busplan.planning.what_if import Alternative, NotPossible


def compare(before: Plan, problem: PlanningProblem, answer: Alternative) -> dict[str, Any]:
    """Points, road and visits of both plans, and every change, ready to be JSON."""
    old, new = cost_of(before, problem).as_dict(), cost_of(answer.plan, answer.problem).as_dict()
    changes = diff_plans(before, answer.plan)
    cost = sum(old.values())
    return {
        "possible": True,
        "points": {"before": cost, "after": answer.cost, "more": answer.cost - cost},
        "proven": answer.proven,
        "gap": answer.gap,
        "weighs_changes": answer.weighs_changes,
        "goals": {
            name: {"before": old[name], "after": new[name]}
            for name in old
            if old[name] != new[name]
        },
        "km": _both(before, answer.plan, lambda tour: tour.length_m / METRES_PER_KM),
        "driving_min": _both(before, answer.plan, lambda tour: tour.drive_min),
        "visits": _both(before, answer.plan, lambda tour: len(tour.visits)),
        "changes": [_change(change) for change in changes],
    }


def _both(before: Plan, after: Plan, measure: Any) -> dict[str, float]:
    return {
        "before": round(sum(measure(tour) for tour in before.tours), 1),
        "after": round(sum(measure(tour) for tour in after.tours), 1),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "demand": change.demand_id,
        "kind": change.kind,
        "before": _presence(change.before),
        "after": _presence(change.after),
    }


def _presence(presence: Presence | None) -> dict[str, Any] | None:
    if presence is None:
        return None
    return {
        "day": presence.day,
        "open_min": presence.open_min,
        "close_min": presence.close_min,
        "bus": presence.bus_id,
        "stop": presence.stop_id,
    }


def print_comparison(
    console: Console, comparison: Mapping[str, Any], before: Plan, after: Plan
) -> None:
    """What it costs in one sentence, the figures in a table, and every change in a line."""
    more, gap = comparison["points"]["more"], comparison["gap"]
    goal = "costs less and changes as little" if comparison["weighs_changes"] else "costs less"
    verdict = f"no such plan {goal} (proven)"
    if gap:
        verdict = f"no such plan can be more than {gap:,} points better (proven)"
    console.print(f"It would cost [bold]{more:+,} points[/]; {verdict}.")
    table = Table("", "before", "after", "difference")
    rows = {"kilometres": "km", "driving minutes": "driving_min", "visits": "visits"}
    for name, key in rows.items():
        _add_row(table, name, comparison[key])
    for goal, both in comparison["goals"].items():
        _add_row(table, f"points: {GOALS[goal]}", both)
    console.print(table)
    for change in diff_plans(before, after):
        print_change(console, change, after.first_day)
    if not comparison["changes"]:
        console.print("No visit changes.")


def _add_row(table: Table, name: str, both: Mapping[str, float]) -> None:
    table.add_row(
        name,
        f"{both['before']:,}",
        f"{both['after']:,}",
        f"{round(both['after'] - both['before'], 1):+,}",
    )


def refused(answer: NotPossible) -> dict[str, Any]:
    """Why there is no such plan, ready to be JSON."""
    return {
        "possible": False,
        "proven": answer.proven,
        "refusals": [
            {
                "date": refusal.service_date.isoformat(),
                "stop": refusal.stop_id,
                "bus": refusal.bus_id,
                "grounds": [
                    {"rule": rule, "reason": reason, "remedy": remedy}
                    for rule, reason, remedy in refusal.grounds
                ],
            }
            for refusal in answer.refusals
        ],
    }


def print_refusals(console: Console, answer: NotPossible) -> None:
    """Why there is no such plan, day by day."""
    console.print(
        "No plan can hold this visit (proven)."
        if answer.proven
        else "The search ended before a plan with this visit was found."
    )
    if answer.refusals:
        table = Table("day", "bus and stop", "why not", "what would help", show_lines=True)
        for refusal in answer.refusals:
            cells = (
                f"{refusal.service_date:%a %d.%m.}",
                f"{refusal.bus_id} at {refusal.stop_id}",
                "; ".join(reason for _, reason, _ in refusal.grounds),
                " and ".join(dict.fromkeys(remedy for _, _, remedy in refusal.grounds)),
            )
            table.add_row(*(escape(cell) for cell in cells))
        console.print(table)
