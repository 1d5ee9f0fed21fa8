"""Files of applicants read in partitions that hold whole applicants.

Input: CSV or Parquet by suffix. Output: Arrow batches with applicant_id (string) and category,
subject, level (dictionaries), and the row's number in the file. Grain: one row a result, as in the
file. Raises `DocumentRefused` for an unreadable file or missing columns, `Scattered` where an
applicant turns up again later.

Rows are numbered as a spreadsheet numbers them: the header of a CSV is row 1.
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
from scoring.applicant_rows import ROW, SCHEMA, applicant_columns, joined_rows, typed_rows
from scoring.encoding import COLUMNS, applicant_starts
from scoring.ragged_rows import RaggedRows, unusable_rows

CSV_BLOCK_BYTES = 8 << 20
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
        rows = joined_rows(held)
        *starts, last = applicant_starts(rows.column(0))
        held = [rows.slice(last)]
        if starts:
            met.add(rows.column(0).take(pa.array(starts)))
            yield rows.slice(0, last)
    if held:
        rows = joined_rows(held)
        met.add(rows.column(0).take(pa.array(applicant_starts(rows.column(0)))))
        yield rows


def sorted_copy(path: Path, folder: Path) -> Path:
    """The applicants of a file in the order of applicant_id, as Parquet in `folder`."""
    import duckdb  # only here: workers import this module too

    as_read, copy = folder / "as-read.parquet", folder / "sorted.parquet"
    with pq.ParquetWriter(as_read, SCHEMA) as writer:
        for batch in _batches(path, SORTED_ROWS):  # the ids as they are compared
            writer.write_batch(batch)
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
        self.unhashed: list[pa.Array] = []
        self.hashes: set[int] | None = None  # none yet while they ascend

    def add(self, ids: pa.Array) -> None:
        """Raises `Scattered` if one of the ids was met before."""
        ids = ids.filter(pc.not_equal(ids, ""))
        if len(ids) == 0:
            return
        self.unhashed.append(ids)
        if self.hashes is None:
            joined = pa.concat_arrays([*(met[-1:] for met in self.unhashed[-2:-1]), ids])
            if pc.all(pc.less(joined[:-1], joined[1:]), skip_nulls=False).as_py() is True:
                return
            self.hashes = set()
        from pandas.util import hash_array  # only here, as above

        while self.unhashed:
            met = self.unhashed.pop()
            fresh = set(hash_array(met.to_numpy(zero_copy_only=False)).tolist())
            if len(fresh) < len(met) or fresh & self.hashes:
                raise Scattered("the rows of an applicant don't stand together")
            self.hashes |= fresh


def _batches(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    """The file's rows in batches of `SCHEMA`."""
    if path.is_dir():
        raise DocumentRefused("is a folder, not a file", document=str(path))
    if not path.is_file():
        what = "is a pipe or a device, not a file" if path.exists() else "no such file"
        raise DocumentRefused(what, document=str(path))
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
    """The rows of a CSV. A ragged one rejects its applicant: see `RaggedRows`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next((row for row in csv.reader(file) if row), [])
    names = applicant_columns(path, header)
    ragged = RaggedRows(path, header, names)
    try:
        yield from _with_ragged(_csv_reader(path, names, ragged), names, ragged)
    except pa.ArrowInvalid:
        ragged.refuse_uncertain()
        raise


def _csv_reader(path: Path, names: list[str], ragged: RaggedRows) -> Iterator[pa.RecordBatch]:
    reader = pa_csv.open_csv(
        path,
        # one thread, which tells the numbers of ragged rows
        read_options=pa_csv.ReadOptions(block_size=CSV_BLOCK_BYTES, use_threads=False),
        parse_options=pa_csv.ParseOptions(invalid_row_handler=ragged.met),
        convert_options=pa_csv.ConvertOptions(
            include_columns=names,
            column_types={name: SCHEMA.field(i).type for i, name in enumerate(names)},
        ),
    )
    with reader:
        yield from reader


def _with_ragged(
    batches: Iterable[pa.RecordBatch], names: list[str], ragged: RaggedRows
) -> Iterator[pa.RecordBatch]:
    """The batches as `SCHEMA` has them, with rows at the places of the ragged ones."""
    first_row = 2
    for batch in batches:
        if len(batch):
            numbers = ragged.numbers(len(batch), first_row)
            ragged.refuse_swallowed(batch, numbers)
            first_row = int(numbers[-1]) + 1
            typed = typed_rows(batch, names, numbers)
            if due := ragged.due(first_row):
                both = joined_rows([typed, unusable_rows(due)])
                typed = both.take(pc.sort_indices(both.column(ROW)))
            yield typed
    if first_row == 2:
        ragged.refuse_all()
    if due := ragged.due():
        yield unusable_rows(due)


def _parquet_batches(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    schema = pq.read_schema(path)
    names = applicant_columns(path, schema.names)
    for name in names:
        if pa.types.is_nested(schema.field(name).type):
            raise DocumentRefused(
                f"column {name} holds several values in a cell", document=str(path),
                text=str(schema.field(name).type), todo="Write one text or number in each cell",
            )  # fmt: skip
    first_row = 1
    with pq.ParquetFile(path, read_dictionary=names[1:]) as file:
        for batch in file.iter_batches(partition_rows, columns=names):
            if len(batch):
                yield typed_rows(batch, names, np.arange(first_row, first_row + len(batch)))
                first_row += len(batch)
