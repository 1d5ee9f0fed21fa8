"""Lines that name a ranking, and which of them a rank stands under.

Input: lines of one page. Output: headings with the rankings they name. Grain: one heading.
Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Line
from transform.pages.ranks import NamedRanking, ranking_named
from transform.pages.words import folded, is_sentence

HEADS = re.compile(
    r"(?:world |global )?(?:subjects?|subject areas?|rankings?|ranks?|areas?|positions?)|year"
)


def headings_of(lines: Sequence[Line]) -> list[tuple[Line, NamedRanking | None]]:
    """Lines that name a ranking, alone or with the next one; None for one that is not declared."""
    found = []
    for line in lines:
        ranking = ranking_named(line.text)
        if "ranking" not in folded(line.text) and ranking is None:
            continue
        if is_sentence(line.text) or HEADS.fullmatch(folded(line.text)):
            continue
        below = _line_below(line, lines)
        if (
            below is not None
            and ranking_named(below.text) is None
            and not (ranking and ranking.by_subject)
        ):
            both = ranking_named(f"{line.text} {below.text}")
            if both is not None and abs(below.size - line.size) < 0.1 * line.size:
                line, ranking = below, both
        found.append((line, ranking))
    return found


def _line_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line under this one with the same left edge."""
    near = [
        other for other in lines
        if abs(other.x0 - line.x0) < 3 and other.middle > line.middle
        and -0.3 * other.size < other.top - line.bottom < other.size
    ]  # fmt: skip
    return min(near, key=lambda other: other.top, default=None)


def heading_over(rank: Line, headings: Sequence[tuple[Line, NamedRanking | None]]) -> Line | None:
    """The heading that a rank stands under: the lowest, the rightmost; None in doubt."""
    above = [line for line, _ in headings if line.top < rank.top]
    left = [line for line in above if line.x0 <= rank.x0 + 3] if len(above) > 1 else above
    kept = [
        line for line in left
        if not any(
            other is not line and other.top >= line.top - line.size and other.x0 >= line.x0 - 3
            for other in left
        )
    ]  # fmt: skip
    return kept[0] if len(kept) == 1 else None
