"""What is on board and who comes along, as the public reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from busplan.domain.places import Ags
from busplan.domain.programme import OnBoardFact, Signpost
from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.bus_view import BusView, list_buses
from busplan.publishing.visit_view import VisitView
from busplan.publishing.week_view import DayView, group_by_day
from busplan.publishing.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBoardView:
    """One bus with what its county tells of it."""

    bus: BusView
    facts: tuple[OnBoardFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersView:
    """The buses, coming visits with guests by day, and every signpost; ``towns`` are names."""

    buses: tuple[OnBoardView, ...]
    days: tuple[DayView, ...]
    signposts: tuple[Signpost, ...]
    towns: Mapping[Ags, str]


def list_offers(
    timetable: PublicTimetable, words: Words, coming: Iterable[VisitView]
) -> OffersView:
    """The offers of a timetable; ``coming`` are its visits from today on."""
    with_guests = (v for v in coming if v.guests and v.is_to_come(timetable.as_of))
    return OffersView(
        buses=tuple(
            OnBoardView(bus=bus, facts=tuple(f for f in timetable.on_board if f.bus_id == bus_id))
            for bus_id, bus in list_buses(timetable).items()
        ),
        days=group_by_day(with_guests, words),
        signposts=timetable.signposts,
        towns={town.ags: town.name for town in timetable.municipalities},
    )
