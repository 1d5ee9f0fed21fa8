"""The dictionary: every table, view and macro with what its columns mean.

Input: the models of `schemas`; the views and macros as the database describes them.
Output: the frame of `audit.dictionary`, and DICTIONARY.md, the same for every release of one code
version. Grain: a column. Raises: `AdmissionsError` for a view's column without a description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

import schemas
from warehouse.ddl import SQL_TYPES

_INTRODUCTION = """# Data dictionary

Generated from `schemas/`. Tables of schema `main` are also `parquet/<table>.parquet`.
Key columns are **bold**; their values name a row. Missing is NULL, never a sentinel.
"""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view."""

    name: str
    type: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A view, as the database describes it."""

    name: str
    comment: str
    sql: str
    columns: tuple[ViewColumn, ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """A table macro, as the database describes it."""

    name: str
    parameters: tuple[str, ...]
    comment: str


def dictionary_frame(views: Sequence[View]) -> pd.DataFrame:
    """The frame of `audit.dictionary`: one row a column of every table and view."""
    tables: list[dict[str, object]] = [
        {
            "schema_name": schema,
            "table_name": name,
            "column_name": column.name,
            "type": SQL_TYPES[column.type],
            "unit": column.unit,
            "is_key": column.is_key,
            "is_nullable": column.nullable,
            "domain": column.domain,
            "description": column.description,
        }
        for schema, models in (("main", schemas.TABLES), ("audit", schemas.AUDIT))
        for name, model in models.items()
        for column in schemas.columns_of(model)
    ]
    viewed: list[dict[str, object]] = [
        {
            "schema_name": "main",
            "table_name": view.name,
            "column_name": column.name,
            "type": column.type,
            "is_key": False,
            "is_nullable": True,
            "description": column.comment,
        }
        for view in views
        for column in view.columns
    ]
    return schemas.frame_of(schemas.AUDIT["dictionary"], tables + viewed)


def dictionary_markdown(views: Sequence[View], macros: Sequence[Macro]) -> str:
    """DICTIONARY.md: the same as a page."""
    sections = [
        _INTRODUCTION,
        "## Tables",
        *(_table(name, model) for name, model in schemas.TABLES.items()),
        "## Views",
        *(_view(view) for view in views),
        "## Macros",
        *(f"### {m.name}({', '.join(m.parameters)})\n\n{m.comment}" for m in macros),
        "## Audit tables, in schema `audit`",
        *(_table(f"audit.{name}", model) for name, model in schemas.AUDIT.items()),
    ]
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _table(name: str, model: type[schemas.Table]) -> str:
    rows = [
        (
            f"**{column.name}**" if column.is_key else column.name,
            SQL_TYPES[column.type] + ("" if column.nullable else " NOT NULL"),
            column.unit or "",
            column.description,
            column.domain or "",
        )
        for column in schemas.columns_of(model)
    ]
    header = ("column", "type", "unit", "meaning", "values")
    return "\n".join([f"### {name}\n\n{schemas.description_of(model)}\n", *_lines(header, rows)])


def _view(view: View) -> str:
    rows = [(column.name, column.type, column.comment or "") for column in view.columns]
    header = ("column", "type", "meaning")
    return "\n".join([f"### {view.name}\n\n{view.comment}\n", *_lines(header, rows)])


def _lines(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for row in (header, tuple("---" for _ in header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
