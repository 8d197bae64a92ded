"""What calendars, posters and messages say: the same few German words about one visit."""

from collections.abc import Iterator

from busplan.domain.places import County
from busplan.domain.public_timetable import PublicStatus, PublicStop, PublicTimetable, PublicVisit
from busplan.publishing.words import Words

WORDS = Words()
_TITLES = {PublicStatus.CANCELLED: "Fällt aus: {brand}", PublicStatus.MOVED: "Verlegt: {brand}"}


class ExportWords:
    """Words about the visits of one timetable; names looked up once."""

    def __init__(self, timetable: PublicTimetable) -> None:
        self.county = timetable.county
        self.as_of = WORDS.as_of(timetable.as_of)
        self._stops = {stop.id: stop for stop in timetable.stops}
        self._towns = {town.ags: town.name for town in timetable.municipalities}

    def stop(self, visit: PublicVisit) -> PublicStop | None:
        """Where the visit is, ``None`` where the place is to be asked for."""
        return self._stops[visit.stop_id] if visit.stop_id is not None else None

    def title(self, visit: PublicVisit) -> str:
        """Neutral: who sees it on somebody's screen learns neither bus nor place.

        Without times, the part of the day is said here.
        """
        title = _TITLES.get(visit.status, "{brand}").format(brand=WORDS.say("brand"))
        return title if visit.open_min is not None else f"{title}, {self.when(visit)}"

    def town(self, visit: PublicVisit) -> str:
        """The town's name."""
        return self._towns[visit.ags]

    def place(self, stop: PublicStop) -> str:
        """Stop, locality and town, each said once."""
        parts = (stop.name, stop.place, self._towns[stop.ags])
        said: list[str] = []
        for part in parts:
            if part and not any(part in other for other in said):
                said.append(part)
        return ", ".join(said)

    def when(self, visit: PublicVisit) -> str:
        """15:00–20:00, or the part of the day where no more is public."""
        if visit.open_min is None or visit.close_min is None:
            return WORDS.day_part(visit.day_part)
        return WORDS.times(visit.open_min, visit.close_min)

    def remarks(self, visit: PublicVisit) -> Iterator[str]:
        """What else a visitor should know, a line each; the age of what is said comes last."""
        if visit.status is PublicStatus.CANCELLED:
            yield "Dieser Halt fällt aus."
        if visit.moved_from:
            yield WORDS.say("moved_from", name=visit.moved_from)
        stop = self.stop(visit)
        if stop is None:
            yield f"{self.town(visit)}, {self.when(visit)}."
            yield f"{WORDS.say('ask_place')}{contact(self.county)}"
        else:
            yield from _about(stop)
        if self.county.demo:
            yield WORDS.say("demo")
        yield self.as_of


def contact(county: County) -> str:
    """How to ask, behind a colon; empty where the county names no way."""
    ways = ", ".join(way for way in (county.contact_phone, county.contact_mail) if way)
    return f": {ways}" if ways else ""


def _about(stop: PublicStop) -> Iterator[str]:
    if stop.indoor_place:
        yield WORDS.say("indoor", name=stop.indoor_place)
    if stop.nearest_transit_stop:
        yield WORDS.say("transit", name=stop.nearest_transit_stop)
    if stop.invented:
        yield WORDS.say("invented_long")
