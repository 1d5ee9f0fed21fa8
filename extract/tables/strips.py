"""The heights at which each column of a table is parted into cells.

Input: column spans, the drawing, the words of the body and those that name rows.
Output: for each column heights (from, to) of its cells, top to bottom.
Grain: one interval a cell.
Raises: `LayoutChanged` where rows cannot be told from the lines of one cell.

Each column is parted by its own horizontal rules, so a value merged over several rows is one
cell. A rule parts a column when it covers at least half of its width. Where a column has fills,
a change of color parts it too (zebra tables without rules). Where the drawing leaves several rows
together, or a band with the row under it, texts part them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.cells import Area
from extract.page.drawing import length_of
from extract.page.heights import at_height, by_height
from extract.page.words import Word
from extract.tables.body import Body, Span, Strip, interval_at
from extract.tables.keyed_rows import strips_by_keys
from extract.tables.row_bands import bands_between
from extract.tables.unkeyed_rows import by_figures, by_matrix, refuse_unparted, strips_by_blanks

COVER = 0.5  # part of a column's width that a rule must cover to part it
JOINED_EM = 0.6  # times the size: a drawn edge this close to the middle of two rows parts them
THIN = 2.0  # points: strips flatter than this between double rules are no cells
JOINT = 1.1  # points within which two fills meet; wider gaps show the ground between them


def strips_of(body: Body) -> list[list[Strip]]:
    """Heights (from, to) of the cells of every column."""
    spans, home = body.spans, body.home
    strips = [_drawn(body, span) for span in spans]
    if _drawn_rows(strips, body.words):
        return strips if home is None else _banded(strips, body, home)
    if home is not None and body.keys:
        shared = strips_by_keys(body)
        if shared is not None:
            return [shared] * len(spans)
    if home is not None and not body.keys:
        own = by_figures(body, home)
        if own is not None:
            return own
        for matrix in (span for span in spans if span.many):
            shared = by_matrix(body, matrix)
            if shared is not None:
                return [shared] * len(spans)
    found = strips_by_blanks(body)
    if not body.keys:
        refuse_unparted(found, body.words)
    return found


def _banded(strips: Sequence[Sequence[Strip]], body: Body, home: Span) -> list[list[Strip]]:
    """The strips, cut where one holds a band beside rows, or rows that nothing drawn parts."""
    cuts: list[float] = []  # through all columns
    partings: list[list[float]] = [[] for _ in strips]  # of one column each
    middles = at_height(body.words, lambda word: word.ymid)
    key_middles = at_height(body.keys, lambda word: word.ymid)
    for top, bottom in strips[body.spans.index(home)]:
        inside = [word for word in middles.between(top, bottom) if word.ymid < bottom]
        mine = [word for word in key_middles.between(top, bottom) if word.ymid < bottom]
        if not mine:
            continue
        part = replace(body, words=inside, keys=mine, top=top, bottom=bottom)
        rows = strips_by_keys(part) if len(mine) > 1 else None
        if rows is not None and len(rows) >= len(mine):
            ends = [end for _, end in rows[:-1]]
            slack = JOINED_EM * max(word.size for word in mine)
            inner = [[y for y in _edges(c) if top + THIN < y < bottom - THIN] for c in strips]
            if all(min(abs(y - end) for end in ends) < slack for ys in inner for y in ys):
                for own, ys in zip(partings, inner, strict=True):
                    own += [] if ys else ends
                continue
        for band in bands_between(inside, mine, home.x0):
            above = [w.bottom for w in inside if w.ymid < min(x.top for x in band)]
            below = [w.top for w in inside if w.ymid > max(x.bottom for x in band)]
            if above:
                cuts.append((max(above) + min(x.top for x in band)) / 2)
            if below:
                cuts.append((min(below) + max(x.bottom for x in band)) / 2)
    return [_cut(column, [*cuts, *own]) for column, own in zip(strips, partings, strict=True)]


def _edges(column: Sequence[Strip]) -> list[float]:
    return [column[0][0], *(end for _, end in column)]


def _cut(column: Sequence[Strip], cuts: Sequence[float]) -> list[Strip]:
    edges = _edges(column)
    inner = [cut for cut in cuts if all(abs(cut - edge) > THIN for edge in edges)]
    return list(pairwise(sorted([*edges, *(c for c in inner if edges[0] < c < edges[-1])])))


def _drawn(body: Body, span: Span) -> list[Strip]:
    """Heights (from, to) of the cells of one column."""
    edges = [body.top]
    for cut in sorted([*_ruled(body, span), *_recoloured(body, span), body.bottom]):
        if cut - edges[-1] > THIN:
            edges.append(cut)
    edges[-1] = max(edges[-1], body.bottom)
    return list(pairwise(edges))


def _ruled(body: Body, span: Span) -> list[float]:
    """Heights at which rules together cover the column."""
    levels: list[tuple[float, list[tuple[float, float]]]] = []
    rules = (
        r
        for r in body.drawing.hrules
        if body.top <= r.y <= body.bottom and r.x1 > span.x0 and r.x0 < span.x1
    )
    for rule in sorted(rules, key=lambda r: r.y):
        part = (max(rule.x0, span.x0), min(rule.x1, span.x1))
        if levels and rule.y - levels[-1][0] <= 0.8:
            levels[-1][1].append(part)
        else:
            levels.append((rule.y, [part]))
    return [y for y, parts in levels if length_of(parts) >= COVER * span.width]


def _recoloured(body: Body, span: Span) -> list[float]:
    """Heights at which the color under the column changes, or one fill ends where one starts."""
    top, bottom = body.top, body.bottom
    rows: dict[tuple[int, int], list[Area]] = {}
    for area in body.drawing.areas:
        if area.bottom > top and area.top < bottom and area.x1 > span.x0 and area.x0 < span.x1:
            rows.setdefault((round(area.top), round(area.bottom)), []).append(area)
    areas = [
        area
        for beside in rows.values()  # cells of a matrix lie side by side, each with its own fill
        if length_of([(max(a.x0, span.x0), min(a.x1, span.x1)) for a in beside])
        >= COVER * span.width
        for area in beside
    ]
    edges = sorted({y for area in areas for y in (area.top, area.bottom) if top < y < bottom})
    heights = by_height(areas)
    starts = at_height(areas, lambda area: area.top)

    def color(y: float) -> str | None:
        over = heights.between(y, y)
        return over[-1].color if over else None

    def met(y: float) -> bool:
        """Whether every fill here ends at `y`, and others start there."""
        above = y - THIN / 2
        over = [a for a in heights.between(above, above) if a.top < above < a.bottom]
        ends = all(abs(area.bottom - y) < JOINT for area in over)
        begun = starts.between(y - JOINT, y + JOINT)
        return bool(over) and ends and any(abs(area.top - y) < JOINT for area in begun)

    return [y for y in edges if color(y - THIN / 2) != color(y + THIN / 2) or met(y)]


def _drawn_rows(strips: Sequence[Sequence[Strip]], body: Sequence[Word]) -> bool:
    """Whether what is drawn parts the text of any column."""
    return any(
        len({interval_at(word.ymid, column) for word in body}) > 1
        for column in strips
        if len(column) > 1
    )
