"""The documents name real commands, settings, files and rules."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from busplan.cli.main import app
from busplan.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
README = DOCUMENTS[0].read_text("utf-8")
CODE = re.compile(r"^ {4,}(.+)$|`([^`\n]+)`", re.MULTILINE)
COMMAND = re.compile(r"\bbusplan ([a-z]+)((?: [^`#]+)?)")
LINK = re.compile(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"")
PATH = re.compile(r"`((?:busplan|data(?!/my-)|docs|tests|scripts|maps|benchmarks)/[\w./-]+)`")


def code_in(text: str) -> list[str]:
    """Every line of an indented block and every span of code."""
    return [block or span for block, span in CODE.findall(text)]


def commands_in(text: str) -> list[tuple[str, list[str]]]:
    """First word and further words of every ``busplan`` command shown as code."""
    lines = [line for line in code_in(text) if line.startswith("busplan ")]
    return [(m[1], m[2].split()) for line in lines if (m := COMMAND.match(line))]


def options_of(name: str, words: list[str]) -> set[str]:
    """The options of a command that exists, found by its words."""
    found: Any = typer.main.get_command(app)
    for word in [name, *words]:
        if not hasattr(found, "commands"):  # the rest are arguments
            break
        assert word in found.commands, f"there is no busplan {name} {word}"
        found = found.commands[word]
    return {option for param in found.params for option in param.opts} | {"--help"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_their_options_exist(document: Path) -> None:
    for name, words in commands_in(document.read_text("utf-8")):
        named = {word.split("=")[0] for word in words if word.startswith("--")}
        places = [word for word in words if not word.startswith("-")]

        assert named <= options_of(name, places)


def test_the_readme_shows_every_command() -> None:
    shown = {name for name, _ in commands_in(README)}
    group: Any = typer.main.get_command(app)

    assert set(group.commands) - shown == set()


def test_the_readme_lists_every_setting_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        row = rf"^\| `BUSPLAN_{name.upper()}` \| `?{re.escape(str(field.default) or 'empty')}`? \|"
        assert re.search(row, README, re.MULTILINE), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_links_and_paths_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    settings = {f"BUSPLAN_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"BUSPLAN_[A-Z_]*[A-Z]", text)) <= settings
    for link in [one or other for one, other in LINK.findall(text)]:
        assert (document.parent / link).exists(), link
    for path in PATH.findall(text):
        assert (ROOT / path).exists(), path
