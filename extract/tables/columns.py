"""Where the columns of a table run, from its headers, its drawing and its text.

Input: a header band, the body under it. Output: `Span`s left to right, one for each headed column
and one for an unheaded first column. Grain: one table. Nothing here raises.

A column's edge lies between its header and the next one. Among the drawn edges there (rule ends,
vertical rules, fill sides) those that cut the fewest words count, and of these the one nearest to
the next header: unlabelled sub-columns (code | title under 'PROGRAM') stay with the header on
their left. Without drawn edges the middle of the widest empty strip is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.headers.bands import HeaderBand
from extract.headers.phrase_search import Match
from extract.page.drawing import Drawing
from extract.page.lines import chunk_extents
from extract.page.words import Word
from extract.tables.body import Body, Span

ONE_EDGE = 0.8  # points: ends that stand so close are those of one edge


def column_spans(
    band: HeaderBand, body: Body, left: float, right: float, labels: Sequence[Word] = ()
) -> list[Span]:
    """Spans of all columns between `left` and `right`, in points, in printed order.

    The body's keys widen the header of their column. `labels`: words of an unheaded first column.
    """
    extents = [_extent(match, band, body.keys) for match in band.columns]
    drawn = _drawn_edges(body, left, right)
    words = body.words
    edges: list[float] = []
    for i, there in enumerate(extents[1:], 1):
        # As far as texts of these two columns can reach.
        start = edges[-1] if edges else min(left, extents[0][0])
        end = extents[i + 1][0] if i + 1 < len(extents) else max(right, there[1])
        many = band.columns[i].column.many
        edges.append(_edge(extents[i - 1], there, (start, end), many, drawn, words))
    first = left
    names = [match.column.name for match in band.columns]
    unheaded = band.kind.unheaded if band.kind.unheaded not in names else None
    if band.kind.unheaded_starts and not labels:
        unheaded = None
    if unheaded and band.columns[0].column.many:
        first = _edge((left, left + 3), extents[0], (left, extents[0][1]), True, drawn, words)
    elif unheaded:
        inner = [x for x in drawn if left + 3 < x <= extents[0][0] + 1]
        inner = [x for x in inner if all(word.xmid < x for word in labels)]
        clear = _fewest_cuts(inner, words)
        first = max(clear) if clear else _beside_labels(labels, extents[0][0], left)
    bounds = [first, *edges, right]
    spans = [
        _header_cell(Span(m.column.name, x0, x1, m.column.many), m, band, body.drawing)
        for m, (x0, x1) in zip(band.columns, pairwise(bounds), strict=True)
    ]
    if unheaded and first > left + 3:
        spans.insert(0, Span(unheaded, left, first))
    return spans


def _beside_labels(labels: Sequence[Word], start: float, left: float) -> float:
    """The middle between the labels of rows and the column where they end."""
    return (max(word.x1 for word in labels) + start) / 2 if labels else left


def _extent(match: Match, band: HeaderBand, keys: Sequence[Word]) -> tuple[float, float]:
    x0, x1 = match.x0, match.x1
    if match.column.name == band.kind.key and keys:
        x0 = min(x0, min(word.x0 for word in keys))
        x1 = max(x1, max(word.x1 for word in keys))
    return x0, x1


def _header_cell(span: Span, match: Match, band: HeaderBand, drawing: Drawing) -> Span:
    """The span of the fill that holds this header and no other, where one is drawn."""
    cells = (
        area
        for area in drawing.areas
        if area.covers(match.x0, match.top, match.x1, match.bottom, 2.0)
        and not any(
            area.x0 < m.xmid < area.x1 and area.top < (m.top + m.bottom) / 2 < area.bottom
            for m in band.columns
            if m is not match
        )
    )
    best = min(cells, key=lambda area: area.x1 - area.x0, default=None)
    if best is None or abs(best.x0 - span.x0) + abs(best.x1 - span.x1) > 0.5 * span.width + 20:
        return span
    return replace(span, x0=best.x0, x1=best.x1)


def _drawn_edges(body: Body, left: float, right: float) -> list[float]:
    """Where at least two drawn ends agree: x of possible column edges, ascending."""
    drawing, top, bottom = body.drawing, body.top, body.bottom
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
    clusters: list[list[float]] = []
    for x in ends:
        if clusters and x - clusters[-1][-1] <= ONE_EDGE:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    return [sum(cluster) / len(cluster) for cluster in clusters if len(cluster) > 1]


def _edge(
    here: tuple[float, float],
    there: tuple[float, float],
    around: tuple[float, float],
    many: bool,
    drawn: Sequence[float],
    body: Sequence[Word],
) -> float:
    low, high = min(here[1], there[0]), max(here[1], there[0])
    clear = _fewest_cuts([x for x in drawn if low - 1 <= x <= high + 1], body)
    if clear:
        clear = [x for x in clear if _parts(x, x, *around, body)] or clear
        return min(clear) if many else max(clear)
    strip = _widest_strip((low, high), around, body, first=many)
    return strip if strip is not None else (low + high) / 2


def _widest_strip(
    between: tuple[float, float], around: tuple[float, float], body: Sequence[Word], *, first: bool
) -> float | None:
    """The middle of the widest (or first) x-interval of `between` that no word enters.

    Words stand on both sides of it in `around`, where there are such strips: under a header that
    is centred over texts, the strip between the texts and the header itself parts no columns.
    """
    low, high = between
    wide = _strips(low, high, [(word.x0, word.x1) for word in body])
    if first:
        # 'Category A', 'Category B': blanks under one another in texts are no strip of paper.
        whole = _strips(low, high, chunk_extents(body))
        wide = [(a, b) for a, b in whole if _parts(a, b, *around, body)] or wide
    if not wide:
        return _least_crossed(low, high, body)
    parting = [(a, b) for a, b in wide if _parts(a, b, *around, body)]
    a, b = (parting or wide)[0] if first else max(parting or wide, key=lambda gap: gap[1] - gap[0])
    return (a + b) / 2


def _strips(
    low: float, high: float, pieces: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Stretches of [low, high], more than a point wide, that no piece (from, to) enters."""
    return [(a, b) for a, b in free_stretches(low, high, pieces, 1.0) if b - a > 1]


def free_stretches(
    low: float, high: float, pieces: Sequence[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    """Stretches of [low, high], at least `least` wide, that no piece (from, to) enters."""
    free: list[tuple[float, float]] = []
    at = low
    for x0, x1 in sorted(pieces):
        if x1 <= at or x0 >= high:
            continue
        if x0 - at >= least:
            free.append((at, x0))
        at = max(at, x1)
    if high - at >= least:
        free.append((at, high))
    return free


def _parts(a: float, b: float, left: float, right: float, body: Sequence[Word]) -> bool:
    """Whether words stand between `left` and `a`, and others between `b` and `right`."""
    return any(left < w.x1 < a + 1 for w in body) and any(b - 1 < w.x0 < right for w in body)


def _least_crossed(low: float, high: float, body: Sequence[Word]) -> float | None:
    """The middle of the widest x-interval of [low, high] that the fewest words cross."""
    inside = [word for word in body if word.x1 > low and word.x0 < high]
    edges = sorted({low, high, *(x for w in inside for x in (w.x0, w.x1) if low < x < high)})
    gaps = [(a, b) for a, b in pairwise(edges) if b - a > 1]
    if not gaps:
        return None
    a, b = min(gaps, key=lambda gap: (_cuts((gap[0] + gap[1]) / 2, inside), gap[0] - gap[1]))
    return (a + b) / 2


def _cuts(x: float, body: Sequence[Word]) -> int:
    return sum(1 for word in body if word.x0 + 0.7 < x < word.x1 - 0.7)


def _fewest_cuts(candidates: Sequence[float], body: Sequence[Word]) -> list[float]:
    """Of these x the ones that run through the fewest words."""
    cuts = [_cuts(x, body) for x in candidates]
    return [x for x, cut in zip(candidates, cuts, strict=True) if cut == min(cuts)]
