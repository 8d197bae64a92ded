"""Paper sizes of posters (ISO 216)."""

from enum import StrEnum

PAGE_WIDTH_REM = 59.5
"""Width of every poster in its own unit, whatever the paper."""
_SIZES_MM = {"a4": (210, 297), "a3": (297, 420)}


class Paper(StrEnum):
    """A sheet of paper, upright."""

    A4 = "a4"
    A3 = "a3"

    @property
    def width_mm(self) -> int:
        """Width of the sheet."""
        return _SIZES_MM[self][0]

    @property
    def height_mm(self) -> int:
        """Height of the sheet."""
        return _SIZES_MM[self][1]

    @property
    def rem_mm(self) -> float:
        """The poster's own unit in millimetres."""
        return round(self.width_mm / PAGE_WIDTH_REM, 4)
