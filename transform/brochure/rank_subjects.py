"""Which subject each rank of a list is for: the text beside it.

Input: the lines of ranks, and the other lines around them. Output: the lines of each rank's
subject. Grain: one rank. Nothing here raises: a rank in doubt has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.cells import Line

FAR = 300.0  # points: between a rank and its subject
HIGH = 2.5  # times its size: a line of a subject is at most so far above or below its rank
TOUCHING = 0.7  # times its size: between the lines of one subject


def subjects_of(
    ranks: Sequence[Line], texts: Sequence[Line], shared: Callable[[Line], bool]
) -> list[tuple[Line, list[Line]]]:
    """Each rank with its subject, which stands left of all of them or right of all; none in doubt.

    A rank for which `shared` holds may share the subject of the rank left of it.
    """
    for left in (True, False):
        near: dict[int, list[Line]] = {id(rank): [] for rank in ranks}
        for text in texts:
            beside = [rank for rank in ranks if _stands_by(text, rank, ranks, left)]
            if beside:
                nearest = min(beside, key=lambda rank: abs(rank.middle - text.middle))
                near[id(nearest)].append(text)
        found: list[tuple[Line, list[Line]]] = []
        for rank in sorted(ranks, key=lambda rank: rank.x0):
            named = _name(rank, near[id(rank)])
            if not named and left and shared(rank):
                named = next((n for r, n in reversed(found) if level(r, rank)), [])
            found.append((rank, named))
        if all(named for _, named in found):
            return found
    return []


def level(one: Line, other: Line) -> bool:
    return abs(one.middle - other.middle) < 0.5 * one.size


def _stands_by(text: Line, rank: Line, ranks: Sequence[Line], left: bool) -> bool:
    if abs(rank.middle - text.middle) >= HIGH * text.size:
        return False
    if left:
        return 0 < rank.x0 - text.x0 < FAR and not any(
            text.x0 < other.x0 < rank.x0 for other in ranks
        )
    return 0 < text.x0 - rank.x0 < FAR and not any(rank.x0 < other.x0 <= text.x0 for other in ranks)


def _name(rank: Line, texts: Sequence[Line]) -> list[Line]:
    """Of the texts beside a rank those that run on without a gap, in its middle or from its top."""
    lines = sorted(texts, key=lambda line: line.top)
    level = [i for i, x in enumerate(lines) if abs(x.middle - rank.middle) < x.size]
    if not level:
        return []
    first, last = level[0], level[-1]
    while first and _touch(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _touch(lines[last], lines[last + 1]):
        last += 1
    name = lines[first : last + 1]
    middle = (name[0].middle + name[-1].middle) / 2
    size = max(rank.size, name[0].size)
    if min(abs(middle - rank.middle), abs(name[0].middle - rank.middle)) > 0.5 * size:
        return []
    return name


def _touch(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < TOUCHING * lower.size
