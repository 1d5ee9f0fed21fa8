"""Which category of subjects each row of the table of bonuses is for.

Input: the table, the score of each of its rows. Output: 'A', 'B', 'C' or several for each row.
Grain: one row. Raises: `UnknownValue` for a label that names no category, `LayoutChanged` where
labels and rows cannot be matched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from errors import LayoutChanged
from extract.cells import Row, Table
from transform.values import only_cell, unknown

BONUS_CATEGORY = re.compile(
    r"(?:(?:HKDSE )?Cat(?:egor(?:y|ies)|\.)\s*)?"
    r"([ABC](?:\s*(?:,|/|&|and)\s*[ABC])*)(?: subjects?)?",
    re.IGNORECASE,
)


def bonus_categories(table: Table, scores: Sequence[float]) -> list[str]:
    """The category of every row; a label may stand beside one row of those it is for."""
    labels = [_bonus_category(row, table) for row in table.rows]
    return labels if all(labels) else _by_falling_scores(labels, scores, table)


def _bonus_category(row: Row, table: Table) -> str:
    """The category of subjects that a row is labelled with, '' where it has no label."""
    if not row.cells.get("category", (row,)):
        return ""
    cell = only_cell(row, "category", table)
    named = BONUS_CATEGORY.fullmatch(cell.text)
    if named is None:
        raise unknown("not a category of subjects", cell)
    return "".join(letter for letter in named[1].upper().replace("AND", "") if letter in "ABC")


def _by_falling_scores(labels: Sequence[str], scores: Sequence[float], table: Table) -> list[str]:
    """Labels for all rows, where each stands beside one row, or some, of those it is for.

    The scores of a category fall from row to row; where they rise again, another one starts.
    """
    starts = [i for i in range(len(scores)) if i == 0 or scores[i] >= scores[i - 1]]
    found: list[str] = []
    for start, end in pairwise([*starts, len(scores)]):
        here = {label for label in labels[start:end] if label}
        found += sorted(here) * (end - start) if len(here) == 1 else []
    groups = len({id(cell) for row in table.rows for cell in row.cells.get("category", ())})
    if len(found) != len(scores) or groups != len(starts) or len(set(found)) != len(starts):
        raise LayoutChanged(
            "cannot tell which rows of a bonus table a category is for", page=table.page,
            text=" | ".join(
                f"{label} {score:g}".strip() for label, score in zip(labels, scores, strict=True)
            ),
            todo="Look at the page: the label of a category stands beside one of its rows, and no "
            "rule shows how far it reaches; the scores of a category should fall from row to row",
        )  # fmt: skip
    return found
