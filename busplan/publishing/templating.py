"""Jinja templates, strict and escaping, and the styles beside them."""

from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

_TEMPLATES = Environment(
    loader=PackageLoader("busplan.publishing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def read_style(name: str) -> str:
    """A style sheet that lies beside the templates."""
    return files("busplan.publishing").joinpath("templates", name).read_text("utf-8")


def render(template: str, values: Mapping[str, object]) -> str:
    """The template with its values; raises for a value that is missing."""
    return _TEMPLATES.get_template(template).render(values)
