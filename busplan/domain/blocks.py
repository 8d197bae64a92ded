"""Blocks: a weekday of a bus given to one stop for months."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId

BlockId = NewType("BlockId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A weekday (0 = Monday) of a bus at one stop, open exactly during ``window``.

    ``demand_id`` names the demand record that the block's visits serve.
    """

    id: BlockId
    stop_id: StopId
    demand_id: DemandId
    bus_id: BusId
    weekday: int
    window: Window
    running: DateRange
    reason: str = ""

    def falls_on(self, day: date) -> bool:
        """Whether the block gives this date to its stop."""
        return day.weekday() == self.weekday and day in self.running
