"""The models as a Data Package: `datapackage.json` beside the Parquet files.

Input: the models of `schemas`. Output: a descriptor by the Data Package standard, as a dictionary.
Grain: one resource a table. Raises: nothing for the models of `schemas`.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

import schemas
from schemas.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, TEXT, TEXTS

FIELD_TYPES: dict[pa.DataType, str] = {
    TEXT: "string",
    INTEGER: "integer",
    NUMBER: "number",
    FLAG: "boolean",
    DAY: "date",
    MOMENT: "datetime",
    # "array" by the standard; frictionless gets NumPy arrays from Parquet and takes them for none
    TEXTS: "any",
}
# How frictionless, which reads Parquet by way of pandas, prints a NULL. '' is a value (rankings).
MISSING_VALUES = ["nan", "None", "NaT"]


def package_descriptor(release_id: str) -> dict[str, Any]:
    """The descriptor of a release: every main table with its columns, key and constraints."""
    return {
        "name": "hkust-admissions",
        "title": "HKUST admissions: requirements, formulas, scores, rankings and news",
        "description": (
            "Facts printed in HKUST's JUPAS brochure, score leaflets and news pages. "
            "HKUST's own documents are the authority."
        ),
        "version": release_id,
        "resources": [_resource(name, model) for name, model in schemas.TABLES.items()],
    }


def _resource(name: str, model: type[schemas.Table]) -> dict[str, Any]:
    return {
        "name": name.replace("_", "-"),
        "type": "table",
        "path": f"parquet/{name}.parquet",
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": name,
        "description": schemas.description_of(model),
        "schema": {
            "fields": [_field(column) for column in schemas.columns_of(model)],
            "primaryKey": list(schemas.key_of(model)),
            "missingValues": MISSING_VALUES,
        },
    }


def _field(column: schemas.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    for check in column.checks:
        match check.name, check.parameters:
            case "isin", {"allowed_values": values}:
                constraints["enum"] = list(values)
            case "str_matches", {"pattern": pattern}:
                constraints["pattern"] = pattern
            case "greater_than_or_equal_to", {"min_value": low}:
                constraints["minimum"] = low
            case "less_than_or_equal_to", {"max_value": high}:
                constraints["maximum"] = high
            case _:
                raise NotImplementedError(f"no constraint for the check {check.name!r}")
    field: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if constraints:
        field["constraints"] = constraints
    return field
