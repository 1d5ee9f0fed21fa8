"""The body of a table, as its rows and cells are looked for: what stands under the header.

Input: nothing; plain data. Output: `Span`, `Strip`, `Body`. Grain: one table. Nothing here raises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from extract.page.drawing import Drawing
from extract.page.words import Word

Strip = tuple[float, float]  # from and to: of a cell of one column, or of a row


@dataclass(frozen=True, slots=True)
class Span:
    """The width of one column. `many`: it holds several sub-columns without headers."""

    name: str
    x0: float
    x1: float
    many: bool = False

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def moved(self, across: float) -> Span:
        """The column on another page."""
        return Span(self.name, self.x0 + across, self.x1 + across, self.many)


@dataclass(frozen=True, slots=True)
class Body:
    """What stands under a header from `top` to `bottom`: columns, words, words that name rows.

    `key` is the name of the column with a text in every row.
    """

    spans: Sequence[Span]
    words: Sequence[Word]
    keys: Sequence[Word]
    drawing: Drawing
    top: float
    bottom: float
    key: str

    @property
    def home(self) -> Span | None:
        """The column of the keys, where the table has it."""
        return next((span for span in self.spans if span.name == self.key), None)

    def of(self, span: Span) -> list[Word]:
        """The words of one column."""
        return [word for word in self.words if span.x0 <= word.xmid < span.x1]


def interval_at(at: float, intervals: Sequence[tuple[float, float]]) -> int | None:
    """Which of the ascending intervals holds `at`."""
    i = bisect_right(intervals, (at, inf)) - 1
    return i if i >= 0 and intervals[i][0] <= at < intervals[i][1] else None
