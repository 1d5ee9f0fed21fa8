"""Levels and grades of a conversion table, whatever a document calls them.

Input: the lines under one score. Output: levels: '5**', 'B2', 'Attained with Distinction (I)'.
Grain: one score of one scale.
Raises: `UnknownValue` for a text that is no level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Cell, Line
from transform.lookups import plain_marks
from transform.rules.matrix import NOTHING
from transform.values import unknown

LEVEL_NUMBER = re.compile(r"Level\s*(5\*\*|5\*|\d)", re.IGNORECASE)
DISTINCTION = re.compile(
    r"(?:(?:Attained\s+)?(?:with\s+|w/\s*)?Distinction|\bAwD)\s*(?:\((?:Level\s*)?(II?)\)|(II?)\b)",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"5\*\*|5\*|[1-9]|U?[A-G](\+\+|\+|\*)?|[ABC][12]|N[1-5]|"
    r"Attained( with Distinction( \((I|II)\))?)?"
)
ROMAN = str.maketrans({"Ⅰ": "I", "Ⅱ": "II"})
SEVERAL = re.compile(r"\s*[,;/]\s*|\s+or\s+")


def levels_of(lines: Sequence[Line], cell: Cell, *, stacked: bool) -> list[str]:
    """The levels under one score: 'A*, A'; none for a dash.

    `stacked`: they may stand one under the other without a comma. In a row with a label of several
    lines they may be those of two rows that nothing parts.
    """
    each = [plain_marks(line.printed) for line in lines]
    printed = DISTINCTION.sub(
        lambda found: f"Attained with Distinction ({(found[1] or found[2]).upper()})",
        " ".join(each).translate(ROMAN),
    )
    if stacked and len(set(each)) == len(each) > 1 and all(map(LEVEL.fullmatch, each)):
        return each
    if not printed or printed in NOTHING:
        return []
    levels = []
    for piece in (piece.strip() for piece in SEVERAL.split(printed)):
        number = LEVEL_NUMBER.fullmatch(piece)
        levels.append(number[1] if number else piece)
        if not LEVEL.fullmatch(levels[-1]):
            raise unknown(f"{levels[-1]!r} is no level or grade", cell)
    return levels
