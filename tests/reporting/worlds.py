"""A small week with every outcome in it, and arbitrary ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN, DateRange
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, PlaceId
from busplan.domain.plan import Tour, Visit, VisitId, visit_id
from busplan.domain.plan_version import PlanStatus, PlanVersion, PlanVersionId
from busplan.domain.solution import Solution
from busplan.domain.stop_events import (
    AgeBand,
    CancelReason,
    EventKind,
    StopEvent,
    Tally,
    VisitState,
    state_of,
)
from busplan.reporting.visit_report import VisitReport, build_report
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_municipality,
    make_place,
    make_plan,
    make_stop,
    make_tour,
    make_visit,
)
from tests.strategies import event_logs, texts

AS_OF = datetime(2026, 12, 2, 20, 0, tzinfo=BERLIN)
"""Wednesday evening."""
WEEK = DateRange(first=MONDAY, last=MONDAY + timedelta(days=6))
VETTWEISS, DUEREN = Ags("05358060"), Ags("05358008")
HOSTILE = '=HYPERLINK("http://example.org";"Ä")'


def make_data() -> CountyData:
    """Two towns with umlauts, three stops, one of them with a hostile name."""
    return CountyData(
        county=make_county(name="Kreis Düren"),
        municipalities=(
            make_municipality(VETTWEISS, "Vettweiß"),
            make_municipality(DUEREN, "Düren"),
            make_municipality("05358999", "Nirgendwo"),
        ),
        places=(
            make_place("Müddersheim", VETTWEISS, id=PlaceId("m")),
            make_place("Gürzenich", DUEREN, id=PlaceId("g")),
        ),
        stops=(
            make_stop("s1", VETTWEISS, name="Dorfplatz; große Wiese", place_id=PlaceId("m")),
            make_stop("s2", DUEREN, name="Schützenhalle", place_id=PlaceId("g")),
            make_stop("s3", DUEREN, name=HOSTILE, place_id=PlaceId("g")),
        ),
        demands=(),
        blocks=(),
        buses=(make_bus("wilde13", name="Die Wilde 13 2.0"), make_bus("ninja", name="ninJA")),
        crew=(),
    )


def make_version(**given: object) -> PlanVersion:
    """Monday: done and cancelled; Tuesday: moved and done, and forgotten; Thursday: ahead."""
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    plan = make_plan(
        make_tour(
            make_visit("s1", 900, 110, id=VisitId("done"), arrival_min=870),
            make_visit("s2", 1080, 60, id=VisitId("cancelled")),
            length_m=31_250,
        ),
        make_tour(
            make_visit("s1", 900, 50, id=VisitId("moved")),
            service_date=tuesday,
            length_m=20_500,
        ),
        make_tour(
            make_visit("s3", 840, 60, id=VisitId("forgotten")),
            service_date=tuesday,
            bus_id=BusId("ninja"),
            length_m=9_000,
        ),
        make_tour(
            make_visit("s2", 840, 60, id=VisitId("ahead")),
            service_date=thursday,
            bus_id=BusId("ninja"),
            length_m=7_000,
        ),
    )
    usual = {
        "id": PlanVersionId(3),
        "solution": Solution(plan=plan),
        "status": PlanStatus.PUBLISHED,
        "created_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "published_at": datetime(2026, 11, 20, 10, tzinfo=UTC),
    }
    return PlanVersion(**usual | given)


def make_states() -> dict[VisitId, VisitState]:
    """What happened until Wednesday."""

    def told(name: str, *events: dict[str, object]) -> VisitState:
        return state_of(StopEvent(visit_id=VisitId(name), **event) for event in events)

    def at(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 11 if day == 30 else 12, day, hour, minute, tzinfo=BERLIN)

    tally = Tally(counts=((AgeBand.FROM_10, 12), (AgeBand.FROM_14, 1_234), (AgeBand.UNDER_10, 0)))
    return {
        VisitId("done"): told(
            "done",
            {"kind": EventKind.ARRIVE, "at": at(30, 14, 28)},
            {"kind": EventKind.LEAVE, "at": at(30, 16, 55), "tally": tally},
        ),
        VisitId("cancelled"): told(
            "cancelled",
            {"kind": EventKind.CANCEL, "at": at(30, 17, 0), "reason": CancelReason.POWER},
        ),
        VisitId("moved"): told(
            "moved",
            {
                "kind": EventKind.MOVE,
                "at": at(1, 9, 0),
                "to_stop_id": "s2",
                "to_open_min": 900,
                "to_close_min": 960,
            },
            {"kind": EventKind.ARRIVE, "at": at(1, 15, 0)},
            {"kind": EventKind.LEAVE, "at": at(1, 16, 10)},
        ),
    }


def make_report(as_of: datetime = AS_OF) -> VisitReport:
    """The week as it stood on Wednesday evening."""
    return build_report(make_data(), [make_version()], make_states(), WEEK, as_of)


@st.composite
def reports(draw: st.DrawFn) -> VisitReport:
    """Any visits of two buses with any past, some at stops that have left the county."""
    data = make_data()
    odd = replace(data.stops[0], name=draw(texts))
    slots = st.tuples(st.sampled_from(["wilde13", "ninja", "sold"]), st.integers(0, 27))
    tours, states = [], {}
    for bus, offset in draw(st.lists(slots, max_size=4, unique=True)):
        day = MONDAY + timedelta(days=offset)
        keys = [visit_id(day, BusId(bus), n + 1) for n in range(draw(st.integers(0, 2)))]
        states |= {key: state_of(draw(event_logs(key))) for key in keys}
        tours.append(
            Tour(
                bus_id=BusId(bus),
                service_date=day,
                depart_min=0,
                return_min=1440,
                visits=tuple(draw(_visits(key)) for key in keys),
                duties=(),
                drive_min=draw(st.integers(0, 300)),
                length_m=draw(st.integers(0, 99_999)),
            )
        )
    plan = make_plan(weeks=4, tours=tuple(tours))
    return build_report(
        replace(data, stops=(odd, *data.stops[1:])),
        [make_version(solution=Solution(plan=plan))],
        states,
        DateRange(first=MONDAY, last=MONDAY + timedelta(days=draw(st.integers(0, 27)))),
        AS_OF,
    )


def _visits(key: VisitId) -> st.SearchStrategy[Visit]:
    return st.builds(
        make_visit,
        st.sampled_from(["s1", "s2", "s3", "gone"]),
        open_min=st.integers(0, 900),
        service_min=st.integers(1, 300),
        id=st.just(key),
    )
