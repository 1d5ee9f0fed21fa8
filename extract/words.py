"""Characters to words, and words to lines of runs.

Input: the visible characters of a page. Output: `Word`s (no spaces inside, one look each) and,
for any set of words, the `Line`s they stand on.
Grain: one word a blank-delimited piece of one size, weight, color and baseline, so a raised
mark glued to a name is a word of its own.
Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.cells import Line, Run
from extract.page_marks import Char

SPACE_EM = 0.13  # a gap wider than this part of the size is a blank
CHUNK_EM = 1.0  # a gap wider than this part of the size parts two texts on one baseline
UNREADABLE = "\ufffd"  # stands for a character whose Unicode the document does not tell
LOCAL_SIZE = 0.9  # words this much smaller belong to a line only close to it
NEAR_EM, GLUED_EM = 2.5, 0.4  # beside a word; touching it
COLUMN_EM = 0.45  # a gap wider than this before a column of text starts parts two texts
RAISED_EM = 0.25  # how far the middle of a glued mark may stand above its line
RAISED_SIZE = 0.82  # smaller than this part of its line's size: a superscript or a mark


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


def words_of(chars: Iterable[Char]) -> list[Word]:
    """Words of a page, sorted by top then x0."""
    words: list[Word] = []
    word: Word | None = None
    for char in chars:
        text = UNREADABLE if char.unreadable else char.text
        if text.isspace() or not text:
            word = None
            continue
        if word is not None and _continues(word, char):
            _extend(word, char, text)
        else:
            word = Word(
                text, char.x0, char.top, char.x1, char.bottom,
                round(char.size, 2), char.bold, char.color, char.angle,
            )  # fmt: skip
            words.append(word)
    return sorted(_rejoined(words), key=lambda w: (w.top, w.x0))


def _continues(word: Word, char: Char) -> bool:
    """Whether the character goes on where the word ends: same look, same baseline, no gap."""
    if (
        char.angle != word.angle
        or abs(char.size - word.size) > 0.11
        or char.bold != word.bold
        or char.color != word.color
    ):
        return False
    if word.angle in (0, 180):
        apart, gap = abs(char.bottom - word.bottom), char.x0 - word.x1
        if word.angle == 180:
            gap = word.x0 - char.x1
    else:
        apart = abs(char.x1 - word.x1)
        gap = word.top - char.bottom if word.angle == 90 else char.top - word.bottom
    return apart < 0.1 * word.size and -0.6 * word.size < gap < SPACE_EM * word.size


def _extend(word: Word, char: Char, text: str) -> None:
    word.text += text
    word.x0, word.x1 = min(word.x0, char.x0), max(word.x1, char.x1)
    word.top, word.bottom = min(word.top, char.top), max(word.bottom, char.bottom)


def _rejoined(words: list[Word]) -> list[Word]:
    """Join pieces that touch but were drawn apart (text drawn letter by letter, out of order)."""
    words.sort(key=lambda w: (w.angle, round(w.bottom, 1), w.x0))
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if (
            last is not None
            and word.angle == last.angle == 0
            and abs(word.bottom - last.bottom) < 0.1
            and abs(word.size - last.size) < 0.11
            and word.bold == last.bold
            and word.color == last.color
            and -0.2 * word.size < word.x0 - last.x1 < 0.04 * word.size
        ):
            last.text += word.text
            last.x1, last.top = max(last.x1, word.x1), min(last.top, word.top)
        else:
            joined.append(word)
    return joined


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


def lines_of(
    words: Sequence[Word], *, chunk_em: float = CHUNK_EM, starts: Sequence[float] = ()
) -> list[Line]:
    """Lines of runs in reading order, from words of one cell or one page.

    A gap of more than `chunk_em` times the size starts a new Line on the same baseline; so does
    any gap before a word that stands at one of the x of `starts` (where columns of text begin).
    Rotated words come after the upright ones, angle by angle.
    """
    lines: list[Line] = []
    for angle in sorted({word.angle for word in words}):
        originals = [word for word in words if word.angle == angle]
        turned = upright(originals)
        for row in _rows(turned):
            lines.extend(
                _line([(turned[i], originals[i]) for i in chunk])
                for chunk in _chunks(row, chunk_em, starts)
            )
    return lines


def chunk_extents(words: Sequence[Word]) -> list[tuple[float, float]]:
    """For each upright word, from and to where the text it is part of runs without a gap."""
    extents = [(0.0, 0.0)] * len(words)
    for row in _rows(words):
        for chunk in _chunks(row, CHUNK_EM):
            extent = (min(words[i].x0 for i in chunk), max(words[i].x1 for i in chunk))
            for i in chunk:
                extents[i] = extent
    return extents


@dataclass(slots=True)
class _Row:
    """Words on one baseline: `top` to `bottom` of its largest, and who they are."""

    top: float
    bottom: float
    size: float
    members: list[tuple[int, Word]]

    def near(self, word: Word, em: float) -> bool:
        """Whether the word stands beside one of the row's, at most `em` times its size away."""
        return any(
            max(word.x0 - other.x1, other.x0 - word.x1) < em * word.size
            for _, other in self.members
        )

    def touches(self, word: Word) -> bool:
        """Whether the word starts where one of the row's ends, or ends where one starts."""
        return any(
            -GLUED_EM < max(word.x0 - other.x1, other.x0 - word.x1) / other.size < GLUED_EM
            for _, other in self.members
        )

    def takes(self, word: Word) -> bool:
        """Whether a smaller word may join: touching, or close by and on one line with its like."""
        if self.touches(word):
            return True
        return self.near(word, NEAR_EM) and not any(
            abs(other.size - word.size) < 0.1 * word.size
            and abs(other.ymid - word.ymid) > 0.5 * word.size
            for _, other in self.members
        )


def _rows(words: Sequence[Word]) -> list[list[tuple[int, Word]]]:
    """Words grouped by the line they stand on; small ones join the line that covers them."""
    rows: list[_Row] = []
    by_height: dict[int, list[_Row]] = {}  # rows by the 4-point bands their height touches
    order = sorted(range(len(words)), key=lambda i: (-round(words[i].size, 1), words[i].ymid))
    for i in order:
        word = words[i]
        best, distance = None, 0.0
        seen: set[int] = set()
        for band in range(int(word.top // 4), int(word.bottom // 4) + 1):
            for row in by_height.get(band, ()):
                if id(row) in seen:
                    continue
                seen.add(id(row))
                middle = (row.top + row.bottom) / 2
                slack = (
                    RAISED_EM * row.size
                    if word.size < LOCAL_SIZE * row.size and row.touches(word)
                    else 0.0
                )
                # Above only: what stands below a figure is its label.
                level = row.top - slack <= word.ymid <= row.bottom
                if not (level or word.top <= middle <= word.bottom):
                    continue
                if word.size < LOCAL_SIZE * row.size and not row.takes(word):
                    continue
                # A superscript belongs to the word it touches, not to what else is at its height.
                off = abs(word.ymid - middle) + (0 if row.near(word, GLUED_EM) else 1000)
                if best is None or off < distance:
                    best, distance = row, off
        if best is None:
            best = _Row(word.top, word.bottom, word.size, [])
            rows.append(best)
            for band in range(int(word.top // 4), int(word.bottom // 4) + 1):
                by_height.setdefault(band, []).append(best)
        best.members.append((i, word))
    rows = _joined_rows(rows)
    rows.sort(key=lambda row: (row.top + row.bottom) / 2)
    return [sorted(row.members, key=lambda member: member[1].x0) for row in rows]


def _joined_rows(rows: list[_Row]) -> list[_Row]:
    """Rows of small words that stand beside a larger row, now that all of it is there."""
    kept: list[_Row] = []
    for row in rows:  # largest first
        home = next(
            (
                other
                for other in kept
                if row.size < LOCAL_SIZE * other.size
                and other.top <= (row.top + row.bottom) / 2 <= other.bottom
                and all(other.takes(word) for _, word in row.members[:1])
            ),
            None,
        )
        if home is None:
            kept.append(row)
        else:
            home.members.extend(row.members)
    return kept


def _chunks(
    row: list[tuple[int, Word]], chunk_em: float, starts: Sequence[float] = ()
) -> list[list[int]]:
    chunks: list[list[int]] = []
    right, size = 0.0, 0.0
    for i, word in row:
        gap = word.x0 - right
        column = gap > COLUMN_EM * word.size and any(abs(word.x0 - x) < 1 for x in starts)
        if chunks and gap <= chunk_em * max(size, word.size) and not column:
            chunks[-1].append(i)
            right, size = max(right, word.x1), max(size, word.size)
        else:
            chunks.append([i])
            right, size = word.x1, word.size
    return chunks


def _line(words: list[tuple[Word, Word]]) -> Line:
    """One Line from (turned, original) words: text runs along the turned, boxes are original."""
    sizes: dict[float, int] = {}
    for turned, _ in words:
        sizes[turned.size] = sizes.get(turned.size, 0) + len(turned.text)
    body = max(sizes, key=lambda size: (sizes[size], size))
    largest = max(sizes)
    # A lone figure with a long note behind it ('49 (Reference Score)'): the figure is the body.
    if largest > body and any(c.isalnum() for t, _ in words if t.size == largest for c in t.text):
        body = largest
    runs: list[Run] = []
    previous: Word | None = None
    for turned, original in words:
        blank = previous is not None and (
            turned.x0 - previous.x1 > SPACE_EM * min(turned.size, previous.size)
        )
        raised = turned.size <= RAISED_SIZE * body
        text = (" " if blank else "") + turned.text
        last = runs[-1] if runs else None
        if (
            last is not None
            and last.size == original.size
            and last.bold == original.bold
            and last.color == original.color
            and last.raised == raised
        ):
            runs[-1] = replace(
                last,
                text=last.text + text,
                x0=min(last.x0, original.x0), top=min(last.top, original.top),
                x1=max(last.x1, original.x1), bottom=max(last.bottom, original.bottom),
            )  # fmt: skip
        else:
            runs.append(
                Run(
                    text,
                    original.x0,
                    original.top,
                    original.x1,
                    original.bottom,
                    original.size,
                    original.bold,
                    original.color,
                    raised,
                )
            )
        previous = turned
    return Line(tuple(runs))
