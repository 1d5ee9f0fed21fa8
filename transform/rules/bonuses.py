"""The bonus for the 6th subject.

Input: a `bonus` table. Output: readings of `bonuses`. Grain: one category and score.
Raises: `UnknownValue` for what is no percentage.
"""

from __future__ import annotations

import re

from extract.cells import Cell, Table
from transform.readings import Ledger
from transform.rules.bonus_labels import bonus_categories
from transform.rules.matrix import BLANK, NOTHING
from transform.values import figure, only_cell, unknown

PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%?")  # the header may hold the '%'; a check recomputes it


def read_bonus(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of the table of bonuses: a row a bonus, or a column a category."""
    columns = [letter for letter in "ABC" if table.has(letter)]
    for row in table.rows if columns else ():
        scored = only_cell(row, "converted_score", table)
        score = figure(scored)
        for category in columns:
            if not row.cells[category]:
                ledger.reject(scored, f"{BLANK} in Category {category}")
                continue
            percent = only_cell(row, category, table)
            if len(percent.columns) > 1:
                raise unknown("one cell for several categories", percent)
            if percent.text not in NOTHING:
                _add(category, score, percent, edition, ledger)
    if columns:
        return
    scores = [figure(only_cell(row, "converted_score", table)) for row in table.rows]
    categories = bonus_categories(table, scores)
    for row, category, score in zip(table.rows, categories, scores, strict=True):
        percent = only_cell(row, "bonus_percent", table)
        for letter in category:
            _add(letter, score, percent, edition, ledger)


def _add(category: str, score: float, percent: Cell, edition: int, ledger: Ledger) -> None:
    printed = PERCENT.fullmatch(percent.text)
    if printed is None:
        raise unknown("not a percentage", percent)
    key = {"edition": edition, "category": category, "converted_score": score}
    value = float(printed[1])
    ledger.add("bonuses", key, "bonus_percent", value, percent, "percentage as printed")
