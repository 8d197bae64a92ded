"""All words and figures of a file, whatever it is wrapped in."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from google.protobuf.text_format import MessageToString
from google.transit.gtfs_realtime_pb2 import FeedMessage

from busplan.domain.dates import BERLIN


def plain_text(name: str, content: bytes) -> str:
    """What a reader of the file can find in it, unwrapped."""
    text = content.decode("latin-1")
    if name.endswith(".ics"):
        return f"{text}\n{_unfolded(content)}"
    if name.endswith(".zip"):
        return f"{text}\n{_unzipped(content)}"
    if name.endswith(".pb"):
        return f"{text}\n{_messages(content)}"
    return text


def _unfolded(content: bytes) -> str:
    """Calendar lines are folded, and a fold could hide a word; clock times stand as 150000."""
    lines = content.replace(b"\r\n ", b"").decode()
    return "\n".join(f"{line}\n{_clocks(line)}" for line in lines.splitlines())


def _clocks(line: str) -> str:
    if not line.startswith(("DTSTART", "DTEND")) or "T" not in line.rpartition(":")[2]:
        return ""
    digits = line.rpartition("T")[2]
    return f"{digits[:2]}:{digits[2:4]}"


def _unzipped(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def _messages(content: bytes) -> str:
    """A GTFS-Realtime feed as text, its moments as clock times too."""
    text = MessageToString(FeedMessage.FromString(content), as_utf8=True)
    moments = (datetime.fromtimestamp(int(s), UTC) for s in re.findall(r"\b\d{10}\b", text))
    return "\n".join([text, *(f"{moment.astimezone(BERLIN):%H:%M}" for moment in moments)])
