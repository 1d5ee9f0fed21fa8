"""Where a table ends: the last of its rows, drawn or not.

Input: a header band, the words of its room, those that name rows, the drawing. Output: a height.
Grain: one table. Nothing here raises.

Rules, or fills where there are none, end a table, down to the last one that still has rows above
it. In a table without row keys rows may stand farther down: where every other row has a ground,
the last one may have none; where nothing is drawn, rows may stand far apart. A block of lines is a
row where one text stands in the first column and another right of it, a clear gap away, or where
texts stand under two of the other headers (the label of the first column may be merged), or under
three: headings and notes are one text. One text as near to rows above and below as they are to
each other stands between rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.headers.bands import HeaderBand
from extract.headers.vocabulary import letters
from extract.page.drawing import Drawing
from extract.page.lines import ROW_EM, askew, chunk_extents, lines_of
from extract.page.words import Word
from extract.tables.extent import Room
from extract.tables.row_bands import is_another_band

FARTHEST = 60.0  # points: the last row of a table with keys is no higher
MARGIN = 8.0  # points from the table's left edge in which the text of its first column starts
NOTE_SIZE, HEADING_SIZE = 0.95, 1.3  # of the rows' size: smaller is a note, larger a heading
ALIGNED = 0.5  # points: texts of one column stand so exactly under one another
CLOSE_EM = 0.45  # texts of two columns may stand so close, in sizes
GAP_EM = 1.5  # between the texts of two columns of an undrawn row, in sizes
FAR_EM = 6.0  # blank paper higher than so many sizes ends a table
BLANK = 1.2  # of the blank between rows: so far may a text stand from the rows it parts


def end_of_rows(
    band: HeaderBand, levels: Sequence[float], inside: Sequence[Word], keys: Sequence[Word],
    room: Room,
) -> float:  # fmt: skip
    """The end of the last row of a table with these words and keys; `levels`: its `row_levels`."""
    bottom = _last_level(band, levels, inside, keys, room)
    if band.kind.key_pattern is not None:
        return bottom
    return _below([word for word in inside if word.bottom < room.floor], bottom, band, room.left)


def row_levels(band: HeaderBand, drawing: Drawing, room: Room) -> list[float]:
    """Heights of the rules (or fill edges) of a table's room, below its header."""
    left, right, floor = room
    return sorted(
        {
            round(rule.y, 1)
            for rule in drawing.hrules
            if band.bottom < rule.y <= floor
            and rule.x0 >= left - 3
            and rule.x1 <= right + 3
            and rule.x1 - rule.x0 > 8
        }
        # Fills end a table only where no rules do: boxes below a ruled table are not its own.
        or {
            round(area.bottom, 1)
            for area in drawing.areas
            if band.bottom + 2 < area.bottom <= floor
            and area.x0 >= left - 3
            and area.x1 <= right + 3
            and area.top >= band.bottom - 3
        }
    )


def _last_level(
    band: HeaderBand, levels: Sequence[float], inside: Sequence[Word], keys: Sequence[Word],
    room: Room,
) -> float:  # fmt: skip
    """The last rule (or fill edge) of the table; below the last text where nothing is drawn."""
    left, right, floor = room
    if keys:
        last = max(word.ymid for word in keys)
        below = [y for y in levels if y > last]
        if not below:
            return min(floor, _text_bottom(inside, last, max(left, min(w.x0 for w in keys))))
        bottom = below[0]
        size = max(word.size for word in keys)
    else:
        below = [y for y in levels if any(word.ymid < y for word in inside)]
        if not below:
            return min(floor, _text_bottom(inside, band.bottom, left))
        bottom = below[0]
        size = max(word.size for word in inside if word.ymid < bottom)
    for level in below:
        strip = [word for word in inside if bottom < word.ymid < level]
        if level - bottom > FARTHEST and keys:
            break
        first = [w for w in strip if keys or (w.x0 < left + MARGIN and not w.angle)]
        largest = max((word.size for word in first), default=size)
        if largest > HEADING_SIZE * size or (keys and largest < 0.8 * size):
            break
        above = [word for word in inside if word.ymid < bottom]
        if _is_prose(strip, band, right - left) and not (
            _set_as(above, strip) or is_another_band(strip, above)
        ):
            break
        bottom = level
    return bottom


def _set_as(above: Sequence[Word], strip: Sequence[Word]) -> bool:
    """Whether each text of a line stands right under one of the rows above it."""
    texts = lines_of(strip, chunk_em=CLOSE_EM)
    rows = lines_of(above, chunk_em=CLOSE_EM)
    return len(texts) > 1 and all(
        any(askew((text.x0, text.x1), (row.x0, row.x1)) < ALIGNED for row in rows) for text in texts
    )


def _is_prose(strip: Sequence[Word], band: HeaderBand, width: float) -> bool:
    """Whether a line runs on without a gap under several headers, or over most of the table."""
    middles = [match.xmid for match in band.columns]
    return any(
        line.x1 - line.x0 > 0.7 * width or sum(line.x0 < x < line.x1 for x in middles) > 1
        for line in lines_of(list(strip))
    )


def _text_bottom(inside: Sequence[Word], start: float, left: float) -> float:
    """The end of the text that goes on below `start`: up to a gap of two lines, or a note.

    A note starts at the table's left edge with a mark, or is smaller than the rows; a heading is
    larger.
    """
    below = sorted((word for word in inside if word.bottom > start), key=lambda w: w.top)
    bottom = start
    usual = max((word.size for word in below[:1]), default=0.0)
    for i, word in enumerate(below):
        gap = word.top - bottom
        if i and gap > 2.2 * word.size:
            break
        if i and gap > ROW_EM * word.size:  # a row starts
            line = [other for other in below[i:] if other.top < word.bottom]
            first = min(line, key=lambda other: other.x0)
            small = max(other.size for other in line) < NOTE_SIZE * usual
            if first.x0 < left + MARGIN and (small or not letters(first.text)):
                break
            if min(other.size for other in line) > HEADING_SIZE * usual:
                break
        bottom = max(bottom, word.bottom)
    return bottom + 1


def _below(inside: Sequence[Word], bottom: float, band: HeaderBand, left: float) -> float:
    """The end of the last row of a table without keys, which seemed to end at `bottom`."""
    headers = [(match.x0, match.x1) for match in band.columns]
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
        if word.top - max(other.bottom for other in block) > ROW_EM * size:
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
