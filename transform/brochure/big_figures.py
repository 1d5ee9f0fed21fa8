"""Big figures: texts that are a quantity or a rank as a whole, put together from their pieces.

Input: the lines of one page. Output: figures, each as its lines; a line parted into figure and
words. Grain: one figure. Nothing here raises.

A figure stands in one line or in several pieces: 'US$ 8.3 +' over 'million', '45' beside a
smaller '+'. Numbers of steps and of pages, and years, count nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.cells import Line
from transform.pages.quantities import leading_quantity, whole_quantity
from transform.pages.ranks import rank_claims
from transform.pages.whole_figures import BEFORE, BEHIND

BIG = 1.6  # a figure at least so many times the size of its label heads a tile
ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)
PAGE = re.compile(r"0\d+")
YEAR = re.compile(r"(?:19|20)\d\d")


def figures_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The figures of a page that may count something."""
    return _unnumbered(_whole_figures(lines))


def parted(line: Line) -> list[Line]:
    """Big figures and the small words set behind them, '45 + majors', or apart before them."""
    pieces = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        small, large = sorted((before.size, run.size))
        if BIG * small <= large and (before.size > run.size or run.x0 - before.x1 > small):
            pieces.append([])
        pieces[-1].append(run)
    parts = [Line(tuple(runs)) for runs in pieces]
    over = any(b.x0 < a.x1 - 1 for a, b in pairwise(line.runs))  # texts of two heights
    units = over or any(
        not x.text or BEHIND.fullmatch(x.text) or ORDINAL.fullmatch(x.text) for x in parts
    )
    return [line] if units or not any(_is_whole(x.text) for x in parts) else parts


def largest(line: Line) -> float:
    """The size of the figure: '3rd' has more small letters than big digits."""
    return max(run.size for run in line.runs)


def starts_figure(text: str) -> bool:
    """Whether a text begins with a quantity or consists of ranks."""
    return leading_quantity(text) is not None or rank_claims(text) is not None


def _is_whole(text: str) -> bool:
    return whole_quantity(text) is not None or rank_claims(text) is not None


def _whole_figures(lines: Sequence[Line]) -> list[list[Line]]:
    """Texts that are a quantity or a rank as a whole, with the pieces beside or under them."""
    figures: list[list[Line]] = []
    used: set[int] = set()
    for line in sorted(lines, key=lambda line: (line.top, line.x0)):
        if id(line) in used:
            continue
        figure = _row(line, lines)
        while more := _continued(figure, lines):
            figure += more
        text = " ".join(line.text for line in figure)
        if len(figure) > 1:
            used |= {id(line) for line in figure}
        if _is_whole(text):
            figures.append(figure)
    return figures


def _row(line: Line, lines: Sequence[Line]) -> list[Line]:
    """A line with the signs and units set beside it: '45' '+', 'HK$' '1.2' 'billion'."""
    row = [line]
    if not (starts_figure(line.text) or BEFORE.fullmatch(line.text)):
        return row
    for other in sorted(lines, key=lambda other: other.x0):
        last = row[-1]
        gap, size = other.x0 - last.x1, max(largest(last), largest(other))
        level = min(last.bottom, other.bottom) - max(last.top, other.top)
        if (
            0 <= gap < 0.6 * size
            and level > 0.5 * min(last.bottom - last.top, other.bottom - other.top)
            and (
                BEFORE.fullmatch(last.text) or BEHIND.fullmatch(other.text)
                or ORDINAL.fullmatch(other.text)
            )
        ):  # fmt: skip
            row.append(other)
    return row


def _continued(figure: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """What stands right under a figure, of its size, and is the rest of it."""
    text = " ".join(line.text for line in figure)
    if not (starts_figure(text) or starts_figure(f"{text} 1")):
        return []
    size, x0, x1 = largest(figure[0]), figure[0].x0, max(line.x1 for line in figure)
    bottom = max(line.bottom for line in figure)
    return sorted(
        (
            line for line in lines
            if line not in figure and line.x0 < x1 and line.x1 > x0
            and -0.3 * size < line.top - bottom < 0.5 * size
            and (
                BEHIND.fullmatch(line.text)
                or (abs(largest(line) - size) <= 0.1 * size and not _is_whole(text))
            )
        ), key=lambda line: line.x0,
    )  # fmt: skip


def _unnumbered(figures: Sequence[list[Line]]) -> list[list[Line]]:
    """The figures without years, and without those that number steps or pages: 1, 2, 3; 04, 12."""
    texts = [figure[0].text if len(figure) == 1 else "" for figure in figures]
    bare = set(texts)
    steps = {str(i) for i in range(1, 100) if {str(k) for k in range(1, max(i, 2) + 1)} <= bare}
    pages = [largest(f[0]) for f, text in zip(figures, texts, strict=True) if PAGE.fullmatch(text)]
    return [
        figure
        for figure, text in zip(figures, texts, strict=True)
        if not (
            text in steps
            or YEAR.fullmatch(text)
            or (text.isdigit() and any(abs(largest(figure[0]) - size) < 0.1 for size in pages))
        )
    ]
