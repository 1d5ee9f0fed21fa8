"""Files of applicants read in partitions that hold whole applicants.

Input: CSV or Parquet by suffix. Output: Arrow batches with applicant_id (string) and category,
subject, level (dictionaries). Grain: one row a result, as in the file. Raises `DocumentRefused` for
an unreadable file or missing columns, `Scattered` where an applicant turns up again later.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from errors import DocumentRefused
from scoring.encoding import COLUMNS, applicant_starts

CSV_BLOCK_BYTES = 8 << 20
CODED = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema([(COLUMNS[0], pa.string()), *((name, CODED) for name in COLUMNS[1:])])


class Scattered(Exception):
    """The rows of one applicant don't stand together."""


def applicant_partitions(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    """Batches of about `partition_rows` rows, each ending where an applicant ends."""
    met = _Met()
    held: list[pa.RecordBatch] = []
    for batch in _batches(path, partition_rows):
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

    copy = folder / "sorted.parquet"
    target = str(copy).replace("'", "''")
    reader = "read_csv(?, all_varchar = true, header = true)"
    source = reader if path.suffix.lower() == ".csv" else "read_parquet(?)"
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(folder)}) as database:
        database.execute(
            f"COPY (SELECT applicant_id::VARCHAR AS applicant_id, category, subject, level "
            f"FROM {source} ORDER BY 1) TO '{target}' (FORMAT parquet)",
            [str(path)],
        )
    return copy


class _Met:
    """The applicants met so far. While they come in ascending order none can come twice."""

    def __init__(self) -> None:
        self.ascending: list[pa.Array] = []
        self.hashes: set[int] | None = None

    def add(self, ids: pa.Array) -> None:
        """Raises `Scattered` if one of the ids was met before."""
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

        fresh = set(hash_array(ids.fill_null("").to_numpy(zero_copy_only=False)).tolist())
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
    if not path.is_file():
        raise DocumentRefused("no such file", document=str(path))
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise DocumentRefused("applicants come as .csv or .parquet", document=str(path))
    try:
        if suffix == ".csv":
            yield from _csv_batches(path)
        else:
            yield from _parquet_batches(path, partition_rows)
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError) as error:
        raise DocumentRefused(
            f"can't be read as {suffix[1:]}", document=str(path), text=str(error)
        ) from error


def _csv_batches(path: Path) -> Iterator[pa.RecordBatch]:
    with path.open(encoding="utf-8-sig") as file:
        _check_columns(path, file.readline().strip().replace('"', "").split(","))
    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=CSV_BLOCK_BYTES),
        convert_options=pa_csv.ConvertOptions(
            include_columns=list(COLUMNS),
            column_types=dict(zip(SCHEMA.names, SCHEMA.types, strict=True)),
        ),
    )
    with reader:
        yield from (_typed(batch) for batch in reader if len(batch))


def _parquet_batches(path: Path, partition_rows: int) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path, read_dictionary=list(COLUMNS[1:])) as file:
        _check_columns(path, file.schema_arrow.names)
        for batch in file.iter_batches(partition_rows, columns=list(COLUMNS)):
            if len(batch):
                yield _typed(batch)


def _check_columns(path: Path, names: list[str]) -> None:
    if missing := [name for name in COLUMNS if name not in names]:
        raise DocumentRefused(
            f"has no column {', '.join(missing)}",
            document=str(path),
            text=", ".join(names),
            todo=f"Applicants have the columns {', '.join(COLUMNS)}",
        )


def _typed(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = []
    for name in COLUMNS:
        column = batch.column(name)
        if name == COLUMNS[0]:
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            columns.append(pc.cast(column, pa.string()))
        elif pa.types.is_dictionary(column.type):
            columns.append(column.cast(CODED))
        else:
            columns.append(pc.cast(column, pa.string()).dictionary_encode())
    return pa.record_batch(columns, schema=SCHEMA)
