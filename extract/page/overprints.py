"""Glyphs printed over each other: for weight, as a shadow, as a second layer, or unreadably.

Input: the characters of a page that are seen. Output: `hidden` of those that repeat another one,
`unreadable` of those that another one is printed over.
Grain: one page. Nothing here raises. Cost is linear in characters, apart from sorting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.page.marks import Char

# Two equal glyphs this close are one, printed twice: for weight, as a shadow, or as a second layer.
TWICE_POINTS, TWICE_SHARE = 0.3, 0.08
# An equal glyph of another colour this close under a glyph, in sizes, is its shadow.
SHADOW_EM = 0.15
# Two glyphs sharing more than this share of the narrower one's width are printed over each other.
OVERPRINT_SHARE = 0.55
BAND = 12.0  # points: characters are compared within bands of this height


class Laid(NamedTuple):
    """A character, and from and to where it runs in the direction of its text."""

    start: float
    end: float
    char: Char


def settle_overprints(chars: Sequence[Char]) -> None:
    """Hide the lower of two equal glyphs in one place; distrust different ones in one place."""
    lines = [line for shift in (0.0, BAND / 2) for line in _lines(chars, shift)]
    for settle in (_hide_shadow, _compare):
        for line in lines:
            for one, other in _pairs(line):
                if not (one.char.hidden or other.char.hidden):
                    settle(one, other)


def _lines(chars: Sequence[Char], shift: float) -> Iterable[list[Laid]]:
    """Glyphs of one band and direction each, by where they start."""
    lines: dict[tuple[int, int], list[Laid]] = defaultdict(list)
    for char in chars:
        if char.hidden or char.text.isspace():
            continue
        if char.angle in (90, 270):
            across, start, end = (char.x0 + char.x1) / 2, char.top, char.bottom
        else:
            across, start, end = (char.top + char.bottom) / 2, char.x0, char.x1
        lines[char.angle, int((across + shift) // BAND)].append(Laid(start, end, char))
    for line in lines.values():
        line.sort(key=lambda laid: laid.start)
    return lines.values()


def _pairs(line: Sequence[Laid]) -> Iterator[tuple[Laid, Laid]]:
    """Neighbouring glyphs that may lie over each other, the left one first."""
    for i, one in enumerate(line[:-1], 1):
        wide = (1 - OVERPRINT_SHARE) * (one.end - one.start)
        limit = one.start + max(wide, SHADOW_EM * one.char.size)
        if line[i].start > limit:
            continue
        for other in line[i : i + 19]:
            if other.start > limit:
                break
            yield one, other


def _hide_shadow(one: Laid, other: Laid) -> None:
    size = min(one.char.size, other.char.size)
    apart = max(other.start - one.start, abs(one.char.baseline - other.char.baseline))
    alike = one.char.text == other.char.text and one.char.color != other.char.color
    if alike and apart <= SHADOW_EM * size:
        lower = min(one.char, other.char, key=lambda char: char.order)
        lower.hidden = "shadow of the text over it"


def _compare(one: Laid, other: Laid) -> None:
    char, double = one.char, other.char
    size = min(char.size, double.size)
    apart, aside = abs(char.baseline - double.baseline), other.start - one.start
    near = max(TWICE_POINTS, TWICE_SHARE * size)
    if char.text == double.text and aside <= near and apart <= near:
        lower, upper = sorted((char, double), key=lambda c: c.order)
        lower.hidden = "printed twice"
        if aside > 0.02 * size and lower.color == upper.color:
            upper.bold = True
        return
    narrower = min(one.end - one.start, other.end - other.start)
    shared = min(one.end, other.end) - other.start
    if shared <= OVERPRINT_SHARE * narrower or apart > 0.3 * size:
        return
    if char.text.isalnum() and double.text.isalnum():
        for each in (char, double):
            each.unreadable = each.unreadable or "printed over another character"
