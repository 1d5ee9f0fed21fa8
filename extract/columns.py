"""Where the columns of a table run, from its headers, its drawing and its text.

Input: a header band, the rules and fills of the page, the words of the body.
Output: `Span`s left to right, one for each headed column and one for an unheaded first column.
Nothing here raises.

A column's edge lies between its header and the next one. Among the drawn edges there (rule ends,
vertical rules, fill sides) those that cut the fewest words count, and of these the one nearest to
the next header: unlabelled sub-columns (code | title under 'PROGRAM') stay with the header on
their left. Without drawn edges the middle of the widest empty strip is taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from extract.bands import HeaderBand
from extract.gaps import fewest_cuts, parts, widest_strip
from extract.heights import Heights, by_height
from extract.phrase_search import Match
from extract.words import Word


@dataclass(frozen=True, slots=True)
class HRule:
    """A horizontal rule: height `y`, from `x0` to `x1`, in points."""

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class VRule:
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Area:
    """A fill: box and RGB hex."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: str

    def covers(self, x0: float, top: float, x1: float, bottom: float, slack: float = 1.0) -> bool:
        return (
            self.x0 <= x0 + slack
            and self.x1 >= x1 - slack
            and self.top <= top + slack
            and self.bottom >= bottom - slack
        )


@dataclass(frozen=True, slots=True)
class Span:
    """The width of one column."""

    name: str
    x0: float
    x1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Body:
    """What stands under a header from `top` to `bottom`: columns, words, words that name rows.

    `key` is the name of the column with a text in every row.
    """

    spans: Sequence[Span]
    words: Sequence[Word]
    keys: Sequence[Word]
    top: float
    bottom: float
    key: str

    @property
    def home(self) -> Span | None:
        """The column of the keys, where the table has it."""
        return next((span for span in self.spans if span.name == self.key), None)

    def of(self, span: Span) -> list[Word]:
        """The words of one column."""
        return [word for word in self.words if span.x0 <= word.xmid < span.x1]


@dataclass(frozen=True)
class Drawing:
    """The rules and fills of a page that can belong to tables."""

    hrules: tuple[HRule, ...]
    vrules: tuple[VRule, ...]
    areas: tuple[Area, ...]

    @cached_property
    def hrules_by_height(self) -> Heights[HRule]:
        return Heights(self.hrules, lambda rule: (rule.y, rule.y))

    @cached_property
    def vrules_by_height(self) -> Heights[VRule]:
        return by_height(self.vrules)

    @cached_property
    def areas_by_height(self) -> Heights[Area]:
        return by_height(self.areas)


def column_spans(
    band: HeaderBand,
    drawing: Drawing,
    body: Sequence[Word],
    keys: Sequence[Word],
    left: float,
    right: float,
    bottom: float,
    labels: Sequence[Word] = (),
) -> list[Span]:
    """Spans of all columns between `left` and `right`, in points, in printed order.

    `keys` are the words that name rows (JUPAS codes): they widen the key column's header.
    `labels` are words of an unheaded first column.
    """
    extents = [_extent(match, band, keys) for match in band.columns]
    drawn = _drawn_edges(drawing, left, right, band.bottom, bottom)
    edges: list[float] = []
    for i, there in enumerate(extents[1:], 1):
        # As far as texts of these two columns can reach.
        start = edges[-1] if edges else min(left, extents[0][0])
        end = extents[i + 1][0] if i + 1 < len(extents) else max(right, there[1])
        many = band.columns[i].column.many
        edges.append(_edge(extents[i - 1], there, (start, end), many, drawn, body))
    first = left
    names = [match.column.name for match in band.columns]
    unheaded = band.words.unheaded if band.words.unheaded not in names else None
    if band.words.unheaded_starts and not labels:
        unheaded = None
    if unheaded and band.columns[0].column.many:
        first = _edge((left, left + 3), extents[0], (left, extents[0][1]), True, drawn, body)
    elif unheaded:
        inner = [x for x in drawn if left + 3 < x <= extents[0][0] + 1]
        inner = [x for x in inner if all(word.xmid < x for word in labels)]
        clear = fewest_cuts(inner, body)
        first = max(clear) if clear else _beside_labels(labels, extents[0][0], left)
    bounds = [first, *edges, right]
    spans = [Span(name, bounds[i], bounds[i + 1]) for i, name in enumerate(names)]
    spans = [
        _header_cell(span, match, band, drawing)
        for span, match in zip(spans, band.columns, strict=True)
    ]
    if unheaded and first > left + 3:
        spans.insert(0, Span(unheaded, left, first))
    return spans


def _beside_labels(labels: Sequence[Word], start: float, left: float) -> float:
    """The middle between the labels of rows and the column where they end."""
    return (max(word.x1 for word in labels) + start) / 2 if labels else left


def _extent(match: Match, band: HeaderBand, keys: Sequence[Word]) -> tuple[float, float]:
    x0, x1 = match.x0, match.x1
    if match.column.name == band.words.key and keys:
        x0 = min(x0, min(word.x0 for word in keys))
        x1 = max(x1, max(word.x1 for word in keys))
    return x0, x1


def _header_cell(span: Span, match: Match, band: HeaderBand, drawing: Drawing) -> Span:
    """The span of the fill that holds this header and no other, where one is drawn."""
    best: Area | None = None
    for area in drawing.areas:
        if not area.covers(match.x0, match.top, match.x1, match.bottom, 2.0):
            continue
        others = (m for m in band.columns if m is not match)
        if any(
            area.x0 < m.xmid < area.x1 and area.top < (m.top + m.bottom) / 2 < area.bottom
            for m in others
        ):
            continue
        if best is None or area.x1 - area.x0 < best.x1 - best.x0:
            best = area
    if best is None or abs(best.x0 - span.x0) + abs(best.x1 - span.x1) > 0.5 * span.width + 20:
        return span
    return Span(span.name, best.x0, best.x1)


def _drawn_edges(
    drawing: Drawing, left: float, right: float, top: float, bottom: float
) -> list[float]:
    """Heights at which at least two drawn ends agree: x of possible column edges, ascending."""
    ends: list[float] = []
    for rule in drawing.hrules:
        if top - 1 <= rule.y <= bottom + 1 and rule.x1 > left and rule.x0 < right:
            ends += [rule.x0, rule.x1]
    for upright in drawing.vrules:
        if upright.bottom > top and upright.top < bottom:
            ends += [upright.x, upright.x]
    for area in drawing.areas:
        if area.bottom > top + 1 and area.top < bottom - 1:
            ends += [area.x0, area.x1]
    ends = sorted(x for x in ends if left - 1 <= x <= right + 1)
    edges: list[float] = []
    cluster: list[float] = []
    for x in [*ends, float("inf")]:
        if cluster and x - cluster[-1] > 0.8:
            if len(cluster) > 1:
                edges.append(sum(cluster) / len(cluster))
            cluster = []
        cluster.append(x)
    return edges


def _edge(
    here: tuple[float, float],
    there: tuple[float, float],
    around: tuple[float, float],
    many: bool,
    drawn: Sequence[float],
    body: Sequence[Word],
) -> float:
    low, high = min(here[1], there[0]), max(here[1], there[0])
    clear = fewest_cuts([x for x in drawn if low - 1 <= x <= high + 1], body)
    if clear:
        clear = [x for x in clear if parts(x, x, *around, body)] or clear
        return min(clear) if many else max(clear)
    strip = widest_strip((low, high), around, body, first=many)
    return strip if strip is not None else (low + high) / 2


def interval_at(at: float, intervals: Sequence[tuple[float, float]]) -> int | None:
    """Which of the ascending intervals holds `at`."""
    i = bisect_right(intervals, (at, inf)) - 1
    return i if i >= 0 and intervals[i][0] <= at < intervals[i][1] else None
