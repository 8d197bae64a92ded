"""Published and replanned tours on one Folium map: weekdays by colour, vehicles by line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from math import hypot

import folium
from branca.element import MacroElement

from busplan.domain.dates import DAYS_PER_WEEK, clock
from busplan.domain.mobile_timetable import WEEKDAY_NAMES
from busplan.domain.places import Coordinate
from busplan.domain.replanning import CycleTour, Replanning, TourCall
from busplan.publishing.escape import map_text
from busplan.publishing.map_drawing import MapDrawing, take_apart
from busplan.publishing.map_elements import BoundPopup, Labels
from busplan.publishing.replan_elements import TourChoice

DIGITS = 5
"""Decimals of a coordinate: about a metre."""
DOT_PX, DEPOT_PX = 5, 16
SIDES = ("published", "replanned")
LABELS_ACROSS = 9
"""So many names from corner to corner stay apart."""
LINES = 3
"""Line styles; a fourth vehicle looks like the first."""


def draw_replanning(replanning: Replanning) -> MapDrawing:
    """The map: the same replanning gives the same script."""
    artist = _Artist(replanning)
    for side, tours in zip(SIDES, (replanning.before, replanning.after), strict=True):
        for tour in tours:
            artist.tour(side, tour)
    artist.finish()
    return take_apart(artist.map)


def line_of(vehicle: str, depots: Mapping[str, Coordinate]) -> int:
    """The number of the line style of a vehicle."""
    return list(depots).index(vehicle) % LINES


class _Artist:
    """Puts elements on one Folium map; gives each a stable id in place of Folium's random one."""

    def __init__(self, replanning: Replanning) -> None:
        self._ids = count(1)
        self._depots = replanning.depots
        self._estimated = replanning.depots_estimated
        self._tours: list[tuple[str, dict[str, str]]] = []
        self._points = list(replanning.depots.values())
        self._communities: dict[str, list[Coordinate]] = defaultdict(list)
        for visit in (call.visit for tour in replanning.before for call in tour.calls):
            if visit.community:
                self._communities[visit.community].append(visit.location)
        self.map = folium.Map(tiles=None, zoom_control=False, attribution_control=False)
        self.map._id = "replan"
        self.map.options["zoomSnap"] = 0.25

    def tour(self, side: str, tour: CycleTour) -> None:
        """One tour as a layer: its line, and a dot for every call."""
        group = self._put(folium.FeatureGroup(control=False, show=False), self.map)
        week, weekday = divmod(tour.day, DAYS_PER_WEEK)
        style = f"day-{weekday} line-{line_of(tour.vehicle, self._depots)}"
        depot = self._depots[tour.vehicle]
        points = [depot, *(call.visit.location for call in tour.calls), depot]
        line = folium.PolyLine([_pair(p) for p in points], class_name=f"tour {style}", weight=3)  # type: ignore[no-untyped-call]
        self._put(line, group)
        self._put(BoundPopup("".join(_tour_popup(tour))), line)
        for number, call in enumerate(tour.calls, start=1):
            dot = folium.CircleMarker(
                _pair(call.visit.location), radius=DOT_PX, class_name=f"call {style}", fill=True
            )
            self._put(dot, group)
            self._put(BoundPopup("".join(_call_popup(tour, number, call))), dot)
        self._points += points
        vehicle = str(list(self._depots).index(tour.vehicle))
        values = {"side": side, "week": str(week), "day": str(weekday), "vehicle": vehicle}
        self._tours.append((group.get_name(), values))

    def _depot(self, vehicle: str, group: MacroElement) -> None:
        """The square from which a vehicle starts."""
        icon = folium.DivIcon(
            html=f'<span class="unseen">Depot of {map_text(vehicle)}</span>',
            icon_size=(DEPOT_PX, DEPOT_PX),
            icon_anchor=(DEPOT_PX // 2, DEPOT_PX // 2),
            class_name="depot",
        )
        self._name(icon)
        marker = self._put(folium.Marker(_pair(self._depots[vehicle]), icon=icon), group)
        words = "estimated from its published tours" if self._estimated else "as given"
        self._put(BoundPopup(f"<h3>Depot of {map_text(vehicle)}</h3><p>{words}</p>"), marker)

    def finish(self) -> None:
        """The depots, everything in view, and the form in charge."""
        # Put on the map one by one, markers would ask for Leaflet's own picture first.
        group = self._put(folium.FeatureGroup(control=False), self.map)
        for vehicle in self._depots:
            self._depot(vehicle, group)
        lats, lons = [p.lat for p in self._points], [p.lon for p in self._points]
        corners = [[min(lats), min(lons)], [max(lats), max(lons)]]
        self._put(Labels([*self._labels()], "names"), self.map)
        self._put(folium.FitBounds(corners, padding=(16, 16), max_zoom=15), self.map)
        self._put(TourChoice(self._tours), self.map)

    def _labels(self) -> Iterator[list[object]]:
        """Names of communities, those with most calls readable from afar where they have room."""
        lats, lons = [p.lat for p in self._points], [p.lon for p in self._points]
        room = hypot(max(lats) - min(lats), max(lons) - min(lons)) / LABELS_ACROSS
        far: list[Coordinate] = []
        for name, points in sorted(self._communities.items(), key=lambda c: (-len(c[1]), c[0])):
            at = sorted(points, key=lambda p: (p.lat, p.lon))[len(points) // 2]
            is_far = all(hypot(at.lat - o.lat, at.lon - o.lon) > room for o in far)
            far += [at] if is_far else []
            style = "label label-far" if is_far else "label"
            yield [*_pair(at), style, f"<span>{map_text(name)}</span>"]

    def _put(self, element: MacroElement, parent: MacroElement) -> MacroElement:
        self._name(element)
        parent.add_child(element)
        return element

    def _name(self, element: MacroElement) -> None:
        element._id = str(next(self._ids))


def _tour_popup(tour: CycleTour) -> Iterator[str]:
    yield f"<h3>{map_text(tour.day_name)}</h3><p>{map_text(tour.vehicle)}</p>"
    yield f"<p>{len(tour.calls)} visits, {tour.length_m / 1000:.0f} km,"
    yield f" {tour.driving_min} min driving, {tour.day_min} min in all</p>"


def _call_popup(tour: CycleTour, number: int, call: TourCall) -> Iterator[str]:
    visit = call.visit
    yield f"<h3>{map_text(visit.stop)}</h3><p>{map_text(visit.community)}</p>"
    yield f"<p><b>{map_text(tour.day_name)}<br>{clock(visit.arrival_min)}–"
    yield f"{clock(visit.departure_min)}</b></p><p>{map_text(tour.vehicle)}, call {number}</p>"
    if call.visit is not call.published:
        yield f'<p class="was">{map_text(_published(call))}</p>'


def _published(call: TourCall) -> str:
    was = call.published
    days = ", ".join(WEEKDAY_NAMES[day] for day in sorted(was.weekdays))
    return f"Published: {days} {clock(was.arrival_min)}, {was.vehicle}"


def _pair(point: Coordinate) -> list[float]:
    return [round(point.lat, DIGITS), round(point.lon, DIGITS)]
