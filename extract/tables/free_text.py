"""The words of a page that stand in none of its tables.

Input: a sheet and its tables. Output: words; where columns of text start. Grain: one page.
Raises: `LayoutChanged` where a text begins in a table and runs on beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from errors import LayoutChanged
from extract.cells import Table
from extract.page.heights import at_height
from extract.page.sheets import Sheet
from extract.page.words import Word, usual_size

BLANK_EM = 0.6  # a big word closer than this part of its size goes on with the one before
RUN_ON_EM = 0.4  # times the size: between two words of one text
SAME_LINE_EM = 0.1  # times the size: between the heights of their lower edges


def free_words(sheet: Sheet, tables: Sequence[Table]) -> list[Word]:
    """Words that stand in none of the tables."""
    return [
        word
        for word in sheet.words
        if not any(
            t.x0 - 1 <= word.xmid <= t.x1 + 1 and t.top - 1 <= word.ymid <= t.bottom for t in tables
        )
    ]


def column_starts(words: list[Word]) -> list[float]:
    """Left edges of the big texts of a page: labels below them start there too."""
    usual = usual_size(words)
    big = sorted((w for w in words if w.size > 1.6 * usual), key=lambda w: (round(w.bottom), w.x0))
    starts = set()
    for before, word in zip([None, *big], big, strict=False):
        level = before is not None and abs(before.bottom - word.bottom) < 0.2 * word.size
        if before is None or not level or word.x0 - before.x1 > BLANK_EM * word.size:
            starts.add(round(word.x0, 1))
    return sorted(starts)


def refuse_overhang(sheet: Sheet, tables: Sequence[Table], free: Sequence[Word]) -> None:
    """A text of a cell that runs on over the left or right edge of its table."""
    for table in tables:
        near = [w for w in free if table.top < w.ymid < table.bottom and not w.angle]
        if not near:
            continue
        inside = [
            word
            for word in sheet.words
            if table.top < word.ymid < table.bottom and table.x0 <= word.xmid <= table.x1
        ]
        inside.sort(key=lambda word: word.bottom)
        standing = at_height(inside, lambda word: word.bottom)
        reach = SAME_LINE_EM * max((word.size for word in inside), default=0.0)
        for word in near:
            for other in standing.between(word.bottom - reach, word.bottom + reach):
                _refuse_joined(table, other, word)


def _refuse_joined(table: Table, inside: Word, outside: Word) -> None:
    gap = max(outside.x0 - inside.x1, inside.x0 - outside.x1)
    level = abs(outside.bottom - inside.bottom) < SAME_LINE_EM * inside.size
    if level and -RUN_ON_EM < gap / inside.size < RUN_ON_EM:
        pair = (inside, outside) if outside.x0 > inside.x0 else (outside, inside)
        raise LayoutChanged(
            f"a text runs on over the edge of a {table.kind} table",
            text=" ".join(word.text for word in pair),
            todo="Look at the page: does a cell's text stand out beyond the rules?",
        )
