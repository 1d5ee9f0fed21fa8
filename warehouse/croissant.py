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
# The terms that Croissant 1.0 asks every description to spell out.
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant_descriptor(folder: Path, release_id: str) -> dict[str, Any]:
    """The description of a release whose `parquet/` is written.

    Parameters
    ----------
    folder : the release's folder; the paths in the description are relative to it.
    """
    return {
        "@context": CONTEXT,
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
