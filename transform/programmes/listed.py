"""Lists of words in a requirements table: required subjects, categories of the bonus.

Input: cells. Output: full names of subjects; categories as letters.
Grain: one cell.
Raises: `UnknownValue` for a cell that is no such list, or names an unknown subject.
"""

from __future__ import annotations

import re

from extract.cells import Cell
from schemas.subjects import is_subject, subject_name
from transform.lookups import asks_nothing
from transform.values import unknown

ONE_OF = re.compile(
    r"(?:any |at least |either )?one of(?: the following(?: subjects?)?)?\s*:?\s*(.+)",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*(/|,(?:\s*or\b)?|\bor\b)\s*", re.IGNORECASE)
NAMED = r"(?:Cat(?:egory|egories|\.)?\s*)"
BONUS = re.compile(
    rf"{NAMED}([ABC](?:(?:\s*[,&/]|\s+and\b|\s+or\b)+\s*{NAMED}?[ABC])*)(?: subjects?)?(?: only)?"
    r"(?: appl(?:y|ies))?",
    re.IGNORECASE,
)


def required_subjects(cell: Cell) -> list[tuple[str, str]]:
    """(full name, as printed) of each subject of a 'One of: ...' list; empty where none is asked.

    Subjects are parted by '/', ',' or 'or'; a name that holds one of these stays whole.
    """
    if asks_nothing(cell.text):
        return []
    match = ONE_OF.fullmatch(cell.text)
    if match is None:
        raise unknown("neither a list 'One of: ...' nor 'No specific subject requirements'", cell)
    pieces = PARTS.split(match[1].strip().rstrip("."))
    subjects: list[tuple[str, str]] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -2):
            printed = _joined(pieces[start:end])
            if is_subject(printed) or end - start == 1:
                subjects.append((subject_name(printed), printed))
                start = end + 1
                break
    return subjects


def _joined(pieces: list[str]) -> str:
    """Names and what parts them as printed: 'Business, Accounting and Financial Studies'."""
    text = pieces[0]
    for mark, name in zip(pieces[1::2], pieces[2::2], strict=True):
        text += f"{mark} {name}" if mark.startswith(",") else f" {mark} {name}"
    return text


def bonus_categories_named(cell: Cell) -> str:
    """'AC' of 'Category A & C Subjects Applies'."""
    match = BONUS.fullmatch(cell.text)
    if match is None:
        raise unknown("not the categories of a bonus", cell)
    letters = re.sub(NAMED, "", match[1], flags=re.IGNORECASE)
    return "".join(sorted(re.findall(r"\b[ABC]\b", letters)))
