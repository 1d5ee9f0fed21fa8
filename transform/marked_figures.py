"""Marks beside score figures whose note says that the figure is another one.

Input: a table of scores, the lines of its page, the years that it is for. Output: nothing.
Grain: one figure. Raises: `UnknownValue` for a figure whose note calls it a reference, simulated
or estimated score, or one of another year.

A mark beside a figure is left off elsewhere: what it says is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Line, Table
from transform.lookups import is_declared_mark, plain_mark
from transform.score_years import YEAR, Years
from transform.values import unknown

COLUMNS = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
OTHER = re.compile(r"\b(?:reference|simulated|estimated|estimates?|projected)\b", re.IGNORECASE)
FIGURES = re.compile(r"\b(?:scores?|medians?|quartiles?|figures?)\b", re.IGNORECASE)


def refuse_marked(table: Table, lines: Sequence[Line], years: Years) -> None:
    """Refuses a marked figure whose note says that it is of another kind or year."""
    known = {years.scores_year, years.formula_year, years.entry_year}
    notes = {
        plain_mark(text[0]): text
        for line in lines
        if (text := line.printed.strip()) and is_declared_mark(text[0])
        if OTHER.search(text)
        or (FIGURES.search(text) and {int(year) for year in YEAR.findall(text)} - known)
    }
    cells = [c for row in table.rows for name in COLUMNS for c in row.cells.get(name, ())]
    for cell in cells if notes else ():
        if OTHER.search(cell.printed):
            continue  # its own words are read
        for mark in map(plain_mark, filter(is_declared_mark, cell.printed)):
            if mark in notes:
                raise unknown(
                    f"a mark beside a figure says that it is another one: {notes[mark]!r}",
                    cell,
                    "Look at the page: a reference score is read where '(Reference Score)' stands "
                    "behind it; figures of another year need a table of their own",
                )  # fmt: skip
