"""Where processor time goes, as a picture: the parts of each planning below its name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

from benchmarks.picture_style import COLOURS, INK, PHONE, PHONE_WIDTH, QUIET, save
from benchmarks.processor_shares import REST
from benchmarks.profile_table import told_parts

LINE_IN = 0.26
"""Height of a bar or a name."""
SPACE = 0.6
"""Between two plannings, in lines."""
SCALE_PERCENT = 118
"""The whole, and room for the longest bar's figure."""


def draw_profiles(rows: Sequence[Mapping[str, str]], path: Path) -> None:
    """All plannings below each other, on one scale, parts largest first."""
    names: dict[float, str] = {}
    bars: dict[float, Mapping[str, str]] = {}
    line = 0.0
    for profile in dict.fromkeys(row["profile"] for row in rows):
        parts = told_parts(rows, profile)
        total_s = sum(float(row["processor_s"]) for row in parts)
        names[line] = f"{profile}: {total_s:.0f} s"
        bars |= {line + place: row for place, row in enumerate(parts, start=1)}
        line += len(parts) + 1 + SPACE
    with mpl.rc_context(PHONE):
        save(_figure(names, bars, LINE_IN * line), path)


def _figure(
    names: Mapping[float, str], bars: Mapping[float, Mapping[str, str]], height_in: float
) -> Figure:
    """Names and bars at their lines, from the top."""
    figure, axes = plt.subplots(figsize=(PHONE_WIDTH, height_in), layout="constrained")
    drawn = axes.barh(
        list(bars),
        [float(row["share_percent"]) for row in bars.values()],
        height=0.7,
        color=[QUIET if row["part"] == REST else COLOURS["free"] for row in bars.values()],
    )
    axes.bar_label(
        drawn, [f"{row['share_percent']} %" for row in bars.values()], padding=4, color=INK
    )
    axes.set_yticks(list(bars), [row["part"] for row in bars.values()])
    axes.tick_params(length=0)
    at_left = blended_transform_factory(figure.transFigure, axes.transData)
    for line, name in names.items():
        told = axes.text(0.01, line, name, transform=at_left, va="center", weight="bold", color=INK)
        told.set_in_layout(False)
    axes.set_ylim(max(bars) + 0.6, -0.6)
    axes.set_xlim(0, SCALE_PERCENT)
    axes.xaxis.set_visible(False)
    axes.spines[:].set_visible(False)
    return figure
