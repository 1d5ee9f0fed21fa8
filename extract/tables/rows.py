"""The rows of one table: which cells stand beside which key.

Input: column spans, cells, the words that name rows. Output: `Row`s, and cells that stand in none.
Grain: one row a key.
Raises: `LayoutChanged` where keys share a cell and the cells beside it cannot be shared out, and
for labels of rows that have no header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from errors import LayoutChanged
from extract.cells import Cell, Line, Row
from extract.page.heights import at_height, by_height
from extract.page.lines import levels_of
from extract.page.words import Word
from extract.tables.body import Body

BESIDE = 0.2  # of the distance of two keys: lines this close to a key stand beside it
OFF_MIDDLE = 4.0  # points: how far off the middle of its rows a merged value may stand


class Anchor(NamedTuple):
    """What makes a row: the heights it takes up, and the middle of its key."""

    top: float
    bottom: float
    middle: float


def rows_of(
    body: Body, cells: Sequence[Cell], *, keyed: bool = True
) -> tuple[list[Row], list[Cell]]:
    """Rows by key, and the cells that stand in none (section bands are in their rows).

    `keyed`: whether words of the key column make the rows, or its cells.
    """
    key, keys = body.key, body.keys
    names = [span.name for span in body.spans]
    if keyed:
        anchors = _anchors_of_words(key, cells, keys)
    else:
        anchors = [
            Anchor(c.top, c.bottom, (c.top + c.bottom) / 2) for c in cells if key in c.columns
        ]
    cells = _split(list(cells), anchors, key)
    _refuse_labels(key, cells, keys)
    sections = _sections({key, names[0]}, cells, anchors) if keys else []
    lowest = max((anchor.middle for anchor in anchors), default=0.0)
    sections = [section for section in sections if section.bottom <= lowest]
    rows: list[Row] = []
    used: set[int] = {id(section) for section in sections}
    column = {name: by_height(cell for cell in cells if name in cell.columns) for name in names}
    for top, bottom, middle in anchors:
        row: dict[str, tuple[Cell, ...]] = {}
        for name in names:
            here = tuple(
                cell
                for cell in column[name].between(min(top, middle), max(bottom, middle))
                if cell.top <= middle < cell.bottom or top <= (cell.top + cell.bottom) / 2 < bottom
            )
            row[name] = tuple(sorted(here, key=lambda cell: cell.top))
            used |= {id(cell) for cell in here}
        above = [section for section in sections if section.bottom <= middle]
        rows.append(Row(row, max(above, key=lambda s: s.top) if above else None))
    return rows, [cell for cell in cells if id(cell) not in used]


def _anchors_of_words(key: str, cells: Sequence[Cell], keys: Sequence[Word]) -> list[Anchor]:
    """The anchor of each key word; stacked keys share out their cell."""
    anchors = []
    level = at_height(keys, lambda word: word.ymid)
    for cell in cells:
        if key not in cell.columns:
            continue
        mine = [word for word in level.between(cell.top, cell.bottom) if word.ymid < cell.bottom]
        mine = [word for word in mine if cell.x0 <= word.xmid < cell.x1]
        mine.sort(key=lambda word: word.ymid)
        for i, word in enumerate(mine):
            top = cell.top if i == 0 else (mine[i - 1].ymid + word.ymid) / 2
            bottom = cell.bottom if i == len(mine) - 1 else (word.ymid + mine[i + 1].ymid) / 2
            anchors.append(Anchor(top, bottom, word.ymid))
    return sorted(anchors)


def _split(cells: list[Cell], anchors: Sequence[Anchor], key: str) -> list[Cell]:
    """Cells that hold several keys, one a line, and the cells beside them, parted by line."""
    level = at_height(anchors, lambda anchor: anchor.middle)

    def inside_of(cell: Cell) -> list[Anchor]:
        return [a for a in level.between(cell.top, cell.bottom) if a.middle < cell.bottom]

    stacked = [cell for cell in cells if key in cell.columns and len(inside_of(cell)) > 1]
    if not stacked:
        return cells
    parted: list[Cell] = []
    for cell in cells:
        mine = inside_of(cell)
        inside = any(
            (s.top <= cell.top + 1 and s.bottom >= cell.bottom - 1)
            or (key in cell.columns and s is cell)
            for s in stacked
        )
        if len(mine) < 2 or not inside:
            parted.append(cell)
            continue
        middles = [anchor.middle for anchor in mine]
        shares = _shares(cell.lines, middles)
        if shares is not None:
            parted.extend(
                replace(cell, top=anchor.top, bottom=anchor.bottom, lines=tuple(share))
                for anchor, share in zip(mine, shares, strict=True)
            )
        elif _is_merged(cell, middles):
            parted.append(cell)
        else:
            raise LayoutChanged(
                "cannot tell which of several stacked rows a cell belongs to",
                page=cell.page,
                text=cell.printed,
                todo="Look at the page: its lines do not stand beside the JUPAS codes one by one",
            )
    return parted


def _shares(lines: Sequence[Line], middles: Sequence[float]) -> list[list[Line]] | None:
    """The lines shared out to keys at these heights; None where that can be done in no one way.

    The middle of each share, or the first line of each, or the last, stands beside its key.
    """
    levels = levels_of(lines)
    heights = [sum(line.middle for line in level) / len(level) for level in levels]
    slack = BESIDE * min(b - a for a, b in pairwise(middles))
    ways = [_nearest(heights, middles, slack), *_led(heights, middles, slack)]
    found = sorted({tuple(starts) for starts in ways if starts})
    if len(found) > 1:
        found = [starts for starts in found if _set_apart(heights, starts, 1.1)]
    found = [starts for starts in found if _set_apart(heights, starts, 0.95)]
    if len(found) != 1:
        return None
    return [
        [line for level in levels[start:end] for line in level]
        for start, end in pairwise([*found[0], len(levels)])
    ]


def _nearest(heights: Sequence[float], middles: Sequence[float], slack: float) -> list[int]:
    """Where each key's share starts when its middle stands beside the key; [] where none can."""
    starts: list[int] = []
    at = 0
    for middle in middles:
        apart = {
            end: abs((heights[at] + heights[end - 1]) / 2 - middle)
            for end in range(at + 1, len(heights) + 1)
        }
        end = min(apart, key=lambda end: apart[end], default=None)
        if end is None or apart[end] >= slack:
            return []
        starts.append(at)
        at = end
    return starts if at == len(heights) else []


def _led(heights: Sequence[float], middles: Sequence[float], slack: float) -> list[list[int]]:
    """The same when the first line of each share stands beside its key, and when the last does."""
    beside = [
        next((i for i, height in enumerate(heights) if abs(height - middle) < slack), None)
        for middle in middles
    ]
    places = [i for i in beside if i is not None]
    if len(set(places)) < len(middles):
        return []
    first = places if places[0] == 0 else []
    last = [0, *(i + 1 for i in places[:-1])] if places[-1] == len(heights) - 1 else []
    return [first, last]


def _set_apart(heights: Sequence[float], starts: Sequence[int], times: float) -> bool:
    """Whether shares stand farther apart than the lines of a share do, so many `times`."""
    steps = [b - a for a, b in pairwise(heights)]
    between = [steps[i - 1] for i in starts[1:]]
    within = [step for i, step in enumerate(steps, 1) if i not in starts]
    return not within or times * max(within) < min(between)


def _is_merged(cell: Cell, middles: Sequence[float]) -> bool:
    """Whether the text is one value for all keys: it stands in the middle of them or of its cell,
    has fewer lines than there are keys, and is lower than the distance of two."""
    top, bottom = min(line.top for line in cell.lines), max(line.bottom for line in cell.lines)
    pitch = min(b - a for a, b in pairwise(middles))
    levels = len(levels_of(cell.lines))
    if levels > 1 and (levels >= len(middles) or bottom - top > pitch):
        return False
    around = ((cell.top + cell.bottom) / 2, (middles[0] + middles[-1]) / 2)
    return any(abs((top + bottom) / 2 - middle) < OFF_MIDDLE for middle in around)


def _refuse_labels(key: str, cells: Sequence[Cell], keys: Sequence[Word]) -> None:
    """Texts wholly left of the words that name rows: labels of rows, not bands between them."""
    if not all(word.text[:1].isalnum() for word in keys):
        return  # '(JS5102)' stands behind the name of its row
    left = min((word.x0 for word in keys), default=0.0)
    labels = [
        (cell.page, line.printed)
        for cell in cells
        if key in cell.columns
        for line in cell.lines
        if line.x1 <= left
    ]
    if labels:
        raise LayoutChanged(
            "texts stand left of the codes that make the rows, in a column without a header",
            page=labels[0][0],
            text=", ".join(text for _, text in labels[:3]),
            todo="Look at the page. If they are a column of the table, give it a header in "
            "transform/vocabulary.toml, or declare it as `unheaded`",
        )


def _sections(starts: set[str], cells: Sequence[Cell], anchors: Sequence[Anchor]) -> list[Cell]:
    """Bands between rows that hold nothing but one text: 'School of Science'. `starts`: the columns
    that one may start in, that of the keys and the leftmost."""
    sections = []
    level = at_height(anchors, lambda anchor: anchor.middle)
    heights = by_height(cells)
    for cell in cells:
        if not starts & set(cell.columns) or any(
            anchor.middle < cell.bottom for anchor in level.between(cell.top, cell.bottom)
        ):
            continue
        middle = (cell.top + cell.bottom) / 2
        beside = heights.between(middle, middle)
        if all(other is cell or other.bottom == middle for other in beside):
            sections.append(cell)
    return sections
