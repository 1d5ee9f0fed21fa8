"""Rows where nothing is drawn and no keys tell them: by the blanks between texts, by the figures of
a column, by the lines of a matrix.

Input: the body of a table. Output: heights (from, to) of its cells, for each column or for all.
Grain: one interval a cell.
Raises: `LayoutChanged` for rows that stand hardly farther apart than the lines of one cell.

A row ends wherever a blank runs over the whole width. Where the texts of one column stand between
two keys, each of them is merged over rows and stands in their middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from errors import LayoutChanged
from extract.page.heights import at_height
from extract.page.lines import ROW_EM, levels_of, lines_of
from extract.page.words import FIGURE, Word
from extract.tables.body import Body, Span, Strip, interval_at
from extract.tables.keyed_rows import strips_by_keys
from extract.tables.row_bands import overlapping

MANY_EM = 0.5  # in a matrix of levels a gap wider than this part of the size parts two levels
MOST = 0.5  # of the sub-columns of a matrix: lines of a level that wraps have texts in fewer
CLOSER = 0.8  # of the distance of two rows: lines of a cell stand closer than that
CENTRED = 0.2  # of the distance of two rows: how far off its rows' middle a merged text may stand


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
    own = [_joined(body.of(span), shared, middles) for span in left]
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


def strips_by_blanks(body: Body) -> list[list[Strip]]:
    """Strips of every column: the same for all, or each column's own where it merges rows of the
    key column."""
    shared = _spaced(body.words, body.top, body.bottom)
    columns = [body.of(span) for span in body.spans]
    own = [_spaced(words, body.top, body.bottom) for words in columns]
    home = next((i for i, span in enumerate(body.spans) if span.name == body.key), None)
    if home is None or len(own[home]) <= len(shared):
        return [shared] * len(body.spans)
    rows = own[home]
    middles = [text.middle for text in _texts(columns[home], rows)]
    found = [
        _centred(_texts(words, strips), rows, middles)
        for words, strips in zip(columns, own, strict=True)
    ]
    return found if all(found) else [shared] * len(body.spans)


def _joined(words: Sequence[Word], rows: Sequence[Strip], middles: Sequence[float]) -> list[Strip]:
    """Rows joined to the cells of a column that has a text for one or several of them; [] where
    they can be joined in no way. Texts stand beside the first of their rows or in their middle."""
    pitch = min((b - a for a, b in pairwise(middles)), default=inf)
    lines = _texts(words, _spaced(words, rows[0][0], rows[-1][1]))
    beside = [
        next(
            (
                i
                for i, y in enumerate(middles)
                if abs(y - text.top - text.line / 2) < CENTRED * pitch
            ),
            None,
        )
        for text in lines
    ]
    led = [i for i in beside if i is not None]
    if lines and len(led) == len(lines) and led[0] == 0 and led == sorted(set(led)):
        ends = [i - 1 for i in led[1:]] + [len(rows) - 1]
        return [(rows[i][0], rows[end][1]) for i, end in zip(led, ends, strict=True)]
    return _centred(lines, rows, middles)


class _Text(NamedTuple):
    """The text of one strip: from and to where it stands, and how many lines it has."""

    top: float
    bottom: float
    lines: int
    line: float  # height of its first line

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _texts(words: Sequence[Word], strips: Sequence[Strip]) -> list[_Text]:
    """The text in each strip that has some."""
    texts = [[word for word in words if interval_at(word.ymid, [strip]) == 0] for strip in strips]
    return [
        _Text(
            min(w.top for w in t), max(w.bottom for w in t), _lines(t),
            min(t, key=lambda w: w.top).bottom - min(w.top for w in t),
        )
        for t in texts
        if t
    ]  # fmt: skip


def _lines(words: Sequence[Word]) -> int:
    """How many lines words stand on: each starts below the middle of the one above."""
    lines, middle = 0, -inf
    for word in sorted(words, key=lambda w: w.ymid):
        if word.top > middle:
            lines, middle = lines + 1, word.ymid
    return lines


def _centred(
    texts: Sequence[_Text], rows: Sequence[Strip], middles: Sequence[float]
) -> list[Strip]:
    """Rows joined so that each text stands in the middle of its own; [] where that cannot be.

    A text with many lines for the rows it is in the middle of is a stack of texts, one a row.
    """
    pitch = min((b - a for a, b in pairwise(middles)), default=inf)
    strips: list[Strip] = []
    first = 0
    for text in texts:
        last = next(
            (
                row
                for row in range(first, len(rows))
                if abs((middles[first] + middles[row]) / 2 - text.middle) < CENTRED * pitch
            ),
            None,
        )
        if last is None:
            return []
        joined = last - first + 1
        if joined > 1 and text.bottom - text.top > pitch and text.lines > joined / 2:
            return []
        strips.append((rows[first][0], rows[last][1]))
        first = last + 1
    return strips if first == len(rows) else []


def _spaced(body: Sequence[Word], top: float, bottom: float) -> list[Strip]:
    """Strips parted wherever a blank runs over all these words; lines of one cell stand closer."""
    edges = [top]
    reached = 0.0
    for word in sorted(body, key=lambda word: word.top):
        if reached and word.top - reached > ROW_EM * word.size:
            edges.append((reached + word.top) / 2)
        reached = max(reached, word.bottom)
    return list(pairwise([*edges, max(bottom, edges[-1])]))
