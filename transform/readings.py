"""Readings: the one form in which values travel from a document to the warehouse.

Input: values that a transform took from cells or text blocks.
Output: `Reading`s, and from all documents' readings the rows of every table.
Grain: one reading per value read, in one document.
Raises: `ReconciliationFailed` where two documents print the same fact differently (see `merge`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from extract.cells import Place

# A value is a str, int, float, bool, datetime.date, datetime.datetime or a tuple of str, or None.
Key = tuple[tuple[str, object], ...]


class Placed(Protocol):
    """Anything with printed text and a place: a table cell, a text block."""

    @property
    def text(self) -> str: ...
    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one table, as one document prints it."""

    table: str
    key: Key
    column: str
    value: object
    text: str
    rule: str
    place: Place
    document: str  # sha256


@dataclass
class Ledger:
    """Collects the readings of one document."""

    document: str
    readings: list[Reading] = field(default_factory=list)

    def add(
        self,
        table: str,
        key: Mapping[str, object],
        column: str,
        value: object,
        source: Placed,
        rule: str,
        text: str | None = None,
    ) -> None:
        """Note that `column` of the row `key` of `table` is `value`, read at `source`.

        `rule` says in a few words what turned the printed text into the value.
        `text` replaces the source's text where only a part of it was used.
        """
        self.readings.append(
            Reading(
                table,
                tuple(key.items()),
                column,
                value,
                source.text if text is None else text,
                rule,
                source.place,
                self.document,
            )
        )


def rows_of(readings: Iterable[Reading]) -> dict[str, list[dict[str, object]]]:
    """Rows of every table, from agreeing readings. Shape: {table: [{column: value}]}.

    A row is the union of the readings with its key. Order of readings does not matter.
    """
    tables: dict[str, dict[Key, dict[str, object]]] = {}
    for reading in readings:
        rows = tables.setdefault(reading.table, {})
        row = rows.setdefault(reading.key, dict(reading.key))
        row[reading.column] = reading.value
    return {table: list(rows.values()) for table, rows in tables.items()}
