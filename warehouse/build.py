"""Frames -> the files of a release, in a folder that nobody reads yet.

Input: the frames of every table. Output: `warehouse.duckdb`, `parquet/`, `datapackage.json`,
`croissant.json`, `DICTIONARY.md`, `views.sql`. Grain: one folder a release.
Raises: `AdmissionsError` where a frame is missing or breaks what its model says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

import schemas
from errors import AdmissionsError
from schemas import arrow_table_of
from warehouse.croissant import croissant_descriptor
from warehouse.current import DATABASE
from warehouse.database import VIEWS_FILE, subject_type_statement, write_database
from warehouse.ddl import literal, quoted
from warehouse.package import package_descriptor
from warehouse.parquet import write_parquet

PARQUET = "parquet"
GENERATED = "dictionary"  # the one table that is not handed in


def build(
    tables: Mapping[str, pd.DataFrame],
    audit: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    release_id: str,
) -> None:
    """Write a release's data files into `folder`, which is there and empty.

    Parameters
    ----------
    tables : frame by name, of every table of `schemas.TABLES`; empty ones too.
    audit : frame by name, of every table of `schemas.AUDIT` but `dictionary`.

    Raises
    ------
    AdmissionsError : a table is missing or unknown; a frame breaks a key, a type or a check.
    """
    _refuse_other_names("main", tables, schemas.TABLES)
    _refuse_other_names("audit", audit, schemas.AUDIT.keys() - {GENERATED})
    main = {name: arrow_table_of(schemas.TABLES[name], frame) for name, frame in tables.items()}
    audited = {name: arrow_table_of(schemas.AUDIT[name], frame) for name, frame in audit.items()}
    write_parquet(main, folder / PARQUET)
    dictionary = write_database(main, audited, folder / DATABASE)
    (folder / "DICTIONARY.md").write_text(dictionary, encoding="utf-8")
    _write_json(package_descriptor(release_id), folder / "datapackage.json")
    _write_json(croissant_descriptor(folder, release_id), folder / "croissant.json")
    (folder / "views.sql").write_text(views_over_parquet(), encoding="utf-8")


def views_over_parquet() -> str:
    """The views as a script that runs in the release's folder on its Parquet files alone."""
    lines = [
        "-- The tables, views and macros of this release over its Parquet files, without",
        f"-- {DATABASE}: start `duckdb -init views.sql` in this folder.",
        "",
        *(
            f"CREATE VIEW {quoted(name)} AS FROM {literal(f'{PARQUET}/{name}.parquet')};"
            for name in schemas.TABLES
        ),
        "",
        subject_type_statement() + ";",
        "",
        VIEWS_FILE.read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _refuse_other_names(schema: str, given: Iterable[str], wanted: Iterable[str]) -> None:
    missing, unknown = set(wanted) - set(given), set(given) - set(wanted)
    if missing or unknown:
        raise AdmissionsError(
            f"tables of schema {schema}: missing {sorted(missing)}, unknown {sorted(unknown)}"
        )
