"""Files of scores: Parquet or CSV by suffix, written part by part.

Input: Arrow batches of scores; the parts that workers left. Output: parts; one file. Grain: one row
an applicant and programme. Raises `DocumentRefused` for another suffix, and where the scores
would replace the applicants.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from errors import DocumentRefused
from scoring.partition import SCORES

# Large pages take a third less time than the usual 1 MB; a row group has few distinct scores.
PARQUET_OPTIONS = {
    "compression": "snappy",
    "use_dictionary": True,
    "data_page_size": 8 << 20,
    "write_statistics": False,
    "store_schema": False,  # else pandas would read categories where there are plain strings
}
SUFFIXES = (".csv", ".parquet")


def refuse_suffix(out_path: Path) -> None:
    """Raises `DocumentRefused` if scores are not written in such files."""
    if out_path.suffix.lower() not in SUFFIXES:
        raise DocumentRefused(
            f"scores are written as {' or '.join(SUFFIXES)}", document=str(out_path)
        )


def rejects_path_of(out_path: Path) -> Path:
    """Where the rejected applicants of a file of scores stand."""
    return out_path.with_name(f"{out_path.name}.rejects.csv")


def refuse_place(applicants_path: Path, out_path: Path) -> None:
    """Raises `DocumentRefused` if the scores or the rejects would stand where a folder does, or
    replace the applicants."""
    for written, what in ((out_path, "scores"), (rejects_path_of(out_path), "rejects")):
        wrong = f"the {what} would replace the applicants"
        if written.is_dir():
            wrong = "is a folder"
        elif not _same_file(applicants_path, written):
            continue
        raise DocumentRefused(wrong, document=str(written), todo="Name another file for the scores")


def _same_file(one: Path, other: Path) -> bool:
    """Also by another name: a link, or other capitals where the disk doesn't tell them apart."""
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


# A spreadsheet takes a cell that begins so for a formula, unless it is a number.
_FORMULA, _NUMBER = r"^[=+\-@\t\r\n]", r"^[+\-]?[0-9]+(\.[0-9]+)?$"


def spreadsheet_safe(texts: pa.Array) -> pa.Array:
    """Texts, with an apostrophe before those that a spreadsheet would run as a formula."""
    runs = pc.and_(
        pc.match_substring_regex(texts, _FORMULA),
        pc.invert(pc.match_substring_regex(texts, _NUMBER)),
    )
    return pc.if_else(runs, pc.binary_join_element_wise("'", texts, ""), texts)


def _cells(column: pa.DictionaryArray) -> pa.Array:
    values = column.dictionary
    if pa.types.is_string(values.type):
        values = spreadsheet_safe(values)
    return pa.DictionaryArray.from_arrays(column.indices, values).dictionary_decode()


def part_file(folder: Path, number: int, out_path: Path) -> Path:
    """Where a worker leaves the scores of partition `number`: in the form that joins fastest."""
    csv = out_path.suffix.lower() == ".csv"
    return folder / f"part-{number}{'.csv' if csv else '.arrow'}"


def write_part(part: Path, scores: pa.RecordBatch) -> None:
    """Leave the scores of one partition in its `part_file`; a CSV without the names of columns."""
    if part.suffix == ".arrow":
        with pa.ipc.new_file(part, SCORES) as file:
            file.write_batch(scores)
        return
    plain = [
        _cells(column) if pa.types.is_dictionary(column.type) else column
        for column in scores.columns
    ]
    rows = pa.record_batch(plain, names=SCORES.names)
    with part.open("wb") as file:
        pa_csv.write_csv(
            rows, file, pa_csv.WriteOptions(include_header=False, quoting_style="needed")
        )


@contextmanager
def joined_parts(path: Path) -> Iterator[Callable[[Path], None]]:
    """The file of scores: what is yielded appends a part and removes it."""
    if path.suffix.lower() == ".csv":
        with path.open("wb") as file:
            file.write((",".join(SCORES.names) + "\n").encode())
            yield lambda part: _join_csv(part, file)
    else:
        with pq.ParquetWriter(path, SCORES, **PARQUET_OPTIONS) as writer:
            yield lambda part: _join_parquet(part, writer)


def _join_csv(part: Path, file: BinaryIO) -> None:
    with part.open("rb") as source:
        shutil.copyfileobj(source, file, 1 << 20)
    part.unlink()


def _join_parquet(part: Path, writer: pq.ParquetWriter) -> None:
    """One row group a part."""
    with pa.memory_map(str(part)) as source, pa.ipc.open_file(source) as scores:
        for number in range(scores.num_record_batches):
            batch = scores.get_batch(number)
            writer.write_batch(batch, row_group_size=max(len(batch), 1))
    part.unlink()
