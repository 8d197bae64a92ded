"""Bus colours as style rules: readable letters, and a paler shade for dark screens."""

from collections.abc import Iterable

from busplan.publishing.bus_view import BusView

WHITE, BLACK = "#ffffff", "#000000"
DARK_MIX = 0.45
"""Share of white in a bus's colour on dark screens."""


def bus_rules(buses: Iterable[BusView]) -> str:
    """Custom properties of every bus for light and dark screens."""
    buses = list(buses)
    light = "".join(_rule(bus, bus.colour) for bus in buses)
    dark = "".join(_rule(bus, paler(bus.colour)) for bus in buses)
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def ink_on(colour: str) -> str:
    """White or black, whichever stands out more on the colour (WCAG 2 contrast)."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def paler(colour: str) -> str:
    """The colour mixed with white, for dark grounds."""
    mixed = (round(part + (255 - part) * DARK_MIX) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _rule(bus: BusView, colour: str) -> str:
    return f".bus-{bus.key} {{ --bus: {colour}; --on-bus: {ink_on(colour)}; }}\n"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    # WCAG 2.2, definition of relative luminance.
    shares = (part / 255 for part in _parts(colour))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
