"""Bands between the rows of a table: 'School of Science' over the programmes of that school.

Input: the words of a body, those that name its rows, the left edge of their column.
Output: the words of each band. Grain: one band. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.page.heights import at_height
from extract.page.lines import lines_of
from extract.page.words import Word

BESIDE_EM = 0.3  # times the key's size: a line this close to a key's height stands beside it
START = 2.0  # points: a band starts at the left edge of the keys, or left of it
LARGE = 0.95  # of the key's size: a band's text is no smaller


def bands_between(body: Sequence[Word], keys: Sequence[Word], left_edge: float) -> list[list[Word]]:
    """Texts alone at their height that head the rows below them: 'School of Science'.

    They start in the keys' column, no farther right than these, and look unlike the rows.
    """
    if not keys:
        return []
    left = min(word.x0 for word in keys)
    size = max(word.size for word in keys)
    level = at_height(keys, lambda key: key.ymid)
    slack = BESIDE_EM * size
    rows = [
        word
        for word in body
        if any(
            abs(word.ymid - key.ymid) < slack
            for key in level.between(word.ymid - slack, word.ymid + slack)
        )
    ]
    named = {id(key) for key in keys}
    looks = {_look(word) for word in rows}
    bands = []
    for words in _alone(body):
        first = min(words, key=lambda w: w.x0)
        if (
            left_edge <= first.xmid
            and first.x0 <= left + START
            and max(word.size for word in words) >= LARGE * size
            and not any(_look(word) in looks for word in words)
            and not any(id(word) in named for word in words)
        ):
            bands.append(words)
    return bands


def is_another_band(strip: Sequence[Word], above: Iterable[Word]) -> bool:
    """Whether a line looks like one above it that stands alone too, and starts where it does."""
    first = min(strip, key=lambda word: word.x0)
    return len(lines_of(list(strip))) == 1 and any(
        abs(min(word.x0 for word in words) - first.x0) < START
        and {_look(word) for word in words} == {_look(word) for word in strip}
        for words in _alone(above)
    )


def _look(word: Word) -> tuple[bool, str, float]:
    return word.bold, word.color, round(word.size, 1)


def _alone(body: Iterable[Word]) -> list[list[Word]]:
    """The words at each height where all words stand on one baseline, in one text."""
    alone = []
    for words in overlapping(body):
        lines = lines_of(words)
        if len(lines) == 1 and all(word.angle == 0 for word in words):
            alone.append(words)
    return alone


def overlapping(body: Iterable[Word]) -> list[list[Word]]:
    """Words whose heights overlap by more than touching, chained."""
    groups: list[list[Word]] = []
    reached = 0.0
    for word in sorted(body, key=lambda w: w.top):
        if groups and word.top < reached - 0.1 * word.size:
            groups[-1].append(word)
            reached = max(reached, word.bottom)
        else:
            groups.append([word])
            reached = word.bottom
    return groups
