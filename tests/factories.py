"""Domain objects for tests; every factory states only what matters."""

from datetime import date
from typing import Any

from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import (
    Ags,
    Coordinate,
    County,
    Depot,
    DepotId,
    Municipality,
    Origin,
    Place,
    PlaceId,
    Stop,
    StopId,
)
from busplan.domain.plan import Duty, Plan, Tour, Visit, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.domain.programme import Signpost
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.site_facts import SiteFacts

MONDAY = date(2026, 11, 30)
"""Monday of 2026-W49."""
LONG = DateRange(first=date(2020, 1, 1), last=date(2039, 12, 31))
WORKDAYS = frozenset(range(5))
ALL_DAY = Window(from_min=6 * 60, to_min=23 * 60)
OPEN_WORK = "open_youth_work"
DEPOT = Depot(id=DepotId("depot"), name="Depot", location=Coordinate(50.80, 6.48))


def make_county(**given: Any) -> County:
    """A county in North Rhine-Westphalia."""
    return County(**{"id": "test", "name": "Testkreis", "holiday_region": "DE-NW"} | given)


def make_site_facts(**given: Any) -> SiteFacts:
    """A whole accessibility statement."""
    usual = {
        "office": "Jugendamt Testkreis",
        "mail": "access@county.example",
        "phone": "02421 3",
        "form_url": "https://county.example/form",
        "law": "BITVNRW",
        "statement_date": date(2026, 9, 1),
        "basis": "Selbstbewertung",
        "limits": ("Ein Video fehlt.",),
        "enforcement": "Ombudsstelle",
        "enforcement_mail": "ombuds@state.example",
        "enforcement_url": "https://state.example/ombuds",
    }
    return SiteFacts(**usual | given)


def make_signpost(**given: Any) -> Signpost:
    """A signpost of every town with phone and page, checked in October 2026."""
    usual = {
        "id": "mentors",
        "title": "Sprachpaten",
        "text": "Helfen beim Deutschlernen.",
        "phone": "02421 2",
        "url": "https://county.example/mentors?a=1&b=2",
        "checked": date(2026, 10, 1),
        "source": "invented",
        "licence": "CC0-1.0",
    }
    return Signpost(**usual | given)


def make_municipality(ags: str = "05358004", name: str = "Altdorf", **given: Any) -> Municipality:
    """A served town of 10,000."""
    usual = {
        "ags": Ags(ags),
        "name": name,
        "postcodes": ("52457",),
        "residents": 10_000,
        "residents_date": date(2024, 12, 31),
        "youth_office": "Kreis",
        "served": True,
        "main_place": name,
        "location": Coordinate(50.85, 6.40),
        "source": "invented",
    }
    return Municipality(**usual | given)


def make_place(name: str = "Altdorf", ags: str = "05358004", **given: Any) -> Place:
    """A locality with its own position."""
    usual = {
        "id": PlaceId(name.lower()),
        "name": name,
        "ags": Ags(ags),
        "location": Coordinate(50.85, 6.40),
        "accuracy_m": 300,
        "kind": "locality",
        "source": "invented",
        "licence": "CC0",
    }
    return Place(**usual | given)


def make_stop(stop_id: str = "s1", ags: str = "05358004", **given: Any) -> Stop:
    """A stop with power and an agreement, fit for any bus."""
    usual = {
        "id": StopId(stop_id),
        "name": f"Halt {stop_id}",
        "ags": Ags(ags),
        "place_id": PlaceId("altdorf"),
        "location": Coordinate(50.85, 6.40),
        "level": PublicationLevel.FULL,
        "power": True,
        "agreement": LONG,
        "lit": True,
        "origin": Origin.INVENTED,
    }
    return Stop(**usual | given)


def make_demand(demand_id: str = "d1", ags: str = "05358004", **given: Any) -> DemandRecord:
    """One visit of an hour a week wished, on any workday."""
    usual = {
        "id": DemandId(demand_id),
        "ags": Ags(ags),
        "offer": OPEN_WORK,
        "service_min": 60,
        "weekdays": WORKDAYS,
        "windows": (ALL_DAY,),
        "valid": LONG,
    }
    return DemandRecord(**usual | given)


def make_bus(bus_id: str = "wilde13", **given: Any) -> Bus:
    """A bus without set-up times that one adult may staff."""
    usual = {
        "id": BusId(bus_id),
        "name": bus_id,
        "depot": DEPOT,
        "offers": frozenset({OPEN_WORK}),
        "licence": "C",
        "weekdays": WORKDAYS,
        "needs_power": False,
        "height_m": 4.0,
        "length_m": 11.0,
        "weight_t": 16.0,
        "set_up_min": 0,
        "tear_down_min": 0,
        "in_service": LONG,
        "level": PublicationLevel.FULL,
    }
    return Bus(**usual | given)


def make_crew(crew_id: str = "P1", **given: Any) -> CrewMember:
    """A driver who is always there."""
    usual = {
        "id": CrewId(crew_id),
        "licences": frozenset({"B", "C"}),
        "offers": frozenset({OPEN_WORK}),
        "shifts": (Shift(weekdays=frozenset(range(7)), window=ALL_DAY),),
        "employed": LONG,
    }
    return CrewMember(**usual | given)


def make_matrix(*nodes: str, minutes: int = 15, metres: int = 10_000) -> TravelMatrix:
    """Equal distances between all nodes, the depot among them."""
    names = ("depot", *nodes)

    def table(value: int) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(0 if a == b else value for b in names) for a in names)

    return TravelMatrix(nodes=names, minutes=table(minutes), metres=table(metres))


def make_problem(**given: Any) -> PlanningProblem:
    """One town, one stop, one demand record, one bus and one driver in 2026-W49."""
    stops = given.get("stops", (make_stop(),))
    usual = {
        "county": "test",
        "first_day": MONDAY,
        "weeks": 1,
        "municipalities": (make_municipality(),),
        "stops": stops,
        "demands": (make_demand(),),
        "buses": (make_bus(),),
        "crew": (make_crew(),),
        "matrix": make_matrix(*(stop.id for stop in stops)),
    }
    return PlanningProblem(**usual | given)


def make_visit(
    stop_id: str = "s1", open_min: int = 900, service_min: int = 60, **given: Any
) -> Visit:
    """A visit at 15:00 without set-up."""
    close_min = open_min + service_min
    usual = {
        "id": visit_id(MONDAY, BusId("wilde13"), 1),
        "demand_id": DemandId("d1"),
        "stop_id": StopId(stop_id),
        "arrival_min": open_min,
        "open_min": open_min,
        "close_min": close_min,
        "departure_min": close_min,
    }
    return Visit(**usual | given)


def make_duty(crew_id: str = "P1", **given: Any) -> Duty:
    """The driver's duty of ``make_tour``."""
    usual = {"crew_id": CrewId(crew_id), "drives": True, "start_min": 880, "end_min": 980}
    return Duty(**usual | given)


def make_tour(*visits: Visit, **given: Any) -> Tour:
    """A Monday tour of wilde13: one visit, 20 minutes (with buffer) from and to the depot."""
    visits = visits or (make_visit(),)
    depart_min = given.get("depart_min", visits[0].arrival_min - 20)
    return_min = given.get("return_min", visits[-1].departure_min + 20)
    usual = {
        "bus_id": BusId("wilde13"),
        "service_date": MONDAY,
        "depart_min": depart_min,
        "return_min": return_min,
        "visits": visits,
        "duties": (make_duty(start_min=depart_min, end_min=return_min),),
        "drive_min": 15 * (len(visits) + 1),
        "length_m": 10_000 * (len(visits) + 1),
    }
    return Tour(**usual | given)


def make_plan(*tours: Tour, **given: Any) -> Plan:
    """A plan of 2026-W49."""
    usual = {"county": "test", "first_day": MONDAY, "weeks": 1, "tours": tours or (make_tour(),)}
    return Plan(**usual | given)
