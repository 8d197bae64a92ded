"""CountyData: all that one county's folder says, as one value."""

from dataclasses import dataclass, field

from busplan.domain.blocks import Block
from busplan.domain.calendar import CalendarEntry
from busplan.domain.demand import DemandRecord
from busplan.domain.fleet import Bus, CrewMember
from busplan.domain.parameters import Parameters
from busplan.domain.places import County, Municipality, Outline, Place, Stop
from busplan.domain.programme import Programme
from busplan.domain.site_facts import SiteFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyData:
    """One county, read whole and without a fault from its folder or the database."""

    county: County
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    outlines: tuple[Outline, ...] = ()
    stops: tuple[Stop, ...]
    demands: tuple[DemandRecord, ...]
    blocks: tuple[Block, ...]
    buses: tuple[Bus, ...]
    crew: tuple[CrewMember, ...]
    calendar_entries: tuple[CalendarEntry, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
    parameter_sources: tuple[tuple[str, str], ...] = ()
    """Name and source of each parameter that the county sets itself."""
    programme: Programme = field(default_factory=Programme)
    site: SiteFacts = field(default_factory=SiteFacts)
