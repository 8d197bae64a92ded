"""A Folium map taken apart, so that nothing of it is remote or inline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from busplan.domain.errors import InvalidInput
from busplan.publishing.assets import local_file


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDrawing:
    """A script that draws into the element with the id, and the local files it needs."""

    script: str
    element_id: str
    needs: tuple[str, ...]


def take_apart(drawn: folium.Map) -> MapDrawing:
    """Only the script leaves Folium's page; links become local files, its own styles stay out.

    Raises ``InvalidInput`` for a link or head element that nobody has looked at.
    """
    figure = drawn.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    return MapDrawing(
        script=figure.script.render(),
        element_id=drawn.get_name(),
        needs=tuple(_needs(figure.header._children.items(), drawn)),
    )


def _needs(head: Iterable[tuple[str, Element]], drawn: folium.Map) -> Iterator[str]:
    known = {"meta_http", drawn.get_name()}
    for name, element in head:
        if isinstance(element, JavascriptLink | CssLink):
            file = local_file(name)
            if file:
                yield file
        elif name not in known:
            raise InvalidInput(f"Folium puts {name!r} into the page's head, which is unknown here")
