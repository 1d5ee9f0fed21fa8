"""Rows of a CSV that have too many or too few cells: whose they are, and where they stand.

Input: the header, and what Arrow's reader tells of each such row. Output: rows that reject their
applicant, by their number in the file. Grain: one row. Raises `DocumentRefused`, naming row and
text, for a row that may be anyone's, for one that swallowed lines, and where none fits the header.

Whose a row is counts as certain where the applicant's id stands before the category and a category
is at its place: a cell too many or too few comes behind them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from errors import DocumentRefused
from scoring.applicant_rows import SCHEMA, trimmed_ids
from scoring.encoding import UNUSABLE
from scoring.levels import half_width

CATEGORIES = ("A", "B", "C")
UNCLOSED = 'A quote (") that is not closed takes in the lines below it: look at this row'
UNEVEN = (
    "Give it as many cells as the first row; a comma within a cell takes quotes around the cell"
)


class RaggedRow(NamedTuple):
    """One row: its number in the file, its applicant, what is wrong with it, its text."""

    number: int
    applicant_id: str
    reason: str
    text: str


class RaggedRows:
    """The ragged rows of one file, as Arrow's reader meets them; they wait for their turn."""

    def __init__(self, path: Path, header: list[str], names: list[str]) -> None:
        self.path, self.columns = path, len(header)
        self.id_at, self.category_at = (header.index(name) for name in names[:2])
        self.waiting: list[RaggedRow] = []
        self.uncertain: pa_csv.InvalidRow | None = None

    def met(self, row: pa_csv.InvalidRow) -> str:
        """Arrow's `invalid_row_handler`: 'skip' for a row that is kept here, else 'error'."""
        cells = _cells(row.text)
        if not self._is_certain(cells):
            self.uncertain = row
            return "error"
        reason = f"a row of {row.actual_columns} cells where the header has {self.columns}"
        self.waiting.append(RaggedRow(row.number, cells[self.id_at], reason, row.text))
        return "skip"

    def _is_certain(self, cells: list[str]) -> bool:
        if not self.id_at < self.category_at < len(cells):
            return False
        return half_width(cells[self.category_at]).strip().upper() in CATEGORIES

    def refuse_uncertain(self) -> None:
        """Raises `DocumentRefused` for the row at which the reader stopped, if any."""
        row = self.uncertain
        if row is None:
            return
        raise DocumentRefused(
            f"row {row.number} has {row.actual_columns} cells where the header has {self.columns}",
            document=str(self.path),
            text=row.text,
            todo=UNCLOSED if _lines(row.text) > 1 else UNEVEN,
        )

    def refuse_all(self) -> None:
        """Raises `DocumentRefused` if any row waits: for a file where no row fits the header."""
        if not self.waiting:
            return
        row = self.waiting[0]
        raise DocumentRefused(
            f"can't be read as csv: no row has the {self.columns} cells that the header has; "
            f"row {row.number}",
            document=str(self.path),
            text=row.text,
            todo="Give the header as many cells as the rows",
        )

    def numbers(self, count: int, first: int) -> NDArray[np.int64]:
        """The numbers of `count` whole rows from `first` on: those that no ragged row has."""
        ragged = [row.number for row in self.waiting]
        return np.setdiff1d(np.arange(first, first + count + len(ragged)), ragged)[:count]

    def due(self, before: int | None = None) -> list[RaggedRow]:
        """The waiting rows with a number below `before`, or all; they no longer wait."""
        due = [row for row in self.waiting if before is None or row.number < before]
        self.waiting = self.waiting[len(due) :]
        return due

    def refuse_swallowed(self, batch: pa.RecordBatch, numbers: NDArray[np.int64]) -> None:
        """Raises `DocumentRefused` for a cell that holds whole rows: a quote took them in."""
        for column in batch.columns:
            coded = pa.types.is_dictionary(column.type)
            texts = column.dictionary if coded else column
            lined = pc.match_substring(pc.fill_null(texts, ""), "\n")
            for place in np.flatnonzero(lined.to_numpy(zero_copy_only=False)).tolist():
                text = texts[place].as_py()
                if text.count(",") < self.columns - 1:
                    continue  # a name on two lines
                row = pc.index(column.indices, place).as_py() if coded else place
                raise DocumentRefused(
                    f"row {numbers[row]} has a cell of {_lines(text)} lines",
                    document=str(self.path),
                    text=text,
                    todo=UNCLOSED,
                )


def unusable_rows(rows: Sequence[RaggedRow]) -> pa.RecordBatch:
    """Ragged rows as `SCHEMA` has them: each rejects its applicant, with the reason."""
    numbers, ids, reasons, _ = zip(*rows, strict=True)
    category, level = ([text] * len(rows) for text in (UNUSABLE, ""))
    columns = [
        trimmed_ids(pa.array(ids)),
        *(pa.array(texts) for texts in (category, reasons, level)),
    ]
    batch = pa.record_batch([*columns, pa.array(numbers, pa.int64())], names=SCHEMA.names)
    return batch.cast(SCHEMA)


def _cells(text: str) -> list[str]:
    """The cells of a row of one line; none where that can't be told."""
    if _lines(text) > 1:
        return []
    try:
        return next(csv.reader([text.strip("\r\n")]), [])
    except csv.Error:
        return []


def _lines(text: str) -> int:
    return len(text.strip("\r\n").splitlines())
