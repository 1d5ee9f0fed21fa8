"""The heights at which each column of a table is parted into cells.

Input: column spans, the drawing, the words of the body and those that name rows.
Output: for each column heights (from, to) of its cells, top to bottom.
Grain: one interval a cell. Nothing here raises.

Each column is parted by its own horizontal rules, so a value merged over several rows is one
cell. A rule parts a column when it covers at least half of its width. Where a column has fills,
a change of color parts it too (zebra tables without rules). Where the drawing leaves several rows
together, or a band with the row under it, texts part them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.blanks import joined_strips, strips_by_blanks
from extract.columns import Area, Drawing, Span, interval_at
from extract.keyed_rows import Strip, strips_by_keys
from extract.row_bands import bands_between
from extract.words import Word

FIGURE = re.compile(r"\d+(\.\d+)?")
COVER = 0.5  # part of a column's width that a rule must cover to part it
THIN = 2.0  # points: strips flatter than this between double rules are no cells
JOINT = 0.6  # points within which two fills meet


def strips_of(
    spans: Sequence[Span],
    drawing: Drawing,
    body: Sequence[Word],
    keys: Sequence[Word],
    top: float,
    bottom: float,
    key: str,
) -> list[list[Strip]]:
    """Heights (from, to) of the cells of every column between `top` and `bottom`."""  # fmt: skip
    strips = [_drawn(span, drawing, top, bottom) for span in spans]
    home = next((span for span in spans if span.name == key), None)
    if _drawn_rows(strips, body):
        return strips if home is None else _banded(strips, spans, home, body, keys)
    if home is not None and keys:
        shared = strips_by_keys(spans, body, keys, top, bottom, home)
        if shared is not None:
            return [shared] * len(spans)
    if home is not None and not keys:
        own = _by_figures(spans, body, top, bottom, home)
        if own is not None:
            return own
    return strips_by_blanks(spans, body, top, bottom, key)


def _by_figures(
    spans: Sequence[Span], body: Sequence[Word], top: float, bottom: float, home: Span
) -> list[list[Strip]] | None:
    """Each figure of the key column a row; texts left of it may stand for several rows."""
    at = list(spans).index(home)
    left, rest = spans[:at], spans[at:]
    inside = [word for word in body if word.xmid >= home.x0]
    first = sorted((word for word in inside if word.xmid < home.x1), key=lambda word: word.ymid)
    if not all(FIGURE.fullmatch(word.text) for word in first):
        return None  # a text may run over several lines
    shared = strips_by_keys(rest, inside, first, top, bottom, home, full=True)
    if shared is None or len(shared) != len(first):
        return None
    middles = [word.ymid for word in first]
    own = [
        joined_strips([w for w in body if span.x0 <= w.xmid < span.x1], shared, middles)
        for span in left
    ]
    return [*own, *[shared] * len(rest)] if all(own) else None


def _banded(
    strips: Sequence[Sequence[Strip]],
    spans: Sequence[Span],
    home: Span,
    body: Sequence[Word],
    keys: Sequence[Word],
) -> list[list[Strip]]:
    """The strips, cut where one holds a band beside rows, or rows that nothing drawn parts."""
    cuts: list[float] = []
    for top, bottom in strips[list(spans).index(home)]:
        inside = [word for word in body if top <= word.ymid < bottom]
        mine = [word for word in keys if top <= word.ymid < bottom]
        if not mine:
            continue
        if len(mine) > 1 and _whole(strips, top, bottom):
            rows = strips_by_keys(spans, inside, mine, top, bottom, home)
            if rows is not None and len(rows) >= len(mine):
                cuts += [end for _, end in rows[:-1]]
                continue
        for band in bands_between(inside, mine, home.x0):
            above = [w.bottom for w in inside if w.ymid < min(x.top for x in band)]
            below = [w.top for w in inside if w.ymid > max(x.bottom for x in band)]
            if above:
                cuts.append((max(above) + min(x.top for x in band)) / 2)
            if below:
                cuts.append((min(below) + max(x.bottom for x in band)) / 2)
    return [_cut(column, cuts) for column in strips]


def _whole(strips: Sequence[Sequence[Strip]], top: float, bottom: float) -> bool:
    """Whether no column is parted between two heights."""
    return not any(
        top + THIN < edge < bottom - THIN for column in strips for strip in column for edge in strip
    )


def _cut(column: Sequence[Strip], cuts: Sequence[float]) -> list[Strip]:
    edges = [column[0][0], *(end for _, end in column)]
    inner = [cut for cut in cuts if all(abs(cut - edge) > THIN for edge in edges)]
    return list(pairwise(sorted([*edges, *(c for c in inner if edges[0] < c < edges[-1])])))


def _drawn(span: Span, drawing: Drawing, top: float, bottom: float) -> list[tuple[float, float]]:
    """Heights (from, to) of the cells of one column between `top` and `bottom`."""
    cuts = _ruled(span, drawing, top, bottom) + _recoloured(span, drawing, top, bottom)
    edges = [top]
    for cut in sorted([*cuts, bottom]):
        if cut - edges[-1] > THIN:
            edges.append(cut)
    edges[-1] = max(edges[-1], bottom)
    return list(pairwise(edges))


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
    """Heights at which the color under the column changes, or one fill ends where one starts."""
    rows: dict[tuple[int, int], list[Area]] = {}
    for area in drawing.areas:
        if area.bottom > top and area.top < bottom and area.x1 > span.x0 and area.x0 < span.x1:
            rows.setdefault((round(area.top), round(area.bottom)), []).append(area)
    areas = [
        area
        for beside in rows.values()  # cells of a matrix lie side by side, each with its own fill
        if _length([(max(a.x0, span.x0), min(a.x1, span.x1)) for a in beside]) >= COVER * span.width
        for area in beside
    ]
    edges = sorted({y for area in areas for y in (area.top, area.bottom) if top < y < bottom})
    starts = [area.top for area in areas]

    def color(y: float) -> str | None:
        over = [area.color for area in areas if area.top <= y <= area.bottom]
        return over[-1] if over else None

    def met(y: float) -> bool:
        """Whether every fill here ends at `y`, and others start there."""
        over = [area for area in areas if area.top < y - THIN / 2 and area.bottom > y - THIN / 2]
        ends = all(abs(area.bottom - y) < JOINT for area in over)
        return bool(over) and ends and any(abs(start - y) < JOINT for start in starts)

    return [y for y in edges if color(y - THIN / 2) != color(y + THIN / 2) or met(y)]


def _drawn_rows(strips: Sequence[Sequence[tuple[float, float]]], body: Sequence[Word]) -> bool:
    """Whether what is drawn parts the text of any column."""
    return any(
        len({interval_at(word.ymid, column) for word in body}) > 1
        for column in strips
        if len(column) > 1
    )
