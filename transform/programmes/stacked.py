"""Whether the lines of a cell are one name that wraps, or several names stacked.

Input: a cell of study options. Output: nothing. Grain: one cell.
Raises: `UnknownValue` where the cell may hold several names.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.cells import Cell
from transform.lookups import begins_no_name
from transform.values import SMALL, TRAILING_MARKS, unknown

BULLET = re.compile(r"\s*[•●▪‣◦·∙■□➢–—-]\s*\w")
ASKS_FOR_MORE = re.compile(
    r"(?:\b(?:and|or|of|in|with|for|the|by|to|an|a)|[&,/+-])$", re.IGNORECASE
)
ROOM_EM = 1.5  # of the size: a line that ends this near the edge of its cell may have wrapped
STACKED = (
    "Look at the page: options need a rule between them. If it is one name over two lines, add "
    "the word its next line starts with to `goes_on` in transform/lookups.toml"
)


def check_one_option(cell: Cell) -> None:
    """Raises `UnknownValue` where lines of a cell may be options of their own, not a wrapped one.

    A line that goes on from the one above starts with a small letter or a bracket, follows a word
    or sign that asks for more, or starts with a word that had no room above.
    """
    size = max((line.size for line in cell.lines), default=0.0)
    lines = [line for line in cell.lines if line.size >= SMALL * size and line.text]
    if any(BULLET.match(line.printed) for line in lines):
        raise unknown("bullets stand before study options", cell, STACKED)
    if len(lines) < 2:
        return
    left = min(line.x0 for line in lines)
    right = max(cell.x1 - (left - cell.x0), *(line.x1 for line in lines))
    for line, below in pairwise(lines):
        marked = bool(line.marks) or TRAILING_MARKS.search(line.text) is not None
        first, *_ = below.text.split()
        stem = first if " " in below.text else below.printed  # its marks wrap with a last word
        width = (below.x1 - below.x0) / len(below.printed) * (len(stem) + 1)
        room = right - line.x1 - ROOM_EM * line.size
        goes_on = (
            first[0].islower()
            or first[0] in "(&"
            or begins_no_name(first)
            or ASKS_FOR_MORE.search(line.text)
            or line.text.count("(") > line.text.count(")")
        )
        again = len(first) > 1 and first == lines[0].text.split()[0]
        if marked or (not goes_on and (again or width <= room)):
            raise unknown("several study options may stand in one cell", cell, STACKED)
