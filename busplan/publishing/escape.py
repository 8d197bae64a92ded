"""The one way in which text from data gets into a map."""

_UNSAFE = "&<>\"'`\\${}=/\u2028\u2029"
_ENTITIES = str.maketrans({char: f"&#{ord(char)};" for char in _UNSAFE})


def map_text(text: str) -> str:
    """The text as HTML that shows it literally, whatever it holds.

    Folium puts texts into HTML inside JavaScript, now and then inside a template literal, and
    renders its scripts a second time as Jinja templates. So beside HTML's own signs, everything
    that could end a string, begin an expression or a template tag becomes an entity.
    """
    return text.translate(_ENTITIES)
