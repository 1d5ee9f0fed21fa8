"""Cells that are drawn and hold no text: a figure that is not given.

Input: the rows of a table, its columns, the drawing. Output: the rows, with a `Cell` without lines
where a column may be blank and a box is drawn around nothing.
Grain: one row. Nothing here raises.

The box must be the row's own: rules over and under it, and its column parted from the next ones at
that height. Where a value may stand for several rows or columns, nothing is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.cells import Cell, Row
from extract.headers.columns_by_year import without_year
from extract.page.drawing import Drawing, length_of
from extract.tables.body import Body, Span

NEAR = 1.5  # points between the edge of a row and the rule that draws it
BESIDE = 3.0  # points between the edge of a column and the rule that draws it
GAP = 1.0  # points: between the ends of rules that leave one
COVER = 0.85  # part of an edge that is drawn


def with_blanks(rows: Sequence[Row], body: Body, may: Sequence[str]) -> list[Row]:
    """The rows with their blank cells, of columns whose names are among `may`."""
    if not may:
        return list(rows)
    filled = []
    for row in rows:
        home = row.cells[body.key][0]
        blank = {
            span.name: (_blank(span, home),)
            for i, span in enumerate(body.spans)
            if without_year(span.name) in may
            and not row.cells[span.name]
            and not _reached(span, row)
            and _boxed(i, body.spans, home, body.drawing)
        }
        filled.append(replace(row, cells={**row.cells, **blank}))
    return filled


def _reached(span: Span, row: Row) -> bool:
    """Whether a text beside stands half in this column: it may be that of both."""
    lines = [line for cells in row.cells.values() for cell in cells for line in cell.lines]
    return any(line.x0 < span.x1 and line.x1 > span.x0 for line in lines)


def _blank(span: Span, home: Cell) -> Cell:
    return Cell((span.name,), home.page, span.x0, home.top, span.x1, home.bottom, (), None)


def _boxed(i: int, spans: Sequence[Span], home: Cell, drawing: Drawing) -> bool:
    span, top, bottom = spans[i], home.top, home.bottom
    edges = ([span.x0] if i else []) + ([span.x1] if i + 1 < len(spans) else [])
    return (
        _ruled(span, top, drawing)
        and _ruled(span, bottom, drawing)
        and all(
            _upright(edge, top, bottom, drawing)
            or (_broken(edge, top, drawing) and _broken(edge, bottom, drawing))
            for edge in edges
        )
    )


def _ruled(span: Span, y: float, drawing: Drawing) -> bool:
    parts = [
        (max(r.x0, span.x0), min(r.x1, span.x1))
        for r in drawing.hrules_by_height.between(y - NEAR, y + NEAR)
    ]
    return length_of(parts) >= COVER * span.width


def _upright(x: float, top: float, bottom: float, drawing: Drawing) -> bool:
    parts = [
        (max(v.top, top), min(v.bottom, bottom))
        for v in drawing.vrules_by_height.between(top, bottom)
        if abs(v.x - x) < BESIDE
    ]
    return length_of(parts) >= COVER * (bottom - top)


def _broken(x: float, y: float, drawing: Drawing) -> bool:
    """Whether the rules at a height leave a gap at a column's edge. Where they touch there, a cell
    of two columns may be drawn so too."""
    near = drawing.hrules_by_height.between(y - NEAR, y + NEAR)
    left = max((r.x1 for r in near if r.x0 < x - GAP), default=x)
    right = min((r.x0 for r in near if r.x1 > x + GAP), default=x)
    return GAP < right - left < 4 * BESIDE and abs(left + right - 2 * x) < 4 * BESIDE
