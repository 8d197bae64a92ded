"""Puts a publication on disk: all its files or none, and nothing of anybody else's touched.

New files are first written whole into a staging folder beside the published ones; only then is
each renamed into its place, the overview last. A reader meets the old page or the new one, never
half of one. Should the machine stop in between, the next call finishes what was begun.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from busplan.domain.errors import InvalidInput

MANIFEST = ".publication.json"
"""Lists the files that a publication wrote: only those are ever replaced or removed."""
STAGING = ".publication-next"
WRITERS = 16
"""Files written at once: a disk makes many safe in hardly more time than one."""
INDEX = "index.html"


def write_publication(files: Mapping[str, bytes], folder: Path) -> int:
    """Make the folder hold exactly these files of ours; returns how many had to be written.

    Paths are relative with ``/``. Unchanged files are left alone, files of the publication before
    are removed, all others stay. Raises ``InvalidInput`` for a path that leads out of the folder
    or to a file that no publication wrote.
    """
    _check_names(files)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _finish(folder)
        ours = _listed(folder / MANIFEST)
        changed = [name for name in files if not _holds(folder / name, files[name])]
        _check_foreign(folder, [name for name in changed if name not in ours])
        _stage(folder / STAGING, {name: files[name] for name in changed}, files)
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


def _stage(staging: Path, changed: Mapping[str, bytes], names: Iterable[str]) -> None:
    """Write the changed files and, once they are safely on disk, the manifest of all."""
    for folder in {(staging / "files" / name).parent for name in changed}:
        folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(WRITERS) as writers:
        paths = [staging / "files" / name for name in changed]
        list(writers.map(_write, paths, changed.values()))
    staging.mkdir(exist_ok=True)
    listed = json.dumps({"files": sorted(names)}, indent=1).encode()
    _write(staging / "manifest.part", listed + b"\n")
    (staging / "manifest.part").replace(staging / MANIFEST)
    _sync(staging)


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


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
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
