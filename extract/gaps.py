"""Where a column may end: the strips of paper between texts, and the x that cut the fewest words.

Input: x from and to, the words of a body. Output: an x in points, or None.
Grain: one edge of a column. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.lines import chunk_extents
from extract.words import Word


def widest_strip(
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
        wide = [(a, b) for a, b in whole if parts(a, b, *around, body)] or wide
    if not wide:
        return _least_crossed(low, high, body)
    parting = [(a, b) for a, b in wide if parts(a, b, *around, body)]
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


def parts(a: float, b: float, left: float, right: float, body: Sequence[Word]) -> bool:
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


def fewest_cuts(candidates: Sequence[float], body: Sequence[Word]) -> list[float]:
    """Of these x the ones that run through the fewest words."""
    cuts = [_cuts(x, body) for x in candidates]
    return [x for x, cut in zip(candidates, cuts, strict=True) if cut == min(cuts)]
