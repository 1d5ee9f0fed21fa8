"""Average levels of preferred subjects: lines of subjects and the level beside each.

Input: the cell of one programme. Output: readings of `preferred_levels`.
Grain: one pair a line of subjects.
Raises: `UnknownValue` where subjects and levels do not pair up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.cells import Cell, Line, Row, Table
from transform.lookups import is_withheld, plain_marks
from transform.readings import Ledger
from transform.scores.years import Years, needed_year
from transform.values import only_cell, unknown

WRAPPED = re.compile(r"\bLevel\b", re.IGNORECASE)
LEVEL = re.compile(r"Level\s*(5\s?\*\s?\*|5\s?\*|[1-5])", re.IGNORECASE)


def preferred_readings(code: str, row: Row, table: Table, years: Years, ledger: Ledger) -> None:
    """Readings of one programme's cell."""
    cell = only_cell(row, "preferred", table)
    if is_withheld(cell.printed):
        return
    for position, (subjects, level) in enumerate(preferred_pairs(cell), 1):
        key = {
            "scores_year": needed_year(years.scores_year, "scores year", table),
            "jupas_code": code,
            "position": position,
        }
        ledger.add("preferred_levels", key, "subjects", subjects, cell, "line of subjects")
        ledger.add("preferred_levels", key, "level", level, cell, "level beside it")


def preferred_pairs(cell: Cell) -> list[tuple[str, str]]:
    """(subjects, level) of a cell: lines of subjects on the left, 'Level 5*' on the right."""
    subjects: list[str] = []
    levels: list[str] = []
    ordered: list[Line] = sorted(cell.lines, key=lambda line: (round(line.middle), line.x0))
    for text in _with_levels(plain_marks(line.printed) for line in ordered):
        match = re.fullmatch(rf"(.*?)\s*\b{LEVEL.pattern}", text, re.IGNORECASE)
        if match is None:
            subjects.append(text.rstrip(" :："))
            continue
        if match[1]:
            subjects.append(match[1].rstrip(" :："))
        levels.append(match[2].replace(" ", ""))
    if any(WRAPPED.search(subject) for subject in subjects):
        raise unknown("preferred subjects and levels do not pair up", cell)
    if len(subjects) > len(levels):
        subjects = _rejoined(subjects, len(levels))
    if len(subjects) != len(levels) or not levels:
        raise unknown("preferred subjects and levels do not pair up", cell)
    return list(zip(subjects, levels, strict=True))


def _with_levels(texts: Iterable[str]) -> list[str]:
    """The lines, those that end before the figure of their level joined with the next one."""
    whole: list[str] = []
    for text in texts:
        if whole and re.search(r"\bLevel$", whole[-1], re.IGNORECASE):
            whole[-1] += f" {text}"
        else:
            whole.append(text)
    return whole


def _rejoined(lines: list[str], wanted: int) -> list[str]:
    """Lines that go on after a '/' joined; all of them where only one level is given."""
    joined: list[str] = []
    for line in lines:
        if joined and (joined[-1].endswith("/") or wanted == 1):
            joined[-1] += ("" if joined[-1].endswith("/") else " ") + line
        else:
            joined.append(line)
    return joined
