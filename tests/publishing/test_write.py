"""Publications on disk: whole, in place of the one before, and beside what others keep there."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from busplan.domain.errors import InvalidInput
from busplan.publishing.draft import Draft
from busplan.publishing.write import write_publication

OLD = {"index.html": b"old", "assets/a.js": b"a", "w1/index.html": b"w1", "same.css": b"same"}
NEW = {"index.html": b"new", "assets/b.js": b"b", "w2/index.html": b"w2", "same.css": b"same"}


class Crash(BaseException):
    """The machine stops."""


def published(folder: Path) -> dict[str, bytes]:
    """All visible files of the folder by path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def test_a_folder_holds_what_was_written(tmp_path: Path) -> None:
    assert write_publication(OLD, tmp_path / "maps") == 4

    assert published(tmp_path / "maps") == OLD


def test_the_publication_before_is_gone_with_its_folders(tmp_path: Path) -> None:
    write_publication(OLD, tmp_path)

    assert write_publication(NEW, tmp_path) == 3
    assert published(tmp_path) == NEW
    assert not (tmp_path / "w1").exists()


def test_unchanged_files_are_left_alone(tmp_path: Path) -> None:
    write_publication(OLD, tmp_path)
    os.utime(tmp_path / "same.css", ns=(1, 1))

    assert write_publication(OLD, tmp_path) == 0
    write_publication(NEW, tmp_path)

    assert (tmp_path / "same.css").stat().st_mtime_ns == 1


def test_files_of_others_stay(tmp_path: Path) -> None:
    foreign = {"demo/index.html": b"demo", "w1/notes.txt": b"notes", "readme": b"readme"}
    for name, content in foreign.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    write_publication(OLD, tmp_path)
    write_publication(NEW, tmp_path)

    assert published(tmp_path) == NEW | foreign


def test_a_file_of_others_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"mine")

    with pytest.raises(InvalidInput, match=r"index\.html"):
        write_publication(OLD, tmp_path)

    assert published(tmp_path) == {"index.html": b"mine"}


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a/../../b", ".hidden", "a//b", "a/./b", ""])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput):
        write_publication({name: b""}, tmp_path / "maps")

    assert list(tmp_path.rglob("*")) == []


def crash_after(calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine stop at the given call of any that changes the disk."""
    left = [calls]

    def counted(name: str, kind: type) -> None:
        real = getattr(kind, name)

        def step(*given: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Crash
            return real(*given, **named)

        monkeypatch.setattr(kind, name, step)

    for name in ("replace", "unlink", "mkdir", "rmdir"):
        counted(name, Path)
    for name in ("fsync", "rename", "remove", "unlink", "rmdir"):
        counted(name, os)


@pytest.mark.parametrize("calls", range(60))
def test_after_a_crash_every_page_is_whole_and_the_next_call_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    (tmp_path / "foreign").write_bytes(b"foreign")
    write_publication(OLD, tmp_path)

    with monkeypatch.context() as patch:
        crash_after(calls, patch)
        with suppress(Crash):
            write_publication(NEW, tmp_path)

    here = published(tmp_path)
    assert here.items() <= OLD.items() | NEW.items() | {("foreign", b"foreign")}
    if here["index.html"] == b"new":
        assert NEW.items() <= here.items()
    write_publication(NEW, tmp_path)
    assert published(tmp_path) == NEW | {"foreign": b"foreign"}
    assert not (tmp_path / ".publication-next").exists()


def test_a_disk_that_fails_while_staging_leaves_the_old_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_publication(OLD, tmp_path)

    with monkeypatch.context() as patch:
        crash_after(3, patch)
        with pytest.raises(Crash):
            write_publication(NEW, tmp_path)

    assert published(tmp_path) == OLD


def test_a_reader_meets_whole_pages_only(tmp_path: Path) -> None:
    versions = [{"index.html": bytes([65 + n]) * 200_000} for n in range(2)]
    write_publication(versions[0], tmp_path)
    seen, stop = set(), Event()

    def read() -> None:
        while not stop.is_set():
            seen.add((tmp_path / "index.html").read_bytes())

    reader = Thread(target=read)
    reader.start()
    for turn in range(40):
        write_publication(versions[turn % 2], tmp_path)
    stop.set()
    reader.join()

    assert seen <= {version["index.html"] for version in versions}


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    writers = [
        Thread(target=write_publication, args=(version, tmp_path)) for version in [OLD, NEW] * 8
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert published(tmp_path) in (OLD, NEW)


def draft(facts: str, content: bytes) -> Draft:
    """A page of these facts."""
    return Draft(facts=facts, make=lambda: content)


def test_a_page_of_the_same_facts_is_not_made_again(tmp_path: Path) -> None:
    write_publication({"a.html": draft("1", b"8:00"), "b.html": draft("1", b"8:00")}, tmp_path)

    later = {"a.html": draft("1", b"9:00"), "b.html": draft("2", b"9:00")}

    assert write_publication(later, tmp_path) == 1
    assert published(tmp_path) == {"a.html": b"8:00", "b.html": b"9:00"}
    assert write_publication(later, tmp_path) == 0


def test_a_page_that_somebody_changed_is_made_again(tmp_path: Path) -> None:
    page = {"a.html": draft("1", b"ours")}
    write_publication(page, tmp_path)
    (tmp_path / "a.html").write_bytes(b"theirs")

    assert write_publication(page, tmp_path) == 1
    assert published(tmp_path) == {"a.html": b"ours"}


@pytest.mark.parametrize("after", [0, 1, 3])
def test_an_interrupted_writing_leaves_the_old_publication_whole(
    tmp_path: Path, after: int
) -> None:
    """Whatever number of files is ready; the next writing begins anew."""
    write_publication(OLD, tmp_path)

    def interrupt(ready: int, of: int) -> None:
        assert of == 3
        if ready == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_publication(NEW, tmp_path, interrupt)

    assert published(tmp_path) == OLD
    assert write_publication(NEW, tmp_path) == 3
    assert published(tmp_path) == NEW


def test_a_publication_of_very_many_files_is_told_file_by_file(tmp_path: Path) -> None:
    files = {f"{number}.html": b"page" for number in range(600)}
    told: list[tuple[int, int]] = []

    write_publication(files, tmp_path, lambda ready, of: told.append((ready, of)))

    assert told == [(ready, 600) for ready in range(601)]
    assert published(tmp_path) == files
