"""Buses are drawn so that one may come or go and the others stay as they are."""

import pytest

from busplan.domain.fleet import BusId
from busplan.domain.public_timetable import PublicBus, PublicTimetable
from busplan.publishing.bus_view import SHAPES, list_buses
from tests.publishing.timetables import make_timetable


def timetable_of(*names: str) -> PublicTimetable:
    buses = tuple(PublicBus(id=BusId(name), name=name, colour="#335577") for name in names)
    return make_timetable(buses=buses, visits=(), tours=(), on_board=())


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (["Die Wilde 13 2.0", "ninJA"], ["D", "N"]),
        (["Bus 1", "Bus 12", "Mobil 1"], ["B1", "B12", "M"]),
        (["Bus", "Bus Nord", "7"], ["1", "2", "7"]),
    ],
)
def test_labels_are_the_shortest_that_are_a_buss_own(names: list[str], labels: list[str]) -> None:
    assert [bus.label for bus in list_buses(timetable_of(*names)).values()] == labels


def test_a_bus_that_goes_leaves_the_others_as_they_were() -> None:
    """But for shapes where there are few, which are given out in turn so that all differ."""
    names = [f"Bus {number}" for number in range(9)]
    gone = 1

    before = list_buses(timetable_of(*names))
    after = list_buses(timetable_of(*names[:gone], *names[gone + 1 :]))

    assert after == {bus_id: bus for bus_id, bus in before.items() if bus_id != names[gone]}


def test_as_many_buses_as_there_are_shapes_differ_in_shape() -> None:
    buses = list_buses(timetable_of("Amsel", "Biber", "Dachs", "Elster")).values()

    assert [bus.shape for bus in buses] == list(range(SHAPES))
