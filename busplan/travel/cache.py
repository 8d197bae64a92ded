"""Travel matrices on disk, keyed by places and source."""

import hashlib
import io
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import Coordinate
from busplan.travel.build import build_matrix
from busplan.travel.provider import TravelTimes

FORMAT = "busplan travel matrix 1"
"""Raise the number when rounding or the file's layout changes: older files are then ignored."""
_DIGEST_BYTES = hashlib.sha256().digest_size
_log = logging.getLogger(__name__)


def cached_matrix(
    cache_dir: Path | None, nodes: Mapping[str, Coordinate], travel: TravelTimes
) -> TravelMatrix:
    """What ``build_matrix`` returns, read from ``cache_dir`` where it was built before.

    ``None`` means no cache. A damaged file is built anew; a folder that cannot be used is
    logged and costs only time. Raises what ``build_matrix`` raises.
    """
    if cache_dir is None:
        return build_matrix(nodes, travel)
    path = cache_dir / f"{_key(nodes, travel)}.matrix"
    matrix = _read(path, tuple(nodes))
    if matrix is None:
        matrix = build_matrix(nodes, travel)
        _write(path, matrix)
    return matrix


def _key(nodes: Mapping[str, Coordinate], travel: TravelTimes) -> str:
    places = [(node, at.lat, at.lon) for node, at in nodes.items()]
    return hashlib.sha256(repr((FORMAT, travel.key, places)).encode()).hexdigest()


def _read(path: Path, nodes: tuple[str, ...]) -> TravelMatrix | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("%s could not be read: %s", path, error)
        return None
    digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        _log.warning("%s is damaged and is built anew", path)
        return None
    with np.load(io.BytesIO(body)) as tables:
        return TravelMatrix(
            nodes=nodes,
            minutes=tuple(map(tuple, tables["minutes"].tolist())),
            metres=tuple(map(tuple, tables["metres"].tolist())),
        )


def _write(path: Path, matrix: TravelMatrix) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, minutes=_table(matrix.minutes), metres=_table(matrix.metres))
    body = buffer.getvalue()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as workplace:
            part = Path(workplace) / path.name
            part.write_bytes(hashlib.sha256(body).digest() + body)
            part.replace(path)
    except OSError as error:
        _log.warning("%s could not be written: %s", path, error)


def _table(rows: tuple[tuple[int, ...], ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(rows))
