"""HTML to tagged PDF (PDF/UA-1) by WeasyPrint, with our own letters and no look outside."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from busplan.domain.errors import ToolMissing

_FACES = {"Regular": 400, "Medium": 500, "Bold": 700, "ExtraBold": 800}
_HELP = "install it (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"


def make_pdf(html: str) -> bytes:
    """The page as PDF; the same page gives the same bytes.

    Raises ``ToolMissing`` where the system lacks Pango, which WeasyPrint sets letters with.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(
        allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True
    )
    fonts = weasyprint.text.fonts.FontConfiguration()
    letters = weasyprint.CSS(string=_letters(), font_config=fonts, url_fetcher=fetcher)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[letters], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return pdf


def _weasyprint() -> Any:
    """The library, loaded when it is needed: it looks for Pango at once."""
    try:
        import weasyprint
    except OSError as error:
        raise ToolMissing(f"PDF needs the library Pango, which is missing: {_HELP}") from error
    return weasyprint


def _letters() -> str:
    folder = files("font_manrope").joinpath("files")
    faces = (
        f"@font-face {{ font-family: Manrope; font-weight: {weight};"
        f' src: url("{Path(str(folder.joinpath(f"Manrope-{face}.ttf"))).as_uri()}"); }}'
        for face, weight in _FACES.items()
    )
    return "\n".join(faces)
