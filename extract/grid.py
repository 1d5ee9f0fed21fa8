"""The cells of one table: which heights part each column, which words stand in which cell.

Input: column spans, the drawing, the words of the body. Output: `Cell`s.
Grain: one `Cell` a drawn cell; merged cells come once, whichever way they span.
Raises: `LayoutChanged` for texts of the body that stand in no column.

Each column has its own strips (`extract.strips`), so a value merged over several rows is one cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import inf

from errors import LayoutChanged
from extract.body import Body, Span, Strip, interval_at
from extract.cells import Cell
from extract.drawing import Drawing
from extract.lines import CHUNK_EM, chunk_extents, lines_of
from extract.strips import THIN, strips_of
from extract.unkeyed_rows import MANY_EM
from extract.words import Word

SPACER = 6.0  # points from the middle of a spacer between two columns to the end of their rules
MIDDLE = 0.04  # of the width of two columns: how far off their middle a text over both may stand
SMALL = 0.6  # words this much smaller than their neighbours are no part of their text
GLUED_EM = 0.15  # a raised mark this close to a word is one text with it
APART_EM = 1.5  # texts further apart than so many sizes are not those of one cell
TEXT_EM = 0.45  # words closer than this part of the size are one text, whatever column they are in

Spot = tuple[int, int]  # of a grid: column, and strip of it


def cells_of(body: Body, page: int) -> list[Cell]:
    """Cells that hold text, column by column, top to bottom; merged neighbours joined."""
    spans, drawing = body.spans, body.drawing
    grid: dict[Spot, list[Word]] = {}
    strips = strips_of(body)
    for word, column in zip(body.words, _columns(spans, body.words, page), strict=True):
        heights = strips[column]
        within = min(max(word.ymid, heights[0][0]), heights[-1][1] - THIN / 2)
        strip = interval_at(within, heights)
        if strip is not None:
            grid.setdefault((column, strip), []).append(word)
    groups = _merged(spans, strips, grid, drawing)
    cells = []
    for members in groups:
        columns = sorted({column for column, _ in members})
        words = [word for member in members for word in grid.get(member, [])]
        x0, x1 = spans[columns[0]].x0, spans[columns[-1]].x1
        tops = [strips[column][strip][0] for column, strip in members]
        bottoms = [strips[column][strip][1] for column, strip in members]
        box = (x0, min(tops), x1, max(bottoms))
        names = tuple(spans[column].name for column in columns)
        chunk_em = MANY_EM if any(spans[column].many for column in columns) else CHUNK_EM
        lines = tuple(lines_of(words, chunk_em=chunk_em))
        cells.append(Cell(names, page, *box, lines, _fill_under(drawing, box, words)))
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


def _merged(
    spans: Sequence[Span],
    strips: Sequence[Sequence[Strip]],
    grid: dict[Spot, list[Word]],
    drawing: Drawing,
) -> list[list[Spot]]:
    """Grid places with text, joined where one drawn cell spans neighbouring columns."""
    group: dict[Spot, list[Spot]] = {place: [place] for place in grid}
    start, end = strips[0][0][0], strips[0][-1][1]
    uprights = [v for v in drawing.vrules if v.bottom > start and v.top < end]
    for place in sorted(grid):
        column, strip = place
        for other in (column - 1, column + 1):
            if not 0 <= other < len(spans):
                continue
            edge = spans[max(column, other)].x0
            top, bottom = strips[column][strip]
            crossing = any(w.x0 < edge - 2 and w.x1 > edge + 2 for w in grid[place])
            pair = (spans[min(column, other)].x0, spans[max(column, other)].x1)
            painted = any(
                abs(a.top - top) < 3
                and abs(a.bottom - bottom) < 3
                and abs(a.x0 - pair[0]) < 3
                and abs(a.x1 - pair[1]) < SPACER
                for a in drawing.areas_by_height.between(top - 3, top + 3)
            )
            beside = _beside(place, other, strips, grid)
            running = _runs_on(grid[place], beside)
            if painted and beside and not running:
                # The ground of a row of two columns, or of two of several, is no merged cell.
                whole = len(spans) == 2
                painted = not whole and _gap(grid[place], beside) < APART_EM
            if running and not painted:
                running = (
                    _filled_across(edge, top, bottom, drawing)
                    or not _ruled_apart(edge, bottom, drawing)
                    or any(abs(v.x - edge) < 1 for v in uprights)  # there for other rows only
                    or _centred([*grid[place], *beside], pair)
                )
            if not crossing and not painted and not running:
                continue
            parted = any(
                abs(v.x - edge) < 3 and v.top < bottom - 2 and v.bottom > top + 2
                for v in drawing.vrules_by_height.between(top, bottom)
            )
            if parted and not crossing:
                continue
            for there in _level(strips[other], top, bottom):
                twin = (other, there)
                joined = group[place]
                for member in group.setdefault(twin, [twin]):
                    if member not in joined:
                        joined.append(member)
                for member in joined:
                    group[member] = joined
    seen: set[int] = set()
    merged = []
    for members in group.values():
        if id(members) not in seen:
            seen.add(id(members))
            merged.append(sorted(members))
    return sorted(merged)


def _beside(
    place: Spot,
    other: int,
    strips: Sequence[Sequence[Strip]],
    grid: dict[Spot, list[Word]],
) -> list[Word]:
    """The words of column `other` at the height of a grid place."""
    column, strip = place
    top, bottom = strips[column][strip]
    return [
        word
        for there in _level(strips[other], top, bottom)
        for word in grid.get((other, there), [])
    ]


def _level(strips: Sequence[Strip], top: float, bottom: float) -> Iterator[int]:
    """Which of a column's strips, that ascend, lie for the most part between two heights."""
    for there in range(bisect_left(strips, (top, -inf)) - 1, len(strips)):
        if there < 0:
            continue
        t, b = strips[there]
        if t >= bottom:
            return
        if min(b, bottom) - max(t, top) > 0.5 * (b - t):
            yield there


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


def _filled_across(edge: float, top: float, bottom: float, drawing: Drawing) -> bool:
    """Whether one fill of a cell's height goes on over the column's edge."""
    return any(
        abs(a.top - top) < 3
        and abs(a.bottom - bottom) < 3
        and a.x0 < edge - SPACER
        and a.x1 > edge + SPACER
        for a in drawing.areas_by_height.between(top - 3, top + 3)
    )


def _ruled_apart(edge: float, bottom: float, drawing: Drawing) -> bool:
    """Whether rules under a cell end at the column's edge, and none goes on over it."""
    near = drawing.hrules_by_height.between(bottom - 1, bottom + 1)
    under = [r for r in near if abs(r.y - bottom) < 1]
    return any(abs(r.x1 - edge) < SPACER or abs(r.x0 - edge) < SPACER for r in under) and not any(
        r.x0 < edge - SPACER and r.x1 > edge + SPACER for r in under
    )


def _fill_under(
    drawing: Drawing, box: tuple[float, float, float, float], words: Sequence[Word]
) -> str | None:
    """Colour painted last under the middle of the cell's text."""
    if not words:
        return None
    x = sum(word.xmid for word in words) / len(words)
    y = sum(word.ymid for word in words) / len(words)
    under = [a for a in drawing.areas_by_height.between(y, y) if a.x0 <= x <= a.x1]
    wide = [
        a
        for a in under
        if (a.x1 - a.x0) * (a.bottom - a.top) > 0.3 * (box[2] - box[0]) * (box[3] - box[1])
    ]
    return wide[-1].color if wide else None
