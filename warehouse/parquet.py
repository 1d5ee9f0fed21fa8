"""Tables -> one Parquet file a table, the same bytes for the same rows.

Input: the main tables, sorted by key as `schemas.frame_of` leaves them.
Output: `parquet/<table>.parquet` with the descriptions of table and columns in its metadata.
Grain: one file a table. Raises: `AdmissionsError` for a table that is not sorted.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import schemas
from errors import AdmissionsError


def write_parquet(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write `<table>.parquet` for every table of `schemas.TABLES` into `folder`.

    The bytes depend on the rows and on pyarrow's version alone: no times, no row order but the
    key's, one row group, no index.

    Raises
    ------
    AdmissionsError : a table is not sorted by its key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in schemas.TABLES.items():
        _refuse_unsorted(name, tables[name], schemas.order_of(model))
        pq.write_table(
            tables[name], folder / f"{name}.parquet", compression="zstd", row_group_size=2**20
        )


def _refuse_unsorted(name: str, table: pa.Table, order: tuple[str, ...]) -> None:
    keys = list(zip(*(table.column(column).to_pylist() for column in order), strict=True))
    if any(earlier > later for earlier, later in pairwise(keys)):
        raise AdmissionsError(f"{name}: rows are not sorted by {', '.join(order)}")
