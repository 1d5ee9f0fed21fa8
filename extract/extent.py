"""How far a table reaches: between which neighbours it lies, where its drawing ends, its last row.

Input: header bands, the rules and fills of the page, its words. Output: edges in points.
Grain: one table. Nothing here raises.

Tables side by side are parted at the gutter: the first stretch right of the left table's last
header that neither rules nor fills enter, near the headers. Tables one above the other are parted
at the lower one's title.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.bands import HeaderBand
from extract.columns import Area, Drawing
from extract.gaps import free_stretches
from extract.lines import lines_of
from extract.row_bands import is_another_band
from extract.sheets import Sheet
from extract.vocabulary import letters
from extract.words import Word

NEAR = 60.0  # points below a header within which its table has drawn something
SLIT = 0.8  # points: narrower stretches without drawing are inexact joints, not gutters
ROW_EM = 0.45  # blank lines higher than this part of the size part rows where nothing is drawn
HEADING_SIZE = 1.3  # text this much larger than a row's key is a heading under the table
MARGIN = 8.0  # points from the table's left edge in which the text of its first column starts
NOTE_SIZE = 0.95  # rows smaller than this part of the usual size are notes under the table
ABOVE, TALL = 40.0, 150.0  # points: a fill so far above the header, and so tall, is no table's
CLOSE_EM = 0.45  # texts of two columns may stand so close, in sizes
ALIGNED = 0.5  # points: texts of one column stand so exactly under one another
OVER = 12.0  # points: rules and fills so far over the words of a header are its own
REACH = 14.0  # points of unpainted spacer between two columns of one table


class Room(NamedTuple):
    """The room that neighbouring tables leave: x from and to, and the floor."""

    left: float
    right: float
    floor: float


def room_of(band: HeaderBand, bands: Sequence[HeaderBand], sheet: Sheet) -> Room:
    """The room that its neighbours leave a table on its sheet."""
    left, right, floor = sheet.x0, sheet.x1, sheet.bottom
    below: list[HeaderBand] = []
    for other in bands:
        if other is band:
            continue
        if other.x0 > band.x1 or other.x1 < band.x0:
            first, second = (band, other) if other.x0 > band.x1 else (other, band)
            gutter = _gutter(first, second, sheet)
            if gutter is not None:
                if first is band:
                    right = min(right, gutter[0])
                else:
                    left = max(left, gutter[1])
                continue
        below.append(other)
    for other in below:
        inside = other.x0 < right and other.x1 > left
        if inside and other.top > band.bottom:
            top = other.top
            if other.title is not None and other.title.top > band.bottom:
                top = min(top, other.title.top)
            floor = min(floor, top)
    return Room(left, right, floor)


def _gutter(first: HeaderBand, second: HeaderBand, sheet: Sheet) -> tuple[float, float] | None:
    """The stretch (from, to) between two tables side by side; None where they are not."""
    low, high = first.x1, second.x0
    zones = [(band.top - 2, band.bottom + NEAR) for band in (first, second)]

    def near(top: float, bottom: float) -> bool:
        return any(top <= end and bottom >= start for start, end in zones)

    pieces = [(r.x0, r.x1) for r in sheet.drawing.hrules if near(r.y, r.y)]
    pieces += [(a.x0, a.x1) for a in sheet.drawing.areas if near(a.top, a.bottom)]
    # What runs over both tables belongs to neither.
    pieces = [
        (x0, x1) for x0, x1 in pieces if x1 > low and x0 < high and not (x0 <= low and x1 >= high)
    ]
    level = first.bottom > second.top - NEAR and second.bottom > first.top - NEAR
    if pieces:
        free = free_stretches(low, high, pieces, SLIT)
        if free or not level:
            return free[0] if free else None
    elif not level:
        return None
    bounds = [(w.x0, w.x1) for w in sheet.words if near(w.ymid, w.ymid)]
    free = free_stretches(low, high, bounds, SLIT)
    return max(free, key=lambda gap: gap[1] - gap[0]) if free else (high, high)


def drawn_extent(
    band: HeaderBand, drawing: Drawing, room: Room, labels: Sequence[Word] = ()
) -> tuple[float, float]:
    """How far rules and fills that touch the table run: its left and right edge.

    `labels`: of rows, left of all headers.
    """
    floor = room.floor - OVER  # above it: what is drawn over a header is the lower table's
    pieces = [
        (rule.x0, rule.x1) for rule in drawing.hrules if band.top - OVER <= rule.y <= floor
    ] + [
        (area.x0, area.x1)
        for area in drawing.areas
        if area.bottom > band.top
        and area.top < floor
        and area.top < band.bottom + 200
        and not _beside(area, band, labels)
    ]
    pieces = [(a, b) for a, b in pieces if a >= room.left - 1 and b <= room.right + 1]
    if not pieces:
        return room.left, room.right
    x0, x1 = min([band.x0, *(word.x0 for word in labels)]), band.x1
    grown = True
    while grown:
        grown = False
        for a, b in pieces:
            if a > x1 + REACH or b < x0 - REACH:
                continue
            if a < x0 - 0.01 or b > x1 + 0.01:
                x0, x1, grown = min(x0, a), max(x1, b), True
    return x0, x1


def _beside(area: Area, band: HeaderBand, labels: Sequence[Word]) -> bool:
    """Whether a tall fill is a box of its own: it lies beside all headers, or starts far above."""
    if area.bottom - area.top <= TALL or (area.x0 <= band.x0 + 1 and area.x1 >= band.x1 - 1):
        return False
    labelled = bool(labels) if band.words.unheaded_starts else band.words.unheaded is not None
    left = area.x1 < band.x0 and not labelled
    return left or area.x0 > band.x1 or area.top < band.top - ABOVE


def row_levels(
    band: HeaderBand, drawing: Drawing, left: float, right: float, floor: float
) -> list[float]:
    """Heights of the rules (or fill edges) between `left` and `right` below the header."""
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


def last_level(
    band: HeaderBand,
    drawing: Drawing,
    inside: Sequence[Word],
    keys: Sequence[Word],
    left: float,
    right: float,
    floor: float,
) -> float:
    """The last rule (or fill edge) of the table; below the last text where nothing is drawn."""
    levels = row_levels(band, drawing, left, right, floor)
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
        if level - bottom > NEAR and keys:
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
        any(
            min(abs(text.x0 - other.x0), abs(text.x1 - other.x1)) < ALIGNED
            or abs(text.x0 + text.x1 - other.x0 - other.x1) < 2 * ALIGNED
            for other in rows
        )
        for text in texts
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
