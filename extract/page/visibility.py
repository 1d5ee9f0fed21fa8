"""Which of a page's marks a reader sees, and which characters can't be trusted.

Input: the raw `Painted` marks of a page and the box a viewer shows.
Output: `PageObjects` with what is seen in its lists and the rest, with reasons, in `hidden`.
Grain: one page.
Raises: `DocumentRefused` for a page that paints thousands of areas over each other.

A mark is seen when it stands on the visible page, nothing opaque is painted over it later, and its
colour differs from what was painted under it: white text on a dark header is seen, white text on
paper is not. Text set aslant is a watermark or a stamp. Text over a picture or a pattern counts as
seen. Cost is linear in marks, apart from sorting: fills visit only the marks under them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from errors import DocumentRefused
from extract.page.canvas import Painted
from extract.page.dotted import dotted_rules
from extract.page.inks import alike
from extract.page.marks import PATTERN, WHITE, Box, Char, Color, Fill, PageObjects, Rule
from extract.page.overprints import settle_overprints
from extract.page.unseen import ASLANT, SAME_COLOUR

OUTSIDE = "outside the visible page"  # why marks beyond the page's box are hidden
# Strokes from this thickness on cover like fills do.
BROAD_STROKE = 3.0
# Share of a character's height about its centre that must be painted over to hide it.
COVER_SHARE = 0.5
# Degrees off level and upright from which on text is no part of a table or a paragraph.
OBLIQUE = 10
# Points: discs under footnote marks are higher.
SPECK = 1.5
# How many areas may lie on a mark, on average: a page has 2 or 3, a bomb has thousands.
LAYERS_MAX = 60
# Largest difference of a colour channel (of 255) that still counts as the same colour.
FAINT_TEXT, FAINT_AREA = 12, 3
# Where rules and fills are looked at, as shares of length, and of width and height.
RULE_POINTS = (0.25, 0.5, 0.75)
FILL_POINTS = ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))
_BAND = 12.0


class _Probe:
    """A point of a mark where its ground and cover are looked at."""

    __slots__ = ("color", "covered", "ground", "mark", "order", "reach", "x", "y")

    def __init__(self, mark: Char | Rule | Fill, x: float, y: float, reach: float) -> None:
        self.mark, self.x, self.y, self.reach = mark, x, y, reach
        self.order, self.color = mark.order, mark.color
        self.ground: Color = WHITE
        self.covered = False

    @property
    def unseen(self) -> str:
        if self.covered:
            return "painted over"
        # An area may be a faint tint and mean something; text so faint can't be read.
        tolerance = FAINT_TEXT if isinstance(self.mark, Char) else FAINT_AREA
        same = alike(self.color, self.ground, tolerance)
        return SAME_COLOUR if same else ""


def settle(painted: Painted, page: PageObjects) -> None:
    """Sort the painted marks into `page`: what is seen, and what is hidden and why."""
    marks: list[Char | Rule | Fill] = [*painted.chars, *painted.rules, *painted.fills]
    for mark in marks:
        if not mark.hidden and not _on_page(mark, page.visible):
            mark.hidden = OUTSIDE
    for char in painted.chars:
        if not char.hidden and OBLIQUE < char.angle % 90 < 90 - OBLIQUE:
            char.hidden = ASLANT
    areas = sorted(_areas(painted), key=lambda area: area.order)
    for probes in (_char_probes, _rule_probes, _fill_probes):  # one after the other: memory
        _hide_unseen(areas, list(probes(painted)))
    settle_overprints([char for char in painted.chars if not char.hidden])
    rules, pieces = dotted_rules(painted.rules, painted.dots)
    for rule in painted.rules:
        if id(rule) in pieces:
            rule.hidden = "part of a dashed rule"
    painted.dots = [dot for dot in painted.dots if id(dot) not in pieces]
    _hide_clutter(painted)
    page.chars = [char for char in painted.chars if not char.hidden]
    page.rules = [rule for rule in [*painted.rules, *rules] if not rule.hidden]
    page.fills = [fill for fill in painted.fills if not fill.hidden]
    page.hidden = [mark for mark in marks if mark.hidden]
    page.images = [image for image in painted.images if _overlaps(image.box, page.visible)]
    page.clutter = len(painted.dots)


def _on_page(mark: Char | Rule | Fill, visible: Box) -> bool:
    if isinstance(mark, Char):
        return visible.holds((mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2)
    return _overlaps(mark.box, visible)


def _overlaps(box: Box, other: Box) -> bool:
    common = box.overlap(other)
    return common.x0 <= common.x1 and common.top <= common.bottom


def _areas(painted: Painted) -> Iterable[Fill]:
    """What paints over or under other marks: fills, broad strokes, pictures."""
    yield from (fill for fill in painted.fills if not fill.hidden)
    yield from (dot for dot in painted.dots if not dot.hidden and dot.bottom - dot.top > SPECK)
    for rule in painted.rules:
        if rule.thickness >= BROAD_STROKE and not rule.hidden:
            yield Fill(*rule.box, rule.color, rule.order)
    for image in painted.images:
        yield Fill(*image.box, PATTERN, image.order, True, image.opaque)


def _char_probes(painted: Painted) -> Iterable[_Probe]:
    for char in painted.chars:
        if not char.hidden and not char.text.isspace():
            width, height = char.x1 - char.x0, char.bottom - char.top
            reach = min(width, height) * COVER_SHARE / 2
            yield _Probe(char, char.x0 + width / 2, char.top + height / 2, reach)


def _rule_probes(painted: Painted) -> Iterable[_Probe]:
    for rule in painted.rules:
        if not rule.hidden:
            for share in RULE_POINTS:
                along = rule.start + share * (rule.end - rule.start)
                x, y = (along, rule.position) if rule.horizontal else (rule.position, along)
                yield _Probe(rule, x, y, 0.0)


def _fill_probes(painted: Painted) -> Iterable[_Probe]:
    for fill in painted.fills:
        if not fill.hidden:
            for across, down in FILL_POINTS:
                x = fill.x0 + across * (fill.x1 - fill.x0)
                yield _Probe(fill, x, fill.top + down * (fill.bottom - fill.top), 0.0)


def _hide_unseen(areas: Sequence[Fill], probes: Sequence[_Probe]) -> None:
    """A mark of which no probe is seen is hidden; a mark's probes follow each other."""
    _paint(areas, probes)
    mark = None
    for probe in probes:
        if probe.mark is not mark:
            mark = probe.mark
            mark.hidden = probe.unseen
        elif mark.hidden and not probe.unseen:
            mark.hidden = ""


def _paint(areas: Sequence[Fill], probes: Sequence[_Probe]) -> None:
    """Lay the areas on the probes in painting order: under a probe its ground, over it a cover."""
    bands: dict[int, list[_Probe]] = defaultdict(list)
    for probe in probes:
        bands[int(probe.y // _BAND)].append(probe)
    places: dict[int, list[float]] = {}
    for number, band in bands.items():
        band.sort(key=lambda probe: probe.x)
        places[number] = [probe.x for probe in band]
    last = max(bands, default=-1)
    visits, most = 0, LAYERS_MAX * len(probes) + 1_000_000
    for area in areas:
        x0, top, x1, bottom, order = area.x0, area.top, area.x1, area.bottom, area.order
        for number in range(max(0, int(top // _BAND)), min(last, int(bottom // _BAND)) + 1):
            xs = places.get(number)
            if xs is None:
                continue
            under = bands[number][bisect_left(xs, x0) : bisect_right(xs, x1)]
            visits += len(under)
            if visits > most:
                raise DocumentRefused("a page paints more over each other than can be told apart")
            for probe in under:
                y = probe.y
                if not top <= y <= bottom or probe.order == order:
                    continue
                if probe.order > order:
                    probe.ground = area.color if area.opaque else PATTERN
                elif area.opaque and area.rectangular:
                    reach = probe.reach
                    probe.covered |= top <= y - reach and y + reach <= bottom


def _hide_clutter(painted: Painted) -> None:
    """Take thin bars that belong to a cloud of dots of their colour (QR codes) for dots."""
    cell = 24.0
    clouds: dict[tuple[Color, int, int], int] = defaultdict(int)
    for dot in painted.dots:
        clouds[dot.color, int(dot.x0 // cell), int(dot.top // cell)] += 1
    dense = {place for place, count in clouds.items() if count >= 12}
    if not dense:
        return
    for rule in painted.rules:
        box = rule.box
        place = (rule.color, int(box.x0 // cell), int(box.top // cell))
        if rule.drawn == "fill" and rule.end - rule.start < cell and place in dense:
            rule.hidden = rule.hidden or "part of a cloud of dots"
