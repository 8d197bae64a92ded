"""PDF: tagged for screen readers, the same bytes each time, and without secrets."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from io import BytesIO
from types import ModuleType

import pytest
from pypdf import PdfReader

from busplan.domain.errors import ToolMissing
from busplan.domain.publication import open_gate
from busplan.domain.publication_level import PublicationLevel as Level
from busplan.publishing.address import PublicAddress
from busplan.publishing.paper import Paper
from busplan.publishing.pdf import make_pdf
from busplan.publishing.posters import PosterPrinter
from tests.factories import MONDAY
from tests.houses import (
    GUARDED_BUS,
    NOW,
    OPEN_BUS,
    TODAY,
    Case,
    build_house,
    secrets_of,
    shown_names,
)
from tests.publishing.pango import need_pango
from tests.publishing.timetables import make_timetable

HOME = PublicAddress(url="https://bus.example/")


@pytest.fixture
def pango() -> None:
    need_pango()


def words(pdf: bytes) -> str:
    """What can be selected and copied, lines joined so that no break hides a word."""
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return f"{pages}\n{pages.replace(chr(10), ' ')}\n{pages.replace(chr(10), '')}"


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize(("paper", "width_mm"), [(Paper.A4, 210), (Paper.A3, 297)])
def test_a_poster_is_one_tagged_page_of_its_paper(paper: Paper, width_mm: int) -> None:
    timetable = make_timetable()

    html = PosterPrinter(timetable, paper, HOME).stop(timetable.stops[0])
    pdf = PdfReader(BytesIO(make_pdf(html)))

    (page,) = pdf.pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == width_mm
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/Lang"] == "de"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Jugendmobil: Marktplatz"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_object().get_data()
    assert "15:00–20:00" in page.extract_text()


@pytest.mark.usefixtures("pango")
def test_pictures_have_words() -> None:
    timetable = make_timetable()
    pdf = make_pdf(PosterPrinter(timetable, Paper.A4, HOME).stop(timetable.stops[0]))

    alts = {
        str(thing["/Alt"])
        for thing in (PdfReader(BytesIO(pdf)).get_object(n) for n in range(1, 400))
        if isinstance(thing, dict) and "/Alt" in thing
    }
    assert alts == {"Ein Bus mit offener Tür", "QR-Code: bus.example/halt/square"}


@pytest.mark.usefixtures("pango")
def test_the_same_page_gives_the_same_bytes() -> None:
    html = PosterPrinter(make_timetable(), Paper.A4, HOME).week(MONDAY)

    assert make_pdf(html) == make_pdf(html)


@pytest.mark.usefixtures("pango")
def test_no_secret_is_in_a_pdf() -> None:
    """A visit of every level; the HTML of all posters is tried with many more."""
    given = [
        Case(day=day, bus=bus, town=0, part=1, stop_level=level)
        for bus in (OPEN_BUS, GUARDED_BUS)
        for level in Level
        for day in (TODAY, TODAY + 1)
    ]
    timetable = open_gate(build_house(given), NOW)
    printer = PosterPrinter(timetable, Paper.A4, HOME)

    pdfs = [make_pdf(html) for html in (printer.week(MONDAY), *map(printer.stop, timetable.stops))]

    written = "\n".join(part for pdf in pdfs for part in (words(pdf), pdf.decode("latin-1")))
    assert [secret for secret in secrets_of(given) if secret in written] == []
    assert [name for name in shown_names(given) if name not in written] == []


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("source", ["http://bus.example/a.png", "https://bus.example/a.png"])
def test_no_other_server_is_asked(source: str) -> None:
    with pytest.raises(BaseException, match=r"bus\.example"):
        make_pdf(f"<html lang=de><title>x</title><img alt=x src={source}>")


def test_missing_pango_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])

    with pytest.raises(ToolMissing, match="apt-get install libpango"):
        make_pdf("<p>")


class _NoPango(MetaPathFinder):
    """Lets WeasyPrint fail as it does on a machine without Pango."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return None
