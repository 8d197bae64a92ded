"""Generated county weeks as data of counties, complete enough to be written and read as folders.

The exporter is ``exchange.county_folder.write_county``, which writes any county; here is only
what a planning problem does not hold: a county, localities, and where its parameters come from.
"""

from dataclasses import replace

from busplan.domain.county import CountyData
from busplan.domain.fleet import Bus
from busplan.domain.parameters import Parameters
from busplan.domain.places import Coordinate, County, Municipality, Place, PlaceId, Stop
from busplan.domain.problem import PlanningProblem

DECIMALS = 6
"""Of a degree, about 10 cm; a folder keeps nine."""
SOURCE = "generated"


def county_data(week: PlanningProblem, county_id: str) -> CountyData:
    """The county that asks for the week, with one locality in each town."""
    towns = tuple(replace(town, location=_rounded(town.location)) for town in week.municipalities)
    return CountyData(
        county=County(id=county_id, name=f"County {county_id}", holiday_region="DE-NW", demo=True),
        municipalities=towns,
        places=tuple(map(_place, towns)),
        stops=tuple(map(_stop, week.stops)),
        demands=week.demands,
        blocks=week.blocks,
        buses=tuple(map(_bus, week.buses)),
        crew=week.crew,
        parameters=Parameters(detour_factor=1.4, speed_kmh=45.0),
        parameter_sources=(("detour_factor", SOURCE), ("speed_kmh", SOURCE)),
    )


def _place(town: Municipality) -> Place:
    return Place(
        id=_place_id(town.ags),
        name=town.name,
        ags=town.ags,
        location=town.location,
        accuracy_m=0,
        kind="main",
        source=SOURCE,
        licence="CC0",
    )


def _place_id(ags: str) -> PlaceId:
    return PlaceId(f"place-{ags}")


def _stop(stop: Stop) -> Stop:
    return replace(stop, location=_rounded(stop.location), place_id=_place_id(stop.ags))


def _bus(bus: Bus) -> Bus:
    return replace(bus, depot=replace(bus.depot, location=_rounded(bus.depot.location)))


def _rounded(point: Coordinate) -> Coordinate:
    return Coordinate(round(point.lat, DECIMALS), round(point.lon, DECIMALS))
