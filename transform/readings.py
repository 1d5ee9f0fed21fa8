"""Readings: the one form in which values travel from a document to the warehouse.

Input: values that a transform took from cells or text blocks.
Output: `Reading`s and `Reject`s in a `Ledger`; `transform.merge` makes rows of them.
Grain: one reading per value read, in one document.
Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from extract.cells import Cell, Place

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
    standby: bool = False  # yields to a document that prints the same fact in its own place
    fills: bool = False  # fills a row that other readings make; makes none by itself


@dataclass(frozen=True, slots=True)
class Reject:
    """Text in scope that became no value, and why: nothing is lost silently."""

    document: str  # sha256
    text: str
    reason: str
    place: Place


@dataclass
class Ledger:
    """Collects the readings and rejects of one document."""

    document: str
    readings: list[Reading] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def reject(self, source: Placed, reason: str) -> None:
        """Note a text that is left out on purpose."""
        self.rejects.append(Reject(self.document, printed_text(source), reason, source.place))

    def add(
        self,
        table: str,
        key: Mapping[str, object],
        column: str,
        value: object,
        source: Placed,
        rule: str,
        text: str | None = None,
        standby: bool = False,
        fills: bool = False,
    ) -> None:
        """Note that `column` of the row `key` of `table` is `value`, read at `source`.

        `rule` says in a few words what turned the printed text into the value.
        `text` replaces the source's text where only a part of it was used.
        `standby`: the value is printed here by the way and yields to the document that it
        belongs to, where that one is loaded. `fills`: it belongs to a row that another document
        makes, and is nothing without that.
        """
        self.readings.append(
            Reading(
                table,
                tuple(key.items()),
                column,
                value,
                printed_text(source) if text is None else text,
                rule,
                source.place,
                self.document,
                standby,
                fills,
            )
        )


def printed_text(source: Placed) -> str:
    """The text as printed: a cell's with its marks and line breaks."""
    return source.printed if isinstance(source, Cell) else source.text
