"""Conversions that running text states: 'Category A Core/Elective Subjects: 5** = 8.5 ; 5* = 7'.

Input: the lines of one page. Output: readings of `conversions`; the top score of Category A.
Grain: one level of one scale. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.cells import Line, PageCells
from transform.lookups import plain_marks
from transform.readings import Ledger
from transform.rules.conversions import OTHER_LANGUAGES
from transform.values import spot

STATED = re.compile(
    r"(?<![\w.*])"
    r"(5\*\*|5\*|[1-5]|[A-E]|Attained(?: with Distinction \((?:I|II)\))?)\s*=\s*(\d+(?:\.\d+)?)"
)
STATED_SCALES = {
    "Category A": re.compile(r"Category A Core/Elective Subjects"),
    "Category B": re.compile(r"Category B Applied Learning Subjects"),
    OTHER_LANGUAGES: re.compile(r"Category C Other Language Subjects"),
}


def read_stated_conversions(page: PageCells, edition: int | None, ledger: Ledger) -> float | None:
    """Conversions stated in running text; the top score of Category A, None for no statement."""
    top: float | None = None
    for line in page.lines:
        for scale, words in STATED_SCALES.items():
            if not words.search(line.printed):
                continue
            for source in _right_of(line, page.lines):
                for level, score in STATED.findall(plain_marks(source.printed)):
                    if edition is None:
                        continue
                    key = {"edition": edition, "scale": scale, "level": level}
                    ledger.add(
                        "conversions", key, "score", float(score), spot(source, page.number),
                        "stated in the points to note",
                    )  # fmt: skip
                    if scale == "Category A":
                        top = max(top or 0.0, float(score))
    return top


def _right_of(line: Line, lines: Iterable[Line]) -> list[Line]:
    """The line itself and those on its baseline to the right."""
    return [line] + [
        other for other in lines
        if other is not line and other.x0 >= line.x1 - 1 and other.x0 - line.x1 < 60
        and abs(other.middle - line.middle) < 0.5 * line.size
    ]  # fmt: skip
