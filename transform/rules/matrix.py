"""Which level stands under which score: the columns of a conversion matrix.

Input: the lines of the row of scores, those of every row of levels. Output: for each row of levels
the lines under each score, left to right. Grain: one row.
Raises: `UnknownValue` where levels and scores do not pair up.

Scores and levels are set alike: with their left edges under one another, their middles, or their
right edges. Each is tried on the whole table; where none holds, a row must have a text under every
score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.cells import Cell, Line
from transform.values import unknown

NOTHING = frozenset({"-", "–", "—", "‐", "‑", "−", "N/A", "n/a"})
BLANK = "nothing stands beside it"  # how the reason of the reject of a score begins
UNDER = 0.25  # of the way from score to score: a level so near to one stands under it
SURE = 0.5  # one way of setting is sure where levels stand this much nearer than in another

Shares = list[list[Line]]
Anchor = Callable[[Line], float]


def _middle(line: Line) -> float:
    return (line.x0 + line.x1) / 2


ANCHORS: tuple[Anchor, ...] = (_middle, lambda line: line.x0, lambda line: line.x1)


def levels_under(scores: Sequence[Line], cells: Sequence[Cell]) -> list[Shares]:
    """The lines of each cell under each of the scores, which stand left to right."""
    at = [[anchor(score) for score in scores] for anchor in ANCHORS]
    pitch = min(b - a for xs in at for a, b in pairwise(xs)) if len(scores) > 1 else 0.0
    ways: list[tuple[float, list[Shares]]] = []
    for xs, anchor in zip(at, ANCHORS, strict=True):
        shares = [_shared(cell, xs, anchor) for cell in cells]
        ways.append((max(_off(share, xs, anchor) for share in shares), shares))
    ways.sort(key=lambda way: way[0])
    off, best = ways[0]
    if off > UNDER * pitch:
        best = [_shared(cell, at[0], _middle) for cell in cells]
        for cell, share in zip(cells, best, strict=True):
            if not all(share) and _off(share, at[0], _middle) > UNDER * pitch:
                filled = sum(map(bool, share))
                raise unknown(f"{len(scores)} scores but levels for {filled} of them", cell)
    elif any(
        _levels(best) != _levels(other) and off > SURE * less
        for less, other in ways[1:]
        if less <= UNDER * pitch
    ):
        raise unknown("levels may stand under either of two scores", cells[0])
    for cell, share in zip(cells, best, strict=True):
        if not any(share):
            raise unknown(f"{len(scores)} scores but levels for none of them", cell)
        if any(len(x) > 1 and any(line.printed in NOTHING for line in x) for x in share):
            raise unknown("two levels stand under one score", cell)
    return best


def _shared(cell: Cell, at: Sequence[float], anchor: Anchor) -> Shares:
    """The lines of a cell, each with the nearest score."""
    shares: Shares = [[] for _ in at]
    for line in sorted(cell.lines, key=lambda line: (line.top, line.x0)):
        shares[min(range(len(at)), key=lambda i: abs(at[i] - anchor(line)))].append(line)
    return shares


def _off(shares: Shares, at: Sequence[float], anchor: Anchor) -> float:
    """How far at most a level stands beside its score; one dash may stand for several."""
    return max(
        (
            abs(x - anchor(line))
            for x, share in zip(at, shares, strict=True)
            for line in share
            if line.printed not in NOTHING
        ),
        default=0.0,
    )


def _levels(shares: Sequence[Shares]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(tuple(x.printed for x in lines if x.printed not in NOTHING) for lines in row)
        for row in shares
    )
