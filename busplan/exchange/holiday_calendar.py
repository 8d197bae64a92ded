"""Public and school holidays of a region, corrected by a county's own dated rows."""

from collections.abc import Iterable
from datetime import date

import holidays

from busplan.domain.calendar import CalendarEntry, Closure, EntryKind, ServiceCalendar
from busplan.domain.dates import DateRange
from busplan.domain.errors import InvalidInput

DECEMBER = 12


def build_calendar(
    region: str, entries: Iterable[CalendarEntry], years: Iterable[int]
) -> ServiceCalendar:
    """The calendar of a region (ISO 3166-2, as DE-NW) over some years.

    Later entries win over earlier ones, and all of them over the lists. ``known`` covers the
    first unbroken run of the years whose school holidays are published to their end.
    Raises ``InvalidInput`` where no holiday lists exist for the region.
    """
    wanted = sorted(set(years))
    public = _list(region, "public", wanted)
    school = set(_list(region, "school", wanted))
    known = _known(wanted, school)
    closures = []
    for entry in entries:
        if entry.kind is EntryKind.CLOSED:
            closures.append(_closure(entry))
        else:
            _correct(entry, public, school)
    return ServiceCalendar(
        public_holidays=dict(sorted(public.items())),
        school_holidays=frozenset(school),
        closures=tuple(closures),
        known=known,
    )


def has_holidays(region: str) -> bool:
    """Whether holiday lists exist for the region."""
    country, _, part = region.partition("-")
    parts = holidays.list_supported_countries(include_aliases=False).get(country)
    return parts is not None and (not part or part in parts)


def _list(region: str, category: str, years: list[int]) -> dict[date, str]:
    """Days of one category; empty where the region has no list of that category."""
    if not has_holidays(region):
        raise InvalidInput(f"no holidays are known for {region!r}, expected a code like DE-NW")
    country, _, part = region.partition("-")
    about = holidays.country_holidays(country)
    if not years or category not in about.supported_categories:
        return {}
    found = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=years,
        expand=False,
        language=about.default_language,  # else the names follow the machine's locale
        categories=(category,),
    )
    return dict(found)


def _known(years: list[int], school: set[date]) -> DateRange | None:
    """A list that reaches Christmas covers its year; the newest year often ends in summer."""
    covered = [year for year in years if any((d.year, d.month) == (year, DECEMBER) for d in school)]
    if not covered:
        return None
    last = covered[0]
    while last + 1 in covered:
        last += 1
    return DateRange(first=date(covered[0], 1, 1), last=date(last, 12, 31))


def _closure(entry: CalendarEntry) -> Closure:
    return Closure(
        dates=entry.dates,
        scope=entry.scope,
        target=entry.target,
        reason=entry.name,
        source=entry.source,
    )


def _correct(entry: CalendarEntry, public: dict[date, str], school: set[date]) -> None:
    days = set(entry.dates)
    match entry.kind:
        case EntryKind.PUBLIC_HOLIDAY:
            public.update(dict.fromkeys(days, entry.name))
        case EntryKind.NO_PUBLIC_HOLIDAY:
            for day in days:
                public.pop(day, None)
        case EntryKind.SCHOOL_HOLIDAY:
            school |= days
        case EntryKind.SCHOOL_DAY:
            school -= days
