"""Expected scores and competitive ranges: one figure, or two as the ends of a range.

Input: the cell of one programme. Output: readings of `expected_scores`. Grain: one programme.
Raises: `UnknownValue` for what is neither.
"""

from __future__ import annotations

import re

from extract.cells import Row, Table
from transform.lookups import is_withheld, plain_marks
from transform.readings import Ledger
from transform.values import TO, figure_range, only_cell

SPAN = rf"(\d+(?:\.\d+)?(?:{TO}\d+(?:\.\d+)?)?)[^\w(]*"
EXPECTED_RANGE = re.compile(rf"{SPAN}\((?:Expected )?(?:Score )?Range\)", re.IGNORECASE)
# Holds for every expected score, said or not: an applicant is to meet it.
OR_ABOVE = re.compile(
    r"(?:≥|⩾|>=|at least)\s*(\d+(?:\.\d+)?)|"
    r"(\d+(?:\.\d+)?)(?:\s*\+| or (?:above|higher|more))",
    re.IGNORECASE,
)


def expected_readings(
    code: str, row: Row, table: Table, column: str, basis: str, entry_year: int, ledger: Ledger
) -> None:
    """Readings of one programme's cell, of the given `basis`."""
    cell = only_cell(row, column, table)
    key = {"entry_year": entry_year, "jupas_code": code, "basis": basis}
    if not cell.text or is_withheld(cell.printed):
        ledger.reject(cell, f"no {basis} score is given for {code}")
        return
    text = cell.text
    if match := EXPECTED_RANGE.fullmatch(text):
        text = match[1]
    elif basis == "expected" and (match := OR_ABOVE.fullmatch(plain_marks(text).strip())):
        text = match[1] or match[2]
    low, high = figure_range(text, cell)
    ledger.add("expected_scores", key, "low", low, cell, "lower end")
    ledger.add("expected_scores", key, "high", high, cell, "upper end")
