"""Checkers of pages from npm, installed when first needed: axe-core and the W3C's Nu checker."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "npm"
_MODULES = FOLDER / "node_modules"
AXE = _MODULES / "axe-core" / "axe.min.js"
NU = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def axe_script() -> str:
    """The script of axe-core; skips the test without npm, but fails in CI."""
    _install(AXE)
    return AXE.read_text("utf-8")


def check_html(folder: Path) -> str:
    """What the W3C's checker says of all pages in a folder, warnings too; nothing is well.

    Read from a folder no page has an origin, so what its policy calls its own is unknown there.
    """
    if shutil.which("java") is None:
        _give_up("Java is not installed")
    _install(NU)
    command = ["java", "-jar", str(NU), "--stdout", "--skip-non-html", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = told.splitlines(keepends=True)
    return "".join(line for line in lines if "violates Content Security Policy" not in line)


def _install(wanted: Path) -> None:
    if shutil.which("npm") is None:
        _give_up("npm is not installed")
    with (FOLDER / "package.json").open() as turn:  # one worker installs, the others wait
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not wanted.exists():
            # No package may run anything on this machine when it is installed.
            command = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit"]
            subprocess.run(command, cwd=FOLDER, capture_output=True, check=False)
    if not wanted.exists():
        _give_up(f"npm could not install {wanted.relative_to(_MODULES).parts[0]}")


def _give_up(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI must check pages, but {reason}")
    pytest.skip(reason)
