"""The documents name commands, settings, files and words that exist, and their links lead there."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from busplan.cli.main import app
from busplan.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "data/README.md")
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in (*ROOT.glob("*.md"), *(ROOT / "data").glob("*.md"), *ROOT.glob("docs/**/*.md"))
)

INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|href)=["']([^"']+)["']""")
SCRIPT = re.compile(r"(?<![\w/])(?:\./)?(scripts/\w+)((?: --[\w-]+)*)")
NAME = re.compile(r"[A-Za-z]\w*_\w*[A-Za-z0-9]|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+")
FILE = re.compile(r"[\w./*-]+\.(?:py|csv|json|md|toml|lock)")


def read(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def code_lines(document: str) -> Iterator[str]:
    """Lines of code blocks, indented or fenced, and code inside sentences."""
    fenced = False
    for line in read(document).splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip()
        else:
            yield from INLINE.findall(line)


def words_in_code(document: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Whole pieces of code inside sentences that are of this form."""
    for piece in INLINE.findall(read(document)):
        if pattern.fullmatch(piece):
            yield piece


def command_lines(document: str) -> list[list[str]]:
    """The words of every command that begins with ``busplan``."""
    lines = (line for line in code_lines(document) if line.startswith("busplan "))
    return [shlex.split(line, comments=True)[1:] for line in lines]


def unknown_in(words: list[str]) -> list[str]:
    """The words of a command line that our parser does not know."""
    command: Any = get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words[0]]
        words = words[1:]
    options = {name for parameter in command.params for name in parameter.opts}
    unknown = [word for word in words if word.startswith("--") and word not in options]
    return unknown + (words[:1] if hasattr(command, "commands") else [])


@cache
def source() -> str:
    """All code of the package, in one text."""
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "busplan").rglob("*.py")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_exists_with_its_options(document: str) -> None:
    unknown = {" ".join(words): unknown_in(words) for words in command_lines(document)}

    assert {line: words for line, words in unknown.items() if words} == {}


def test_every_command_is_told_in_the_readme() -> None:
    told = {words[0] for words in command_lines("README.md")}

    assert told == set(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_script_exists_with_its_options(document: str) -> None:
    for script, options in SCRIPT.findall("\n".join(code_lines(document))):
        text = (ROOT / script).read_text("utf-8")
        assert [option for option in options.split() if option not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_setting_exists(document: str) -> None:
    named = set(re.findall(r"BUSPLAN_[A-Z_]*[A-Z]", read(document)))

    assert named <= {f"BUSPLAN_{name.upper()}" for name in Settings.model_fields}


def test_the_readme_tells_every_setting_with_its_default() -> None:
    told = dict(re.findall(r"^\| `BUSPLAN_(\w+)` \| `?([^|`]+?)`? \|", read("README.md"), re.M))

    assert told == {
        name.upper(): str(spec.default) or "empty" for name, spec in Settings.model_fields.items()
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_of_the_code_is_one(document: str) -> None:
    """Parameters, columns, types and functions, wherever they stand as code in a sentence."""
    names = {name for name in words_in_code(document, NAME) if not name.startswith("BUSPLAN_")}

    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", source())] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_exists(document: str) -> None:
    """A path may begin at the root, at the package or anywhere below, as is usual in talk."""
    files = {name for name in words_in_code(document, FILE) if not name.startswith("/")}

    assert [name for name in sorted(files) if not any(_tracked_like(name))] == []


def _tracked_like(name: str) -> Iterator[Path]:
    hidden = {".venv", ".git", "var"}
    anywhere = name.removeprefix("./").replace("/my-county/", "/*/")
    for path in ROOT.glob(f"**/{anywhere}"):
        if not hidden & set(path.relative_to(ROOT).parts):
            yield path


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_module_to_run_exists(document: str) -> None:
    for module in re.findall(r"python -m ((?:tests|benchmarks|busplan)[\w.]*)", read(document)):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists(), module


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_somewhere(page: str) -> None:
    broken = [link for link in _links(page) if not _leads_somewhere(link, page)]

    assert broken == []


def _links(page: str) -> Iterator[str]:
    for found in LINK.findall(read(page)):
        link = found[0] or found[1]
        if not re.match(r"[a-z]+:", link):
            yield link


def _leads_somewhere(link: str, page: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    if not target.exists() or not target.resolve().is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """Headings as code forges address them."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_what_is_not_there_would_be_told() -> None:
    """These checks do find what they look for."""
    assert unknown_in(["plan", "--wek", "1"]) == ["--wek"]
    assert unknown_in(["plam"]) == ["plam"]
    assert unknown_in(["data", "lod", "folder"]) == ["lod"]
    assert unknown_in(["track", "leave", "visit", "--tally", "10_to_13=5"]) == []
    assert not _leads_somewhere("nowhere.md", "README.md")
    assert not _leads_somewhere("CONTRIBUTING.md#nowhere", "README.md")
    assert all(command_lines(document) for document in ("README.md", "data/README.md"))
