"""Read one table: its extent, its columns, its rows.

Input: a header band and the page it stands on. Output: a `Table`.
Grain: one row a key (a JUPAS code, or a cell of the key column).
Raises: `LayoutChanged` where rows cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from errors import LayoutChanged
from extract.cells import Cell, Header, Line, Row, Table
from extract.columns import Drawing, Span, column_spans
from extract.grid import cells_of
from extract.headers import HeaderBand, Match
from extract.words import Word, lines_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, or two facing ones set side by side, as tables are read from it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    drawing: Drawing


def read_table(band: HeaderBand, sheet: Sheet, bands: Sequence[HeaderBand]) -> Table:
    """The table under a header band; `bands` are all bands of the sheet, which bound it."""
    left_limit, right_limit, floor = _limits(band, sheet, bands)
    left, right = _extent(band, sheet.drawing, left_limit, right_limit, floor)
    inside = [
        word
        for word in sheet.words
        if left - 1 <= word.xmid <= right + 1 and band.bottom - 1 < word.ymid < floor
    ]
    keys = _keys(band, inside)
    bottom = _bottom(band, sheet.drawing, inside, keys, left, right, floor)
    body = [word for word in inside if word.ymid < bottom]
    keys = [word for word in keys if word.ymid < bottom]
    spans = column_spans(band, sheet.drawing, body, keys, left, right, bottom)
    many = frozenset(column.name for column in band.words.columns if column.many)
    cells = cells_of(spans, sheet.drawing, body, sheet.number, band.bottom, bottom, many)
    rows, loose = _rows(band, spans, cells, keys)
    return Table(
        band.words.kind, sheet.number, left, band.top, right, bottom,
        tuple(_header(match, sheet) for match in band.matches), tuple(rows), tuple(loose),
    )  # fmt: skip


def _header(match: Match, sheet: Sheet) -> Header:
    text = " ".join(sheet.words[i].text for i in match.words)
    return Header(
        match.column.name, text, match.years, sheet.number,
        match.x0, match.top, match.x1, match.bottom,
    )  # fmt: skip


def _limits(
    band: HeaderBand, sheet: Sheet, bands: Sequence[HeaderBand]
) -> tuple[float, float, float]:
    """Where neighbouring tables end the room of this one: left, right, floor."""
    left, right, floor = 0.0, sheet.width, sheet.height
    for other in bands:
        if other is band:
            continue
        if other.x0 > band.x1 and other.bottom > band.top - 60:
            right = min(right, other.x0)
        elif other.x1 < band.x0 and other.bottom > band.top - 60:
            left = max(left, other.x1)
        if other.top > band.bottom and other.x0 < band.x1 and other.x1 > band.x0:
            floor = min(floor, other.top)
    return left, right, floor


def _extent(
    band: HeaderBand, drawing: Drawing, left: float, right: float, floor: float
) -> tuple[float, float]:
    """How far rules and fills that touch the table run: its left and right edge."""
    pieces = [
        (rule.x0, rule.x1)
        for rule in drawing.hrules
        if band.top - 12 <= rule.y <= floor and rule.x0 >= left - 60 and rule.x1 <= right + 60
    ] + [
        (area.x0, area.x1)
        for area in drawing.areas
        if area.bottom > band.top and area.top < floor and area.top < band.bottom + 200
    ]
    x0, x1 = band.x0, band.x1
    grown = True
    while grown:
        grown = False
        for a, b in pieces:
            if a > x1 + 14 or b < x0 - 14 or a < left - 1 or b > right + 1:
                continue
            if a < x0 - 0.01 or b > x1 + 0.01:
                x0, x1, grown = min(x0, a), max(x1, b), True
    if not pieces:
        return left, right
    return x0, x1


def _keys(band: HeaderBand, inside: Sequence[Word]) -> list[Word]:
    """Words that name rows: they match the key pattern and stand under one another."""
    pattern = band.words.key_pattern
    if pattern is None:
        return []
    header = next((m for m in band.columns if m.column.name == band.words.key), None)
    found = [word for word in inside if pattern.match(word.text)]
    if header is None or not found:
        return []
    largest = max(word.size for word in found)
    found = [word for word in found if word.size > 0.85 * largest]
    starts: dict[float, int] = {}
    for word in found:
        starts[round(word.x0)] = starts.get(round(word.x0), 0) + 1
    usual = max(starts, key=lambda x: (starts[x], -abs(x - header.x0)))
    return [
        word
        for word in found
        if abs(word.x0 - usual) < 6 or (word.x0 < header.x1 and word.x1 > header.x0)
    ]


def _bottom(
    band: HeaderBand,
    drawing: Drawing,
    inside: Sequence[Word],
    keys: Sequence[Word],
    left: float,
    right: float,
    floor: float,
) -> float:
    """The last rule (or fill edge) of the table; below the last text where nothing is drawn."""
    levels = sorted(
        {
            round(rule.y, 1)
            for rule in drawing.hrules
            if band.bottom < rule.y <= floor
            and rule.x0 >= left - 3
            and rule.x1 <= right + 3
            and rule.x1 - rule.x0 > 8
        }
        # Fills end a table only where no rules do: boxes below a ruled table are not its own.
        or {
            round(area.bottom, 1)
            for area in drawing.areas
            if band.bottom + 2 < area.bottom <= floor
            and area.x0 >= left - 3
            and area.x1 <= right + 3
            and area.top >= band.top - 3
        }
    )
    if keys:
        last = max(word.ymid for word in keys)
        below = [y for y in levels if y > last]
        if not below:
            return min(floor, _text_bottom(inside, last))
        bottom = below[0]
        size = max(word.size for word in keys)
    else:
        if not levels:
            return min(floor, _text_bottom(inside, band.bottom))
        bottom, size = levels[0], 0.0
        below = levels
    for level in below:
        strip = [word for word in inside if bottom < word.ymid < level]
        if level - bottom > 60 and keys:
            break
        if strip and keys and max(word.size for word in strip) < 0.8 * size:
            break
        if _is_prose(strip, right - left):
            break
        bottom = level
    return bottom


def _is_prose(strip: Sequence[Word], width: float) -> bool:
    """Whether a line of the strip runs on without a gap over most of the table's width."""
    return any(line.x1 - line.x0 > 0.7 * width for line in lines_of(list(strip)))


def _text_bottom(inside: Sequence[Word], start: float) -> float:
    """The end of the text that goes on below `start` without a gap of two lines."""
    bottom = start
    for word in sorted(inside, key=lambda w: w.top):
        if word.top > bottom + 2.2 * word.size:
            break
        bottom = max(bottom, word.bottom)
    return bottom + 1


def _rows(
    band: HeaderBand, spans: Sequence[Span], cells: Sequence[Cell], keys: Sequence[Word]
) -> tuple[list[Row], list[Cell]]:
    """Rows by key, and the cells that stand in none (section bands are in their rows)."""
    key = band.words.key
    names = [span.name for span in spans]
    if keys:
        anchors = _anchors_of_words(key, cells, keys)
    else:
        anchors = [(c.top, c.bottom, (c.top + c.bottom) / 2) for c in cells if key in c.columns]
    cells = _split(band, list(cells), anchors, key)
    sections = _sections(key, cells, anchors) if keys else []
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
    band: HeaderBand, cells: list[Cell], anchors: Sequence[tuple[float, float, float]], key: str
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
            s.top <= cell.top + 1
            and s.bottom >= cell.bottom - 1
            or key in cell.columns
            and s is cell
            for s in stacked
        )
        if len(mine) < 2 or not inside:
            parted.append(cell)
            continue
        shares: list[list[Line]] = [[] for _ in mine]
        for line in cell.lines:
            nearest = min(range(len(mine)), key=lambda i: abs(mine[i][2] - line.middle))
            shares[nearest].append(line)
        if all(shares):
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
