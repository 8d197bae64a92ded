"""Pictures that posters hold: the bus, and the code that leads to a page."""

from base64 import b64encode

import segno

_BUS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="2 8 120 74" fill="{colour}">
<path fill-rule="evenodd" d="M12 10h92c7 0 12 5 13 12l3 26v17a5 5 0 0 1-5 5h-9a13 13 0 0 0-26 0H43
a13 13 0 0 0-26 0h-8a5 5 0 0 1-5-5V18a8 8 0 0 1 8-8zM13 21v18h26V21zm33-1v46h22V20zm3 3h7v40h-7z
m9 0h7v40h-7zm17-2v18h20V21zm27 0v18h12l-2-15a4 4 0 0 0-4-3z"/>
<circle cx="30" cy="71" r="9"/><circle cx="93" cy="71" r="9"/>
</svg>"""


def bus_picture(colour: str) -> str:
    """A bus with an open door, in one colour, as an address of its own data."""
    svg = _BUS.format(colour=colour)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def page_code(page: str) -> str:
    """The QR code of a web page; it can still be read with a quarter of it worn off."""
    return segno.make_qr(page, error="q").svg_data_uri(border=2)
