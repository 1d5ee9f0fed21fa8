"""Where blocks stand: columns of a spread, filled from the top, new spreads when they are full.

Input: grids and paragraphs. Output: sheets added to a `Document`. Grain: one document part.
Raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.typeset.document import Document
from tests.typeset.faces import LEADING, Run
from tests.typeset.grid import Grid
from tests.typeset.layout import Layout
from tests.typeset.sheet import Sheet

A4 = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)
SPREAD = (1190.56, 841.89)
TALL = (960.0, 841.89)
MARGIN = 36.85
TOP = 30.0
FOOT = 40.0


class Flow:
    """Columns of a sheet, filled in turn; 'tall' layouts have one column a narrow page.

    `size` and `columns` are those of a plain sheet: the spread with its two pages, or a leaflet's.
    """

    def __init__(
        self,
        document: Document,
        folio: int,
        columns: int = 2,
        size: tuple[float, float] = SPREAD,
    ) -> None:
        self.document, self.layout = document, document.layout
        tall = self.layout.sheet == "tall" and size == SPREAD
        self.size = (TALL if columns == 1 else A4) if tall else size
        self.columns = 1 if tall else columns
        self.spread = self.size == SPREAD
        self.folio = folio
        self.sheets: list[Sheet] = []
        self._open()

    def _open(self) -> None:
        self.sheet = self.document.sheet(*self.size)
        self.sheets.append(self.sheet)
        self.column, self.y = 0, TOP
        self._folios()

    def _folios(self) -> None:
        width, height = self.size
        numbers = [(MARGIN, self.folio)]
        if self.spread:
            numbers.append((width - MARGIN - 8, self.folio + 1))
        for x, number in numbers:
            self.sheet.show(x, height - 20, str(number), Run(""), 7)
        self.folio += len(numbers)

    @property
    def bounds(self) -> tuple[float, float]:
        """x0, x1 of the current column."""
        width, _ = self.size
        if self.columns == 1:
            return MARGIN, width - MARGIN
        half = width / 2
        inner = self.layout.gutter / 2
        return (MARGIN, half - inner) if self.column == 0 else (half + inner, width - MARGIN)

    @property
    def room(self) -> float:
        return self.size[1] - FOOT - self.y

    def next_column(self) -> None:
        if self.column + 1 == self.columns:
            self._open()
        else:
            self.column, self.y = 1, TOP

    def next_half(self) -> None:
        """The right-hand column, where there is one and the left one is being filled."""
        if self.columns == 2 and self.column == 0:
            self.next_column()

    def text(
        self, runs: Sequence[Run], size: float, after: float = 4.0, align: str = "left"
    ) -> None:
        x0, x1 = self.bounds
        lines = len(self.sheet.broken(runs, x1 - x0, size))
        if lines * size * LEADING > self.room:
            self.next_column()
            x0, x1 = self.bounds
        self.y = self.sheet.paragraph(runs, x0, self.y, x1, size, align) + after

    def skip(self, points: float) -> None:
        self.y += points

    def table(
        self,
        header: Grid,
        body: Grid,
        breaks: Sequence[int],
        paint_header: Callable[[Sheet, Grid, float, float], float],
        after: float = 10.0,
    ) -> None:
        """Header and the rows that fit, cut only at `breaks`; the rest with the header again."""
        heights = body.heights(self.sheet)
        head = sum(header.heights(self.sheet))
        first = 0
        while first < len(heights):
            fitting = [b for b in breaks if b > first and head + sum(heights[first:b]) <= self.room]
            if not fitting:
                if self.y > TOP + 60:
                    self.next_column()
                    continue
                fitting = [next(b for b in breaks if b > first)]
            x0, _ = self.bounds
            y = paint_header(self.sheet, header, x0, self.y)
            last = fitting[-1]
            self.y = body.split(first, last).draw(self.sheet, x0, y) + after
            first = last

    def close(self) -> int:
        """Write the sheets; returns the next folio."""
        halves = self.spread and self.layout.sheet in {"halves", "offset halves"}
        for sheet in self.sheets:
            self.document.add(sheet, halves=halves)
        return self.folio


def paint_header(sheet: Sheet, header: Grid, x: float, top: float) -> float:
    """The header rows in the layout's way; returns their bottom."""
    layout = sheet.layout
    if layout.header == "band":
        bottom = top + sum(header.heights(sheet))
        sheet.fill(x, top, x + header.width, bottom, layout.palette.header)
    return header.draw(sheet, x, top)


def header_style(layout: Layout) -> dict[str, object]:
    """How a header cell is filled and ruled."""
    return {
        "fill": layout.palette.header if layout.header == "cells" else None,
        "ruled": layout.header == "ruled",
    }
