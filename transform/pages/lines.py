"""Lines of a page and the notes a reader of pages takes.

Input: text blocks of one page. Output: `Line`s (blocks with a `Place`), and in `Notes` the
readings and rejects of the page. Grain: one line per block.
Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from extract.cells import Place
from extract.web.blocks import TextBlock
from transform.pages.dates import Order
from transform.pages.words import folded
from transform.readings import Ledger, Placed

ON_PURPOSE = "left out on purpose: "  # how the reasons of expected rejects begin
UNREAD = "not read: "  # how the others do: they call for a look at the page


@dataclass(frozen=True, slots=True)
class Line:
    """A text block as transforms take it."""

    block: TextBlock

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def folded(self) -> str:
        return folded(self.block.text)

    @property
    def place(self) -> Place:
        return Place(None, None, None, None, None, self.block.block)

    @property
    def is_heading(self) -> bool:
        return self.block.kind == "heading"


@dataclass(frozen=True)
class Notes:
    """What reading one page gives: readings and rejects in a ledger."""

    source: str
    captured_at: datetime
    ledger: Ledger
    order: Order | None = None  # what the page's numeric dates print first
    captured_for_certain: bool = True  # False where `captured_at` only says when we were given it
    _rows: set[tuple[object, ...]] = field(default_factory=set)

    def is_new(self, table: str, *key: object) -> bool:
        """Whether the page has not printed this row before; from now on it has."""
        row = (table, *key)
        if row in self._rows:
            return False
        self._rows.add(row)
        return True

    def row(
        self,
        table: str,
        key: Mapping[str, object],
        source: Placed,
        rule: str,
        values: Mapping[str, object],
        text: str | None = None,
    ) -> None:
        """Notes the values that one line (or `text`, printed over several) gives to a row.
        None is no reading."""
        for column, value in values.items():
            if value is not None:
                self.ledger.add(table, key, column, value, source, rule, text)

    def leave_out(self, line: Line, reason: str) -> None:
        """Notes a line that no table is meant to hold: a lead, a caption, a button."""
        self.ledger.reject(line, ON_PURPOSE + reason)

    def unread(self, line: Line, reason: str) -> None:
        """Notes a line that could not be attributed: somebody should look at the page."""
        self.ledger.reject(line, UNREAD + reason)
