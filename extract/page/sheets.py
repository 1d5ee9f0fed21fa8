"""Sheets: pages, and facing pages set side by side, as tables are read from them.

Input: `PageObjects`. Output: `Sheet`s. Grain: one page, or two facing ones.
Nothing here raises.

Coordinates are those of the page (as pdfplumber gives them). On a pair of pages the right one is
moved so that its visible box adjoins the left one's at the seam; `Seam` moves places back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from extract.cells import Area, Line
from extract.page.drawing import Drawing, HRule, VRule
from extract.page.lines import lines_of
from extract.page.marks import Box, Fill, PageObjects
from extract.page.words import Word, words_of
from extract.places import Seam, Turn

SHORT = 0.2  # fills lower than this part of the page are a table's, not the page's ground
TALL, BROAD = 0.8, 0.4  # fills this high, of this part of the page, are its ground
EDGE = 2.0  # points: what ends this close to the edge of a page may run on beyond it


@dataclass(frozen=True)
class Sheet:
    """What a reader sees of one page, or of two facing ones: its box, words, rules and fills."""

    number: int
    x0: float
    top: float
    x1: float
    bottom: float
    words: tuple[Word, ...]
    drawing: Drawing
    cut_left: tuple[float, ...] = ()  # heights at which rules or fills are cut off at an edge
    cut_right: tuple[float, ...] = ()
    # x, from and to of rules and fills that are cut off at the upper or lower edge
    cut_across: tuple[tuple[float, float, float], ...] = ()
    seam: Seam | None = None
    turns: tuple[Turn, ...] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """All its words as lines."""
        return lines_of(self.words)

    @property
    def runs_over(self) -> bool:
        """Whether rules or short fills reach the right edge, as those of a table cut there do."""
        return any(rule.x1 > self.x1 - EDGE for rule in self.drawing.hrules) or any(
            area.x1 > self.x1 - EDGE and area.bottom - area.top < SHORT * (self.bottom - self.top)
            for area in self.drawing.areas
        )


def sheet_of(objects: PageObjects, turn: Turn | None) -> Sheet:
    """One page as `set_upright` gives it; rules and fills are cut off at the edge of what is
    visible."""
    x0, top, x1, bottom = objects.visible
    flat = [(r.position, r.start, r.end) for r in objects.rules if r.horizontal]
    upright = [(r.position, r.start, r.end) for r in objects.rules if not r.horizontal]
    areas = tuple(
        Area(max(f.x0, x0), max(f.top, top), min(f.x1, x1), min(f.bottom, bottom), f.color)
        for f in objects.fills
        if not _is_ground(f, objects.visible)
    )
    drawing = Drawing(
        tuple(HRule(y, max(start, x0), min(end, x1)) for y, start, end in flat),
        tuple(VRule(x, max(start, top), min(end, bottom)) for x, start, end in upright),
        areas,
    )
    short = [f for f in objects.fills if f.bottom - f.top < SHORT * (bottom - top)]
    across = flat + [((f.top + f.bottom) / 2, f.x0, f.x1) for f in short]
    down = upright + [((f.x0 + f.x1) / 2, f.top, f.bottom) for f in short]
    return Sheet(
        objects.number, x0, top, x1, bottom, tuple(words_of(objects.chars)), drawing,
        cut_left=tuple(y for y, start, _ in across if start < x0 - EDGE),
        cut_right=tuple(y for y, _, end in across if end > x1 + EDGE),
        cut_across=tuple(
            (x, start, end)
            for x, start, end in down
            if (start < top - EDGE and end > top) or (end > bottom + EDGE and start < bottom)
        ),
        turns=() if turn is None else (turn,),
    )  # fmt: skip


def _is_ground(fill: Fill, page: Box) -> bool:
    """Whether a fill is the page's own ground: it covers most of its height, and much of it."""
    height, area = page.bottom - page.top, (page.bottom - page.top) * (page.x1 - page.x0)
    tall = fill.bottom - fill.top
    return tall > TALL * height and tall * (fill.x1 - fill.x0) > BROAD * area


def side_by_side(left: Sheet, right: Sheet) -> Sheet:
    """Two facing pages as one sheet that bears the left one's number."""
    across, down = left.x1 - right.x0, left.top - right.top
    moved = (
        replace(w, x0=w.x0 + across, x1=w.x1 + across, top=w.top + down, bottom=w.bottom + down)
        for w in right.words
    )
    return Sheet(
        left.number,
        left.x0,
        left.top,
        right.x1 + across,
        max(left.bottom, right.bottom + down),
        (*left.words, *moved),
        left.drawing.beside(right.drawing, across, down),
        left.cut_left,
        tuple(y + down for y in right.cut_right),
        left.cut_across
        + tuple((x + across, start + down, end + down) for x, start, end in right.cut_across),
        Seam(left.x1, right.number, across, down),
        left.turns + right.turns,
    )
