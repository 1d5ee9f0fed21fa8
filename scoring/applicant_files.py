"""Files of applicants read in partitions that hold whole applicants.

Input: CSV or Parquet by suffix. Output: Arrow batches with applicant_id (string) and category,
subject, level (dictionaries), and the row's number in the file. Grain: one row a result, as in the
file. Raises `DocumentRefused` for an unreadable file or missing columns, `Scattered` where an
applicant turns up again later.

Blanks around an id are no part of it; a missing one is ''. A whole number that Parquet holds as a
float is written '1', not '1.0' (pandas makes floats of integers where one is missing), whatever the
other ids are. Rows are numbered as a spreadsheet numbers them: the header of a CSV is row 1.
Parquet has no header: its first row is 1. Blank lines of a CSV have no number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from errors import DocumentRefused
from scoring.applicant_columns import applicant_columns
from scoring.encoding import COLUMNS, applicant_starts

WHOLE_BELOW = 2.0**53  # floats hold every whole number up to here
CSV_BLOCK_BYTES = 8 << 20
CODED = pa.dictionary(pa.int32(), pa.string())
ROW = "row"
NUMBERED = (ROW, pa.int64())
SCHEMA = pa.schema([(COLUMNS[0], pa.string()), *((name, CODED) for name in COLUMNS[1:]), NUMBERED])
PLAIN = pa.schema([*((name, pa.string()) for name in COLUMNS), NUMBERED])
HOW_TO_SAVE = {
    ".csv": "Save it as CSV in UTF-8, with as many cells in each row as in its first",
    ".parquet": "Write it again",
}
SORTED_ROWS = 200_000  # read at a time on the way to the sorted copy


class Scattered(Exception):
    """The rows of one applicant don't stand together."""


def applicant_partitions(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    """Batches of about `partition_rows` rows, each ending where an applicant ends."""
    yield from _partitions(_batches(path, partition_rows), partition_rows)


def sorted_partitions(copy: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    """The same of a `sorted_copy`; rows keep their numbers in the file."""
    with pq.ParquetFile(copy, read_dictionary=list(COLUMNS[1:])) as file:
        batches = (batch.cast(SCHEMA) for batch in file.iter_batches(partition_rows))
        yield from _partitions(batches, partition_rows)


def _partitions(batches: Iterator[pa.RecordBatch], partition_rows: int) -> Iterator[pa.RecordBatch]:
    met = _Met()
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) < partition_rows:
            continue
        rows = _joined(held)
        *starts, last = applicant_starts(rows.column(0))
        held = [rows.slice(last)]
        if starts:
            met.add(rows.column(0).take(pa.array(starts)))
            yield rows.slice(0, last)
    if held:
        rows = _joined(held)
        met.add(rows.column(0).take(pa.array(applicant_starts(rows.column(0)))))
        yield rows


def sorted_copy(path: Path, folder: Path) -> Path:
    """The applicants of a file in the order of applicant_id, as Parquet in `folder`."""
    import duckdb  # only here: workers import this module too

    as_read, copy = folder / "as-read.parquet", folder / "sorted.parquet"
    with pq.ParquetWriter(as_read, PLAIN) as writer:
        for batch in _batches(path, SORTED_ROWS):  # the ids as they are compared
            writer.write_batch(batch.cast(PLAIN))
    target = str(copy).replace("'", "''")
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(folder)}) as database:
        database.execute(
            "COPY (FROM read_parquet(?) ORDER BY applicant_id, row) "
            f"TO '{target}' (FORMAT parquet)",
            [str(as_read)],
        )
    as_read.unlink()
    return copy


class _Met:
    """The applicants met so far. While they come in ascending order none can come twice.

    Rows without an id are nobody's: they may stand anywhere.
    """

    def __init__(self) -> None:
        self.ascending: list[pa.Array] = []
        self.hashes: set[int] | None = None

    def add(self, ids: pa.Array) -> None:
        """Raises `Scattered` if one of the ids was met before."""
        ids = ids.filter(pc.not_equal(ids, ""))
        if len(ids) == 0:
            return
        if self.hashes is None:
            before = [self.ascending[-1][-1:]] if self.ascending else []
            joined = pa.concat_arrays([*before, ids])
            self.ascending.append(ids)
            if pc.all(pc.less(joined[:-1], joined[1:]), skip_nulls=False).as_py() is True:
                return
            self.hashes = set()
            earlier, self.ascending = self.ascending, []
            for met in earlier:
                self._add_hashes(met, self.hashes)
        else:
            self._add_hashes(ids, self.hashes)

    def _add_hashes(self, ids: pa.Array, hashes: set[int]) -> None:
        from pandas.util import hash_array  # only here, as above

        fresh = set(hash_array(ids.to_numpy(zero_copy_only=False)).tolist())
        if len(fresh) < len(ids) or fresh & hashes:
            raise Scattered("the rows of an applicant don't stand together")
        hashes |= fresh


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    table = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    return table.to_batches()[0]


def _batches(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    """The file's rows in batches of `SCHEMA`."""
    if path.is_dir():
        raise DocumentRefused("is a folder, not a file", document=str(path))
    if not path.is_file():
        raise DocumentRefused("no such file", document=str(path))
    suffix = path.suffix.lower()
    if suffix not in HOW_TO_SAVE:
        raise DocumentRefused("applicants come as .csv or .parquet", document=str(path))
    try:
        if suffix == ".csv":
            yield from _csv_batches(path)
        else:
            yield from _parquet_batches(path, partition_rows)
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError, csv.Error) as error:
        raise DocumentRefused(
            f"can't be read as {suffix[1:]}", document=str(path), text=str(error),
            todo=HOW_TO_SAVE[suffix],
        ) from error  # fmt: skip


def _csv_batches(path: Path) -> Iterator[pa.RecordBatch]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next((row for row in csv.reader(file) if row), [])
    names = applicant_columns(path, header)
    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=CSV_BLOCK_BYTES),
        convert_options=pa_csv.ConvertOptions(
            include_columns=names,
            column_types={name: SCHEMA.field(i).type for i, name in enumerate(names)},
        ),
    )
    with reader:
        yield from _numbered(reader, names, 2)


def _parquet_batches(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    schema = pq.read_schema(path)
    names = applicant_columns(path, schema.names)
    for name in names:
        if pa.types.is_nested(schema.field(name).type):
            raise DocumentRefused(
                f"column {name} holds several values in a cell", document=str(path),
                text=str(schema.field(name).type), todo="Write one text or number in each cell",
            )  # fmt: skip
    with pq.ParquetFile(path, read_dictionary=names[1:]) as file:
        yield from _numbered(file.iter_batches(partition_rows, columns=names), names, 1)


def _numbered(
    batches: Iterable[pa.RecordBatch], names: list[str], first_row: int
) -> Iterator[pa.RecordBatch]:
    """The batches with any rows, as `SCHEMA` has them."""
    for batch in batches:
        if len(batch):
            yield _typed(batch, names, first_row)
            first_row += len(batch)


def _typed(batch: pa.RecordBatch, names: list[str], first_row: int) -> pa.RecordBatch:
    """The columns `names` of a batch as `SCHEMA` has them, its rows numbered from `first_row`."""
    ids, *others = (batch.column(name) for name in names)
    columns = [_ids(ids)]
    for column in others:
        if pa.types.is_dictionary(column.type):
            columns.append(column.cast(CODED))
        else:
            columns.append(pc.cast(column, pa.string()).dictionary_encode())
    columns.append(pa.array(np.arange(first_row, first_row + len(batch))))
    return pa.record_batch(columns, schema=SCHEMA)


def _ids(column: pa.Array) -> pa.Array:
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
