"""Files of scores: Parquet or CSV by suffix, written part by part.

Input: Arrow batches of scores, or the part files that workers left. Output: one file. Grain: one
row an applicant and programme. Raises `DocumentRefused` for another suffix.
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


def score_writer(path: Path) -> ScoreWriter:
    """A writer for the suffix of `path`; `.arrow` is for parts on their way to Parquet."""
    writers: dict[str, type[ScoreWriter]] = {
        ".csv": CsvWriter,
        ".parquet": ParquetWriter,
        ".arrow": ArrowWriter,
    }
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise DocumentRefused("scores are written as .csv or .parquet", document=str(path))
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
    def __init__(self, path: Path) -> None:
        self.file = pa.ipc.new_file(path, SCORES)

    def write(self, scores: pa.RecordBatch) -> None:
        self.file.write_batch(scores)

    def add(self, part: Path) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.file.close()


class CsvWriter(ScoreWriter):
    """Parts come with the header of the first only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path.open("wb")
        if not path.name.startswith("part-"):
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
