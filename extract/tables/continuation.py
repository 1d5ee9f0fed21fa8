"""Tables that go on overleaf without their header.

Input: the rows that stand in no table of a page, the tables of the page before.
Output: the table they make under the header overleaf, or None. The lowest that fits goes on.
Grain: one table. Raises what reading a table raises.

Rows belong to a table of the page before when its columns are as wide here as there: the keys
stand in its key column, as far in as there, and the drawing, where there is one, ends where the
table's did; and no table right of it reaches as far down. The last section of a table goes on with
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.cells import Cell, Line, Table
from extract.headers.bands import HeaderBand
from extract.headers.phrase_search import Match
from extract.page.lines import lines_of
from extract.page.sheets import Sheet
from extract.tables.table import SAME, FramedTable, TableFrame, frame_of, table_of

NEAR_FOOT = 0.1  # of a page's height: tables that end within it end at one height
ABOVE_EM = 8.0  # times the size: how far above its key a row, or a band over it, may start


def continued_table(
    sheet: Sheet,
    strays: Sequence[Line],
    bands: Sequence[HeaderBand],
    before: Sequence[FramedTable],
) -> FramedTable | None:
    """The strays of a page as the continuation of the last fitting table of the page before."""
    for last in sorted(before, key=lambda last: -last.table.bottom):
        frame, table = last
        across = sheet.x0 - frame.sheet.x0
        home = frame.body.home
        if home is None or frame.band.kind.key_pattern is None:
            continue
        if any(_after(other, table, frame.sheet) for _, other in before):
            continue
        key = home.moved(across)
        mine = [line for line in strays if key.x0 - 1 <= line.x0 < key.x1]
        starts = [word.x0 + across for word in frame.body.keys]
        if starts and not all(any(abs(line.x0 - x) < SAME for x in starts) for line in mine):
            continue
        if len(mine) < len(strays) or abs(_width(sheet) - _width(frame.sheet)) > SAME:
            continue
        band = band_over(last, mine, sheet)
        further = frame_overleaf(last, band, bands, sheet)
        if further is None:
            continue
        goes_on = replace(table_of(further), headers=table.headers)
        return FramedTable(further, _under_section(goes_on, table, frame.body.key))
    return None


def frame_overleaf(
    last: FramedTable, band: HeaderBand, bands: Sequence[HeaderBand], sheet: Sheet
) -> TableFrame | None:
    """The frame under `band` of a table that goes on with its columns; None where it is narrower
    or wider here. `bands`: the others of this sheet."""
    across = sheet.x0 - last.frame.sheet.x0
    spans = [span.moved(across) for span in last.frame.body.spans]
    further = frame_of(band, sheet, [*bands, band], spans=spans)
    as_wide = max(abs(further.left - spans[0].x0), abs(further.right - spans[-1].x1)) <= SAME
    return further if as_wide else None


def _after(other: Table, table: Table, sheet: Sheet) -> bool:
    """Whether another table stands right of one and as far down: what goes on overleaf is then
    that one's, or cannot be told."""
    reach = NEAR_FOOT * (sheet.bottom - sheet.top)
    return other.x0 > table.x1 - SAME and other.bottom > table.bottom - reach


def sections_carried(
    found: Sequence[FramedTable], before: Sequence[FramedTable]
) -> list[FramedTable]:
    """The tables of a page; the first one, where it goes on under the header of the last one of
    the page before, repeated, with that one's last section over its first rows.

    It goes on when nothing but running heads and page numbers stands between the two.
    """
    if not found or not before:
        return list(found)
    old_frame, old = max(before, key=lambda f: (f.table.x0, f.table.bottom))
    frame, table = min(found, key=lambda f: (f.table.x0, f.table.top))
    if (
        table.kind != old.kind
        or [(h.column, h.text) for h in table.headers] != [(h.column, h.text) for h in old.headers]
        or any(t.top < table.top - SAME for _, t in found)
        or any(t.bottom > old.bottom + SAME for _, t in before)
    ):
        return list(found)
    repeated = running_heads(old_frame.sheet, frame.sheet)
    between = [word for word in old_frame.sheet.words if word.ymid > old.bottom]
    used = {i for match in frame.band.matches for i in match.indices}
    above = [w for i, w in enumerate(frame.sheet.words) if w.ymid < table.top and i not in used]
    if any(
        letters_of(line) not in repeated for part in (between, above) for line in lines_of(part)
    ):
        return list(found)
    return [
        FramedTable(f, _under_section(t, old, frame.body.key) if t is table else t)
        for f, t in found
    ]


def running_heads(before: Sheet, sheet: Sheet) -> set[str]:
    """Running heads: what both pages print, and page numbers, which have no letters."""
    there = {letters_of(line) for line in before.lines}
    return {"", *(there & {letters_of(line) for line in sheet.lines})}


def letters_of(line: Line) -> str:
    """What a running head has in common from page to page: its letters."""
    return "".join(char for char in line.text if char.isalpha())


def _under_section(table: Table, before: Table, key: str) -> Table:
    """The table, its rows above its own first section under the last section of the one before."""
    last = _trailing_band(before, key)
    if last is None and before.rows:
        last = before.rows[-1].section
    if last is None:
        return table
    rows = (row if row.section else replace(row, section=last) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _trailing_band(table: Table, key: str) -> Cell | None:
    """The band under the last row of a table, where that is all that stands in no row of it."""
    if len(table.loose) != 1:
        return None
    (band,) = table.loose
    cells = (cell for row in table.rows for held in row.cells.values() for cell in held)
    below = band.top > max((cell.top for cell in cells), default=0.0)
    return band if below and len(band.lines) == 1 and key in band.columns else None


def without_band(table: Table, further: Sequence[Table]) -> Table:
    """The table without its trailing band, where that heads rows of a table overleaf."""
    heads = {id(row.section) for other in further for row in other.rows}
    return replace(table, loose=tuple(cell for cell in table.loose if id(cell) not in heads))


def _bands_above(last: FramedTable, first: float, reach: float, sheet: Sheet) -> list[Line]:
    """Lines above the first row overleaf that look like the section bands of the table."""
    across = sheet.x0 - last.frame.sheet.x0
    sections = (row.section for row in last.table.rows)
    bands = [section.lines[0] for section in sections if section and section.lines]
    above = [word for word in sheet.words if first - reach < word.top and word.bottom < first + 1]
    return [
        line
        for line in lines_of(above)
        if any(abs(line.x0 - band.x0 - across) < SAME and set_alike(line, band) for band in bands)
    ]


def set_alike(line: Line, other: Line) -> bool:
    """Whether two lines are of one size and weight."""
    alike = abs(line.size - other.size) < 0.05 * other.size
    return alike and line.runs[0].bold == other.runs[0].bold


def _width(sheet: Sheet) -> float:
    return sheet.x1 - sheet.x0


def band_over(last: FramedTable, strays: Sequence[Line], sheet: Sheet) -> HeaderBand:
    """The header of a table of the page before as a line right above the first row here."""
    band, across = last.frame.band, sheet.x0 - last.frame.sheet.x0
    first = min(line.top for line in strays)
    x0, x1 = band.x0 + across, band.x1 + across
    drawn = [r.y for r in sheet.drawing.hrules if r.x0 < x1 and r.x1 > x0]
    drawn += [a.top for a in sheet.drawing.areas if a.x0 < x1 and a.x1 > x0]
    reach = ABOVE_EM * max(line.size for line in strays)
    start = min((y for y in drawn if first - reach < y <= first), default=first - 1)
    start = min([start, *(b.top - 1 for b in _bands_above(last, first, reach, sheet))])

    def moved(match: Match) -> Match:
        return replace(
            match,
            indices=(),
            x0=match.x0 + across,
            x1=match.x1 + across,
            top=start - 1,
            bottom=start,
        )

    return HeaderBand(band.kind, [*map(moved, band.columns)], [*map(moved, band.groups)])
