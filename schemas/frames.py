"""Rows of Python values -> a typed, sorted, validated frame, strictly.

Input: rows as dictionaries, as `transform.merge` makes them of readings.
Output: a frame exactly as the table's model describes it, sorted by key.
Raises: `RowRefused` for a value of the wrong type or outside its domain, for an unknown or missing
column and for two rows with one key. Every message names table, key, column and value. Nothing is
ever converted, but an int for a Number.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import pandas as pd
import pandera.errors
import pyarrow as pa

from errors import AdmissionsError
from schemas.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, TEXT, TEXTS, Table
from schemas.description import Column, arrow_schema_of, columns_of, key_of, name_of, order_of
from schemas.refusal import RowRefused, broken_rule

Row = Mapping[str, object]


def frame_of(model: type[Table], rows: Iterable[Row]) -> pd.DataFrame:
    """The frame of a table from its rows, in any order.

    Parameters
    ----------
    model : the table, from `schemas.TABLES` or `schemas.AUDIT`.
    rows : {column: value}; a nullable column may be absent or None, any other may not.
        Values: int, float (an int will do), bool, str, datetime.date, aware datetime.datetime,
        tuple of str. A bool is no int, a date no datetime, NaN no number.

    Returns
    -------
    Frame with the model's columns and types, sorted by key, index 0..n-1.

    Raises
    ------
    RowRefused : see the module.
    """
    columns = columns_of(model)
    checked = [_checked_row(model, columns, row) for row in rows]
    if not checked:
        return _empty_frame(model).copy()
    _refuse_repeated_keys(model, checked)
    checked.sort(key=_sort_key(order_of(model)))
    return _validated(model, checked)


@cache
def _empty_frame(model: type[Table]) -> pd.DataFrame:
    """Most tables of a small release have no row: one look at each model's checks will do."""
    return _validated(model, [])


def _validated(model: type[Table], rows: list[dict[str, object]]) -> pd.DataFrame:
    """The rows as a frame, after every check of its model held."""
    table = pa.Table.from_pylist(rows, schema=arrow_schema_of(model).remove_metadata())
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise broken_rule(model, frame, error) from None
    return frame


def rows_from(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of Python values, None for missing: the way back from `frame_of`."""
    rows: list[dict[str, object]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def arrow_table_of(model: type[Table], frame: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table with descriptions of table and columns as metadata.

    Raises
    ------
    AdmissionsError : the frame has other columns or types than its model.
    """
    schema = arrow_schema_of(model)
    if list(frame.columns) != schema.names:
        raise AdmissionsError(
            f"{name_of(model)}: the frame's columns are not its model's", text=str([*frame.columns])
        )
    arrays = [pa.array(frame[name]) for name in schema.names]
    for field, array in zip(schema, arrays, strict=True):
        if array.type != field.type:
            # pyarrow would turn '2026' into 2026
            raise AdmissionsError(
                f"{name_of(model)}: {field.name} is {array.type}, not {field.type}"
            )
        if array.null_count and not field.nullable:
            raise AdmissionsError(
                f"{name_of(model)}: {field.name} has {array.null_count} missing values"
            )
    return pa.table(arrays, schema=schema)


def key_json(model: type[Table], row: Row) -> str:
    """The key of a row as JSON with the key's columns in order, as `audit` stores it."""
    return json.dumps({name: row[name] for name in key_of(model)}, ensure_ascii=False)


def _checked_row(model: type[Table], columns: tuple[Column, ...], row: Row) -> dict[str, object]:
    unknown = row.keys() - {column.name for column in columns}
    if unknown:
        name = min(unknown)
        raise RowRefused(
            model, row, f"has an unknown column {name!r}",
            text=str(row[name]), todo="The columns of a table are described in schemas/",
        )  # fmt: skip
    checked: dict[str, object] = {}
    for column in columns:
        value = row.get(column.name)  # absent is NULL, which only a nullable column may be
        if value is None:
            if not column.nullable:
                raise RowRefused(model, row, f"{column.name} is missing and may not be")
        elif not _FITS[column.type](value):
            kinds = f"{_TYPES[column.type]}, not {type(value).__name__}"
            raise RowRefused(
                model, row, f"{column.name} takes {kinds}",
                columns=[column.name], text=repr(value),
            )  # fmt: skip
        elif column.type == NUMBER:
            value = float(value)  # type: ignore[arg-type]  # int or float, by _FITS
        elif isinstance(value, dt.datetime):
            # Once pandera is imported, Arrow takes the clock of another zone for UTC's.
            value = value.astimezone(dt.UTC)
        checked[column.name] = value
    return checked


def _is_text_list(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)


_FITS: dict[pa.DataType, Callable[[object], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    NUMBER: lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    ),
    FLAG: lambda value: isinstance(value, bool),
    DAY: lambda value: isinstance(value, dt.date) and not isinstance(value, dt.datetime),
    MOMENT: lambda value: isinstance(value, dt.datetime) and value.tzinfo is not None,
    TEXTS: _is_text_list,
}
_TYPES = {
    TEXT: "text",
    INTEGER: "an int",
    NUMBER: "a finite number",
    FLAG: "a bool",
    DAY: "a date",
    MOMENT: "a datetime with time zone",
    TEXTS: "a tuple of texts",
}


def _refuse_repeated_keys(model: type[Table], rows: Sequence[dict[str, object]]) -> None:
    key = key_of(model)
    if not key:
        return
    seen: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:
        values = tuple(row[name] for name in key)
        if values in seen:
            first = seen[values]
            differing = {n: (first[n], row[n]) for n in row if first[n] != row[n]}
            differing_in = f", differing in {differing}" if differing else ""
            raise RowRefused(model, row, f"is there twice{differing_in}", columns=[*differing])
        seen[values] = row


def _sort_key(order: Sequence[str]) -> Callable[[dict[str, object]], tuple[object, ...]]:
    """Missing values last, as in SQL's NULLS LAST."""
    return lambda row: tuple((row[name] is None, row[name]) for name in order)
