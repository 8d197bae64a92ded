"""All words and figures of a file, whatever it is wrapped in."""


def plain_text(name: str, content: bytes) -> str:
    """What a reader of the file can find in it, unwrapped."""
    text = content.decode("latin-1")
    if name.endswith(".ics"):
        text = f"{text}\n{_unfolded(content)}"
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
