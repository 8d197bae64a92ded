"""A plan in words and tables that a planner understands."""

from datetime import date, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.domain.dates import clock
from busplan.domain.objective import METRES_PER_KM
from busplan.domain.places import Origin
from busplan.domain.plan import Tour, Visit
from busplan.domain.plan_diff import Change, Presence
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Proof, Quality, Solution, Unserved

GOALS = {
    "need": "visits wished but not made",
    "floor": "towns below their least share",
    "pins": "pinned visits lost",
    "blocks": "block visits lost",
    "continuity": "visits moved or retimed",
    "two_adults": "open hours with one adult",
    "kilometres": "kilometres",
    "driving": "driving minutes",
    "late_end": "late ends",
    "balance": "duties shared unevenly",
}


def print_solution(console: Console, solution: Solution, problem: PlanningProblem) -> None:
    """Print tours, what was left out and why, and how good the plan is proven to be."""
    plan = solution.plan
    console.print(_tours_table(solution, problem))
    if any(stop.origin is Origin.INVENTED for stop in problem.stops):
        console.print("* invented stop, for demonstration only", style="dim")
    for lost in solution.lost_blocks:
        console.print(
            f"[bold red]Block {escape(lost.block_id)} on {lost.service_date} is not kept:[/]"
            f" {escape(lost.reason)} ({lost.rule})"
        )
    for pin in solution.lost_pins:
        console.print(f"[bold red]Pinned visit not kept:[/] {escape(pin)}")
    if solution.unserved:
        print_unserved(console, solution.unserved, problem)
    visits = [visit for _, visit in plan.visits()]
    open_hours = sum(visit.service_min for visit in visits) / 60
    kilometres = sum(tour.length_m for tour in plan.tours) / METRES_PER_KM
    console.print(
        f"[bold]{plan.week}[/]: {len(plan.tours)} tours, {len(visits)} visits,"
        f" {open_hours:.1f} open hours, {kilometres:.0f} km."
    )
    if solution.quality is not None:
        _print_quality(console, solution.quality)


def print_unserved(
    console: Console, unserved: tuple[Unserved, ...], problem: PlanningProblem
) -> None:
    """Print every wish that is not placed, why, and what would help."""
    if unserved:
        console.print(_unserved_table(unserved, problem))
    else:
        console.print("Every wish is placed.")


def print_change(console: Console, change: Change, first_day: date) -> None:
    """Print one line of a comparison."""
    parts = [_presence(p, first_day) for p in (change.before, change.after) if p is not None]
    colour = {"new": "green", "gone": "red", "moved": "yellow"}[change.kind]
    console.print(
        f"[{colour}]{change.kind:6}[/] {escape(change.demand_id)}  {escape(' -> '.join(parts))}",
        soft_wrap=True,
    )


def _presence(presence: Presence, first_day: date) -> str:
    day = first_day + timedelta(days=presence.day)
    times = f"{clock(presence.open_min)}-{clock(presence.close_min)}"
    return f"{day:%a} {times} {presence.bus_id} at {presence.stop_id}"


def _tours_table(solution: Solution, problem: PlanningProblem) -> Table:
    """One row per visit; a tour's own figures stand beside its first."""
    table = Table(title=f"Tours of {solution.plan.week}", title_justify="left")
    table.add_column("tour", no_wrap=True)
    table.add_column("open", no_wrap=True)
    table.add_column("stop", overflow="fold")
    table.add_column("crew (breaks)", overflow="fold")
    for tour in solution.plan.tours:
        for place, visit in enumerate(tour.visits):
            first, last = place == 0, place == len(tour.visits) - 1
            table.add_row(
                _tour(tour, problem) if first else "",
                f"{clock(visit.open_min)}-{clock(visit.close_min)}",
                _stop_name(visit, problem),
                _crew(tour) if first else "",
                end_section=last,
            )
    return table


def _tour(tour: Tour, problem: PlanningProblem) -> str:
    """Day, bus, and from when to when it is on the road."""
    return escape(
        f"{tour.service_date:%a %d.%m.}\n{problem.bus_by_id[tour.bus_id].name}\n"
        f"{clock(tour.depart_min)}-{clock(tour.return_min)}, {tour.length_m / METRES_PER_KM:.0f} km"
    )


def _stop_name(visit: Visit, problem: PlanningProblem) -> str:
    """The stop, its town unless the name tells it, and what a planner must know of it."""
    stop = problem.stop_by_id[visit.stop_id]
    town = problem.municipality_by_ags[stop.ags].name
    mark = " *" if stop.origin is Origin.INVENTED else ""
    held = " (block)" if visit.block_id is not None else ""
    return escape(f"{_in_town(stop.name, town)}{mark}{held}")


def _in_town(name: str, town: str) -> str:
    return name if town in name else f"{name}, {town}"


def _crew(tour: Tour) -> str:
    """People with the begin of their breaks, a line each, the driver first: ``P1 (17:15)``."""
    people = []
    for duty in tour.duties:
        pauses = " ".join(clock(pause.start_min) for pause in duty.breaks)
        people.append(f"{duty.crew_id} ({pauses})" if pauses else duty.crew_id)
    return escape("\n".join(people))


def _unserved_table(unserved: tuple[Unserved, ...], problem: PlanningProblem) -> Table:
    table = Table(title="Not placed, and why", title_justify="left", show_lines=True)
    for heading in ("wish", "why not", "smallest change that helps"):
        table.add_column(heading, overflow="fold", ratio=1)
    for entry in unserved:
        cells = (_wish(entry, problem), f"{entry.rule}: {entry.reason}", entry.remedy)
        table.add_row(*(escape(cell) for cell in cells))
    return table


def _wish(entry: Unserved, problem: PlanningProblem) -> str:
    """The demand record, where it is asked for, and how many visits it lacks."""
    demand = problem.demand_by_id[entry.demand_id]
    town = problem.municipality_by_ags[demand.ags].name
    where = _in_town(problem.stop_by_id[demand.stop_id].name, town) if demand.stop_id else town
    below = ", below the least" if entry.least_missed else ""
    visits = "visit" if entry.missing == 1 else "visits"
    return f"{entry.demand_id}\n{where}\n{entry.missing} {visits} short{below}"


def _print_quality(console: Console, quality: Quality) -> None:
    if quality.proof is Proof.OPTIMAL:
        verdict = "[bold green]optimal[/]: no plan is better under these rules and goals (proven)"
    else:
        verdict = f"no plan can be more than [bold]{quality.gap:.2%}[/] better (proven)"
    console.print(f"Cost {quality.cost:,} points, bound {quality.bound:,}: {verdict}.")
    shares = [
        f"{GOALS[name]} {points:,} ({points / quality.cost:.0%})"
        for name, points in quality.terms.as_dict().items()
        if points
    ]
    if shares:
        console.print("Of the cost: " + ", ".join(shares) + ".", style="dim")
