"""Jinja templates, strict and escaping."""

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

_TEMPLATES = Environment(
    loader=PackageLoader("busplan.publishing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render(template: str, values: Mapping[str, object]) -> str:
    """The template with its values; raises for a value that is missing."""
    return _TEMPLATES.get_template(template).render(values)
