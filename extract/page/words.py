"""Characters to words.

Input: the visible characters of a page. Output: `Word`s (no spaces inside, one look each).
Grain: one word a blank-delimited piece of one size, weight, color and baseline, so a raised
mark glued to a name is a word of its own.
Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.page.marks import Char

FIGURE = re.compile(r"\d+(?:\.\d+)?")
MARK = re.compile(r"[([]?(?:\d{1,2}|[a-z])[)\]]?")
SMALL = 0.86  # of the size of the word it stands behind: a footnote mark
SPACE_EM = 0.13  # a gap wider than this part of the size is a blank
UNREADABLE = "\ufffd"  # stands for a character whose Unicode the document does not tell


@dataclass(slots=True)
class Word:
    """A blank-delimited piece of text with one look. Angle in degrees, counter-clockwise."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    color: str
    angle: int

    @property
    def xmid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def ymid(self) -> float:
        return (self.top + self.bottom) / 2


def is_raised_mark(word: Word, words: Iterable[Word]) -> bool:
    """Whether a digit or two, or a letter, stand raised behind a word: a footnote mark."""
    return bool(MARK.fullmatch(word.text)) and stands_raised(word, words)


def stands_raised(word: Word, words: Iterable[Word]) -> bool:
    """Whether a small word stands raised right behind another one."""
    return any(
        word.size < SMALL * other.size
        and word.angle == other.angle == 0
        and -0.1 * other.size < word.x0 - other.x1 < 0.4 * other.size
        and other.top - 0.5 * other.size < word.top
        and word.bottom < other.bottom - 0.15 * other.size
        and word.ymid < other.ymid
        for other in words
    )


def usual_size(words: Iterable[Word]) -> float:
    """The size in the middle of all; 0 of no words."""
    sizes = sorted(word.size for word in words)
    return sizes[len(sizes) // 2] if sizes else 0.0


def words_of(chars: Iterable[Char]) -> list[Word]:
    """Words of a page, sorted by top then x0."""
    words: list[Word] = []
    word: Word | None = None
    onward = reached = 0.0  # twice the middle of the last character, the end of the word
    for char in chars:
        text = UNREADABLE if char.unreadable else char.text
        if text.isspace() or not text:
            word = None
            continue
        start, end = _along(char)
        if word is not None and start + end > onward and _continues(word, char, start - reached):
            _extend(word, char, text)
            reached = max(reached, end)
        else:
            word = Word(
                text, char.x0, char.top, char.x1, char.bottom,
                round(char.size, 2), char.bold, char.color, char.angle,
            )  # fmt: skip
            words.append(word)
            reached = end
        onward = start + end
    return sorted(_rejoined(words), key=lambda w: (w.top, w.x0))


def _continues(word: Word, char: Char, gap: float) -> bool:
    """Whether the character, a gap behind the word, goes on with it: same look, same baseline."""
    if (
        char.angle != word.angle
        or abs(char.size - word.size) > 0.11
        or char.bold != word.bold
        or char.color != word.color
    ):
        return False
    apart = abs(_baseline(char) - _baseline(word))
    return apart < 0.1 * word.size and -0.6 * word.size < gap < SPACE_EM * word.size


def _extend(word: Word, by: Char | Word, text: str) -> None:
    word.text += text
    word.x0, word.x1 = min(word.x0, by.x0), max(word.x1, by.x1)
    word.top, word.bottom = min(word.top, by.top), max(word.bottom, by.bottom)


def _rejoined(words: list[Word]) -> list[Word]:
    """Join pieces that touch but were drawn apart (text drawn letter by letter, out of order)."""
    words.sort(key=lambda w: (w.angle, round(_baseline(w), 1), _along(w)[0]))
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if (
            last is not None
            and word.angle == last.angle
            and abs(_baseline(word) - _baseline(last)) < 0.1
            and abs(word.size - last.size) < 0.11
            and word.bold == last.bold
            and word.color == last.color
            and -0.2 * word.size < _along(word)[0] - _along(last)[1] < 0.04 * word.size
        ):
            _extend(last, word, word.text)
        else:
            joined.append(word)
    return joined


def _baseline(one: Char | Word) -> float:
    return one.bottom if one.angle in (0, 180) else one.x1


def _along(one: Char | Word) -> tuple[float, float]:
    """From and to where a character or word runs, in the direction of its text."""
    if one.angle == 0:
        return one.x0, one.x1
    if one.angle == 90:
        return -one.bottom, -one.top
    return (-one.x1, -one.x0) if one.angle == 180 else (one.top, one.bottom)


def upright(words: Iterable[Word]) -> list[Word]:
    """The words turned so that their text runs left to right; all must have one angle.

    Coordinates of turned words are only good for comparing them with each other.
    """
    turned = []
    for w in words:
        if w.angle == 0:
            turned.append(w)
        elif w.angle == 90:
            turned.append(replace(w, x0=-w.bottom, x1=-w.top, top=w.x0, bottom=w.x1, angle=0))
        elif w.angle == 270:
            turned.append(replace(w, x0=w.top, x1=w.bottom, top=-w.x1, bottom=-w.x0, angle=0))
        else:
            turned.append(replace(w, x0=-w.x1, x1=-w.x0, top=-w.bottom, bottom=-w.top, angle=0))
    return turned
