"""Visits, hours, cancellations and contacts, added up by town, bus or month."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields

from busplan.domain.stop_events import AgeBand, CancelReason
from busplan.reporting.visit_report import Outcome, TourLine, VisitLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Counts, minutes and metres of some visits and tours; ``+`` adds them up.

    ``planned`` is always ``took_place + cancelled + unrecorded + ahead`` over all of a period, and
    within a town as long as nothing moved to another.
    """

    planned: int = 0
    took_place: int = 0
    cancelled: int = 0
    unrecorded: int = 0
    ahead: int = 0
    tallied: int = 0
    service_min: int = 0
    presence_min: int = 0
    dwell_min: int = 0
    length_m: int = 0
    driven_m: int = 0
    reasons: Counter[CancelReason] = field(default_factory=Counter)
    contacts: Counter[AgeBand] = field(default_factory=Counter)

    @property
    def all_contacts(self) -> int:
        """Contacts of all age bands."""
        return self.contacts.total()

    def __add__(self, other: "Sums") -> "Sums":
        names = [spec.name for spec in fields(self)]
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in names})


Totals = Mapping[str, Sums]


def by_town(visits: Iterable[VisitLine]) -> Totals:
    """Sums by official key: promised where it was announced, given where it took place.

    Without metres: a kilometre between two towns belongs to neither.
    """
    totals: dict[str, Sums] = defaultdict(Sums)
    for visit in visits:
        totals[visit.planned.ags] += _promised(visit)
        totals[visit.actual.ags] += _given(visit)
    return totals


def by_bus(visits: Iterable[VisitLine], tours: Iterable[TourLine]) -> Totals:
    """Sums by bus id."""
    return _by(visits, tours, lambda line: line.bus_id)


def by_month(visits: Iterable[VisitLine], tours: Iterable[TourLine]) -> Totals:
    """Sums by month, as ``2026-12``."""
    return _by(visits, tours, lambda line: f"{line.service_date:%Y-%m}")


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    return sum(sums, start=Sums())


def _by(
    visits: Iterable[VisitLine],
    tours: Iterable[TourLine],
    key: Callable[[VisitLine | TourLine], str],
) -> Totals:
    totals: dict[str, Sums] = defaultdict(Sums)
    for visit in visits:
        totals[key(visit)] += _promised(visit) + _given(visit)
    for tour in tours:
        totals[key(tour)] += Sums(length_m=tour.length_m, driven_m=tour.driven_m)
    return totals


def _promised(visit: VisitLine) -> Sums:
    """What the plan said, and what became of the promise where nothing was given."""
    return Sums(
        planned=1,
        cancelled=int(visit.outcome is Outcome.CANCELLED),
        unrecorded=int(visit.outcome is Outcome.UNRECORDED),
        ahead=int(visit.outcome is Outcome.AHEAD),
        service_min=visit.service_min,
        presence_min=visit.presence_min,
        reasons=Counter([visit.reason] if visit.reason else []),
    )


def _given(visit: VisitLine) -> Sums:
    """What visitors got."""
    return Sums(
        took_place=int(visit.outcome.took_place),
        tallied=int(visit.tally is not None),
        dwell_min=visit.dwell_min or 0,
        contacts=Counter(dict(visit.tally.counts) if visit.tally else {}),
    )
