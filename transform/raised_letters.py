"""Raised letters behind a text: footnote marks, where they are letters or digits in a row.

Input: a line. Output: the line without them, and the marks. Grain: one line. Nothing here raises.
"""

from __future__ import annotations

import re

from extract.cells import Line
from transform.lookups import mark_pattern

DIGIT_MARK = "[¹²³⁴-⁹①-⑳]"  # digits that can be nothing but marks
MARK = f"(?:{mark_pattern()}|{DIGIT_MARK})"
LETTER_MARKS = re.compile(rf"(?=.*[A-Za-z])(?:\(?(?:[A-Za-z0-9]|{MARK})\)?[\s,]*){{1,5}}")
ORDINAL = re.compile(r"st|nd|rd|th")
NEW = "NEW"


def without_raised_letters(line: Line) -> tuple[Line, list[str]]:
    """A line without its raised runs of single letters, and these one by one.

    'NEW' is none, nor the 'th' of '6th', nor what starts a line.
    """
    lettered = []
    for i, run in enumerate(line.runs):
        text = run.text.strip()
        if not run.raised or not LETTER_MARKS.fullmatch(text) or text == NEW or i == 0:
            continue
        above = (run.top + run.bottom) / 2 < line.middle
        if above and not (ORDINAL.fullmatch(text) and line.runs[i - 1].text[-1:].isdigit()):
            lettered.append(run)
    rest = Line(tuple(run for run in line.runs if run not in lettered)) if lettered else line
    return rest, [char for run in lettered for char in run.text if char not in " ,()"]
