"""Labels of rows left of all headers: 'SCHOOL OF SCIENCE' beside the programmes of that school.

Input: a header band, the words of its sheet, the room of its table.
Output: the words of an unheaded first column. Grain: one table. Nothing here raises.

Boxes of other texts stand left of tables too, so where the vocabulary says how such labels start
(`unheaded_starts`), a column without one of them is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.headers.bands import HeaderBand
from extract.headers.vocabulary import letters
from extract.page.lines import chunk_extents, lines_of
from extract.page.words import Word

BESIDE = 60.0  # points: labels stand no farther left of the first of the table's texts
SLACK = 0.5


def row_labels(band: HeaderBand, words: Sequence[Word], left: float, floor: float) -> list[Word]:
    """The words of the labels, between the `left` edge of the table's room and its keys."""
    pattern = band.kind.key_pattern
    if not band.kind.unheaded_starts or pattern is None:
        return []
    if band.kind.unheaded in {match.column.name for match in band.columns}:
        return []
    below = [w for w in words if left - 1 <= w.xmid and band.bottom - 1 < w.ymid < floor]
    keys = [w.x0 for w in below if pattern.match(w.text) and w.x0 < band.columns[0].x1]
    if not keys:
        return []
    first = min(keys)
    extents = chunk_extents(below)
    beside = [
        word
        for word, (_, end) in zip(below, extents, strict=True)
        if word.x1 <= first + SLACK and (word.angle or end <= first + SLACK)
    ]
    beside = _near(beside, first)
    texts = [letters(line.text) for line in lines_of(beside)]
    starts = band.kind.unheaded_starts
    known = any(t and (t.startswith(s) or s.startswith(t)) for t in texts for s in starts)
    return beside if known else []


def _near(words: Iterable[Word], first: float) -> list[Word]:
    """The words from the keys leftwards up to a blank stretch wider than columns leave."""
    ordered = sorted(words, key=lambda word: -word.x1)
    reached = first
    for i, word in enumerate(ordered):
        if reached - word.x1 > BESIDE:
            return ordered[:i]
        reached = min(reached, word.x0)
    return ordered
