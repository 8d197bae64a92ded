"""Bus colours stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.publishing.colours import contrast, ink_on, paler


def test_contrast_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(parts=st.tuples(*[st.integers(0, 255)] * 3))
def test_letters_on_any_bus_colour_reach_the_ratio_of_large_and_small_text(
    parts: tuple[int, int, int],
) -> None:
    """4.5 to 1, WCAG 2.2, 1.4.3; also on the paler shade for dark screens."""
    colour = "#{:02x}{:02x}{:02x}".format(*parts)

    for shade in (colour, paler(colour)):
        assert contrast(ink_on(shade), shade) >= 4.5
