"""Tables of cells merged both ways, drawn with the layout's rules and fills.

Input: `Cell`s on a grid of columns and rows. Output: ink on a `Sheet`. Grain: one table.
Raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.typeset.faces import LEADING, WHITE, Run
from tests.typeset.layout import RGB
from tests.typeset.sheet import Sheet

PAD = 2.5
UPRIGHT_HEIGHT = 60.0


@dataclass(frozen=True)
class Cell:
    """Text over `rows` x `cols` grid fields from (`row`, `col`)."""

    row: int
    col: int
    runs: Sequence[Run] = ()
    rows: int = 1
    cols: int = 1
    fill: RGB | None = None
    align: str = "left"
    valign: str = "middle"
    size: float | None = None
    ruled: bool = True
    always_ruled: bool = False
    heavy: bool = False
    upright: bool = False
    qr: bool = False


@dataclass
class Grid:
    """`widths` of the columns; a column of `spacers` is blank between two groups."""

    widths: list[float]
    cells: list[Cell] = field(default_factory=list)
    spacers: frozenset[int] = frozenset()
    minimum_heights: dict[int, float] = field(default_factory=dict)
    decoys: bool = False

    @property
    def rows(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> float:
        return sum(self.widths)

    def heights(self, sheet: Sheet) -> list[float]:
        """Row heights that hold every cell; a merged cell stretches all of its rows."""
        layout = sheet.layout
        heights = [self.minimum_heights.get(r, 0.0) for r in range(self.rows)]
        for cell in sorted(self.cells, key=lambda c: c.rows):
            if cell.upright:
                size = cell.size or layout.body_size
                lines = sheet.broken(cell.runs, UPRIGHT_HEIGHT, size)
                needed = max((sum(p.width for p in line) for line in lines), default=0.0) + 8
            else:
                size = self._size(sheet, cell)
                width = sum(self.widths[cell.col : cell.col + cell.cols]) - 2 * PAD
                count = len(sheet.broken(cell.runs, width, size)) if cell.runs else 0
                needed = count * size * LEADING + layout.row_padding + (36 if cell.qr else 0)
            span = range(cell.row, cell.row + cell.rows)
            missing = needed - sum(heights[r] for r in span)
            if missing > 0:
                for r in span:
                    heights[r] += missing / cell.rows
        return heights

    def split(self, first: int, last: int) -> Grid:
        """Rows `first`..`last`-1 as a grid of their own; a cell across the cut is in both parts."""
        cells = []
        for cell in self.cells:
            top, bottom = max(cell.row, first), min(cell.row + cell.rows, last)
            if top < bottom:
                cells.append(replace(cell, row=top - first, rows=bottom - top))
        heights = {r - first: h for r, h in self.minimum_heights.items() if first <= r < last}
        return Grid(self.widths, cells, self.spacers, heights, self.decoys)

    def _size(self, sheet: Sheet, cell: Cell) -> float:
        """The cell's type size, smaller where a word is wider than the cell."""
        size = cell.size or sheet.layout.body_size
        width = sum(self.widths[cell.col : cell.col + cell.cols]) - 2 * PAD
        longest = sheet.longest_word(cell.runs, size)
        return size * width / longest if 0 < width < longest else size

    def draw(self, sheet: Sheet, x: float, top: float) -> float:
        """Fills, then rules, then text; returns the bottom."""
        lefts = _cumulative(x, self.widths)
        tops = _cumulative(top, self.heights(sheet))
        ordered = list(self.cells)
        if sheet.layout.shuffle_drawing:
            sheet.rng.shuffle(ordered)
        boxes = [
            (c, lefts[c.col], tops[c.row], lefts[c.col + c.cols], tops[c.row + c.rows])
            for c in ordered
        ]
        for cell, x0, y0, x1, y1 in boxes:
            if cell.fill:
                sheet.fill(x0, y0, x1, y1, cell.fill)
        for cell, x0, y0, x1, y1 in boxes:
            self._rules(sheet, cell, lefts, x0, y0, x1, y1)
        for cell, x0, y0, x1, y1 in boxes:
            self._text(sheet, cell, x0, y0, x1, y1)
        return tops[-1]

    def _rules(
        self,
        sheet: Sheet,
        cell: Cell,
        lefts: list[float],
        x0: float,
        y0: float,
        x1: float,
        y1: float,
    ) -> None:
        layout = sheet.layout
        if not cell.ruled:
            return
        if layout.zebra and not (cell.heavy or cell.always_ruled):
            return
        color = layout.palette.heavy if cell.heavy else layout.palette.rule
        width = 1.0 if cell.heavy else layout.rule_width
        if layout.rules == "boxes" and not cell.heavy:
            sheet.box(x0, y0, x1, y1, width, color)
            return
        # InDesign draws the edge of a merged cell as one line a grid column.
        for col in range(cell.col, cell.col + cell.cols):
            if col not in self.spacers:
                sheet.rule(
                    lefts[col] + layout.rule_gap, lefts[col + 1] - layout.rule_gap, y1, width, color
                )
        if layout.vertical_rules:
            sheet.vertical(x0, y0, y1, layout.rule_width, color)
            sheet.vertical(x1, y0, y1, layout.rule_width, color)

    def _text(self, sheet: Sheet, cell: Cell, x0: float, y0: float, x1: float, y1: float) -> None:
        size = cell.size or sheet.layout.body_size
        if cell.upright:
            sheet.upright(cell.runs, x0, y0, x1, y1, size)
            return
        if not cell.runs:
            return
        size = self._size(sheet, cell)
        height = len(sheet.broken(cell.runs, x1 - x0 - 2 * PAD, size)) * size * LEADING
        free = y1 - y0 - height
        top = y0 + (free / 2 if cell.valign == "middle" else 3.0)
        if self.decoys:
            self._decoy(sheet, cell, x0 + PAD, top + size, size)
        bottom = sheet.paragraph(cell.runs, x0 + PAD, top, x1 - PAD, size, cell.align)
        if cell.qr:
            sheet.qr(x0 + PAD, bottom + 2, min(28.0, x1 - x0 - 2 * PAD))

    def _decoy(self, sheet: Sheet, cell: Cell, x: float, baseline: float, size: float) -> None:
        """Text no reader sees: render mode 3 and clipped anywhere, white on white paper."""
        layout = sheet.layout
        if layout.hidden_text and sheet.rng.random() < 0.08:
            sheet.show(x, baseline, "77.77 draft", Run(""), size, mode=3)
        if layout.white_text and not cell.fill and sheet.rng.random() < 0.08:
            sheet.show(x, baseline, "66.66 draft", Run("", color=WHITE), size)
        if layout.clipped_text and sheet.rng.random() < 0.08:
            sheet.clipped(x, baseline, "55.55 draft", size)


def _cumulative(start: float, lengths: Sequence[float]) -> list[float]:
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + length)
    return edges


def merged_runs(values: Sequence[object], allowed: Sequence[bool]) -> list[tuple[int, int]]:
    """(first, count) of neighbours that are equal and may merge: `allowed[i]` joins i with i-1."""
    groups: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if groups and allowed[index] and values[groups[-1][0]] == value:
            groups[-1] = (groups[-1][0], groups[-1][1] + 1)
        else:
            groups.append((index, 1))
    return groups
