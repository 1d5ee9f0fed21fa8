"""Words to lines of runs.

Input: the words of one cell or one page. Output: the `Line`s they stand on, in reading order.
Grain: one line a text on one baseline. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.cells import Line, Run
from extract.page.words import SPACE_EM, Word, upright

CHUNK_EM = 1.0  # a gap wider than this part of the size parts two texts on one baseline
LOCAL_SIZE = 0.9  # words this much smaller belong to a line only close to it
NEAR_EM, GLUED_EM = 2.5, 0.4  # beside a word; touching it
COLUMN_EM = 0.45  # a gap wider than this before a column of text starts parts two texts
RAISED_EM = 0.25  # how far the middle of a glued mark may stand above its line
ROW_EM = 0.45  # blanks higher than this part of the size part rows where nothing is drawn
LEVEL_EM = 0.3  # lines this close in height stand on one baseline
RAISED_SIZE = 0.82  # smaller than this part of its line's size: a superscript or a mark


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


def levels_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines by the baseline they stand on, top to bottom."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if levels and line.middle - levels[-1][0].middle < LEVEL_EM * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    return levels


def chunk_extents(words: Sequence[Word]) -> list[tuple[float, float]]:
    """For each upright word, from and to where the text it is part of runs without a gap."""
    extents = [(0.0, 0.0)] * len(words)
    for row in _rows(words):
        for chunk in _chunks(row, CHUNK_EM):
            extent = (min(words[i].x0 for i in chunk), max(words[i].x1 for i in chunk))
            for i in chunk:
                extents[i] = extent
    return extents


def askew(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two texts, each from and to, are from standing flush on a side, or centred."""
    (a0, a1), (b0, b1) = one, other
    return min(abs(a0 - b0), abs(a1 - b1), abs(a0 + a1 - b0 - b1) / 2)


@dataclass(slots=True)
class _Row:
    """Words on one baseline: `top` to `bottom` of its largest, and who they are."""

    top: float
    bottom: float
    size: float
    members: list[tuple[int, Word]]

    def near(self, word: Word, em: float) -> bool:
        """Whether the word stands beside one of the row's, at most `em` times its size away."""
        x0, x1, reach = word.x0, word.x1, em * word.size
        for _, other in self.members:  # noqa: SIM110  (a generator takes twice as long, and it shows)
            if x0 - other.x1 < reach and other.x0 - x1 < reach:
                return True
        return False

    def touches(self, word: Word) -> bool:
        """Whether the word starts where one of the row's ends, or ends where one starts."""
        x0, x1 = word.x0, word.x1
        for _, other in self.members:
            if -GLUED_EM < max(x0 - other.x1, other.x0 - x1) / other.size < GLUED_EM:
                return True
        return False

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
            o = original
            runs.append(Run(text, o.x0, o.top, o.x1, o.bottom, o.size, o.bold, o.color, raised))
        previous = turned
    return Line(tuple(runs))
