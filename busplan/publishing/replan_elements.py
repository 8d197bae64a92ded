"""The Folium element that shows the tours which the page's own form asks for."""

from collections.abc import Sequence

from branca.element import MacroElement
from folium.template import Template


class TourChoice(MacroElement):
    """Shows and hides tours by side, week, weekday and vehicle, as the form ``#choice`` says.

    ``tours`` are rows of a layer's name and the four values that its form fields must hold; they
    are numbers and words of ours, since Folium renders scripts twice. A tour
    under the pointer stands out; small names are read from near.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            {
                const map = {{ this._parent.get_name() }};
                const tours = [
                    {% for layer, values in this.tours %}
                    [{{ layer }}, {{ values|tojavascript }}],
                    {% endfor %}
                ];
                const form = document.getElementById("choice");
                const show = () => {
                    const chosen = new FormData(form);
                    const holds = ([name, value]) => chosen.getAll(name).includes(value);
                    map.closePopup();
                    for (const [layer, values] of tours) {
                        if (Object.entries(values).every(holds)) layer.addTo(map);
                        else layer.remove();
                    }
                };
                for (const [layer] of tours) {
                    const mark = over => layer.eachLayer(
                        part => part.getElement()?.classList.toggle("is-over", over));
                    layer.on("mouseover", () => mark(true));
                    layer.on("mouseout", () => mark(false));
                }
                form.addEventListener("change", show);
                show();
                L.control.zoom({position: "bottomleft"}).addTo(map);
                L.control.attribution({prefix: "Leaflet"}).addTo(map);
                L.control.scale({imperial: false}).addTo(map);
                const box = map.getContainer();
                const near = () => box.classList.toggle("is-near", map.getZoom() >= 11);
                map.on("zoomend", near);
                near();
                box.classList.add("is-ready");
            }
        {% endmacro %}
    """)

    def __init__(self, tours: Sequence[tuple[str, dict[str, str]]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TourChoice"
        self.tours = list(tours)
