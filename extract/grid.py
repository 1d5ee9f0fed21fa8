"""The cells of one table: which heights part each column, which words stand in which cell.

Input: column spans, the drawing, the words of the body. Output: `Cell`s.
Grain: one `Cell` a drawn cell; merged cells come once, whichever way they span.
Nothing here raises.

Each column is parted by its own horizontal rules, so a value merged over several rows is one
cell. A rule parts a column when it covers at least half of its width. Where a column has fills,
a change of color parts it too (zebra tables without rules).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Cell
from extract.columns import Area, Drawing, Span
from extract.words import CHUNK_EM, Word, lines_of

COVER = 0.5  # part of a column's width that a rule must cover to part it
MANY_EM = 0.5  # in a matrix of levels a gap wider than this part of the size parts two levels
THIN = 2.0  # points: strips flatter than this between double rules are no cells


def cells_of(
    spans: Sequence[Span],
    drawing: Drawing,
    body: Sequence[Word],
    page: int,
    top: float,
    bottom: float,
    many: frozenset[str] = frozenset(),
) -> list[Cell]:
    """Cells that hold text, column by column, top to bottom; merged neighbours joined."""
    grid: dict[tuple[int, int], list[Word]] = {}
    strips = [_strips(span, drawing, top, bottom) for span in spans]
    for word in body:
        column = _index(word.xmid, [(span.x0, span.x1) for span in spans])
        if column is None:
            continue
        strip = _index(word.ymid, strips[column])
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
        chunk_em = MANY_EM if many & set(names) else CHUNK_EM
        lines = tuple(lines_of(words, chunk_em=chunk_em))
        cells.append(Cell(names, page, *box, lines, _fill_under(drawing.areas, box, words)))
    return cells


def _index(at: float, intervals: Sequence[tuple[float, float]]) -> int | None:
    for i, (start, end) in enumerate(intervals):
        if start <= at < end:
            return i
    return None


def _strips(span: Span, drawing: Drawing, top: float, bottom: float) -> list[tuple[float, float]]:
    """Heights (from, to) of the cells of one column between `top` and `bottom`."""
    cuts = _ruled(span, drawing, top, bottom) + _recoloured(span, drawing, top, bottom)
    edges = [top]
    for cut in sorted([*cuts, bottom]):
        if cut - edges[-1] > THIN:
            edges.append(cut)
    edges[-1] = max(edges[-1], bottom)
    return list(zip(edges, edges[1:], strict=False))


def _ruled(span: Span, drawing: Drawing, top: float, bottom: float) -> list[float]:
    """Heights at which rules together cover the column."""
    levels: list[tuple[float, list[tuple[float, float]]]] = []
    rules = sorted(
        (r for r in drawing.hrules if top <= r.y <= bottom and r.x1 > span.x0 and r.x0 < span.x1),
        key=lambda r: r.y,
    )
    for rule in rules:
        part = (max(rule.x0, span.x0), min(rule.x1, span.x1))
        if levels and rule.y - levels[-1][0] <= 0.8:
            levels[-1][1].append(part)
        else:
            levels.append((rule.y, [part]))
    return [y for y, parts in levels if _length(parts) >= COVER * span.width]


def _length(parts: list[tuple[float, float]]) -> float:
    total, reached = 0.0, float("-inf")
    for x0, x1 in sorted(parts):
        total += max(0.0, x1 - max(x0, reached))
        reached = max(reached, x1)
    return total


def _recoloured(span: Span, drawing: Drawing, top: float, bottom: float) -> list[float]:
    """Heights at which the color under the column changes."""
    middle = (span.x0 + span.x1) / 2
    areas = [
        area
        for area in drawing.areas
        if area.x0 <= middle <= area.x1
        and _length([(max(area.x0, span.x0), min(area.x1, span.x1))]) >= COVER * span.width
        and area.bottom > top
        and area.top < bottom
    ]
    edges = sorted({y for area in areas for y in (area.top, area.bottom) if top < y < bottom})

    def color(y: float) -> str | None:
        over = [area.color for area in areas if area.top <= y <= area.bottom]
        return over[-1] if over else None

    return [y for y in edges if color(y - THIN / 2) != color(y + THIN / 2)]


def _merged(
    spans: Sequence[Span],
    strips: Sequence[Sequence[tuple[float, float]]],
    grid: dict[tuple[int, int], list[Word]],
    drawing: Drawing,
) -> list[list[tuple[int, int]]]:
    """Grid places with text, joined where one drawn cell spans neighbouring columns."""
    group: dict[tuple[int, int], list[tuple[int, int]]] = {place: [place] for place in grid}
    for place in sorted(grid):
        column, strip = place
        for other in (column - 1, column + 1):
            if not 0 <= other < len(spans):
                continue
            edge = spans[max(column, other)].x0
            top, bottom = strips[column][strip]
            crossing = any(w.x0 < edge - 2 and w.x1 > edge + 2 for w in grid[place])
            painted = any(
                abs(a.top - top) < 3
                and abs(a.bottom - bottom) < 3
                and abs(a.x0 - min(spans[column].x0, spans[other].x0)) < 3
                and abs(a.x1 - max(spans[column].x1, spans[other].x1)) < 3
                for a in drawing.areas
            )
            if not crossing and not painted:
                continue
            parted = any(
                abs(v.x - edge) < 3 and v.top < bottom - 2 and v.bottom > top + 2
                for v in drawing.vrules
            )
            if parted and not crossing:
                continue
            for there in range(len(strips[other])):
                t, b = strips[other][there]
                if min(b, bottom) - max(t, top) > 0.5 * (b - t):
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


def _fill_under(
    areas: Sequence[Area], box: tuple[float, float, float, float], words: Sequence[Word]
) -> str | None:
    """Colour painted last under the middle of the cell's text."""
    if not words:
        return None
    x = sum(word.xmid for word in words) / len(words)
    y = sum(word.ymid for word in words) / len(words)
    under = [a for a in areas if a.x0 <= x <= a.x1 and a.top <= y <= a.bottom]
    wide = [
        a
        for a in under
        if (a.x1 - a.x0) * (a.bottom - a.top) > 0.3 * (box[2] - box[0]) * (box[3] - box[1])
    ]
    return wide[-1].color if wide else None
