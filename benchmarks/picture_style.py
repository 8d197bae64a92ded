"""What all pictures share: colours, the frame, and files that are the same for the same rows."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

mpl.use("svg")
# The same picture is the same file: no date, no random ids.
mpl.rcParams.update({"svg.hashsalt": "busplan", "svg.fonttype": "none", "font.size": 10})
COLOURS = {
    "free": "#0b6fb8",
    "weekdays kept": "#12805c",
    "busplan on two cores": "#12805c",
    "PyVRP": "#c8501b",
    "VROOM": "#8a3fa0",
    "OR-Tools routing": "#a0720a",
}
NAMES = {"free": "busplan, days free", "weekdays kept": "busplan, weekdays kept"}
INK, QUIET, LINES = "#1b2a31", "#8b949a", "#d9d3c4"
PHONE = {"font.size": 11}
"""Settings of pictures of this width in inches, whose words a telephone still shows legibly:"""
PHONE_WIDTH = 4.6


def finish(axes: Axes, columns: int = 4) -> None:
    """A frame that steps back, and above it a legend of so many columns."""
    frame(axes)
    axes.legend(frameon=False, ncols=columns, loc="lower center", bbox_to_anchor=(0.5, 1.0))


def frame(axes: Axes) -> None:
    """Lines across behind what is drawn; axes left and below."""
    axes.grid(axis="y", color=LINES, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def save(figure: Figure, path: Path) -> None:
    """Write the picture and let go of it."""
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
