"""The map of one week, drawn by Folium."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

import folium
from branca.element import MacroElement

from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.bus_view import BusView
from busplan.publishing.escape import map_text
from busplan.publishing.map_drawing import MapDrawing, take_apart
from busplan.publishing.map_elements import Labels, Layers, Manners, RowPopup
from busplan.publishing.tiles import Tiles
from busplan.publishing.visit_view import VisitView
from busplan.publishing.week_view import DayView, WeekView, buses_of

PIN_PX = 28
FAN_PX = 26
"""How far the pins of visits at one and the same place stand apart."""
STOPS_ABOVE_PX = 1000
"""Leaflet stacks pins by their height on the screen; true places lie above mere towns."""
DIGITS = 5
"""Decimals of a coordinate: about a metre."""
COUNTRY = (Coordinate(47.3, 5.9), Coordinate(55.1, 15.0))
"""Germany, for a timetable without any place."""


def draw_week(timetable: PublicTimetable, week: WeekView, tiles: Tiles | None) -> MapDrawing:
    """The map of one of the timetable's weeks: the same input gives the same script.

    It holds no words but names of towns and places, so every language draws it by this script;
    all else is taken from the page (``map_elements``).
    """
    artist = _Artist(week)
    artist.ground(timetable, tiles)
    for day in week.days:
        for bus in buses_of([day]):
            artist.layer(day, bus)
    artist.labels(timetable)
    artist.controls()
    artist.fit(timetable)
    return take_apart(artist.map)


class _Artist:
    """Puts elements on one Folium map; gives each a stable id in place of Folium's random one."""

    def __init__(self, week: WeekView) -> None:
        self._ids = count(1)
        self._anchors = dict(_fan_out(week))
        self._worded: list[tuple[MacroElement, str]] = []
        self._visited: list[tuple[MacroElement, str]] = []
        self.map = folium.Map(
            tiles=None, zoom_control=False, attribution_control=False, scroll_wheel_zoom=False
        )
        self.map._id = "week"
        self.map.options["zoomSnap"] = 0.25

    def ground(self, timetable: PublicTimetable, tiles: Tiles | None) -> None:
        """The municipalities' borders, over the tile server's pictures if there is one."""
        if tiles:
            layer = folium.TileLayer(tiles.url, attr=map_text(tiles.attribution), overlay=True)
            self._worded.append((self._put(layer, self.map), "layerTiles"))
        group = self._put(folium.FeatureGroup(control=False), self.map)
        for outline in timetable.outlines:
            rings = [[_pair(corner) for corner in ring] for ring in outline.rings]
            self._put(folium.Polygon(rings, class_name="outline", weight=1, fill=True), group)

    def layer(self, day: DayView, bus: BusView) -> None:
        """One bus on one day: its line and the pins of its visits."""
        visits = [visit for visit in day.visits if visit.bus == bus]
        group = self._put(folium.FeatureGroup(), self.map)
        self._visited.append((group, visits[0].anchor))
        for line in day.lines:
            if line.bus == bus:
                path = [_pair(point) for point in line.path]
                style = f"line bus-{bus.key} shape-{bus.shape}"
                drawn = folium.PolyLine(path, class_name=style, weight=3)  # type: ignore[no-untyped-call]
                self._put(drawn, group)
        for visit in visits:
            self._visit(visit, group)

    def labels(self, timetable: PublicTimetable) -> None:
        """Names of towns, and of places to be seen from near."""
        towns = [
            (town.location, "label label-town", town.name) for town in timetable.municipalities
        ]
        names = {town.name for town in timetable.municipalities}
        places = [
            (place.location, "label label-place", place.name)
            for place in timetable.places
            if place.name not in names
        ]
        rows = [
            [*_pair(at), style, f"<span>{map_text(n)}</span>"] for at, style, n in towns + places
        ]
        self._worded.append((self._put(Labels(rows, "names"), self.map), "layerNames"))

    def controls(self) -> None:
        """The choice of layers, and words on everything."""
        self._put(Layers(self._worded, self._visited), self.map)
        self._put(Manners(), self.map)

    def fit(self, timetable: PublicTimetable) -> None:
        """The whole county in view."""
        points = [corner for o in timetable.outlines for ring in o.rings for corner in ring]
        points = points or [t.location for t in timetable.municipalities] or list(COUNTRY)
        lats, lons = [p.lat for p in points], [p.lon for p in points]
        corners = [[min(lats), min(lons)], [max(lats), max(lons)]]
        self._put(folium.FitBounds(corners, padding=(8, 8), max_zoom=13), self.map)

    def _visit(self, visit: VisitView, group: MacroElement) -> None:
        icon = folium.DivIcon(
            html=f'{_pin(visit)}<span class="unseen" data-visit="{visit.anchor}"></span>',
            icon_size=(PIN_PX, PIN_PX),
            icon_anchor=self._anchors[visit.anchor],
            class_name="stop",
        )
        self._name(icon)
        above = 0 if visit.area else STOPS_ABOVE_PX
        place = _pair(visit.location)
        marker = folium.Marker(place, icon=icon, rise_on_hover=True, z_index_offset=above)
        self._put(marker, group)
        self._put(RowPopup(visit.anchor), marker)

    def _put(self, element: MacroElement, parent: MacroElement) -> MacroElement:
        self._name(element)
        parent.add_child(element)
        return element

    def _name(self, element: MacroElement) -> None:
        element._id = str(next(self._ids))


def _fan_out(week: WeekView) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each pin's icon is held, so that visits at one place stand side by side."""
    at_place = defaultdict(list)
    for day in week.days:
        for visit in day.visits:
            at_place[visit.location].append(visit.anchor)
    for anchors in at_place.values():
        left = (len(anchors) - 1) * FAN_PX // 2
        for place, anchor in enumerate(anchors):
            yield anchor, (PIN_PX // 2 + left - place * FAN_PX, PIN_PX // 2)


def _pin(visit: VisitView) -> str:
    style = f"pin bus-{visit.bus.key} shape-{visit.bus.shape}"
    if len(visit.bus.label) > 1:
        style += " long"
    if visit.area:
        style += " is-area"
    if visit.status is PublicStatus.CANCELLED:
        style += " is-cancelled"
    return f'<span class="{style}" aria-hidden="true"><b>{map_text(visit.bus.label)}</b></span>'


def _pair(point: Coordinate) -> list[float]:
    return [round(point.lat, DIGITS), round(point.lon, DIGITS)]
