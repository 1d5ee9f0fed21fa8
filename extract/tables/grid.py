"""The cells of one table: which heights part each column, which words stand in which cell.

Input: column spans, the drawing, the words of the body. Output: `Cell`s.
Grain: one `Cell` a drawn cell; merged cells come once, whichever way they span.
Raises: `LayoutChanged` for texts of the body that stand in no column.

Each column has its own strips (`extract.tables.strips`), so a value merged over several rows is one cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from errors import LayoutChanged
from extract.cells import Cell
from extract.page.drawing import Drawing
from extract.page.lines import CHUNK_EM, chunk_extents, lines_of
from extract.page.marks import Box
from extract.page.words import Word
from extract.tables.body import Body, Span, Strip, interval_at
from extract.tables.strips import THIN, strips_of
from extract.tables.unkeyed_rows import MANY_EM

SPACER = 6.0  # points from the middle of a spacer between two columns to the end of their rules
MIDDLE = 0.04  # of the width of two columns: how far off their middle a text over both may stand
SMALL = 0.6  # words this much smaller than their neighbours are no part of their text
GLUED_EM = 0.15  # a raised mark this close to a word is one text with it
APART_EM = 1.5  # texts further apart than so many sizes are not those of one cell
TEXT_EM = 0.45  # words closer than this part of the size are one text, whatever column they are in

Spot = tuple[int, int]  # of a grid: column, and strip of it


class Grid(NamedTuple):
    """The words of a body by column and strip."""

    body: Body
    strips: Sequence[Sequence[Strip]]  # of each column
    words: dict[Spot, list[Word]]

    def level(self, column: int, top: float, bottom: float) -> Iterator[Spot]:
        """The places of a column that lie for the most part between two heights."""
        strips = self.strips[column]
        for there in range(max(0, bisect_left(strips, (top, -inf)) - 1), len(strips)):
            t, b = strips[there]
            if t >= bottom:
                return
            if min(b, bottom) - max(t, top) > 0.5 * (b - t):
                yield column, there


def cells_of(body: Body, page: int) -> list[Cell]:
    """Cells that hold text, column by column, top to bottom; merged neighbours joined."""
    spans = body.spans
    grid = Grid(body, strips_of(body), {})
    for word, column in zip(body.words, _columns(spans, body.words, page), strict=True):
        heights = grid.strips[column]
        within = min(max(word.ymid, heights[0][0]), heights[-1][1] - THIN / 2)
        strip = interval_at(within, heights)
        if strip is not None:
            grid.words.setdefault((column, strip), []).append(word)
    cells = []
    for members in _merged(grid):
        columns = sorted({column for column, _ in members})
        words = [word for member in members for word in grid.words.get(member, [])]
        strips = [grid.strips[column][strip] for column, strip in members]
        top, bottom = min(t for t, _ in strips), max(b for _, b in strips)
        box = Box(spans[columns[0]].x0, top, spans[columns[-1]].x1, bottom)
        names = tuple(spans[column].name for column in columns)
        chunk_em = MANY_EM if any(spans[column].many for column in columns) else CHUNK_EM
        lines = tuple(lines_of(words, chunk_em=chunk_em))
        cells.append(Cell(names, page, *box, lines, _fill_under(body.drawing, box, words)))
    return cells


def _columns(spans: Sequence[Span], body: Sequence[Word], page: int) -> list[int]:
    """The column of each word: where its middle is, or else where the text it is part of starts.

    Raises `LayoutChanged` for texts that start in no column.
    """
    bounds = [(span.x0, span.x1) for span in spans]
    found = [interval_at(word.xmid, bounds) for word in body]
    if None not in found:
        return [column for column in found if column is not None]
    starts = [x0 for x0, _ in chunk_extents(body)]
    found = [
        interval_at(start, bounds) if column is None else column
        for start, column in zip(starts, found, strict=True)
    ]
    outside = [word.text for word, column in zip(body, found, strict=True) if column is None]
    if outside:
        raise LayoutChanged(
            "texts inside a table stand in none of its columns",
            page=page,
            text=" ".join(outside[:12]),
            todo="Look at the page: is there a column without a header, or a text over the table?",
        )
    return [column for column in found if column is not None]


def _merged(grid: Grid) -> list[list[Spot]]:
    """Grid places with text, joined where one drawn cell spans neighbouring columns."""
    group: dict[Spot, list[Spot]] = {place: [place] for place in grid.words}
    for place in sorted(grid.words):
        column, strip = place
        top, bottom = grid.strips[column][strip]
        for other in (column - 1, column + 1):
            if not 0 <= other < len(grid.strips) or not _spans(grid, place, other):
                continue
            for twin in grid.level(other, top, bottom):
                joined = group[place]
                for member in group.setdefault(twin, [twin]):
                    if member not in joined:
                        joined.append(member)
                for member in joined:
                    group[member] = joined
    return sorted({id(members): sorted(members) for members in group.values()}.values())


def _spans(grid: Grid, place: Spot, other: int) -> bool:
    """Whether the cell at a place of the grid spans the neighbouring column `other` too."""
    column, strip = place
    spans, drawing, words = grid.body.spans, grid.body.drawing, grid.words[place]
    left, right = sorted((column, other))
    edge, pair = spans[right].x0, (spans[left].x0, spans[right].x1)
    top, bottom = grid.strips[column][strip]
    if any(w.x0 < edge - 2 and w.x1 > edge + 2 for w in words):
        return True
    beside = [w for there in grid.level(other, top, bottom) for w in grid.words.get(there, [])]
    grounds = [
        area
        for area in drawing.areas_by_height.between(top - 3, top + 3)
        if abs(area.top - top) < 3 and abs(area.bottom - bottom) < 3
    ]
    painted = any(abs(a.x0 - pair[0]) < 3 and abs(a.x1 - pair[1]) < SPACER for a in grounds)
    running = _runs_on(words, beside)
    if painted and beside and not running:
        # The ground of a row of two columns, or of two of several, is no merged cell.
        painted = len(spans) > 2 and _gap(words, beside) < APART_EM
    if running and not painted:
        running = (
            any(a.x0 < edge - SPACER and a.x1 > edge + SPACER for a in grounds)
            or not _ruled_apart(edge, bottom, drawing)
            or _ruled_elsewhere(grid, edge)
            or _centred([*words, *beside], pair)
        )
    return (painted or running) and not any(
        abs(v.x - edge) < 3 and v.top < bottom - 2 and v.bottom > top + 2
        for v in drawing.vrules_by_height.between(top, bottom)
    )


def _runs_on(words: Sequence[Word], beside: Sequence[Word]) -> bool:
    """Whether a line of text goes on from one column into the other, a word space apart."""
    return any(
        -0.2 * one.size < gap < TEXT_EM * one.size
        and (
            (level and SMALL < word.size / one.size < 1 / SMALL)
            or (
                gap < GLUED_EM * one.size and min(one.bottom, word.bottom) > max(one.ymid, word.top)
            )
        )
        for one in words
        for word in beside
        for gap in (max(word.x0 - one.x1, one.x0 - word.x1),)
        for level in (abs(one.bottom - word.bottom) < 0.2 * one.size,)
    )


def _gap(words: Sequence[Word], beside: Sequence[Word]) -> float:
    """The blank between the texts of two columns, in sizes of their type."""
    return min(
        max(word.x0 - one.x1, one.x0 - word.x1) / max(one.size, word.size)
        for one in words
        for word in beside
    )


def _centred(words: Sequence[Word], pair: tuple[float, float]) -> bool:
    """Whether a text stands in the middle of two columns."""
    middle = (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2
    return abs(middle - (pair[0] + pair[1]) / 2) < MIDDLE * (pair[1] - pair[0])


def _ruled_apart(edge: float, bottom: float, drawing: Drawing) -> bool:
    """Whether rules under a cell end at the column's edge, and none goes on over it."""
    near = drawing.hrules_by_height.between(bottom - 1, bottom + 1)
    under = [r for r in near if abs(r.y - bottom) < 1]
    return any(abs(r.x1 - edge) < SPACER or abs(r.x0 - edge) < SPACER for r in under) and not any(
        r.x0 < edge - SPACER and r.x1 > edge + SPACER for r in under
    )


def _ruled_elsewhere(grid: Grid, edge: float) -> bool:
    """Whether the column's edge is drawn beside some rows of the table: then for those only."""
    start, end = grid.strips[0][0][0], grid.strips[0][-1][1]
    return any(
        abs(v.x - edge) < 1 and v.bottom > start and v.top < end for v in grid.body.drawing.vrules
    )


def _fill_under(drawing: Drawing, box: Box, words: Sequence[Word]) -> str | None:
    """Colour painted last under the middle of the cell's text."""
    if not words:
        return None
    x = sum(word.xmid for word in words) / len(words)
    y = sum(word.ymid for word in words) / len(words)
    under = [a for a in drawing.areas_by_height.between(y, y) if a.x0 <= x <= a.x1]
    wide = [
        a
        for a in under
        if (a.x1 - a.x0) * (a.bottom - a.top) > 0.3 * (box.x1 - box.x0) * (box.bottom - box.top)
    ]
    return wide[-1].color if wide else None
