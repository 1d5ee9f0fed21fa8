"""The rows of one table: which cells stand beside which key.

Input: column spans, cells, the words that name rows. Output: `Row`s, and cells that stand in none.
Grain: one row a key.
Raises: `LayoutChanged` where keys share a cell and the cells beside it cannot be shared out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from errors import LayoutChanged
from extract.cells import Cell, Line, Row
from extract.columns import Span
from extract.words import Word

ALIGNED = 0.2  # of the distance of two keys: lines this close to a key stand beside it


def rows_of(
    key: str, spans: Sequence[Span], cells: Sequence[Cell], keys: Sequence[Word]
) -> tuple[list[Row], list[Cell]]:
    """Rows by key, and the cells that stand in none (section bands are in their rows).

    `key` is the column that makes the rows; `keys` are the words in it that do, where it has such.
    """
    names = [span.name for span in spans]
    if keys:
        anchors = _anchors_of_words(key, cells, keys)
    else:
        anchors = [(c.top, c.bottom, (c.top + c.bottom) / 2) for c in cells if key in c.columns]
    cells = _split(list(cells), anchors, key)
    sections = _sections(key, cells, anchors) if keys else []
    lowest = max((middle for _, _, middle in anchors), default=0.0)
    sections = [section for section in sections if section.bottom <= lowest]
    rows: list[Row] = []
    used: set[int] = {id(section) for section in sections}
    for top, bottom, middle in anchors:
        row: dict[str, tuple[Cell, ...]] = {}
        for name in names:
            here = tuple(
                cell
                for cell in cells
                if name in cell.columns
                and (
                    cell.top <= middle < cell.bottom or top <= (cell.top + cell.bottom) / 2 < bottom
                )
            )
            row[name] = tuple(sorted(here, key=lambda cell: cell.top))
            used |= {id(cell) for cell in here}
        above = [section for section in sections if section.bottom <= middle]
        rows.append(Row(row, max(above, key=lambda s: s.top) if above else None))
    return rows, [cell for cell in cells if id(cell) not in used]


def _anchors_of_words(
    key: str, cells: Sequence[Cell], keys: Sequence[Word]
) -> list[tuple[float, float, float]]:
    """(top, bottom, middle) of the row of each key word; stacked keys share out their cell."""
    anchors = []
    for cell in cells:
        if key not in cell.columns:
            continue
        mine = sorted(
            (w for w in keys if cell.top <= w.ymid < cell.bottom and cell.x0 <= w.xmid < cell.x1),
            key=lambda w: w.ymid,
        )
        for i, word in enumerate(mine):
            top = cell.top if i == 0 else (mine[i - 1].ymid + word.ymid) / 2
            bottom = cell.bottom if i == len(mine) - 1 else (word.ymid + mine[i + 1].ymid) / 2
            anchors.append((top, bottom, word.ymid))
    return sorted(anchors)


def _split(
    cells: list[Cell], anchors: Sequence[tuple[float, float, float]], key: str
) -> list[Cell]:
    """Cells that hold several keys, one a line, and the cells beside them, parted by line."""
    stacked = [
        cell
        for cell in cells
        if key in cell.columns and sum(cell.top <= m < cell.bottom for _, _, m in anchors) > 1
    ]
    if not stacked:
        return cells
    parted: list[Cell] = []
    for cell in cells:
        mine = [a for a in anchors if cell.top <= a[2] < cell.bottom]
        inside = any(
            (s.top <= cell.top + 1 and s.bottom >= cell.bottom - 1)
            or (key in cell.columns and s is cell)
            for s in stacked
        )
        if len(mine) < 2 or not inside:
            parted.append(cell)
            continue
        shares: list[list[Line]] = [[] for _ in mine]
        for line in cell.lines:
            nearest = min(range(len(mine)), key=lambda i: abs(mine[i][2] - line.middle))
            shares[nearest].append(line)
        if _beside_keys(shares, [middle for _, _, middle in mine]):
            parted.extend(
                replace(cell, top=mine[i][0], bottom=mine[i][1], lines=tuple(share))
                for i, share in enumerate(shares)
            )
        elif len(cell.lines) == 1 or _in_the_middle(cell):
            parted.append(cell)
        else:
            raise LayoutChanged(
                "cannot tell which of several stacked rows a cell belongs to",
                page=cell.page,
                text=cell.printed,
                todo="Look at the page: fewer lines than JUPAS codes stand beside one another",
            )
    return parted


def _beside_keys(shares: Sequence[Sequence[Line]], middles: Sequence[float]) -> bool:
    """Whether the lines shared out to each key have their middle where the key has its own."""
    pitch = min(b - a for a, b in pairwise(middles))
    return all(
        share and abs(sum(line.middle for line in share) / len(share) - middle) < ALIGNED * pitch
        for share, middle in zip(shares, middles, strict=True)
    )


def _in_the_middle(cell: Cell) -> bool:
    """Whether the text stands in the vertical middle of its cell, as one merged value does."""
    middle = (min(line.top for line in cell.lines) + max(line.bottom for line in cell.lines)) / 2
    return abs(middle - (cell.top + cell.bottom) / 2) < 4


def _sections(
    key: str, cells: Sequence[Cell], anchors: Sequence[tuple[float, float, float]]
) -> list[Cell]:
    """Bands between rows that hold nothing but one text in the key column: 'School of Science'."""
    sections = []
    for cell in cells:
        if key not in cell.columns or any(cell.top <= m < cell.bottom for _, _, m in anchors):
            continue
        middle = (cell.top + cell.bottom) / 2
        alone = all(other is cell or not other.top <= middle < other.bottom for other in cells)
        if alone:
            sections.append(cell)
    return sections
