"""Stop lookup: every answer comes from the snapshot in memory, so nothing here ever waits."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from busplan.domain.errors import NotFound
from busplan.web.answers import Answer, answer
from busplan.web.deps import CurrentSnapshot
from busplan.web.errors import documented
from busplan.web.filters import MAX_TEXT, UnknownNames, VisitQuery, visit_page
from busplan.web.schemas.lookup import (
    BusList,
    MunicipalityList,
    NextVisitList,
    NextVisitOut,
    PlaceList,
    StopList,
    VisitOut,
    VisitPage,
    WeekList,
    WeekOut,
)
from busplan.web.snapshot import API, Snapshot

Endpoint = Callable[..., Awaitable[Answer]]

router = APIRouter(prefix=API, tags=["lookup"])

MAX_MATCHES = 50

SearchText = Query(
    min_length=1,
    max_length=MAX_TEXT,
    description="Name or postcode; umlauts, ß, hyphens, case and small typing errors are forgiven.",
)


def _get(path: str, model: type[BaseModel], *statuses: int) -> Callable[[Endpoint], Endpoint]:
    """A documented GET endpoint; it answers finished bytes, so no model is applied to them."""

    def add(endpoint: Endpoint) -> Endpoint:
        router.get(
            path,
            operation_id=endpoint.__name__,
            response_model=model,
            responses=documented(*statuses, 503),
        )(endpoint)
        return endpoint

    return add


def _prepared(snapshot: Snapshot, path: str) -> Answer:
    found = snapshot.prepared.get(f"{API}/{path}")
    if found is None:
        raise NotFound("Nothing here has that name.")
    return found


@_get("/municipalities", MunicipalityList)
async def list_municipalities(snapshot: CurrentSnapshot) -> Answer:
    """All towns of the county."""
    return _prepared(snapshot, "municipalities")


@_get("/places", PlaceList, 422)
async def list_places(
    snapshot: CurrentSnapshot,
    q: Annotated[str | None, SearchText] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_MATCHES, description="Only with q.")] = 10,
) -> Answer:
    """All places (Ortsteile) or, with ``q``, the towns, places and stops that it may mean.

    Several places of one name are all listed, the best match first; nothing alike, nothing listed.
    """
    if q is None:
        return _prepared(snapshot, "places")
    matches = snapshot.names.search(q, limit)
    return answer(PlaceList(items=tuple(map(snapshot.presenter.match, matches))))


@_get("/stops", StopList)
async def list_stops(snapshot: CurrentSnapshot) -> Answer:
    """The stops at which a published visit is told in full."""
    return _prepared(snapshot, "stops")


@_get("/buses", BusList)
async def list_buses(snapshot: CurrentSnapshot) -> Answer:
    """All buses."""
    return _prepared(snapshot, "buses")


@_get("/visits", VisitPage, 404, 422)
async def list_visits(snapshot: CurrentSnapshot, query: Annotated[VisitQuery, Query()]) -> Answer:
    """Visits by date and opening, from today on unless asked otherwise.

    Where a visit's place is told on request only, filters by place, stop or distance cannot find
    it; filters by town, postcode, bus and date do.
    """
    return visit_page(query, snapshot)


@_get("/visits/{visit_id}", VisitOut, 404, 422)
async def get_visit(
    snapshot: CurrentSnapshot, visit_id: Annotated[str, Path(max_length=MAX_TEXT)]
) -> Answer:
    """One visit."""
    return _prepared(snapshot, f"visits/{visit_id}")


@_get("/towns/{ags}/next-visit", NextVisitOut, 404, 422)
async def get_next_visit(
    snapshot: CurrentSnapshot, ags: Annotated[str, Path(pattern=r"^\d{8}$")]
) -> Answer:
    """When a bus comes to a town, known by its official key (AGS)."""
    return _prepared(snapshot, f"towns/{ags}/next-visit")


@_get("/next-visit", NextVisitList, 404, 422)
async def find_next_visit(snapshot: CurrentSnapshot, town: Annotated[str, SearchText]) -> Answer:
    """When a bus comes to a town, known by name, by a place in it or by postcode.

    A name that several towns share gets an answer for each of them.
    """
    towns = snapshot.towns_named(town)
    if not towns:
        raise UnknownNames("town")
    return snapshot.next_visits(towns)


@_get("/weeks", WeekList)
async def list_weeks(snapshot: CurrentSnapshot) -> Answer:
    """The published weeks."""
    return _prepared(snapshot, "weeks")


@_get("/weeks/{week}", WeekOut, 404, 422)
async def get_week(
    snapshot: CurrentSnapshot, week: Annotated[str, Path(pattern=r"^\d{4}-W\d{2}$")]
) -> Answer:
    """All public visits of an ISO week."""
    return _prepared(snapshot, f"weeks/{week}")
