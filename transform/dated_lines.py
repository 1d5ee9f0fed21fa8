"""Lines that date a table: a declared phrase with its year, over one line or several.

Input: lines of a page, the kind of phrase. Output: `DatedLine`s. Grain: one phrase and year.
Raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.cells import Line
from transform.lookups import is_declared_mark
from transform.pages.words import is_sentence
from transform.phrases import names_own_scores, points_elsewhere, sentence, years_in, years_of

BY_THE_WAY = {
    "edition": "edition_by_the_way", "scores_year": "by_the_way", "entry_year": "by_the_way",
}  # fmt: skip
EXPECTED = re.compile(r"expected\s+(?:admissions?\s+)?scores?\b", re.IGNORECASE)
# Words of a title without a capital.
SMALL = frozenset({"for", "of", "the", "and", "to", "in", "on", "point", "scale"})
TITLE = 4  # lines of a title at most
FIRST_OF_TWO = re.compile(r"\b(20\d\d)\s*(?:and|&|,|/|to|[-\u2010-\u2015])\s*$", re.IGNORECASE)
SECOND_OF_TWO = re.compile(r"\s*(?:and|&|/|to|[-\u2010-\u2015])\s*(20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line that a declared phrase dates. `on_scores`: its sentence speaks of scores,
    `on_expected`: of expected ones. `plain`: False for one on the scores of a year that has other
    words than their titles have: 'Compare with the 2024 JUPAS Admissions Scores'."""

    year: int
    on_scores: bool
    on_expected: bool
    top: float
    x0: float
    x1: float
    plain: bool = True


def dated_lines(kind: str, name: str, orders: tuple[list[Line], list[Line]]) -> list[DatedLine]:
    """The dated lines of a page in both `orders_of` its lines."""
    lines, titles = orders
    found = list(_dated_in(kind, name, lines))
    return found + [x for x in _dated_in(kind, name, titles) if x not in found]


def orders_of(page_lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a page over its whole width, and those of titles that wrap, each title whole:
    beside another column the first order tears them apart."""
    lines = sorted(page_lines, key=lambda x: (round(x.top), x.x0))
    below: dict[int, int] = {}
    for i, line in enumerate(lines):
        for j in range(i + 1, len(lines)):
            if lines[j].top - line.bottom > 2 * line.size:
                break
            if j not in below.values() and _runs_on(line, lines[j]):
                below[i] = j
                break
    titles: list[Line] = []
    for i in sorted(below.keys() - set(below.values())):
        block = [i]
        while block[-1] in below:
            block.append(below[block[-1]])
        if len(block) <= TITLE and block != list(range(i, i + len(block))):
            titles += [lines[at] for at in block]
    return lines, titles


def _dated_in(kind: str, name: str, lines: Sequence[Line]) -> Iterable[DatedLine]:
    starts, text = [], ""
    for line in lines:
        starts.append(len(text))
        text += line.text + " "
    for start, end, years in years_in(kind, text):
        first = max(i for i, at in enumerate(starts) if at <= start)
        last = max(i for i, at in enumerate(starts) if at < end)
        if last > first and text[starts[last] : end].isdigit():
            continue  # a year that starts a line is not that of the title above it
        held = lines[first : last + 1]
        if any(b.top > a.bottom and not (a.x0 < b.x1 and b.x0 < a.x1) for a, b in pairwise(held)):
            continue  # the end of one text and the start of another in the next column
        before = starts[first]
        while before in starts and starts.index(before) > 0:
            i = starts.index(before)
            if not _runs_on(lines[i - 1], lines[i]):
                break
            before = starts[i - 1]
        after = starts[last] + len(lines[last].text)
        words = sentence(text[before:after], start - before, end - before)
        if kind in BY_THE_WAY.values() and not _is_title(words, text[start:end]):
            continue
        if kind == BY_THE_WAY["scores_year"] and not _names_scores(words, held):
            continue
        of_scores, noted = kind == "scores_year", is_declared_mark(held[0].printed[0])
        if of_scores and is_sentence(" ".join(x.text for x in held)):
            continue
        if noted and kind == BY_THE_WAY["scores_year"]:
            continue
        if not points_elsewhere(words) and name in years:
            for year in (years[name], *_beside(text, start, end)):
                yield DatedLine(
                    year, "score" in words.casefold(), bool(EXPECTED.search(words)),
                    max(x.top for x in held), min(x.x0 for x in held), max(x.x1 for x in held),
                    not of_scores or (names_own_scores(words) and not noted),
                )  # fmt: skip


def _names_scores(words: str, held: Sequence[Line]) -> bool:
    """Whether a title names scores beside the year, none of another kind or year."""
    title = " ".join(x.text for x in held)
    return "score" in title.casefold() and names_own_scores(words) and len(years_of(title)) < 2


def _beside(text: str, start: int, end: int) -> list[int]:
    """The years that a phrase shares its words with: '2026 and 2025 Admissions Scores'."""
    before = FIRST_OF_TWO.search(text[:start]) if text[start : start + 4].isdigit() else None
    after = SECOND_OF_TWO.match(text[end:]) if text[end - 4 : end].isdigit() else None
    return [int(found[1]) for found in (before, after) if found]


def _is_title(words: str, phrase: str) -> bool:
    """Whether nothing but names stands around a phrase: 'HKUST Admissions | 2027 Entry'."""
    rest = words.replace(phrase, " ")
    return not re.search(r"\.(?!\d)|[:;]|\bnon\b", rest, re.IGNORECASE) and all(
        word in SMALL or word[0].isupper() or not word[0].isalpha() for word in rest.split()
    )


def _runs_on(line: Line, below: Line) -> bool:
    """Whether two lines are set as one running text."""
    return (
        abs(line.size - below.size) < 0.3
        and abs(line.x0 - below.x0) < 3 * line.size
        and 0 < below.middle - line.middle < 1.8 * line.size
    )
