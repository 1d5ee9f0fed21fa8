"""Files of scores: Parquet or CSV by suffix, written part by part.

Input: Arrow batches of scores, or the part files that workers left. Output: one file. Grain: one
row an applicant and programme. Raises `DocumentRefused` for another suffix, and where the scores
would replace the applicants.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Self

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


def refuse_folder(out_path: Path) -> None:
    """Raises `DocumentRefused` if a folder stands where the scores or the rejects would."""
    for written in (out_path, rejects_path_of(out_path)):
        if written.is_dir():
            raise DocumentRefused(
                "is a folder", document=str(written), todo="Name another file for the scores"
            )


def rejects_path_of(out_path: Path) -> Path:
    """Where the rejected applicants of a file of scores stand."""
    return out_path.with_name(f"{out_path.name}.rejects.csv")


def refuse_overwriting(applicants_path: Path, out_path: Path) -> None:
    """Raises `DocumentRefused` if the scores or the rejects would replace the applicants."""
    for written, what in ((out_path, "scores"), (rejects_path_of(out_path), "rejects")):
        if _same_file(applicants_path, written):
            raise DocumentRefused(
                f"the {what} would replace the applicants",
                document=str(written),
                todo="Name another file for the scores",
            )


def _same_file(one: Path, other: Path) -> bool:
    """Also by another name: a link, or other capitals where the disk doesn't tell them apart."""
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


class ScoreWriter(ABC):
    """Use as a context manager: leaving it finishes the file."""

    @abstractmethod
    def __init__(self, path: Path) -> None: ...

    @abstractmethod
    def write(self, scores: pa.RecordBatch) -> None:
        """Append scores."""

    @abstractmethod
    def add(self, part: Path) -> None:
        """Append what a worker left in `part`, and remove that."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def score_writer(path: Path, *, header: bool = True) -> ScoreWriter:
    """A writer for the suffix of `path`; `.arrow` is for parts on their way to Parquet.

    `header`: whether a CSV begins with the names of its columns; parts of one don't.
    What users name is checked before, by `refuse_suffix`.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return CsvWriter(path, header=header)
    writers: dict[str, type[ScoreWriter]] = {".parquet": ParquetWriter, ".arrow": ArrowWriter}
    return writers[suffix](path)


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


class ParquetWriter(ScoreWriter):
    """One row group a part."""

    def __init__(self, path: Path) -> None:
        self.file = pq.ParquetWriter(path, SCORES, **PARQUET_OPTIONS)

    def write(self, scores: pa.RecordBatch) -> None:
        self.file.write_batch(scores, row_group_size=max(len(scores), 1))

    def add(self, part: Path) -> None:
        with pa.memory_map(str(part)) as source, pa.ipc.open_file(source) as scores:
            for number in range(scores.num_record_batches):
                self.write(scores.get_batch(number))
        part.unlink()

    def close(self) -> None:
        self.file.close()


class ArrowWriter(ScoreWriter):
    """A part on its way to Parquet: nothing is added to it."""

    def __init__(self, path: Path) -> None:
        self.file = pa.ipc.new_file(path, SCORES)

    def write(self, scores: pa.RecordBatch) -> None:
        self.file.write_batch(scores)

    def add(self, part: Path) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.file.close()


class CsvWriter(ScoreWriter):
    """Texts are safe for spreadsheets."""

    def __init__(self, path: Path, *, header: bool) -> None:
        self.file = path.open("wb")
        if header:
            self.file.write((",".join(SCORES.names) + "\n").encode())

    def write(self, scores: pa.RecordBatch) -> None:
        plain = [
            _cells(column) if pa.types.is_dictionary(column.type) else column
            for column in scores.columns
        ]
        pa_csv.write_csv(
            pa.record_batch(plain, names=SCORES.names),
            self.file,
            pa_csv.WriteOptions(include_header=False, quoting_style="needed"),
        )

    def add(self, part: Path) -> None:
        with part.open("rb") as source:
            shutil.copyfileobj(source, self.file, 1 << 20)
        part.unlink()

    def close(self) -> None:
        self.file.close()
