"""Which visits a visitor asks for: the query's parameters and the choice they make."""

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from geopy.distance import great_circle
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from busplan.domain.places import Coordinate
from busplan.web.answers import Answer, join
from busplan.web.schemas.lookup import PointOut
from busplan.web.search import Kind
from busplan.web.snapshot import API, ShownVisit, Snapshot

MAX_TEXT = 80
MAX_LIMIT = 200
USUAL_RADIUS_KM = 5.0
MAX_RADIUS_KM = 100.0

NameText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Choice = Callable[[ShownVisit], bool]


class UnknownNames(Exception):
    """Names in a query that nobody here knows, by parameter; never carries what was typed."""

    def __init__(self, *parameters: str) -> None:
        super().__init__(", ".join(parameters))
        self.parameters = parameters


class VisitQuery(BaseModel):
    """Filters of ``GET /visits``; all given ones must hold. Unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    town: NameText | None = Field(
        None, description="Official key (AGS), or name of a town or of a place in it."
    )
    place: NameText | None = Field(
        None, description="Name of a place (Ortsteil); finds visits whose stop is public."
    )
    postcode: str | None = Field(None, pattern=r"^\d{5}$", description="Postcode of a town.")
    stop: NameText | None = Field(None, description="Id of a stop, as in /stops.")
    near: Annotated[str, Field(max_length=MAX_TEXT)] | None = Field(
        None, description="Latitude,longitude; finds visits whose stop is public."
    )
    radius_km: float | None = Field(
        None, gt=0, le=MAX_RADIUS_KM, description="Only with near; 5 where not given."
    )
    from_day: date | None = Field(
        None, alias="from", description="First date; today where not given."
    )
    to_day: date | None = Field(None, alias="to", description="Last date, included.")
    bus: NameText | None = Field(None, description="Id of a bus, as in /buses.")
    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="Visits on a page.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Visits to leave out before.")

    @field_validator("near")
    @classmethod
    def _near_is_a_point(cls, text: str | None) -> str | None:
        if text is not None:
            parse_point(text)
        return text

    @field_validator("radius_km")
    @classmethod
    def _radius_has_a_centre(cls, radius_km: float | None, info: ValidationInfo) -> float | None:
        if radius_km is not None and info.data.get("near", "") is None:
            raise ValueError("a radius is given together with near")
        return radius_km

    @field_validator("to_day")
    @classmethod
    def _ends_after_it_begins(cls, to_day: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("from_day")
        if to_day is not None and first is not None and to_day < first:
            raise ValueError("the last date lies before the first")
        return to_day


def parse_point(text: str) -> Coordinate:
    """A coordinate from ``latitude,longitude`` in degrees. Raises ``ValueError``."""
    parts = text.split(",")
    try:
        lat, lon = (float(part) for part in parts)
        return Coordinate(lat, lon)
    except Exception as error:
        raise ValueError("two numbers are expected: latitude,longitude in degrees") from error


def visit_page(query: VisitQuery, snapshot: Snapshot) -> Answer:
    """The page of visits that a query asks for. Raises ``UnknownNames`` with all of them."""
    choices = _choices(query, snapshot)
    chosen = [shown for shown in snapshot.visits if all(choice(shown) for choice in choices)]
    page = chosen[query.offset : query.offset + query.limit]
    more = query.offset + query.limit < len(chosen)
    head = _PageHead(
        total=len(chosen),
        limit=query.limit,
        offset=query.offset,
        next=_next_address(query) if more else None,
    )
    opened = head.model_dump_json().encode().removesuffix(b"}")
    return Answer(opened + b',"items":' + join(shown.body for shown in page) + b"}")


class _PageHead(BaseModel):
    """A ``VisitPage`` without its items, whose JSON exists already."""

    total: int
    limit: int
    offset: int
    next: str | None


def _next_address(query: VisitQuery) -> str:
    later = query.model_copy(update={"offset": query.offset + query.limit})
    fields = later.model_dump(mode="json", by_alias=True, exclude_none=True)
    return f"{API}/visits?{urlencode(fields)}"


def _choices(query: VisitQuery, snapshot: Snapshot) -> list[Choice]:
    first = query.from_day or snapshot.today
    choices: list[Choice] = [lambda shown: shown.visit.service_date >= first]
    if (last := query.to_day) is not None:
        choices.append(lambda shown: shown.visit.service_date <= last)
    if query.near is not None:
        choices.append(_near(parse_point(query.near), query.radius_km or USUAL_RADIUS_KM))
    unknown = []
    for parameter, find in _FINDERS.items():
        text = getattr(query, parameter)
        if text is not None:
            choice = find(text, snapshot)
            if choice is None:
                unknown.append(parameter)
            else:
                choices.append(choice)
    if unknown:
        raise UnknownNames(*unknown)
    return choices


def _in_town(text: str, snapshot: Snapshot) -> Choice | None:
    towns = frozenset(snapshot.towns_named(text))
    return (lambda shown: shown.visit.ags in towns) if towns else None


def _in_postcode(text: str, snapshot: Snapshot) -> Choice | None:
    towns = frozenset(n.ags for n in snapshot.names.exact(text, (Kind.MUNICIPALITY,)))
    return (lambda shown: shown.visit.ags in towns) if towns else None


def _in_place(text: str, snapshot: Snapshot) -> Choice | None:
    matches = snapshot.names.best(text, (Kind.PLACE,))
    places = frozenset((match.named.ags, match.named.name) for match in matches)

    def choice(shown: ShownVisit) -> bool:
        stop = shown.out.stop
        return stop is not None and (stop.town.ags, stop.place) in places

    return choice if places else None


def _at_stop(text: str, snapshot: Snapshot) -> Choice | None:
    known = any(stop_id == text for stop_id in snapshot.presenter.stops)
    return (lambda shown: shown.visit.stop_id == text) if known else None


def _by_bus(text: str, snapshot: Snapshot) -> Choice | None:
    known = any(bus_id == text for bus_id in snapshot.presenter.buses)
    return (lambda shown: shown.visit.bus_id == text) if known else None


def _near(centre: Coordinate, radius_km: float) -> Choice:
    measured: dict[str, bool] = {}

    def within(location: PointOut) -> bool:
        # A circle search needs no millimetres: the sphere is off by 0.5 % at most.
        there = (location.lat, location.lon)
        return bool(great_circle((centre.lat, centre.lon), there).km <= radius_km)

    def choice(shown: ShownVisit) -> bool:
        stop = shown.out.stop
        if stop is None:
            return False
        if stop.id not in measured:
            measured[stop.id] = within(stop.location)
        return measured[stop.id]

    return choice


_FINDERS: dict[str, Callable[[str, Snapshot], Choice | None]] = {
    "town": _in_town,
    "postcode": _in_postcode,
    "place": _in_place,
    "stop": _at_stop,
    "bus": _by_bus,
}
