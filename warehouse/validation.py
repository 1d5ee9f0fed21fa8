"""A release read back: does the folder hold what was meant to be written?

Input: a release's folder. Output: nothing, or a refusal.
Raises: `ReleaseBlocked` naming the first thing that is not as it should be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import schemas
from errors import ReleaseBlocked
from warehouse.build import GENERATED, PARQUET
from warehouse.ddl import quoted
from warehouse.manifest import files_of, manifest_of
from warehouse.opened import connected


def refuse_unsound_tables(folder: Path, rows: Mapping[str, int]) -> None:
    """Read the tables of a release back from the disk.

    Every Parquet file against its model's schema, its row count and the DuckDB table, value by
    value; every table and column for its comment; every view by running it; `datapackage.json` by
    its resources.

    Parameters
    ----------
    rows : number of rows by table; tables of schema `audit` as 'audit.<table>'.

    Raises
    ------
    ReleaseBlocked : the first thing that is not as it should be.
    """
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    _require(len(package["resources"]) == len(schemas.TABLES), "datapackage.json lacks tables")
    with connected(folder) as connection:
        for name, model in schemas.TABLES.items():
            file = pq.read_table(folder / PARQUET / f"{name}.parquet")
            expected = schemas.arrow_schema_of(model)
            _require(file.schema.equals(expected), f"{name}.parquet: columns and types")
            _require(
                _descriptions(file.schema) == _descriptions(expected), f"{name}.parquet: metadata"
            )
            stored = _stored(connection, "main", name).cast(file.schema)
            _require(stored.equals(file), f"{name}: DuckDB and Parquet differ")
            _require(file.num_rows == rows[name], f"{name}: number of rows")
        for name in schemas.AUDIT.keys() - {GENERATED}:
            count = _stored(connection, "audit", name).num_rows
            _require(count == rows[f"audit.{name}"], f"{name}: number of rows")
        _refuse_uncommented(connection)
        _run_views(connection)


def refuse_other_files(folder: Path) -> None:
    """Read every file of a release back: those of its manifest, with their checksums, no others.

    Raises
    ------
    ReleaseBlocked : the first one that is not as it should be.
    """
    found, listed = files_of(folder), manifest_of(folder)["files"]
    _require(found.keys() == listed.keys(), f"files {sorted(found.keys() ^ listed.keys())}")
    for name, about in listed.items():
        _require(found[name] == about, f"{name}: checksum")


def _descriptions(schema: pa.Schema) -> list[object]:
    return [schema.metadata, *(field.metadata for field in schema)]


def _stored(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> pa.Table:
    return connection.sql(f"FROM {quoted(schema)}.{quoted(name)}").to_arrow_table()


def _refuse_uncommented(connection: duckdb.DuckDBPyConnection) -> None:
    bare = connection.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() "
        "WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT table_name FROM duckdb_tables() WHERE comment IS NULL "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    _require(not bare, f"no comment on {', '.join(name for (name,) in bare)}")


def _run_views(connection: duckdb.DuckDBPyConnection) -> None:
    for (view,) in connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall():
        try:
            connection.execute(f"FROM {quoted(view)}").fetchall()
        except duckdb.Error as error:
            raise ReleaseBlocked(f"nothing was released: view {view}", text=str(error)) from error


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ReleaseBlocked(f"nothing was released: it does not read back as written: {what}")
