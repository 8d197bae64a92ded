"""LibreOffice without a window, as the county's staff would open our files."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TIMEOUT_SECONDS = 120


def require_libreoffice() -> str:
    """The program; skips where it is missing, and fails instead where CI must have it."""
    program = shutil.which("soffice")
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("LibreOffice is missing: apt-get install libreoffice-calc")
    return program


def convert(source: Path, target: str, profile: Path, read_as: str | None = None) -> Path:
    """Open the file and save it again as ``target``; returns the new file beside the old one.

    ``read_as`` are LibreOffice's import options, for files that do not say how to read them.
    """
    out = source.parent / "converted"
    command = [
        require_libreoffice(),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        *([f"--infilter={read_as}"] if read_as else []),
        "--convert-to",
        target,
        "--outdir",
        str(out),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    converted = out / source.with_suffix(f".{target.partition(':')[0]}").name
    assert converted.exists(), done.stdout + done.stderr
    return converted
