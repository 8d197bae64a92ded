"""Positions for tests of travel times."""

from hypothesis import strategies as st

from busplan.domain.places import Coordinate

DUEREN = Coordinate(50.8043, 6.4827)
JUELICH = Coordinate(50.9220, 6.3586)
NIDEGGEN = Coordinate(50.6922, 6.4843)


def anywhere() -> st.SearchStrategy[Coordinate]:
    """Any point of the earth, poles and date line included."""
    return st.builds(Coordinate, st.floats(-90, 90), st.floats(-180, 180))


def in_the_county() -> st.SearchStrategy[Coordinate]:
    """Any point of a box of about 70 km around Düren."""
    return st.builds(Coordinate, st.floats(50.4, 51.1), st.floats(6.0, 7.0))
