"""A county's folder: read whole, written back, and every fault told at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.county import CountyData
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.places import Outline
from busplan.domain.programme import Programme
from busplan.domain.site_facts import SiteFacts
from busplan.exchange.county_folder import (
    FILES,
    format_county,
    parse_county,
    read_county,
    write_county,
)

OPTIONAL = ("guests.csv", "on_board.csv", "signposts.csv", "site.csv")
NEEDED = tuple(file for file in FILES if file not in OPTIONAL)
NEWS = "kreis-dueren.de/presse/2022/familienfreundlicher-kreis_2022-01-04.php"
FOLDER = Path(__file__).parents[2] / "data" / "kreis-dueren"


@cache
def sound_files() -> Mapping[str, bytes]:
    """The files of Kreis Düren."""
    return {name: (FOLDER / name).read_bytes() for name in FILES}


@cache
def small_files() -> Mapping[str, bytes]:
    """Fewer places and simpler borders, for tests that read them many times."""
    data = parse_county(sound_files())
    used = {stop.place_id for stop in data.stops}
    borders = [
        Outline(ags=border.ags, rings=((*border.rings[0][:3], border.rings[0][0]),))
        for border in data.outlines[:2]
    ]
    places = tuple(place for place in data.places if place.id in used)
    return format_county(replace(data, places=places, outlines=tuple(borders)))


def problems_after(changes: Mapping[str, Callable[[str], str]]) -> tuple[Problem, ...]:
    """What is told of the sound files with some of them changed."""
    files = dict(sound_files())
    for name, change in changes.items():
        changed = change(files[name].decode())
        assert changed.encode() != files[name], f"{name} did not change"
        files[name] = changed.encode()
    with pytest.raises(InvalidInput) as refusal:
        parse_county(files)
    return refusal.value.problems


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Exchanges the first occurrence."""
    return lambda text: text.replace(old, new, 1)


def added(row: str) -> Callable[[str], str]:
    """One more row."""
    return lambda text: text + row + "\n"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    data = read_county(FOLDER)

    write_county(data, tmp_path / "copy")

    assert read_county(tmp_path / "copy") == data


def test_writing_twice_gives_the_same_bytes() -> None:
    files = format_county(parse_county(sound_files()))

    assert format_county(parse_county(files)) == files


def test_problems_of_all_files_are_told_at_once() -> None:
    problems = problems_after(
        {
            "county.csv": replaced("DE-NW", "DE-XX"),
            "stops.csv": replaced("invented", "guessed"),
            "demand.csv": replaced("Mo-Fr", "Mon-Fri"),
            "crew.csv": replaced("12:30", "1230"),
            "municipalities.geojson": replaced("05358004", "05358005"),
        }
    )

    assert {problem.file for problem in problems} == {
        "county.csv",
        "stops.csv",
        "demand.csv",
        "crew.csv",
        "municipalities.geojson",
    }


@pytest.mark.parametrize(
    ("file", "change", "column", "value"),
    [
        ("stops.csv", replaced("50.8964,6.2931", "6.2931,50.8964"), "lat", "6.2931"),
        ("stops.csv", replaced("50.8964,6.2931", "50.8964,7.2931"), "lat,lon", "50.8964,7.2931"),
        ("stops.csv", replaced("05358004", "05358999"), "ags", "05358999"),
        ("stops.csv", replaced(",aldenhoven,", ",atlantis,"), "place_id", "atlantis"),
        ("stops.csv", replaced(",aldenhoven,", ",titz,"), "place_id", "titz"),
        ("stops.csv", replaced("2027-07-31", "2025-07-31"), "agreement_to", "2025-07-31"),
        ("stops.csv", replaced("2027-07-31", ""), "agreement_to", ""),
        ("demand.csv", replaced("linnich-begegnungsstaette", "x"), "stop_id", "x"),
        ("demand.csv", replaced(",wilde13,", ",wilde14,"), "bus_id", "wilde14"),
        ("demand.csv", replaced("open_youth_work", "opera"), "offer", "opera"),
        (
            "demand.csv",
            replaced("open_youth_work", "queer_youth_work"),
            "offer",
            "queer_youth_work",
        ),
        (
            "demand.csv",
            replaced("Mo-Fr,15:00-20:00,,6,9,", "Mo-Fr,15:00-20:00,,6,11,"),
            "weight",
            "11",
        ),
        ("demand.csv", replaced("15:00-20:00", "20:00-15:00"), "windows", "20:00-15:00"),
        ("demand.csv", replaced(",300,", ",0,"), "service_min", "0"),
        ("blocks.csv", replaced(",w-linnich,", ",w-nowhere,"), "demand_id", "w-nowhere"),
        ("blocks.csv", replaced("15:00-20:00", "15:00-19:00"), "window", "15:00-19:00"),
        ("blocks.csv", replaced("15:00-20:00", "14:00-19:00"), "window", "14:00-19:00"),
        ("blocks.csv", replaced(",Mo,", ",Sa,"), "weekday", "Sa"),
        ("calendar.csv", replaced("vettweiss-markt", "nowhere"), "target", "nowhere"),
        ("calendar.csv", replaced("closed,all,,", "closed,all,ninja,"), "target", "ninja"),
        ("calendar.csv", replaced("school_holiday,all", "school_holiday,bus"), "scope", "bus"),
        ("parameters.csv", replaced("late_after_min", "lat_after_min"), "name", "lat_after_min"),
        ("parameters.csv", replaced("1290", "1290.5"), "value", "1290.5"),
        ("parameters.csv", added("timetable_step_min,0,test"), "value", "0"),
        ("guests.csv", replaced("aldenhoven-ortsmitte", "nowhere"), "stop_id", "nowhere"),
        ("on_board.csv", replaced("ninja-bus,ninja", "ninja-bus,tram"), "bus_id", "tram"),
        ("signposts.csv", replaced(",https://", ",ftp://"), "url", f"ftp://{NEWS}"),
        ("signposts.csv", replaced("2026-11-23", "lately"), "checked", "lately"),
        (
            "site.csv",
            replaced("stelle-barrierefreie-it@mags", "@"),
            "enforcement_mail",
            "ombuds@.nrw.de",
        ),
        ("fleet.csv", replaced("50.8120,6.4700", "6.4700,50.8120"), "depot_lat", "6.4700"),
    ],
)
def test_a_fault_is_told_with_its_cell(
    file: str, change: Callable[[str], str], column: str, value: str
) -> None:
    problems = problems_after({file: change})

    assert (file, column, value) in {(p.file, p.column, p.value) for p in problems}
    assert all(p.row >= 2 and p.expected for p in problems if p.file == file)


def test_the_first_of_two_rows_with_one_key_is_named() -> None:
    (problem,) = problems_after({"crew.csv": replaced("\nP2,", "\nP1,")})

    assert (problem.row, problem.column, problem.value) == (3, "id", "P1")
    assert "row 2" in problem.expected


def test_visits_out_of_order_are_told_with_the_record() -> None:
    (problem,) = problems_after({"demand.csv": replaced(",1,1,1,1,300,", ",1,3,2,1,300,")})

    assert problem.value == "w-linnich"
    assert "not in order" in problem.expected


@pytest.mark.parametrize("file", NEEDED)
def test_a_missing_file_is_told_alone(file: str) -> None:
    """What other files refer to in it is not held against them."""
    files = {name: content for name, content in sound_files().items() if name != file}

    with pytest.raises(InvalidInput) as refusal:
        parse_county(files)

    assert [problem.file for problem in refusal.value.problems] == [file]


def test_columns_that_are_missing_or_unknown_are_told() -> None:
    problems = problems_after({"crew.csv": replaced("licences", "licenses")})

    assert [(p.row, p.column) for p in problems] == [(1, "licences"), (1, "licenses")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "header"),
        (b"id;licences;offers\n", "commas"),
        (b"\xff\xfeid", "UTF-8"),
        (b'id,"licences', "comma-separated"),
    ],
)
def test_a_file_that_is_no_table_is_told(content: bytes, expected: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_county({**sound_files(), "crew.csv": content})

    assert any(expected in problem.expected for problem in refusal.value.problems)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"features": [1]}',
        b'{"features": [{"properties": {"ags": "05358004"}, "geometry": null}]}',
        b'{"features": [{"properties": {"ags": 1}, "geometry": {}}]}',
    ],
)
def test_borders_that_are_no_geojson_are_told(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_county({**sound_files(), "municipalities.geojson": content})

    assert {problem.file for problem in refusal.value.problems} == {"municipalities.geojson"}


def test_a_border_must_be_closed() -> None:
    problems = problems_after(
        {"municipalities.geojson": replaced("[[[6.26228,50.940132]", "[[[6.2,50.9]")}
    )

    assert [problem.column for problem in problems] == ["features[0]"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_county(tmp_path / "nowhere")

    assert len(refusal.value.problems) == 1


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_county(tmp_path)

    assert {problem.file for problem in refusal.value.problems} == set(NEEDED)


def test_a_county_need_not_tell_what_is_beside_the_timetable(tmp_path: Path) -> None:
    write_county(parse_county(sound_files()), tmp_path)
    for file in OPTIONAL:
        (tmp_path / file).unlink()

    data = read_county(tmp_path)

    assert (data.programme, data.site) == (Programme(), SiteFacts())


def test_an_optional_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write_county(parse_county(sound_files()), tmp_path)
    (tmp_path / "guests.csv").unlink()
    (tmp_path / "guests.csv").mkdir()

    with pytest.raises(InvalidInput) as refusal:
        read_county(tmp_path)

    assert [problem.file for problem in refusal.value.problems] == ["guests.csv"]


def test_no_town_has_more_than_four_signposts() -> None:
    """Four are of every town already, so a fifth is too many for Linnich and one too many here."""
    row = "{},05358036,Akut,Hilfe,,,2026-11-23,test,CC0-1.0"
    fifth, sixth = row.format("fifth"), row.format("sixth")

    problems = problems_after({"signposts.csv": added(f"{fifth}\n{sixth}")})

    assert [(p.file, p.row, p.column, p.value) for p in problems] == [
        ("signposts.csv", 6, "ags", "05358036"),
        ("signposts.csv", 7, "ags", "05358036"),
    ]
    assert "at most 4 signposts for a town" in problems[0].expected
    assert "Linnich has more" in problems[0].expected


def test_four_signposts_of_one_town_and_four_of_another_are_sound() -> None:
    head = sound_files()["signposts.csv"].decode().splitlines()[0]
    rows = [
        f"{town}-{number},{town},Akut,Hilfe,,,2026-11-23,test,CC0-1.0"
        for town in ("05358036", "05358040")
        for number in range(4)
    ]

    data = parse_county({**sound_files(), "signposts.csv": "\n".join([head, *rows]).encode()})

    assert len(data.programme.signposts) == 8


def test_the_site_has_one_row() -> None:
    (problem,) = problems_after({"site.csv": added("," * 12)})

    assert (problem.file, problem.value, problem.expected) == (
        "site.csv",
        "2 rows",
        "at most one row",
    )


def assert_read_or_refused(files: Mapping[str, bytes]) -> None:
    try:
        data = parse_county(files)
    except InvalidInput as refusal:
        assert refusal.problems
        assert all(p.file in FILES and p.expected for p in refusal.problems)
    else:
        assert isinstance(data, CountyData)
        assert parse_county(format_county(data)) == data


@given(data=st.data(), junk=st.binary(max_size=8), name=st.sampled_from(FILES))
def test_any_bytes_anywhere_are_read_or_refused(
    data: st.DataObject, junk: bytes, name: str
) -> None:
    content = small_files()[name]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 8)))

    assert_read_or_refused({**small_files(), name: content[:start] + junk + content[end:]})


@given(data=st.data(), name=st.sampled_from([file for file in FILES if file.endswith(".csv")]))
def test_any_cell_anywhere_is_read_or_refused(data: st.DataObject, name: str) -> None:
    rows = [line.split(",") for line in small_files()[name].decode().splitlines()]
    row = data.draw(st.sampled_from(rows))
    every_cell = st.sampled_from([cell for cells in rows for cell in cells])
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(every_cell | st.text(max_size=12))

    text = "\n".join(",".join(cells) for cells in rows)
    assert_read_or_refused({**small_files(), name: text.encode(errors="surrogatepass")})
