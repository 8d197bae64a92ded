"""All open formats together: golden where they are text, repeatable, and without secrets."""

from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.publication import open_gate
from busplan.usecases.publication_files import open_files
from tests.houses import NOW, Case, build_house, cases, secrets_of, shown_names
from tests.publishing.golden import ADDRESS, FORMATS_FOLDER, text_files
from tests.publishing.plain_bytes import plain_text
from tests.publishing.timetables import make_timetable


def test_text_formats_are_the_golden_ones() -> None:
    golden = {
        path.relative_to(FORMATS_FOLDER).as_posix(): path.read_bytes()
        for path in FORMATS_FOLDER.rglob("*")
        if path.is_file()
    }

    assert text_files() == golden


def test_the_same_timetable_gives_the_same_bytes() -> None:
    assert open_files(make_timetable(), ADDRESS) == open_files(make_timetable(), ADDRESS)


@settings(max_examples=60, deadline=None)
@given(given=st.lists(cases(), min_size=1, max_size=8))
def test_no_secret_is_in_any_format(given: list[Case]) -> None:
    """Names, ids, notes, coordinates and times of visits below their level, in every byte."""
    files = open_files(open_gate(build_house(given), NOW), ADDRESS)
    written = {name: plain_text(name, content) for name, content in files.items()}
    everything = "\n".join([*written, *written.values()])

    leaks = {secret for secret in secrets_of(given) if secret in everything}
    assert leaks == set()
    assert [name for name in shown_names(given) if name not in everything] == []
