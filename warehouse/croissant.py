"""The release as a Croissant description: `croissant.json`, schema.org's Dataset for data tools.

Input: the models of `schemas`, the Parquet files of a release. Output: JSON-LD by Croissant 1.0, as
a dictionary. Grain: one FileObject and one RecordSet a table.
Raises: `OSError` where a Parquet file is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

import schemas
from schemas.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, TEXT, TEXTS
from warehouse.ddl import comment_of
from warehouse.manifest import sha256_of

DATA_TYPES: dict[pa.DataType, str] = {
    TEXT: "sc:Text",
    INTEGER: "sc:Integer",
    NUMBER: "sc:Float",
    FLAG: "sc:Boolean",
    DAY: "sc:Date",
    MOMENT: "sc:DateTime",
    TEXTS: "sc:Text",  # with "repeated"
}
# Croissant 1.0 asks every description to spell out the terms it may use.
TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in TERMS},
}


def croissant_descriptor(folder: Path, release_id: str) -> dict[str, Any]:
    """The description of a release whose `parquet/` is written.

    Parameters
    ----------
    folder : the release's folder; the paths in the description are relative to it.
    """
    return {
        "@context": dict(sorted(CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "hkust-admissions",
        "description": (
            "Facts printed in HKUST's JUPAS brochure, score leaflets and news pages: requirements, "
            "formulas, scores, rankings and news. HKUST's own documents are the authority."
        ),
        "url": "https://join.hkust.edu.hk/admissions/jupas",
        "license": "Facts and figures from documents of HKUST, all rights reserved",
        "creator": {"@type": "sc:Organization", "name": "HKUST"},
        "citeAs": f"HKUST's admissions documents, read as hkust-admissions {release_id}",
        "version": release_id,
        "distribution": [_file_object(name, folder) for name in schemas.TABLES],
        "recordSet": [_record_set(name, model) for name, model in schemas.TABLES.items()],
    }


def _file_object(name: str, folder: Path) -> dict[str, Any]:
    path = f"parquet/{name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{(folder / path).stat().st_size} B",
        "encodingFormat": "application/x-parquet",  # the name mlcroissant reads Parquet by
        "sha256": sha256_of(folder / path),
    }


def _record_set(name: str, model: type[schemas.Table]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": schemas.description_of(model),
        "key": [{"@id": f"{name}/{column}"} for column in schemas.key_of(model)],
        "field": [_field(name, column) for column in schemas.columns_of(model)],
    }


def _field(table: str, column: schemas.Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": comment_of(column),
        "dataType": DATA_TYPES[column.type],
        "source": {
            "fileObject": {"@id": f"parquet/{table}.parquet"},
            "extract": {"column": column.name},
        },
    }
    if column.type == TEXTS:
        field["repeated"] = True
    return field
