"""The ``datapackage.json`` of a county's folder, so that others can validate it with their tools.

Frictionless Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

import json
from collections.abc import Mapping
from typing import Any

from busplan.domain.places import County
from busplan.exchange import outlines
from busplan.exchange.county_tables import TABLES
from busplan.exchange.tables import Column, Table

FILE = "datapackage.json"


def write_package(county: County) -> bytes:
    """A description of the county's files; sources and licences are for the county to add."""
    package = {
        "name": county.id.lower(),
        "title": county.name,
        "profile": "data-package",
        "resources": [*map(_resource, TABLES), _borders()],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def table_schema(table: Table[Any]) -> dict[str, Any]:
    """The Table Schema that the rows of the table follow."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = [table.key]
    foreign = [_foreign_key(column) for column in table.columns if column.refers_to]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def resource_name(file: str) -> str:
    """The name of a file's resource."""
    return file.removesuffix(".csv")


def _resource(table: Table[Any]) -> dict[str, Any]:
    return {
        "name": resource_name(table.file),
        "description": table.about,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": table_schema(table),
    }


def _borders() -> dict[str, Any]:
    return {
        "name": "borders",
        "description": "borders of the municipalities",
        "path": outlines.FILE,
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: Mapping[str, Any] = column.kind.field.get("constraints", {})
    if column.required:
        constraints = {"required": True, **constraints}
    field = {"name": column.name, "type": column.kind.field["type"], "description": column.about}
    return field | ({"constraints": dict(constraints)} if constraints else {})


def _foreign_key(column: Column) -> dict[str, Any]:
    key = next(table.key for table in TABLES if table.file == column.refers_to)
    reference = {"resource": resource_name(column.refers_to), "fields": [key]}
    return {"fields": [column.name], "reference": reference}
