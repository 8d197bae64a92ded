"""Puts a publication on disk: all its files or none, and nothing of anybody else's touched.

New files are first written whole into a staging folder beside the published ones; only then is
each renamed into its place, the overview last. A reader meets the old page or the new one, never
half of one. Should the machine stop in between, the next call finishes what was begun.

Pages come as drafts: one whose facts are those that it was last made from is not made again, as
long as the file is still what was written then. The manifest keeps both digests.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath

from busplan.domain.errors import InvalidInput
from busplan.publishing.draft import Draft, File, content_of

MANIFEST = ".publication.json"
"""Lists the files that a publication wrote: only those are ever replaced or removed."""
STAGING = ".publication-next"
WRITERS = 16
"""Files written at once: a disk makes many safe in hardly more time than one."""
MANY = 500
"""From so many files on, one sync of all disks is quicker than one of each file."""
INDEX = "index.html"
OnWriting = Callable[[int, int], None]
"""Told how many of how many changed files are ready. What it raises ends the writing and leaves
the publication as it was; it is never asked once files are moved into their places."""
Made = Mapping[str, tuple[str, str]]
"""Of each file that was a draft: the digests of its facts and of its bytes."""


def write_publication(
    files: Mapping[str, File], folder: Path, on_writing: OnWriting | None = None
) -> int:
    """Make the folder hold exactly these files of ours; returns how many had to be written.

    Paths are relative with ``/``. Unchanged files are left alone, files of the publication before
    are removed, all others stay. Raises ``InvalidInput`` for a path that leads out of the folder
    or to a file that no publication wrote.
    """
    _check_names(files)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _finish(folder)
        ours, before = _listed(folder / MANIFEST), _made(folder / MANIFEST)
        changed = [n for n in files if not _holds(folder / n, files[n], before.get(n))]
        _check_foreign(folder, [name for name in changed if name not in ours])
        kept = {name: before[name] for name in before.keys() & files.keys()}
        _stage(folder / STAGING, files, changed, kept, on_writing or _tell_nobody)
        _finish(folder)
    return len(changed)


def _finish(folder: Path) -> None:
    """Carry out what is staged; a staging folder without its manifest is incomplete and goes."""
    staging = folder / STAGING
    if (staging / MANIFEST).exists():
        new = _listed(staging / MANIFEST)
        for name in sorted(new, key=_last_the_overview):
            if (staging / "files" / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (staging / "files" / name).replace(folder / name)
        for name in _listed(folder / MANIFEST) - new:
            _remove(folder, name)
        (staging / MANIFEST).replace(folder / MANIFEST)
        _sync(folder)
    if staging.exists():
        shutil.rmtree(staging)


def _stage(
    staging: Path,
    files: Mapping[str, File],
    changed: Sequence[str],
    kept: Made,
    on_writing: OnWriting,
) -> None:
    """Write the changed files and, once they are safely on disk, the manifest of all."""
    for folder in {(staging / "files" / name).parent for name in changed}:
        folder.mkdir(parents=True, exist_ok=True)
    sync_each = len(changed) < MANY

    def write(name: str) -> tuple[str, str]:
        file = files[name]
        content = content_of(file)
        _write(staging / "files" / name, content, sync_each)
        return (file.facts, _digest(content)) if isinstance(file, Draft) else ("", "")

    digests = dict(zip(changed, _told(write, changed, on_writing), strict=True))
    if not sync_each:
        os.sync()
    staging.mkdir(exist_ok=True)
    made = dict(kept) | digests
    drafts = {name: made[name] for name in sorted(made) if made[name][0]}
    listed = json.dumps({"files": sorted(files), "drafts": drafts}, indent=1).encode()
    _write(staging / "manifest.part", listed + b"\n", True)
    (staging / "manifest.part").replace(staging / MANIFEST)
    _sync(staging)


def _told(
    write: Callable[[str], tuple[str, str]], names: Sequence[str], on_writing: OnWriting
) -> Iterator[tuple[str, str]]:
    """What ``write`` gives for each name; an error, or an interruption, begins no further file."""
    writers = ThreadPoolExecutor(WRITERS)
    try:
        on_writing(0, len(names))
        for number, result in enumerate(writers.map(write, names), start=1):
            on_writing(number, len(names))
            yield result
    finally:
        writers.shutdown(cancel_futures=True)


def _tell_nobody(number: int, of: int) -> None:
    del number, of


def _last_the_overview(name: str) -> tuple[bool, bool, str]:
    # What a page loads comes before the page, pages before the overview that links them.
    return (name == INDEX, name.endswith(".html"), name)


def _remove(folder: Path, name: str) -> None:
    """Remove one of our files and the folders that it leaves empty."""
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.relative_to(folder).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty, so somebody still needs it
            return


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or str(path) != name or name.startswith("."):
            raise InvalidInput(f"{name!r} is not a path inside a publication")


def _check_foreign(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        path = folder / name
        if path.exists() or path.is_symlink():
            raise InvalidInput(f"{path} was not written by a publication; move it away first")


def _listed(manifest: Path) -> frozenset[str]:
    if not manifest.exists():
        return frozenset()
    names = json.loads(manifest.read_bytes())["files"]
    _check_names(names)
    return frozenset(names)


def _made(manifest: Path) -> Made:
    if not manifest.exists():
        return {}
    found = json.loads(manifest.read_bytes()).get("drafts", {})
    return {name: (facts, content) for name, (facts, content) in found.items()}


def _holds(path: Path, file: File, before: tuple[str, str] | None) -> bool:
    """Whether the file need not be written: it holds these bytes, or was made from these facts."""
    if not path.is_file() or path.is_symlink():
        return False
    if isinstance(file, Draft):
        return before == (file.facts, _digest(path.read_bytes()))
    return path.read_bytes() == file


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:20]


def _write(path: Path, content: bytes, sync: bool) -> None:
    with path.open("wb") as file:
        file.write(content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Other writers of this folder wait, in this process and in others."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
