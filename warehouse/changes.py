"""What changed between two editions, value by value: the rows of `audit.changes`.

Input: the frames of all main tables. Output: rows, one per value that differs and per row that is
new or gone. Grain: see `schemas.audit.Changes`. Raises: nothing of its own.

A table is compared between two years that both have rows in it, and a column where both years
have values in it: a leaflet prints less than a brochure, which is no change. A programme that
comes or goes is one row, not one for each of its values. A programme whose code changed while its
title stayed is followed under its new code; a title merely spelt otherwise is no new name.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

import schemas
from schemas.spelling import is_respelt
from warehouse.causes import Causes, ValueId
from warehouse.code_changes import CodeChanges, code_changes

Row = dict[str, Any]
Identity = tuple[tuple[str, object], ...]

# The column that says which year a row is for. Tables without one have no editions.
YEAR_COLUMNS = ("edition", "scores_year", "entry_year")
# Rows in printed order are the same row wherever they stand: known by what they say.
KNOWN_BY = {
    "study_options": ("jupas_code", "title"),
    "preferred_levels": ("jupas_code", "subjects"),
}
# Only a requirements spread prints these: compared between editions that both have one.
IN_REQUIREMENTS_ONLY = {
    "programmes": {"school", "choice_type", "interview_required", "duration_years", "remarks"},
    "formulas": {"highest_attainable", "bonus_categories"},
}
# Not every year's score table has these: compared between years that both print some.
NOT_EVERY_YEAR = {
    "scores": {"highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject"}
}
# Says again, table by table, what `programmes` says.
TABLES_NOT_COMPARED = ("programme_names",)
# True once and NULL the year after, by its meaning.
COLUMNS_NOT_COMPARED = ("is_new",)


def all_changes(tables: Mapping[str, pd.DataFrame], causes: Causes) -> pd.DataFrame:
    """The frame of `audit.changes`: every year of a table against the one before it there."""
    rows: list[Row] = []
    for name in compared_tables():
        years = sorted(set(tables[name][year_column(name)].tolist()))
        for earlier, later in pairwise(years):
            rows += _table_changes(name, tables, earlier, later, causes)
    return schemas.frame_of(schemas.AUDIT["changes"], rows)


def changes_between(
    tables: Mapping[str, pd.DataFrame], from_edition: int, to_edition: int, causes: Causes
) -> pd.DataFrame:
    """The same for any two years, near or far."""
    rows: list[Row] = []
    for name in compared_tables():
        rows += _table_changes(name, tables, from_edition, to_edition, causes)
    return schemas.frame_of(schemas.AUDIT["changes"], rows)


def compared_tables() -> list[str]:
    """Tables that have editions, in the order of the dictionary."""
    return [
        name
        for name, model in schemas.TABLES.items()
        if name not in TABLES_NOT_COMPARED and set(YEAR_COLUMNS) & set(schemas.key_of(model))
    ]


def year_column(table: str) -> str:
    """The column of a compared table that says which year a row is for."""
    return next(c for c in schemas.key_of(schemas.TABLES[table]) if c in YEAR_COLUMNS)


def _table_changes(
    name: str, tables: Mapping[str, pd.DataFrame], earlier: int, later: int, causes: Causes
) -> list[Row]:
    year = year_column(name)
    rows = schemas.rows_from(tables[name])
    old_rows = [row for row in rows if row[year] == earlier]
    new_rows = [row for row in rows if row[year] == later]
    if not old_rows or not new_rows:
        return []
    codes = (
        code_changes(tables["programmes"], earlier, later) if year == "edition" else CodeChanges()
    )
    old, new = _by_identity(name, old_rows, codes.renamed), _by_identity(name, new_rows, {})
    columns = _compared_columns(name, tables, old_rows, new_rows)
    found: list[Row] = []
    for identity in sorted({*old, *new}, key=repr):
        key = json.dumps(dict(identity), ensure_ascii=False)
        changes = _row_changes(name, old.get(identity), new.get(identity), columns, codes, causes)
        found += [{"table_name": name, "key": key, **change} for change in changes]
    _rank(found)
    return [{"from_edition": earlier, "to_edition": later, **change} for change in found]


def _row_changes(
    name: str,
    old: Row | None,
    new: Row | None,
    columns: Sequence[str],
    codes: CodeChanges,
    causes: Causes,
) -> Iterator[Row]:
    model = schemas.TABLES[name]
    if old is None or new is None:
        row = new if old is None else old
        if row is None or (name != "programmes" and row.get("jupas_code") in codes.come_or_gone):
            return
        text = json.dumps({c: row[c] for c in columns if row[c] is not None}, ensure_ascii=False)
        values = [ValueId(name, schemas.key_json(model, row), column) for column in columns]
        yield {
            "change": "new" if old is None else "gone",
            "new_value" if old is None else "old_value": text,
            "cause": causes.of(*values),
        }
        return
    for column in ("jupas_code", *columns) if name == "programmes" else columns:
        before, after = old[column], new[column]
        if before == after:
            continue
        spelling = column == "title" and is_respelt(before, after)
        is_name = name == "programmes" and column in _NAMES
        values = [ValueId(name, schemas.key_json(model, row), column) for row in (old, new)]
        yield {
            "column_name": column,
            "change": "renamed" if is_name and not spelling else "changed",
            "old_value": _text(before),
            "new_value": _text(after),
            "size": _size(before, after),
            "cause": causes.of(*values, respelt=spelling),
        }


_NAMES = ("jupas_code", "title")


def _by_identity(name: str, rows: Sequence[Row], renamed: Mapping[str, str]) -> dict[Identity, Row]:
    """Rows by what makes them the same row in another year; a repeated one is numbered."""
    found: dict[Identity, Row] = {}
    seen: Counter[Identity] = Counter()
    for row in rows:
        values = {column: row[column] for column in _identity_columns(name)}
        if "jupas_code" in values and values["jupas_code"] in renamed:
            values["jupas_code"] = renamed[values["jupas_code"]]
        if "formula_year" in row and row["formula_year"] != row["scores_year"]:
            values["formula_years_later"] = row["formula_year"] - row["scores_year"]
        identity = tuple(values.items())
        seen[identity] += 1
        if seen[identity] > 1:
            identity = (*identity, ("repeat", seen[identity]))
        found[identity] = row
    return found


def _identity_columns(name: str) -> tuple[str, ...]:
    if name in KNOWN_BY:
        return KNOWN_BY[name]
    key = schemas.key_of(schemas.TABLES[name])
    return tuple(c for c in key if c not in (*YEAR_COLUMNS, "formula_year"))


def _compared_columns(
    name: str, tables: Mapping[str, pd.DataFrame], old_rows: Sequence[Row], new_rows: Sequence[Row]
) -> list[str]:
    """The columns outside the key that both years' documents print."""
    skipped = {*COLUMNS_NOT_COMPARED, *_identity_columns(name)}
    skipped |= set(schemas.key_of(schemas.TABLES[name]))
    if name in IN_REQUIREMENTS_ONLY:
        with_spread = set(tables["minimum_requirements"]["edition"].tolist())
        if not {old_rows[0]["edition"], new_rows[0]["edition"]} <= with_spread:
            skipped |= IN_REQUIREMENTS_ONLY[name]
    if name in NOT_EVERY_YEAR:
        for column in NOT_EVERY_YEAR[name]:
            if any(all(row[column] is None for row in rows) for rows in (old_rows, new_rows)):
                skipped.add(column)
    columns = schemas.columns_of(schemas.TABLES[name])
    return [column.name for column in columns if column.name not in skipped]


def _rank(changes: Sequence[Row]) -> None:
    """Number the moves of each column by size, within a basis and a scale; ties share a rank."""
    moves: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for change in changes:
        if change.get("size") is not None:
            key = json.loads(change["key"])
            among = tuple(key[c] for c in ("basis", "point_scale") if c in key)
            moves[(change["column_name"], *among)].append(change)
    for alike in moves.values():
        sizes = sorted((abs(change["size"]) for change in alike), reverse=True)
        for change in alike:
            change["rank"] = sizes.index(abs(change["size"])) + 1


def _size(before: object, after: object) -> float | None:
    numbers = [v for v in (before, after) if isinstance(v, int | float) and not isinstance(v, bool)]
    # Figures are printed with two decimals: more are noise of the subtraction.
    return round(float(numbers[1] - numbers[0]), 4) if len(numbers) == 2 else None


def _text(value: object) -> str | None:
    """A value as text: 44.0 is '44', True is 'true', a list is JSON."""
    match value:
        case None | str():
            return value
        case bool() | list():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return f"{value:.10g}"
    return str(value)
