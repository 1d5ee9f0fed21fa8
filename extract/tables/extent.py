"""How far a table may reach: between which neighbours it lies, how wide its drawing is.

Input: header bands, the rules and fills of the page, its words. Output: edges in points.
Grain: one table. Nothing here raises.

Tables side by side are parted at the gutter: the first stretch right of the left table's last
header that neither rules nor fills enter, near the headers. Tables one above the other are parted
at the lower one's title.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.cells import Area
from extract.headers.bands import HeaderBand
from extract.page.drawing import Drawing
from extract.page.sheets import Sheet
from extract.page.words import Word
from extract.tables.columns import free_stretches

DRAWN = 60.0  # points below a header within which its table has drawn something
SLIT = 0.8  # points: narrower stretches without drawing are inexact joints, not gutters
ABOVE, TALL = 40.0, 150.0  # points: a fill so far above the header, and so tall, is no table's
OVER = 12.0  # points: rules and fills so far over the words of a header are its own
REACH = 14.0  # points of unpainted spacer between two columns of one table


class Room(NamedTuple):
    """The room of a table: x from and to, and the floor, above which it ends."""

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
    zones = [(band.top - 2, band.bottom + DRAWN) for band in (first, second)]

    def near(top: float, bottom: float) -> bool:
        return any(top <= end and bottom >= start for start, end in zones)

    pieces = [(r.x0, r.x1) for r in sheet.drawing.hrules if near(r.y, r.y)]
    pieces += [(a.x0, a.x1) for a in sheet.drawing.areas if near(a.top, a.bottom)]
    # What runs over both tables belongs to neither.
    pieces = [
        (x0, x1) for x0, x1 in pieces if x1 > low and x0 < high and not (x0 <= low and x1 >= high)
    ]
    level = first.bottom > second.top - DRAWN and second.bottom > first.top - DRAWN
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
    labelled = bool(labels) if band.kind.unheaded_starts else band.kind.unheaded is not None
    left = area.x1 < band.x0 and not labelled
    return left or area.x0 > band.x1 or area.top < band.top - ABOVE
