"""Rows of applicants as the batch reads them: one Arrow schema, whatever the file.

Input: the names of a file's columns; Arrow batches of the four that are read, and the rows'
numbers. Output: batches of `SCHEMA`. Grain: one row a result, as in the file. Raises
`DocumentRefused` for a column that is missing or there twice, and for another delimiter.

A column is known by its very name, else in any case, with spaces around it or for '_'.
Blanks around an id are no part of it; a missing one is ''. A whole number that Parquet holds as a
float is written '1', not '1.0' (pandas makes floats of integers where one is missing), whatever the
other ids are.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from errors import DocumentRefused
from scoring.encoding import COLUMNS

DELIMITERS = {";": "';'", "\t": "a tab", "|": "'|'"}  # not read, but named
WHOLE_BELOW = 2.0**53  # floats hold every whole number up to here
CODED = pa.dictionary(pa.int32(), pa.string())
ROW = "row"
SCHEMA = pa.schema(
    [(COLUMNS[0], pa.string()), *((name, CODED) for name in COLUMNS[1:]), (ROW, pa.int64())]
)


def applicant_columns(path: Path, found: list[str]) -> list[str]:
    """What the file calls each of `COLUMNS`, in their order."""
    names: dict[str, str] = {}
    for column in COLUMNS:
        spelled = [name for name in found if name == column]
        spelled = spelled or [name for name in found if _spelling(name) == column]
        if len(spelled) > 1:
            raise DocumentRefused(
                f"has {len(spelled)} columns {column}",
                document=str(path),
                text=", ".join(spelled),
                todo="Leave one of them",
            )
        names |= dict.fromkeys(spelled, column)
    if missing := [column for column in COLUMNS if column not in names.values()]:
        _refuse_delimiter(path, ",".join(found))
        raise DocumentRefused(
            f"has no column {', '.join(missing)}; columns found",
            document=str(path),
            text=", ".join(found),
            todo=f"Expected: {', '.join(COLUMNS)}",
        )
    return list(names)


def _refuse_delimiter(path: Path, header: str) -> None:
    """Raises `DocumentRefused` if the header makes sense with another delimiter than ','."""
    for delimiter, name in DELIMITERS.items():
        if set(COLUMNS) <= {_spelling(part.strip('"')) for part in header.split(delimiter)}:
            raise DocumentRefused(
                f"the delimiter is {name}, where ',' is expected",
                document=str(path),
                text=header,
                todo="Save it with commas between the columns",
            )


def _spelling(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip()).casefold()


def typed_rows(
    batch: pa.RecordBatch, names: list[str], numbers: NDArray[np.int64]
) -> pa.RecordBatch:
    """The columns `names` of a batch as `SCHEMA` has them, and the rows' numbers."""
    ids, *others = (batch.column(name) for name in names)
    columns = [trimmed_ids(ids)]
    for column in others:
        if pa.types.is_dictionary(column.type):
            columns.append(column.cast(CODED))
        else:
            columns.append(pc.cast(column, pa.string()).dictionary_encode())
    columns.append(pa.array(numbers))
    return pa.record_batch(columns, schema=SCHEMA)


def trimmed_ids(column: pa.Array) -> pa.Array:
    """Ids as strings without blanks around them; '' where there is none."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    texts = pc.cast(column, pa.string())
    if pa.types.is_floating(column.type):
        column = pc.cast(column, pa.float64())
        whole = pc.and_(pc.less(pc.abs(column), WHOLE_BELOW), pc.equal(column, pc.trunc(column)))
        numbers = pc.cast(pc.cast(pc.if_else(whole, column, 0.0), pa.int64()), pa.string())
        texts = pc.if_else(whole, numbers, texts)
        texts = pc.if_else(pc.is_nan(column), "", texts)
    return pc.utf8_trim_whitespace(pc.fill_null(texts, ""))


def joined_rows(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Batches of `SCHEMA` as one."""
    if len(batches) == 1:
        return batches[0]
    table = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    return table.to_batches()[0]
