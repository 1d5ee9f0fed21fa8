"""Tables -> one DuckDB file with keys, checks, comments and views.

Input: the rows of all tables, validated. Output: `warehouse.duckdb`, readable by DuckDB 1.4 too.
Grain: a table of `schemas` each. Raises: `AdmissionsError` where a row breaks a constraint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

import schemas
from errors import AdmissionsError
from schemas.subjects import subjects
from warehouse import ddl
from warehouse.dictionary import Macro, View, ViewColumn, dictionary_frame, dictionary_markdown

# The storage format that every DuckDB from 1.2 on reads.
STORAGE_VERSION = "v1.2.0"
# The smallest there is: every column of every small table begins a block of its own.
BLOCK_BYTES = 16384
VIEWS_FILE = Path(__file__).with_name("views.sql")


def write_database(
    tables: Mapping[str, pa.Table], audit: Mapping[str, pa.Table], path: Path
) -> str:
    """Write the DuckDB file of a release; return its DICTIONARY.md.

    Parameters
    ----------
    tables, audit : rows by table name, of every table of `schemas.TABLES` and of
        `schemas.AUDIT` but `dictionary`, which is generated here.
    path : the file, not yet there.

    Raises
    ------
    AdmissionsError : a row breaks a key or a check of its model.
    """
    with _new_database(path) as connection:
        connection.begin()
        for schema, models, filled in (
            ("main", schemas.TABLES, tables),
            ("audit", schemas.AUDIT, audit),
        ):
            for name, model in models.items():
                connection.execute(";\n".join(ddl.table_statements(schema, model)))
                if name in filled:
                    _fill(connection, schema, name, filled[name])
        create_views(connection)
        views = views_of(connection)
        dictionary = schemas.arrow_table_of(schemas.AUDIT["dictionary"], dictionary_frame(views))
        _fill(connection, "audit", "dictionary", dictionary)
        text = dictionary_markdown(views, macros_of(connection))
        connection.commit()
    return text


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views and macros of `views.sql` and give every column of them a comment."""
    connection.execute(subject_type_statement())
    connection.execute(VIEWS_FILE.read_text(encoding="utf-8"))
    for statement in _inherited_comments(connection):
        connection.execute(statement)


def subject_type_statement() -> str:
    """The type of subject names, which gives `weighting_matrix` its columns."""
    return ddl.enum_statement(
        "subject_name", [s.name for s in subjects().values() if s.category == "A" and s.scored]
    )


def views_of(connection: duckdb.DuckDBPyConnection) -> list[View]:
    """The views of a warehouse with their columns, in the order of making."""
    rows = connection.execute(
        "SELECT view_name, views.comment, sql, column_name, data_type, columns.comment "
        "FROM duckdb_views() AS views "
        "JOIN duckdb_columns() AS columns USING (database_name, schema_name) "
        "WHERE view_name = table_name AND NOT views.internal "
        "ORDER BY view_oid, column_index"
    ).fetchall()
    return [
        View(name, comment, sql, tuple(ViewColumn(*row[3:]) for row in columns))
        for (name, comment, sql), columns in groupby(rows, key=lambda row: row[:3])
    ]


def macros_of(connection: duckdb.DuckDBPyConnection) -> list[Macro]:
    """The table macros of a warehouse, in the order of making."""
    rows = connection.execute(
        "SELECT function_name, parameters, comment FROM duckdb_functions() "
        "WHERE NOT internal AND function_type = 'table_macro' ORDER BY function_oid"
    ).fetchall()
    return [Macro(name, tuple(parameters), comment) for name, parameters, comment in rows]


def _inherited_comments(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Comments of view columns that mean what the column of their name means in what they read."""
    described = {
        name: {column.name: ddl.comment_of(column) for column in schemas.columns_of(model)}
        for name, model in schemas.TABLES.items()
    }
    for view in views_of(connection):
        read = set(re.findall(r"\b(?:FROM|JOIN) \(*(\w+)", view.sql))
        sources = [columns for name, columns in described.items() if name in read]
        described[view.name] = {}
        for column in view.columns:
            comment = column.comment
            if comment is None:
                comment = next(
                    (names[column.name] for names in sources if column.name in names), None
                )
                if comment is None and column.name in subjects():
                    comment = (
                        f"Largest weight {column.name} may count with; NULL where it cannot count"
                    )
                if comment is None:
                    raise AdmissionsError(f"views.sql has no comment for {view.name}.{column.name}")
                yield ddl.column_comment(ddl.quoted(view.name), column.name, comment)
            described[view.name][column.name] = comment


@contextmanager
def _new_database(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # One thread: handing out so little work costs more than doing it.
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(
            f"ATTACH {ddl.literal(str(path))} AS warehouse "
            f"(STORAGE_VERSION {ddl.literal(STORAGE_VERSION)}, BLOCK_SIZE {BLOCK_BYTES})"
        )
        connection.execute("USE warehouse")
        connection.execute("CREATE SCHEMA audit")
        yield connection
        connection.execute("USE memory")
        connection.execute("DETACH warehouse")


def _fill(connection: duckdb.DuckDBPyConnection, schema: str, name: str, table: pa.Table) -> None:
    if not table.num_rows:
        return
    target = f"{ddl.quoted(schema)}.{ddl.quoted(name)}"
    connection.register("arriving", table)
    try:
        connection.execute(f"INSERT INTO {target} BY NAME FROM arriving")
    except duckdb.ConstraintException as error:
        raise AdmissionsError(f"{schema}.{name}: {error}".splitlines()[0]) from error
    connection.unregister("arriving")
