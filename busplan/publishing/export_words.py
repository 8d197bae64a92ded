"""What calendars, posters and messages say: the same few German words about one visit."""

from collections.abc import Iterator
from datetime import date

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
        self.demo = WORDS.say("demo") if timetable.county.demo else ""
        self.brand = WORDS.say("brand")
        self.ask = WORDS.say("ask_place")
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

    def day(self, day: date) -> str:
        """Montag, 30. November."""
        return WORDS.day_title(day)

    def dates(self, first: date, last: date) -> str:
        """30. November – 6. Dezember 2026."""
        return WORDS.dates_title(first, last)

    def change(self, visit: PublicVisit) -> str:
        """Fällt aus, or verlegt; empty for a visit that takes place as announced."""
        return WORDS.state(visit.status) if visit.status in _TITLES else ""

    def town(self, visit: PublicVisit) -> str:
        """The town's name."""
        return self._towns[visit.ags]

    def place(self, stop: PublicStop) -> str:
        """Stop, locality and town, each said once."""
        return ", ".join(part for part in (stop.name, self.around(stop)) if part)

    def around(self, stop: PublicStop) -> str:
        """Locality and town, as far as the stop's name does not say them."""
        said = [stop.name]
        for part in (stop.place, self._towns[stop.ags]):
            if part and not any(part in other for other in said):
                said.append(part)
        return ", ".join(said[1:])

    def about(self, stop: PublicStop) -> Iterator[str]:
        """What to know about a stop, a line each."""
        if stop.indoor_place:
            yield WORDS.say("indoor", name=stop.indoor_place)
        if stop.nearest_transit_stop:
            yield WORDS.say("transit", name=stop.nearest_transit_stop)
        if stop.invented:
            yield WORDS.say("invented_long")

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
            ways = ways_to_ask(self.county)
            yield f"{self.ask}: {ways}" if ways else self.ask
        else:
            yield from self.about(stop)
        if self.demo:
            yield self.demo
        yield self.as_of


def ways_to_ask(county: County) -> str:
    """Telephone and mail, as far as the county names them."""
    return ", ".join(way for way in (county.contact_phone, county.contact_mail) if way)
