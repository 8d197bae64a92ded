"""Search forgives what people type and never prefers a guess to what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.folding import fold, squeeze
from busplan.domain.places import Ags
from busplan.web.search import Closeness, Kind, Match, Named, NameIndex, names_of
from tests.web.timetables import DUEREN, NIDEGGEN, NOERVENICH, make_timetable

LOCALITIES = """
Aldenhoven Dürboslar Engelsdorf Freialdenhoven Niedermerz Neu-Pattern Schleiden Siersdorf
Arnoldsweiler Berzbuir Birgel Birkesdorf Derichsweiler Echtz Konzendorf Gürzenich Hoven
Krauthausen Kufferath Lendersdorf Mariaweiler Merken Niederau Distelrath Heimbach Blens Hasenfeld
Hausen Vlatten Kleinhau Großhau Hürtgen Vossenack Bergstein Brandenberg Gey Straß Inden Lamersdorf
Lucherberg Schophoven Jülich Barmen Broich Koslar Mersch Welldorf Güsten Kirchberg Stetternich
Kreuzau Drove Stockheim Winden Üdingen Langerwehe Schlich Merode Jüngersdorf Linnich Tetz
Körrenzig Gereonsweiler Merzenich Golzheim Girbelsrath Nideggen Abenden Schmidt Wollersheim
Niederzier Ellen Hambach Huchem-Stammeln Oberzier Nörvenich Binsfeld Eggersheim Frauwüllesheim
Hochkirchen Wissersheim Titz Ameln Jackerath Müntz Rödingen Vettweiß Disternich Froitzheim
Gladbach Kelz Müddersheim Soller Sievernich
""".split()  # noqa: SIM905
ALPHABET = "abcdefghijklmnopqrstuvwxyzäöüß"
SHOWN = 10


def make_index(*names: str) -> NameIndex:
    return NameIndex(
        Named(kind=Kind.PLACE, id=name, name=name, ags=Ags(DUEREN), ways=(name,)) for name in names
    )


ALL = make_index(*LOCALITIES)
TOWNS = NameIndex(names_of(make_timetable()))


def first(query: str) -> Match:
    return TOWNS.search(query, SHOWN)[0]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Dueren", "Düren"),
        ("Duren", "Düren"),
        ("düren", "Düren"),
        ("  DÜREN ", "Düren"),
        ("Du\u0308ren", "Düren"),
        ("noervenich", "Nörvenich"),
        ("eschweiler uber feld", "Eschweiler über Feld"),
        ("Eschweiler-ueber-Feld", "Eschweiler über Feld"),
        ("Nideggen Schmidt", "Schmidt"),
        ("Nideggen-Schmidt", "Schmidt"),
        ("Schmidt Nideggen", "Schmidt"),
        ("52388", "Nörvenich"),
        ("Neffeltalhalle", "Neffeltalhalle"),
    ],
)
def test_a_name_is_found_exactly_however_it_is_written(query: str, name: str) -> None:
    match = first(query)

    assert (match.named.name, match.closeness) == (name, Closeness.EXACT)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Nideggen Schmit", "Schmidt"),
        ("Eschweiler uber Fled", "Eschweiler über Feld"),
        ("Nörwenich", "Nörvenich"),
        ("Nefeltalhalle", "Neffeltalhalle"),
    ],
)
def test_a_typing_error_is_forgiven(query: str, name: str) -> None:
    match = first(query)

    assert (match.named.name, match.closeness) == (name, Closeness.SIMILAR)


@pytest.mark.parametrize(("query", "name"), [("esch", "Eschweiler über Feld"), ("523", "Düren")])
def test_the_beginning_of_a_name_is_enough(query: str, name: str) -> None:
    assert first(query).named.name == name


def test_sharp_s_is_double_s() -> None:
    index = make_index("Vettweiß", "Straß")

    assert [m.named.name for m in index.search("vettweiss", 1)] == ["Vettweiß"]
    assert [m.named.name for m in index.search("STRASS", 1)] == ["Straß"]


def test_a_town_comes_before_a_place_of_its_name() -> None:
    kinds = [match.named.kind for match in TOWNS.search("Nideggen", SHOWN)[:2]]

    assert kinds == [Kind.MUNICIPALITY, Kind.PLACE]


def test_a_name_of_several_places_lists_all_of_them() -> None:
    found = TOWNS.best("Rath", (Kind.PLACE,))

    assert {match.named.ags for match in found} == {NIDEGGEN, NOERVENICH}


def test_an_exact_name_beats_a_similar_one() -> None:
    index = make_index("Merken", "Merkem", "Merzen")

    assert [m.named.name for m in index.best("merken", (Kind.PLACE,))] == ["Merken"]


@pytest.mark.parametrize("query", ["", " - ", "qqqqqqqq", "99999", "\x00", "日本"])
def test_what_resembles_nothing_finds_nothing(query: str) -> None:
    assert TOWNS.search(query, SHOWN) == ()


@st.composite
def typing_errors(draw: st.DrawFn) -> tuple[str, str]:
    """A name of five letters or more, and the same with one letter wrong."""
    name = draw(st.sampled_from([n for n in LOCALITIES if len(n) >= 5]))
    place = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(ALPHABET))
    head, tail = name[:place], name[place + 1 :]
    swapped = name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    wrong = draw(
        st.sampled_from([head + letter + tail, head + tail, head + letter + name[place:], swapped])
    )
    return name, wrong


@given(typed=typing_errors())
def test_one_wrong_letter_still_lists_the_place(typed: tuple[str, str]) -> None:
    name, wrong = typed

    assert name in [match.named.name for match in ALL.search(wrong, SHOWN)]


@given(name=st.sampled_from(LOCALITIES))
def test_every_name_finds_itself_first(name: str) -> None:
    for query in (name, name.upper(), fold(name), squeeze(fold(name))):
        assert ALL.search(query, 1)[0].named.name == name


@given(text=st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(TOWNS.search(text, 3)) <= 3
