"""A withdrawn bus is in no output, whatever its level: not its name, key, colour or offers."""

from dataclasses import replace

import pytest

from busplan.domain.fleet import BusId
from busplan.domain.programme import OnBoardFact, Programme
from busplan.domain.public_timetable import PublicTimetable
from busplan.domain.publication import GateInput, open_gate
from busplan.domain.publication_level import PublicationLevel as Level
from busplan.publishing.address import PublicAddress
from busplan.publishing.bus_view import bus_key
from busplan.publishing.draft import made
from busplan.publishing.messenger_text import week_text
from busplan.publishing.paper import Paper
from busplan.publishing.posters import PosterPrinter
from busplan.usecases.publication_files import publication_files
from busplan.web.snapshot import build_snapshot
from tests.factories import MONDAY
from tests.houses import GUARDED_BUS, NOW, OPEN_BUS, TODAY, Case, build_house
from tests.publishing.plain_bytes import plain_text

ADDRESS = PublicAddress(url="https://bus.example/")
NAME, OFFER, COLOUR = "Regenbogenmobil", "Buchsbaum basteln", "#aa3366"
TRACES = (NAME, OFFER, COLOUR, GUARDED_BUS, bus_key(BusId(GUARDED_BUS)))


def build_two_buses(level: Level) -> GateInput:
    """Both buses today and tomorrow, the guarded one at ``level`` and with an offer on board."""
    given = [
        Case(day=day, bus=bus, town=0, part=1, visit_level=level)
        for bus in (OPEN_BUS, GUARDED_BUS)
        for day in (TODAY, TODAY + 1)
    ]
    house = build_house(given)
    offer = OnBoardFact(
        id="offer", bus_id=BusId(GUARDED_BUS), title=OFFER, text=OFFER, source="x", licence="CC0"
    )
    buses = tuple(replace(b, name=NAME) if b.id == GUARDED_BUS else b for b in house.buses)
    return replace(house, buses=buses, programme=Programme(on_board=(offer,)))


def withdraw(house: GateInput, *bus_ids: str) -> PublicTimetable:
    return open_gate(replace(house, withdrawn=frozenset(map(BusId, bus_ids))), NOW)


def written(timetable: PublicTimetable) -> str:
    """Every file in every language, every answer of the API, the text, and every poster.

    Posters as the HTML that their PDF is made from.
    """
    files = made(publication_files(timetable, None, ADDRESS))
    answers = build_snapshot(timetable).prepared
    return "\n".join(
        [
            *(f"{name}\n{plain_text(name, content)}" for name, content in files.items()),
            *(f"{path}\n{answer.body.decode()}" for path, answer in answers.items()),
            *posters(timetable),
            week_text(timetable, MONDAY, ADDRESS),
        ]
    )


def posters(timetable: PublicTimetable) -> list[str]:
    printer = PosterPrinter(timetable, Paper.A4, ADDRESS)
    return [printer.week(MONDAY), *map(printer.stop, timetable.stops)]


@pytest.mark.parametrize("level", Level)
def test_a_withdrawn_bus_is_in_no_output_until_it_is_restored(level: Level) -> None:
    house = build_two_buses(level)

    before, without = written(withdraw(house)), written(withdraw(house, GUARDED_BUS))

    assert [trace for trace in TRACES if trace not in before] == []
    assert [trace for trace in TRACES if trace in without] == []
    assert OPEN_BUS in without
    assert written(withdraw(house)) == before


@pytest.mark.parametrize("level", Level)
def test_everything_is_written_when_all_buses_are_withdrawn(level: Level) -> None:
    nothing = written(withdraw(build_two_buses(level), OPEN_BUS, GUARDED_BUS))

    assert [trace for trace in (*TRACES, OPEN_BUS) if trace in nothing] == []
