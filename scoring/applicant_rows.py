"""Rows of applicants as the batch reads them: one Arrow schema, whatever the file.

Input: Arrow batches with the four columns under the file's names, and the rows' numbers. Output:
batches of `SCHEMA`. Grain: one row a result, as in the file. Raises nothing.

Blanks around an id are no part of it; a missing one is ''. A whole number that Parquet holds as a
float is written '1', not '1.0' (pandas makes floats of integers where one is missing), whatever the
other ids are.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scoring.encoding import COLUMNS

WHOLE_BELOW = 2.0**53  # floats hold every whole number up to here
CODED = pa.dictionary(pa.int32(), pa.string())
ROW = "row"
SCHEMA = pa.schema(
    [(COLUMNS[0], pa.string()), *((name, CODED) for name in COLUMNS[1:]), (ROW, pa.int64())]
)


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
