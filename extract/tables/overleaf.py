"""Tables without keys that go on overleaf, their header repeated or not.

Input: a page and its headers, the tables of the page before. Output: the further rows, as a table
with the headers of the first part. Grain: one table. Raises what reading a table raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.cells import Line, PageCells, Table
from extract.headers.bands import HeaderBand
from extract.page.lines import askew, lines_of
from extract.page.sheets import Sheet
from extract.tables.body import Span
from extract.tables.continuation import (
    ABOVE_EM,
    band_over,
    frame_overleaf,
    letters_of,
    running_heads,
    set_alike,
)
from extract.tables.extent import Room
from extract.tables.foot import ALIGNED, row_levels
from extract.tables.table import FramedTable, TableFrame, table_of

HEAD = 0.2  # of a page's height: rows that go on stand at most so far below its top


def rows_overleaf(
    sheet: Sheet, bands: Sequence[HeaderBand], before: Sequence[FramedTable]
) -> tuple[FramedTable, HeaderBand | None] | None:
    """The last table of the page before, where it has no keys, as it goes on at the head of this;
    and its header, where that is repeated here.

    Nothing but running heads and page numbers stands between the two, and the texts of the first
    line here stand right under those of a row there.
    """
    last = max(before, key=lambda last: last.table.bottom, default=None)
    if last is None or last.frame.band.kind.key_pattern is not None or not last.table.rows:
        return None
    frame, table = last
    old_sheet = frame.sheet
    repeated = running_heads(old_sheet, sheet)
    below = lines_of([word for word in old_sheet.words if word.ymid > table.bottom])
    across = sheet.x0 - old_sheet.x0
    spans = [span.moved(across) for span in frame.body.spans]
    same = [band for band in bands if _words(band) == _words(frame.band)][:1]
    header = {i for band in same for match in band.matches for i in match.indices}
    words = [word for i, word in enumerate(sheet.words) if i not in header]
    lines = sorted(lines_of(words), key=lambda line: line.top)
    heads = {(letters_of(line), round(line.top)) for line in old_sheet.lines}
    while lines and (
        (letters_of(lines[0]) and (letters_of(lines[0]), round(lines[0].top)) in heads)
        or (letters_of(lines[0]) in repeated and not _under(lines[:1], frame, across))
    ):
        lines.pop(0)  # running heads and page numbers
    first = _first_row(lines, sheet, spans)
    if (
        any(letters_of(line) not in repeated for line in below)
        or len(first) < 2
        or first[0].top - sheet.top > HEAD * (sheet.bottom - sheet.top)
        or not _under(first, frame, across)
    ):
        return None
    above = [band for band in bands if band.top < first[0].top]
    if above not in ([], same) or not (above or frame.band.kind.goes_on):
        return None
    bands = [band for band in bands if band not in above]
    band = above[0] if above else band_over(last, first, sheet)
    below_first = first[0].bottom + ABOVE_EM * first[0].size
    drawn = row_levels(band, sheet.drawing, Room(spans[0].x0, spans[-1].x1, below_first))
    room = Room(frame.left, frame.right, table.bottom + 1)
    drawn_before = row_levels(frame.band, old_sheet.drawing, room)
    further = frame_overleaf(last, band, bands, sheet)
    if further is None or bool(drawn) != bool(drawn_before):
        return None
    goes_on = table_of(further)
    if not goes_on.rows:
        return None
    goes_on = replace(goes_on, headers=table.headers)
    return FramedTable(further, goes_on), above[0] if above else None


def rows_added(pages: Sequence[PageCells], further: Table) -> list[PageCells]:
    """The pages, with rows overleaf in the table that has their headers: nobody else has these."""

    def whole(table: Table) -> Table:
        mine = table.headers == further.headers
        return replace(table, rows=(*table.rows, *further.rows)) if mine else table

    return [replace(page, tables=tuple(map(whole, page.tables))) for page in pages]


def _words(band: HeaderBand) -> list[tuple[str, str]]:
    return [(match.column.name, match.text) for match in band.matches]


def _first_row(lines: Sequence[Line], sheet: Sheet, spans: Sequence[Span]) -> list[Line]:
    """The lines down to the first rule below the first of them, or level with it."""
    if not lines:
        return []
    bottom = lines[0].bottom
    reach = bottom + ABOVE_EM * lines[0].size
    rules = [r.y for r in sheet.drawing.hrules if r.x0 < spans[-1].x1 and r.x1 > spans[0].x0]
    bottom = min((y for y in rules if bottom - 1 < y < reach), default=bottom)
    return [line for line in lines if line.top < bottom]


def _under(lines: Sequence[Line], frame: TableFrame, across: float) -> bool:
    """Whether each line is set as one of the body of a table, and flush or centred with it."""
    rows = lines_of(frame.body.words)
    return all(
        any(
            set_alike(line, row)
            and askew((line.x0, line.x1), (row.x0 + across, row.x1 + across)) < ALIGNED
            for row in rows
        )
        for line in lines
    )
