"""Draw the pictures of benchmarks/results from the result files.

    python -m benchmarks.pictures

``mobile_libraries.svg``: kilometres per authority, published, ours and peers, as shares of the
published ones. ``mobile_libraries_gap.svg``: mean gap to the best plan known here over time.
``published_periodic_gap.svg``: gap to the best known over time, run by run.
``one_fleet_gap.svg``: how far plans of one fleet are above the bound, over time.
``profiles.svg``: where the processor time of county weeks and of mobile libraries goes.
``state.svg``: how many counties of a state are planned after how long, run by run.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib import pyplot as plt

from benchmarks.fleet_table import BOUND, RELAXED
from benchmarks.picture_style import COLOURS, INK, LINES, NAMES, finish, save
from benchmarks.profile_picture import draw_profiles
from benchmarks.result_rows import RESULTS, read_rows
from benchmarks.state_picture import draw_state

STEPS = 200
"""Points on the axis of time."""
MOST_GAP, NAMED_ABOVE = 10.0, 0.2
"""Per cent: the top of the picture of published problems, and what names a line there."""


def main() -> None:
    """Draw everything for which there are results."""
    for draw, results, picture in (
        (draw_bars, "mobile_libraries", "mobile_libraries"),
        (draw_gaps, "mobile_libraries_history", "mobile_libraries_gap"),
        (draw_published, "published_periodic_history", "published_periodic_gap"),
        (draw_fleet, "one_fleet_history", "one_fleet_gap"),
        (draw_profiles, "profiles", "profiles"),
        (draw_state, "state", "state"),
    ):
        rows = read_rows(RESULTS / f"{results}.csv")
        if rows:
            draw(rows, RESULTS / f"{picture}.svg")


def draw_bars(rows: Sequence[Mapping[str, str]], path: Path) -> None:
    """Kilometres as a share of the published ones, a group of bars per authority."""
    authorities = sorted({row["authority"] for row in rows})
    kinds = [kind for kind in COLOURS if any(row["row"] == kind for row in rows)]
    share = {
        (row["authority"], row["row"]): 100 * float(row["km"]) / float(row["published_km"])
        for row in rows
        if row["km"]
    }
    figure, axes = plt.subplots(figsize=(11, 5), layout="constrained")
    width = 0.8 / len(kinds)
    for place, kind in enumerate(kinds):
        at = np.arange(len(authorities)) + (place - (len(kinds) - 1) / 2) * width
        heights = [share.get((authority, kind), 0) for authority in authorities]
        axes.bar(at, heights, width, label=NAMES.get(kind, kind), color=COLOURS[kind])
    axes.axhline(100, color=INK, linewidth=1)
    axes.text(1, 101, "published", ha="right", transform=axes.get_yaxis_transform())
    axes.set_xticks(range(len(authorities)), [_title(name) for name in authorities], rotation=35)
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("right")
    axes.set_ylabel("kilometres, % of the published timetable")
    finish(axes)
    save(figure, path)


def draw_gaps(history: Sequence[Mapping[str, str]], path: Path) -> None:
    """Mean over all authorities of how far each solver is from the best plan that any found.

    Only rows that plan by the same rules are compared: weekdays kept is another problem. Before a
    solver has a plan of every authority, it has no mean.
    """
    runs: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(dict)
    for row in history:
        if row["row"] != "weekdays kept":
            points = runs[row["row"]].setdefault(row["authority"], [])
            points.append((float(row["at_s"]), float(row["km"])))
    common = set.intersection(*(set(found) for found in runs.values()))
    best = {name: min(km for run in runs.values() for _, km in run[name]) for name in common}
    last_s = max(float(row["at_s"]) for row in history)
    times = np.geomspace(0.05, last_s, STEPS)
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    for kind in (kind for kind in COLOURS if kind in runs):
        gaps = [
            [_best_by(runs[kind][name], at) / best[name] - 1 for name in sorted(common)]
            for at in times
        ]
        axes.step(
            times,
            100 * np.mean(gaps, axis=1),
            where="post",
            label=NAMES.get(kind, kind),
            color=COLOURS[kind],
        )
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("processor seconds")
    axes.set_ylabel(f"mean gap to the best plan found here, %, {len(common)} authorities")
    finish(axes)
    save(figure, path)


def draw_published(history: Sequence[Mapping[str, str]], path: Path) -> None:
    """Gap to the best known over time, a panel per set and a thin line per solver and instance.

    Of the runs that a clock ended, the longest of the first seed. Instances are named where some
    solver ends visibly above the best known.
    """
    best = {
        (row["set"], row["instance"]): float(row["best_known"])
        for row in read_rows(RESULTS / "published_periodic.csv")
    }
    runs: dict[tuple[str, ...], dict[float, list[tuple[float, float]]]] = defaultdict(dict)
    for row in history:
        amount, unit = row["limit"].split()
        if unit == "s" and row["seed"] == "1":
            gap = 100 * (float(row["cost"]) / best[row["set"], row["instance"]] - 1)
            of_limit = runs[row["set"], row["instance"], row["solver"]]
            points = of_limit.setdefault(float(amount), [])
            points.append((float(row["at_s"]), max(0.0, gap)))
    sets = sorted({key[0] for key in runs})
    figure, panels = plt.subplots(
        2, (len(sets) + 1) // 2, figsize=(10, 8), sharey=True, layout="constrained", squeeze=False
    )
    for axes, kind in zip(panels.flat, sets, strict=False):
        for (_, name, solver), of_limit in sorted(key for key in runs.items() if key[0][0] == kind):
            points = sorted(of_limit[max(of_limit)], key=lambda point: (point[0], -point[1]))
            times, gaps = zip(*points, strict=True)
            colour = COLOURS.get(solver, COLOURS["free"])
            axes.step(times, gaps, where="post", color=colour, linewidth=0.9, label=solver)
            if NAMED_ABOVE < gaps[-1] < MOST_GAP:
                axes.annotate(name, (times[-1], gaps[-1]), fontsize=7, color=colour)
        axes.set_title(kind)
        axes.set_xscale("log")
        axes.set_ylim(0, MOST_GAP)
        axes.set_xlabel("seconds")
        axes.grid(axis="y", color=LINES, linewidth=0.7)
        labels = dict(zip(*axes.get_legend_handles_labels()[::-1], strict=True))
        axes.legend(labels.values(), labels.keys(), frameon=False, fontsize=8)
    for row in panels:
        row[0].set_ylabel("gap to the best known, %")
    save(figure, path)


def draw_fleet(history: Sequence[Mapping[str, str]], path: Path) -> None:
    """Cost above the best bound of the relaxation over time, a line per solver and question.

    Of the first seed alone.
    """
    first = min(int(row["seed"]) for row in history)
    history = [row for row in history if int(row["seed"]) == first]
    best = max(float(row["value_m"]) for row in history if row["solver"] == BOUND)
    runs: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in history:
        if row["solver"] != BOUND:
            gap = 100 * (1 - best / float(row["value_m"]))
            runs[row["solver"], row["asked"]].append((float(row["at_s"]), gap))
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    for (solver, asked), points in sorted(runs.items()):
        times, gaps = zip(*sorted(points), strict=True)
        style = "-" if asked == RELAXED else "--"
        colour = COLOURS.get(solver, COLOURS["free"])
        axes.step(times, gaps, style, where="post", color=colour, label=f"{solver}, {asked}")
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("seconds")
    axes.set_ylabel("above the bound of the relaxation, % of the cost")
    finish(axes, columns=2)
    save(figure, path)


def _best_by(points: Sequence[tuple[float, float]], at_s: float) -> float:
    return min((km for when, km in points if when <= at_s), default=float("inf"))


def _title(authority: str) -> str:
    return authority.replace("_", " ").title()


if __name__ == "__main__":
    main()
