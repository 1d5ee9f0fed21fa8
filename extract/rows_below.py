"""Rows that stand below the last fill or text at which a table without row keys seemed to end.

Input: the words of a table's room, where it seems to end, its headers. Output: where it ends.
Grain: one table. Nothing here raises.

Where every other row has a ground, the last one may have none; where nothing is drawn, rows may
stand far apart. A block of lines is a row where one text stands in the first column and another
right of it, a clear gap away, or where texts stand under two of the other headers (the label of the
first column may be merged), or under three: headings and notes are one
text. One text as near to rows above and below as they are to each other stands between rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.lines import chunk_extents
from extract.vocabulary import letters
from extract.words import Word

LINES_EM = 0.45  # lines closer than this part of the size are one block
FAR_EM = 6.0  # blank paper higher than so many sizes ends a table
GAP_EM = 1.5  # between the texts of two columns, in sizes
BLANK = 1.2  # of the blank between rows: so far may a text stand from the rows it parts
NOTE_SIZE, HEADING_SIZE = 0.95, 1.3  # of the rows' size: smaller is a note, larger a heading


def end_of_rows(
    inside: Sequence[Word], bottom: float, headers: Sequence[tuple[float, float]], left: float
) -> float:
    """The end of the last row; `bottom`: the end so far; `headers`: x from and to of each."""
    above = sorted((word for word in inside if word.ymid < bottom), key=lambda word: word.top)
    below = sorted((word for word in inside if word.ymid > bottom), key=lambda word: word.top)
    sizes = [word.size for word in above]
    usual = max(set(sizes), key=sizes.count, default=0.0)
    blank = BLANK * max(_blanks(above), default=0.0)
    while below:
        block = _block(below)
        size = max(word.size for word in block)
        if block[0].top - bottom > FAR_EM * size:
            break
        if not NOTE_SIZE * usual <= size <= HEADING_SIZE * usual:
            break
        end = max(word.bottom for word in block)
        if not _is_row(block, headers, left):
            rest = _block(below[len(block) :]) if len(below) > len(block) else []
            reached = max((word.bottom for word in above), default=end)
            near = block[0].top - reached < blank and rest and rest[0].top - end < blank
            if not near or not _is_row(rest, headers, left):
                break
            end = max(word.bottom for word in rest)  # a text between rows
        bottom = end + 1
        above += [word for word in below if word.ymid <= bottom]
        below = [word for word in below if word.ymid > bottom]
    return bottom


def _blanks(words: Sequence[Word]) -> list[float]:
    """The heights of blank paper between blocks; `words` are sorted by their tops."""
    blanks: list[float] = []
    while words:
        block = _block(words)
        words = words[len(block) :]
        if words:
            blanks.append(words[0].top - max(word.bottom for word in block))
    return blanks


def _block(words: Sequence[Word]) -> list[Word]:
    """The first lines, up to blank paper; `words` are sorted by their tops."""
    block = [words[0]]
    for word in words[1:]:
        size = max(other.size for other in [*block, word])  # a raised mark starts no block
        if word.top - max(other.bottom for other in block) > LINES_EM * size:
            break
        block.append(word)
    return block


def _is_row(block: Sequence[Word], headers: Sequence[tuple[float, float]], left: float) -> bool:
    """Whether texts stand in two columns."""
    texts = sorted(set(chunk_extents(block)))
    size = max(word.size for word in block)
    over = [sum(x0 < end and x1 > start for start, end in headers) for x0, x1 in texts]
    under = [sum(x0 < end and x1 > start for x0, x1 in texts) for start, end in headers]
    if sum(map(bool, under)) > 2 and set(over) == {1}:
        return True
    first = headers[0][1]
    named = [(x0, x1) for x0, x1 in texts if x0 < first]
    beside = [(x0, x1) for x0, x1 in texts if x0 >= first]
    if not named:
        return len(beside) == 2 and set(over) == {1} and max(under) == 1
    if not beside or min(x0 for x0, _ in named) < left - 1:
        return False
    words = [word for word in block if word.x0 < first]
    gap = min(x0 for x0, _ in beside) - max(x1 for _, x1 in named)
    return gap > GAP_EM * size and any(letters(word.text) for word in words)
