"""Folium elements of our own, whose texts travel as JSON strings or come from the page itself.

Words from the page are found by ``site/scripts/map-words.js``.
"""

from collections.abc import Sequence

from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template


class BoundPopup(MacroElement):
    """A popup of its parent; Folium's own needs jQuery and a template literal."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.bindPopup({{ this.html|tojavascript }}, {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        {% endmacro %}
    """)

    def __init__(self, html: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "BoundPopup"
        self.html = html


class RowPopup(MacroElement):
    """A popup of its parent that repeats the visit's row of the table."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.bindPopup(
                () => mapWords.popup({{ this.anchor|tojavascript }}), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        {% endmacro %}
    """)

    def __init__(self, anchor: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "RowPopup"
        self.anchor = anchor


class Labels(Layer):
    """Names on the map: rows of latitude, longitude, class name and HTML."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.layerGroup({{ this.rows|tojavascript }}.map(
                ([lat, lon, className, html]) => L.marker([lat, lon], {
                    interactive: false, keyboard: false, zIndexOffset: -1000,
                    icon: L.divIcon({className, html, iconSize: [0, 0]}),
                })));
        {% endmacro %}
    """)

    def __init__(self, rows: Sequence[Sequence[object]], name: str) -> None:
        super().__init__(name=name, overlay=True, control=True, show=True)
        self._name = "Labels"
        self.rows = [list(row) for row in rows]


class Layers(MacroElement):
    """The choice of layers: those of visits are named by a visit in them, others by a word."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            {
                const map = {{ this._parent.get_name() }};
                const words = map.getContainer().dataset;
                const control = L.control.layers();
                {% for layer, anchor in this.visited %}
                {
                    const name = mapWords.layer({{ anchor|tojavascript }});
                    control.addOverlay({{ layer.get_name() }}, name);
                }
                {% endfor %}
                {% for layer, word in this.worded %}
                control.addOverlay({{ layer.get_name() }}, words[{{ word|tojavascript }}]);
                {% endfor %}
                control.addTo(map);
            }
        {% endmacro %}
    """)

    def __init__(
        self,
        worded: Sequence[tuple[MacroElement, str]],
        visited: Sequence[tuple[MacroElement, str]],
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Layers"
        self.worded = worded
        self.visited = visited


class Manners(MacroElement):
    """Words on every control and pin, popups that keyboards reach, place names only from near."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            {
                const map = {{ this._parent.get_name() }};
                const box = map.getContainer();
                const words = box.dataset;
                L.control.zoom({
                    position: "bottomleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut,
                }).addTo(map);
                const sources = document.createElement("a");
                sources.href = "#quellen";
                sources.textContent = words.sources;
                L.control.attribution({prefix: `Leaflet · ${sources.outerHTML}`}).addTo(map);
                const toggle = box.querySelector(".leaflet-control-layers-toggle");
                toggle.title = words.layers;
                toggle.setAttribute("aria-label", words.layers);
                const name = ({_icon}) => {
                    const label = _icon && _icon.querySelector("[data-visit]");
                    if (label) label.textContent = mapWords.label(label.dataset.visit);
                };
                map.eachLayer(name);
                map.on("layeradd", ({layer}) => name(layer));
                const near = () => box.classList.toggle("is-near", map.getZoom() >= 11.5);
                map.on("zoomend", near);
                near();
                map.on("popupopen", ({popup}) => {
                    const shown = popup.getElement();
                    const close = shown.querySelector(".leaflet-popup-close-button");
                    close.title = words.close;
                    close.setAttribute("aria-label", words.close);
                    shown.tabIndex = -1;
                    shown.onkeydown = ({key}) => key === "Escape" && map.closePopup(popup);
                    shown.focus({preventScroll: true});
                });
                map.on("popupclose", ({popup}) => {
                    const marker = popup._source && popup._source.getElement();
                    const focus = document.activeElement;
                    if (marker && (focus === document.body || popup.getElement().contains(focus))) {
                        marker.focus({preventScroll: true});
                    }
                });
                box.classList.add("is-ready");
            }
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Manners"
