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
from transform.scores.years import Years
from transform.values import unknown

COLUMNS = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
OTHER = re.compile(
    r"(?<!\bfor )\breference\b|\b(?:simulated|estimate[ds]?|projected|projections?|upper quartile"
    r"|mean|average scores?|non-JUPAS)\b",
    re.IGNORECASE,
)
FIGURES = r"\b(?:scores?|medians?|quartiles?|figures?)\b"
OF_A_YEAR = re.compile(
    rf"{FIGURES} (?:of|in|for|from) (?:the )?(?P<behind>20\d\d)"
    rf"|\b(?P<before>20\d\d) (?:[\w-]+ ){{0,2}}{FIGURES}(?! formula)"
    r"|^\W*(?:are )?(?:for |of |from )?(?:the )?(?P<alone>20\d\d)(?:[-/]\d\d)?(?: [\w-]+){0,2}\W*$",
    re.IGNORECASE,
)
RUN = re.compile(r"(\S)\1*")  # '*' and '**' are two marks


def refuse_marked(table: Table, lines: Sequence[Line], years: Years) -> None:
    """Refuses a marked figure whose note says that it is of another kind or year."""
    known = {years.scores_year, years.formula_year, years.entry_year}
    notes: dict[str, str] = {}
    for line in lines:
        marks = _marks(line.printed)
        ends = [start for _, start, _ in marks[1:]] + [len(line.printed)]
        for (mark, _, end), next_mark in zip(marks, ends, strict=False):
            note = line.printed[end:next_mark].strip()
            of = {int(year) for m in OF_A_YEAR.finditer(note) for year in m.groups() if year}
            if OTHER.search(note) or of - known:
                notes[mark] = note
    cells = [c for row in table.rows for name in COLUMNS for c in row.cells.get(name, ())]
    for cell in cells if notes else ():
        if OTHER.search(cell.printed):
            continue  # its own words are read
        for mark, _, _ in _marks(cell.printed):
            if mark in notes:
                raise unknown(
                    f"a mark beside a figure says that it is another one: {notes[mark]!r}",
                    cell,
                    "Look at the page: a reference score is read where '(Reference Score)' stands "
                    "behind it; figures of another year need a table of their own",
                )  # fmt: skip


def _marks(text: str) -> list[tuple[str, int, int]]:
    """The declared marks of a text, from and to which character each stands."""
    return [
        (plain_mark(run[1]) * len(run[0]), *run.span())
        for run in RUN.finditer(text)
        if is_declared_mark(run[1])
    ]
