"""The published timetable in memory: answers as finished bytes, and indexes for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import unquote_plus

from busplan.domain.dates import BERLIN, DateRange, at, monday_of, week_of
from busplan.domain.places import Ags
from busplan.domain.public_timetable import PublicStatus, PublicTimetable, PublicVisit
from busplan.web.answers import Answer, answer, dump, join
from busplan.web.present import Presenter
from busplan.web.schemas.lookup import (
    BusList,
    MunicipalityList,
    NextVisitOut,
    PlaceList,
    StopList,
    VisitOut,
    WeekList,
    WeekOut,
    WeekRef,
)
from busplan.web.search import Kind, NameIndex, names_of

API = "/api/v1"
NEXT_VISIT = f"{API}/next-visit"
UPCOMING = 5
TOWN_KINDS = (Kind.MUNICIPALITY, Kind.PLACE)
_TOWN_QUERY = b"town="


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    """A public visit beside its JSON."""

    visit: PublicVisit
    out: VisitOut
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything the lookup API knows, made from a ``PublicTimetable`` alone and never changed.

    ``prepared`` holds finished answers by path. ``stale_at`` is the moment (aware) from which a
    visit is over that this snapshot still calls upcoming.
    """

    timetable: PublicTimetable
    presenter: Presenter
    names: NameIndex
    visits: tuple[ShownVisit, ...]
    prepared: Mapping[str, Answer]
    next_by_town: Mapping[Ags, bytes]
    next_lists: Mapping[Ags, Answer]
    stale_at: datetime

    @property
    def today(self) -> date:
        """The Berlin date on which the snapshot was made."""
        return self.timetable.as_of.astimezone(BERLIN).date()

    def is_of_another_day(self, now: datetime) -> bool:
        """Whether midnight has passed since, Berlin time."""
        return now.astimezone(BERLIN).date() != self.today

    def find_prepared(self, path: str, query: bytes) -> Answer | None:
        """The finished answer to a request, if there is one."""
        if not query:
            return self.prepared.get(path)
        if path == NEXT_VISIT and query.startswith(_TOWN_QUERY) and b"&" not in query:
            text = unquote_plus(query[len(_TOWN_QUERY) :].decode("latin-1"))
            return self._find_next_visit(text)
        return None

    def next_visits(self, towns: Iterable[Ags]) -> Answer:
        """The next visits of some towns, in the order given."""
        return _item_list(self.next_by_town[ags] for ags in towns)

    def towns_named(self, text: str) -> tuple[Ags, ...]:
        """Towns that an official key, town, place or postcode means, best first; may be empty."""
        if text in self.next_by_town:
            return (Ags(text),)
        matches = self.names.best(text, TOWN_KINDS)
        return tuple(dict.fromkeys(match.named.ags for match in matches))

    def _find_next_visit(self, text: str) -> Answer | None:
        found = self.names.exact(text, (Kind.MUNICIPALITY,))
        return self.next_lists[found[0].ags] if len(found) == 1 else None


class SnapshotHolder:
    """Holds the snapshot in force; readers take it once per request, swapping is atomic."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self._snapshot = snapshot

    @property
    def current(self) -> Snapshot | None:
        """The snapshot in force, ``None`` while nothing is published."""
        return self._snapshot

    def swap(self, snapshot: Snapshot | None) -> None:
        """Put another snapshot in force; requests under way finish with the one they took."""
        self._snapshot = snapshot


def build_snapshot(timetable: PublicTimetable) -> Snapshot:
    """The snapshot of a timetable, as of its own ``as_of``."""
    presenter = Presenter(timetable)
    visits = tuple(_shown(visit, presenter) for visit in timetable.visits)
    nexts = _next_visits(timetable, presenter, visits)
    return Snapshot(
        timetable=timetable,
        presenter=presenter,
        names=NameIndex(names_of(timetable)),
        visits=visits,
        prepared={
            **_lists(timetable, presenter),
            **_weeks(timetable, visits),
            **{f"{API}/visits/{shown.visit.id}": Answer(shown.body) for shown in visits},
            **{f"{API}/towns/{ags}/next-visit": Answer(body) for ags, body in nexts.items()},
        },
        next_by_town=nexts,
        next_lists={ags: _item_list([body]) for ags, body in nexts.items()},
        stale_at=_stale_at(timetable),
    )


def is_over(visit: PublicVisit, now: datetime) -> bool:
    """Whether a visit lies in the past.

    Below level FULL only the date may decide: vanishing earlier would tell the closing time.
    """
    if visit.service_date < now.astimezone(BERLIN).date() or visit.status is PublicStatus.DONE:
        return True
    if visit.close_min is None or visit.status is PublicStatus.OPEN:
        return False
    return at(visit.service_date, visit.close_min) <= now


def _item_list(items: Iterable[bytes]) -> Answer:
    return Answer(b'{"items":' + join(items) + b"}")


def _shown(visit: PublicVisit, presenter: Presenter) -> ShownVisit:
    out = presenter.visit(visit)
    return ShownVisit(visit=visit, out=out, body=dump(out))


def _lists(timetable: PublicTimetable, presenter: Presenter) -> dict[str, Answer]:
    towns = sorted(map(presenter.municipality, timetable.municipalities), key=lambda m: m.name)
    places = sorted(map(presenter.place, timetable.places), key=lambda p: (p.name, p.town.name))
    stops = sorted(presenter.stops.values(), key=lambda s: (s.town.name, s.name))
    return {
        f"{API}/municipalities": answer(MunicipalityList(items=tuple(towns))),
        f"{API}/places": answer(PlaceList(items=tuple(places))),
        f"{API}/stops": answer(StopList(items=tuple(stops))),
        f"{API}/buses": answer(BusList(items=tuple(presenter.buses.values()))),
    }


def _weeks(timetable: PublicTimetable, visits: tuple[ShownVisit, ...]) -> dict[str, Answer]:
    by_week: dict[str, list[VisitOut]] = defaultdict(list)
    for shown in visits:
        by_week[shown.out.week].append(shown.out)
    horizon = DateRange(first=timetable.first_day, last=timetable.last_day)
    refs = [
        WeekRef(week=week_of(monday), first_day=monday, last_day=monday + timedelta(days=6))
        for monday in sorted({monday_of(day) for day in horizon})
    ]
    return {f"{API}/weeks": answer(WeekList(items=tuple(refs)))} | {
        f"{API}/weeks/{ref.week}": answer(
            WeekOut(**ref.model_dump(), visits=tuple(by_week[ref.week]))
        )
        for ref in refs
    }


def _next_visits(
    timetable: PublicTimetable, presenter: Presenter, visits: tuple[ShownVisit, ...]
) -> dict[Ags, bytes]:
    served = {town.ags: town.served for town in timetable.municipalities}
    upcoming: dict[Ags, list[VisitOut]] = {ags: [] for ags in served}
    for shown in visits:
        if not is_over(shown.visit, timetable.as_of):
            upcoming.setdefault(shown.visit.ags, []).append(shown.out)
    return {
        ags: dump(
            NextVisitOut(
                town=presenter.town(ags),
                served=served.get(ags, False),
                next=next((v for v in outs if v.status is not PublicStatus.CANCELLED), None),
                upcoming=tuple(outs[:UPCOMING]),
                contact=presenter.contact,
            )
        )
        for ags, outs in upcoming.items()
    }


def _stale_at(timetable: PublicTimetable) -> datetime:
    now = timetable.as_of
    today = now.astimezone(BERLIN).date()
    closings = (
        at(visit.service_date, visit.close_min)
        for visit in timetable.visits
        if visit.close_min is not None
    )
    midnight = at(today + timedelta(days=1), 0)
    return min((moment for moment in (midnight, *closings) if moment > now), default=midnight)
