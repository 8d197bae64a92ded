"""A public timetable's nouns as the API's JSON schemas: the one place where they are mapped."""

from busplan.domain.dates import at, clock, week_of
from busplan.domain.places import Ags, Coordinate, Municipality, Place
from busplan.domain.public_timetable import PublicStop, PublicTimetable, PublicVisit
from busplan.web.schemas.lookup import (
    BusOut,
    ContactOut,
    GuestOut,
    MunicipalityOut,
    PlaceOut,
    PointOut,
    StopOut,
    TownRef,
    VisitOut,
    Whereabouts,
)
from busplan.web.search import Kind, Match


class Presenter:
    """Turns domain types of one public timetable into schemas."""

    def __init__(self, timetable: PublicTimetable) -> None:
        self.towns = {m.ags: TownRef(ags=m.ags, name=m.name) for m in timetable.municipalities}
        self.buses = {b.id: BusOut(id=b.id, name=b.name, colour=b.colour) for b in timetable.buses}
        self.stops = {s.id: self._stop(s) for s in timetable.stops}
        county = timetable.county
        self.contact = ContactOut(
            phone=county.contact_phone, mail=county.contact_mail, note=county.contact_note
        )
        self._points: dict[tuple[Kind, str], Coordinate] = {
            **{(Kind.MUNICIPALITY, m.ags): m.location for m in timetable.municipalities},
            **{(Kind.PLACE, p.id): p.location for p in timetable.places},
            **{(Kind.STOP, s.id): s.location for s in timetable.stops},
        }

    def municipality(self, town: Municipality) -> MunicipalityOut:
        """A town."""
        return MunicipalityOut(
            ags=town.ags,
            name=town.name,
            postcodes=town.postcodes,
            served=town.served,
            location=_point(town.location),
        )

    def place(self, place: Place) -> PlaceOut:
        """A locality."""
        return PlaceOut(
            kind=Kind.PLACE,
            id=place.id,
            name=place.name,
            town=self.town(place.ags),
            location=_point(place.location),
        )

    def match(self, match: Match) -> PlaceOut:
        """Something found by name."""
        named = match.named
        return PlaceOut(
            kind=named.kind,
            id=named.id,
            name=named.name,
            town=self.town(named.ags),
            location=_point(self._points[named.kind, named.id]),
            closeness=match.closeness,
            similarity=round(match.similarity, 2),
        )

    def visit(self, visit: PublicVisit) -> VisitOut:
        """A visit; below level FULL stop and times are null and the contact is given."""
        day = visit.service_date
        stop = self.stops[visit.stop_id] if visit.stop_id is not None else None
        return VisitOut(
            id=visit.id,
            status=visit.status,
            bus=self.buses[visit.bus_id],
            town=self.town(visit.ags),
            date=day,
            week=week_of(day),
            day_part=visit.day_part,
            place=Whereabouts.KNOWN if stop else Whereabouts.ASK,
            stop=stop,
            opens=None if visit.open_min is None else at(day, visit.open_min),
            closes=None if visit.close_min is None else at(day, visit.close_min),
            opens_clock=None if visit.open_min is None else clock(visit.open_min),
            closes_clock=None if visit.close_min is None else clock(visit.close_min),
            moved_from=visit.moved_from,
            changed_at=visit.changed_at,
            guests=tuple(GuestOut(name=guest.name, text=guest.text) for guest in visit.guests),
            contact=None if stop else self.contact,
        )

    def town(self, ags: Ags) -> TownRef:
        """A town by its key; a key of no municipality stands for itself."""
        return self.towns.get(ags) or TownRef(ags=ags, name="")

    def _stop(self, stop: PublicStop) -> StopOut:
        return StopOut(
            id=stop.id,
            name=stop.name,
            place=stop.place,
            town=self.town(stop.ags),
            location=_point(stop.location),
            indoor_place=stop.indoor_place,
            nearest_transit_stop=stop.nearest_transit_stop,
            invented=stop.invented,
        )


def _point(location: Coordinate) -> PointOut:
    return PointOut(lat=location.lat, lon=location.lon)
