"""Rows of tables that no codes make: by the figures of a column, by the lines of a matrix.

Input: column spans, the words of a body that no drawing parts. Output: heights (from, to) of rows.
Grain: one interval a row.
Raises: `LayoutChanged` for rows that stand hardly farther apart than the lines of one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from errors import LayoutChanged
from extract.blanks import joined_strips
from extract.body import Body, Span, Strip
from extract.heights import at_height
from extract.keyed_rows import strips_by_keys
from extract.lines import levels_of, lines_of
from extract.row_bands import overlapping
from extract.words import Word

MANY_EM = 0.5  # in a matrix of levels a gap wider than this part of the size parts two levels
MOST = 0.5  # of the sub-columns of a matrix: lines of a level that wraps have texts in fewer
CLOSER = 0.8  # of the distance of two rows: lines of a cell stand closer than that
FIGURE = re.compile(r"\d+(\.\d+)?")


def refuse_unparted(strips: Sequence[Sequence[Strip]], body: Sequence[Word]) -> None:
    """Rows without keys that stand hardly farther apart than the lines of one cell."""
    lines = overlapping(body)
    extents = [(min(w.top for w in line), max(w.bottom for w in line)) for line in lines]
    shared = {edge for column in strips for strip in column for edge in strip}
    edges = at_height(shared, lambda edge: edge)
    gaps = [(b[0] - a[1], bool(edges.between(a[1], b[0]))) for a, b in pairwise(extents)]
    within = max((gap for gap, parted in gaps if not parted), default=0.0)
    between = min((gap for gap, parted in gaps if parted), default=0.0)
    alone = len(lines) > 1 and not any(parted for _, parted in gaps)
    if alone or within > CLOSER * between:
        raise LayoutChanged(
            "rows that no rule parts stand no farther apart than the lines of a cell",
            text=" ".join(word.text for word in lines[0]),
            todo="Look at the page: which lines belong together?",
        )


def by_figures(body: Body, home: Span) -> list[list[Strip]] | None:
    """Each figure of the key column a row; texts left of it may stand for several rows."""
    spans = list(body.spans)
    at = spans.index(home)
    figures = sorted(body.of(home), key=lambda word: word.ymid)
    if not all(FIGURE.fullmatch(word.text) for word in figures):
        return None  # a text may run over several lines
    body = replace(body, keys=figures)
    everywhere = strips_by_keys(body, full=True)
    if everywhere is not None and len(everywhere) == len(figures):
        return [everywhere] * len(spans)
    left, rest = spans[:at], spans[at:]
    inside = [word for word in body.words if word.xmid >= home.x0]
    shared = strips_by_keys(replace(body, spans=rest, words=inside), full=True)
    if shared is None or len(shared) != len(figures):
        return None
    middles = [word.ymid for word in figures]
    own = [joined_strips(body.of(span), shared, middles) for span in left]
    return [*own, *[shared] * len(rest)] if all(own) else None


def by_matrix(body: Body, matrix: Span) -> list[Strip] | None:
    """Each line of a matrix of levels that has a text in most of its sub-columns a row."""
    inside = body.of(matrix)
    lines = levels_of(lines_of(inside, chunk_em=MANY_EM))
    most = max(map(len, lines), default=0)
    if most < 2:
        return None
    heights = [line[0].middle for line in lines if len(line) > MOST * most]
    keys = [min(inside, key=lambda word: abs(word.ymid - height)) for height in heights]
    return strips_by_keys(replace(body, keys=keys, key=matrix.name), full=True)
