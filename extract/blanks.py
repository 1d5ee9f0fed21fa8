"""Rows where nothing is drawn: parted by the blanks between texts.

Input: column spans, the words of the body. Output: for each column heights (from, to) of its cells.
Grain: one interval a cell. Nothing here raises.

A row ends wherever a blank runs over the whole width. Where the texts of one column stand between
two keys, each of them is merged over rows and stands in their middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from extract.body import Body, Strip, interval_at
from extract.lines import ROW_EM
from extract.words import Word

CENTRED = 0.2  # of the distance of two rows: how far off its rows' middle a merged text may stand


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


def joined_strips(
    words: Sequence[Word], rows: Sequence[Strip], middles: Sequence[float]
) -> list[Strip]:
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
