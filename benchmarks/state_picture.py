"""A state as a picture: how many counties have their plan after how long, run by run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from benchmarks.picture_style import COLOURS, PHONE, PHONE_WIDTH, frame, save

STYLES = ("-", "-", "--")
"""Two runs as quick as each other still show both."""


def draw_state(rows: Sequence[Mapping[str, str]], path: Path) -> None:
    """A line for each run that was not interrupted, up to its last county."""
    runs: dict[str, list[float]] = {}
    for row in rows:
        if row["finished_s"]:
            runs.setdefault(row["run"], [0.0]).append(float(row["finished_s"]))
    with mpl.rc_context(PHONE):
        figure, axes = plt.subplots(figsize=(PHONE_WIDTH, 3.6), layout="constrained")
        shades = list(COLOURS.values())
        for place, (run, finished) in enumerate(runs.items()):
            times, counts = sorted(finished), range(len(finished))
            style, shade = STYLES[place % len(STYLES)], shades[place % len(shades)]
            label = f"{run}: {times[-1]:.0f} s"
            axes.step(times, counts, style, where="post", color=shade, label=label, linewidth=1.8)
            axes.plot(times[-1], counts[-1], "o", color=shade, markersize=5)
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("seconds since the command began")
        axes.set_ylabel("counties planned")
        frame(axes)
        axes.legend(frameon=False, loc="lower right")
        save(figure, path)
