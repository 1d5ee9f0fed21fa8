"""Rows where nothing is drawn: the lines of every column shared out to the keys beside them.

Input: column spans, the words of a body, the words that name its rows (JUPAS codes).
Output: heights (from, to) of the rows and of the bands between them, the same for all columns.
Grain: one interval a row or band. Nothing here raises: None where the lines can be shared out in
no way, or in several.

A table sets all its cells alike: their first lines beside the key, their middles, or their last
lines. Each of the three is tried on all columns at once. One holds when every line finds its row,
no row reaches into the next one, and lines of one cell stand no farther apart than rows do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extract.page.lines import ROW_EM, levels_of, lines_of
from extract.page.words import Word
from extract.tables.body import Body, Strip
from extract.tables.row_bands import BESIDE_EM, bands_between

APART_EM = 0.15  # of the size: by so much may lines of a cell stand farther apart than rows
ROWS_MOST = 200  # a page has fewer

Shares = tuple[tuple[int, int, int], ...]  # (row, first level, level after its last)


class Level(NamedTuple):
    """The lines of one column on one baseline."""

    top: float
    bottom: float
    middle: float


def strips_by_keys(body: Body, *, full: bool = False) -> list[Strip] | None:
    """Strips of rows and bands of a body with keys and their column.

    `full`: every column must have a text in every row, or in none.
    """
    keys, home = body.keys, body.home
    assert home is not None
    rows = sorted({round(word.ymid, 2) for word in keys})
    if not rows or len(rows) < len(keys) or len(rows) > ROWS_MOST:
        return None
    size = max(word.size for word in keys)
    bands = bands_between(body.words, keys, home.x0)
    banded = {id(word) for band in bands for word in band}
    columns = [_levels([w for w in body.of(s) if id(w) not in banded]) for s in body.spans]
    x0, x1 = body.spans[0].x0, body.spans[-1].x1
    if sum(map(len, columns)) == 0 or any(
        id(w) not in banded and not x0 <= w.xmid < x1 for w in body.words
    ):
        return None
    found: dict[tuple[Strip, ...], bool] = {}  # of rows and bands: whether lines stand closer
    for shares in _ways(columns, rows, body.spans.index(home), BESIDE_EM * size):
        if any(one is None or _may_be_merged(one, len(rows), full) for one in shares):
            continue
        settled = [one for one in shares if one is not None]
        extents = _extents(columns, settled, len(rows))
        extents += [(min(w.top for w in band), max(w.bottom for w in band)) for band in bands]
        extents.sort()
        within = max((gap for c, one in zip(columns, settled, strict=True)
                      for gap in _gaps_within(c, one)), default=0.0)  # fmt: skip
        between = [b[0] - a[1] for a, b in pairwise(extents)]
        if min(between, default=0.0) > -APART_EM * size and within <= ROW_EM * size:
            found[tuple(extents)] = within <= min(between, default=within) + APART_EM * size
    if len(found) > 1:
        found = {extents: closer for extents, closer in found.items() if closer}
    if len(found) != 1:
        return None
    extents = list(found.popitem()[0])
    cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(extents)]
    edges = [body.top, *cuts, max(body.bottom, extents[-1][1])]
    return list(pairwise(edges))


def _ways(
    columns: Sequence[Sequence[Level]], rows: Sequence[float], home: int, slack: float
) -> Iterator[list[Shares | None]]:
    """The lines of all columns shared out: by first lines, by middles, by last lines.

    The middle of a row is its key's height, or that of the text which starts with the key.
    """
    yield [_led(levels, rows, slack) for levels in columns]
    yield [_centred(levels, rows, slack) for levels in columns]
    yield [_trailed(levels, rows, slack) for levels in columns]
    texts = _led(columns[home], rows, slack)
    if texts is not None and len(texts) == len(rows):
        own = columns[home]
        middles = [(own[start].top + own[end - 1].bottom) / 2 for _, start, end in texts]
        others = [_centred(levels, middles, slack) for levels in columns]
        yield [*others[:home], texts, *others[home + 1 :]]


def _levels(words: Sequence[Word]) -> list[Level]:
    return [
        Level(
            min(line.top for line in level),
            max(line.bottom for line in level),
            sum(line.middle for line in level) / len(level),
        )
        for level in levels_of(lines_of(words))
    ]


def _led(levels: Sequence[Level], rows: Sequence[float], slack: float) -> Shares | None:
    """The first line of each cell stands beside its key."""
    starts = _beside(levels, rows, slack)
    if not starts or starts[0][1] > 0:
        return None if levels else ()
    ends = [start for _, start in starts[1:]] + [len(levels)]
    return tuple((row, start, end) for (row, start), end in zip(starts, ends, strict=True))


def _trailed(levels: Sequence[Level], rows: Sequence[float], slack: float) -> Shares | None:
    """The last line of each cell stands beside its key."""
    lasts = _beside(levels, rows, slack)
    if not lasts or lasts[-1][1] < len(levels) - 1:
        return None if levels else ()
    starts = [0] + [last + 1 for _, last in lasts[:-1]]
    return tuple((row, start, last + 1) for (row, last), start in zip(lasts, starts, strict=True))


def _beside(levels: Sequence[Level], rows: Sequence[float], slack: float) -> list[tuple[int, int]]:
    """(row, level) of the levels that stand beside a key."""
    return [
        (row, i)
        for i, level in enumerate(levels)
        for row, middle in enumerate(rows)
        if abs(level.middle - middle) < slack
    ]


def _centred(levels: Sequence[Level], rows: Sequence[float], slack: float) -> Shares | None:
    """The middle of each cell stands beside its key, in the one way that fills most rows."""

    @cache
    def best(level: int, row: int) -> tuple[int, int, Shares]:
        """(rows filled, ways to do so, one of them) of the levels and rows from here on."""
        if level == len(levels):
            return 0, 1, ()
        if row == len(rows):
            return -1, 0, ()
        most, ways, shares = best(level, row + 1)
        for end in range(level + 1, len(levels) + 1):
            middle = (levels[level].top + levels[end - 1].bottom) / 2
            if middle > rows[row] + slack:
                break
            if abs(middle - rows[row]) >= slack:
                continue
            filled, further, rest = best(end, row + 1)
            if filled < 0:
                continue
            if filled + 1 > most:
                most, ways, shares = filled + 1, further, ((row, level, end), *rest)
            elif filled + 1 == most:
                ways += further
        return most, ways, shares

    most, ways, shares = best(0, 0)
    return shares if most >= 0 and ways == 1 else None


def _may_be_merged(shares: Shares, rows: int, full: bool) -> bool:
    """Whether a cell has empty ones above and below: it may be one for all of these rows."""
    if full:
        return 0 < len(shares) < rows
    filled = {row for row, _, _ in shares}
    return any({row - 1, row + 1} <= set(range(rows)) - filled for row in filled)


def _extents(
    columns: Sequence[Sequence[Level]], shares: Sequence[Shares], rows: int
) -> list[Strip]:
    """From and to where the text of each row stands, over all columns."""
    held: list[list[Level]] = [[] for _ in range(rows)]
    for levels, share in zip(columns, shares, strict=True):
        for row, start, end in share:
            held[row] += levels[start:end]
    return [
        (min(level.top for level in of_row), max(level.bottom for level in of_row))
        for of_row in held
        if of_row
    ]


def _gaps_within(levels: Sequence[Level], shares: Shares) -> list[float]:
    return [
        below.top - above.bottom
        for _, start, end in shares
        for above, below in pairwise(levels[start:end])
    ]
