"""How a plan looks as JSON: the shape behind ``plan_json`` and its published JSON Schema."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    create_model,
    model_validator,
)

from busplan.domain.blocks import BlockId
from busplan.domain.dates import clock
from busplan.domain.demand import DemandId
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId, CrewId
from busplan.domain.objective import CostTerms
from busplan.domain.places import StopId
from busplan.domain.plan import MAX_WEEKS, Break, Duty, Plan, Tour, Visit, VisitId
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.solution import LostBlock, Proof, Quality, Solution, Unserved

T = TypeVar("T")
CLOCK_PATTERN = "^(?:[0-3][0-9]|4[0-7]):[0-5][0-9]$"
"""Hours beyond 23 belong to the next day: 24:30 is half past midnight at the tour's end."""


def _minute(text: Any) -> int:
    if not isinstance(text, str) or not re.fullmatch(CLOCK_PATTERN, text):
        raise ValueError("a time of day like 14:05 is expected")
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _monday(day: date) -> date:
    if day.weekday() != 0:
        raise ValueError("a Monday is expected")
    return day


Clock = Annotated[
    int,
    BeforeValidator(_minute),
    PlainSerializer(clock),
    WithJsonSchema({"type": "string", "pattern": CLOCK_PATTERN}),
]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A JSON object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BreakPart(Part):
    """A break fixed in advance."""

    start: Clock
    end: Clock

    def to_domain(self) -> Break:
        """The break; raises ``InvalidInput``."""
        return Break(start_min=self.start, end_min=self.end)

    @model_validator(mode="after")
    def _holds(self) -> Self:
        return _sound(self, self.to_domain)


class DutyPart(Part):
    """The work of one person on a tour."""

    crew: str
    drives: bool
    start: Clock
    end: Clock
    breaks: tuple[BreakPart, ...] = ()

    def to_domain(self) -> Duty:
        """The duty."""
        return Duty(
            crew_id=CrewId(self.crew),
            drives=self.drives,
            start_min=self.start,
            end_min=self.end,
            breaks=tuple(part.to_domain() for part in self.breaks),
        )


class VisitPart(Part):
    """A visit: the bus arrives, opens, closes and leaves."""

    id: str
    demand: str
    stop: str
    arrival: Clock
    open: Clock
    close: Clock
    departure: Clock
    block: str | None = None
    level: PublicationLevel | None = None

    def to_domain(self) -> Visit:
        """The visit; raises ``InvalidInput``."""
        return Visit(
            id=VisitId(self.id),
            demand_id=DemandId(self.demand),
            stop_id=StopId(self.stop),
            arrival_min=self.arrival,
            open_min=self.open,
            close_min=self.close,
            departure_min=self.departure,
            block_id=None if self.block is None else BlockId(self.block),
            level=self.level,
        )

    @model_validator(mode="after")
    def _holds(self) -> Self:
        return _sound(self, self.to_domain)


class TourPart(Part):
    """A tour of one bus on one day, depot to depot; minutes and metres without buffers."""

    date: date
    bus: str
    depart: Clock
    back: Clock
    drive_min: Count
    length_m: Count
    visits: tuple[VisitPart, ...]
    duties: tuple[DutyPart, ...]

    def to_domain(self) -> Tour:
        """The tour."""
        return Tour(
            bus_id=BusId(self.bus),
            service_date=self.date,
            depart_min=self.depart,
            return_min=self.back,
            visits=tuple(part.to_domain() for part in self.visits),
            duties=tuple(part.to_domain() for part in self.duties),
            drive_min=self.drive_min,
            length_m=self.length_m,
        )


_terms: dict[str, Any] = {spec.name: (int, 0) for spec in fields(CostTerms)}
TermsPart = create_model("TermsPart", __base__=Part, __doc__="Points by goal.", **_terms)


class QualityPart(Part):
    """How good the plan is: points by goal, their sum, and the bound no plan can beat."""

    terms: TermsPart  # type: ignore[valid-type]
    cost: int | None = None
    bound: int
    proof: Proof

    def to_domain(self) -> Quality:
        """The quality; the cost follows from the terms."""
        terms = CostTerms(**self.terms.model_dump())  # type: ignore[attr-defined]
        return Quality(terms=terms, bound=self.bound, proof=self.proof)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = self.to_domain().cost
        if self.cost not in (None, total):
            raise ValueError(f"cost is the sum of terms, {total}")
        return self


class UnservedPart(Part):
    """Wished visits of a demand record that the plan leaves out, and why."""

    demand: str
    missing: Count
    least_missed: bool
    rule: str
    reason: str
    remedy: str

    def to_domain(self) -> Unserved:
        """The unserved demand."""
        return Unserved(
            demand_id=DemandId(self.demand),
            missing=self.missing,
            least_missed=self.least_missed,
            rule=self.rule,
            reason=self.reason,
            remedy=self.remedy,
        )


class LostBlockPart(Part):
    """A promised block visit that a hard rule forced away."""

    block: str
    date: date
    rule: str
    reason: str

    def to_domain(self) -> LostBlock:
        """The lost block visit."""
        return LostBlock(
            block_id=BlockId(self.block),
            service_date=self.date,
            rule=self.rule,
            reason=self.reason,
        )


class PlanDocument(Part):
    """A plan of one county's buses over whole weeks. What was not measured may be left out."""

    format: Literal["busplan-plan-1"] = "busplan-plan-1"
    county: str
    first_day: Annotated[date, AfterValidator(_monday)]
    weeks: Annotated[int, Field(ge=1, le=MAX_WEEKS)]
    tours: tuple[TourPart, ...]
    quality: QualityPart | None = None
    unserved: tuple[UnservedPart, ...] = ()
    lost_blocks: tuple[LostBlockPart, ...] = ()
    lost_pins: tuple[str, ...] = ()

    def to_domain(self) -> Solution:
        """The plan with what is said of it."""
        return Solution(
            plan=Plan(
                county=self.county,
                first_day=self.first_day,
                weeks=self.weeks,
                tours=tuple(part.to_domain() for part in self.tours),
            ),
            quality=None if self.quality is None else self.quality.to_domain(),
            unserved=tuple(part.to_domain() for part in self.unserved),
            lost_blocks=tuple(part.to_domain() for part in self.lost_blocks),
            lost_pins=self.lost_pins,
        )


def _sound(part: T, build: Callable[[], object]) -> T:
    """The part itself, once the domain accepts it; its refusal becomes pydantic's."""
    try:
        build()
    except InvalidInput as error:
        raise ValueError(str(error)) from error
    return part
