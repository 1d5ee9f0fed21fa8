"""Tables that go on overleaf without their header.

Input: the rows that stand in no table of a page, the tables of the page before.
Output: the table they make under the header overleaf, or None.
Grain: one table. Raises what reading a table raises.

Rows belong to a table of the page before when its columns are as wide here as there: the keys
stand in its key column and the drawing, where there is one, ends where the table's did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.cells import Line, Table
from extract.columns import Span
from extract.headers import HeaderBand
from extract.phrase_search import Match
from extract.sheets import Sheet
from extract.tables import TableFrame, frame_of, table_of

SAME = 3.0  # points by which the same edge may differ from page to page
ABOVE = 60.0  # points above the first key in which its row, or a band above it, may start


def continued_table(
    sheet: Sheet,
    strays: Sequence[Line],
    bands: Sequence[HeaderBand],
    before: Sequence[tuple[Sheet, TableFrame, Table]],
) -> tuple[TableFrame, Table] | None:
    """The strays of a page as the continuation of the last fitting table of the page before."""
    for last_sheet, frame, table in reversed(before):
        across = sheet.x0 - last_sheet.x0
        spans = [Span(s.name, s.x0 + across, s.x1 + across) for s in frame.spans]
        key = next((span for span in spans if span.name == frame.band.words.key), None)
        if key is None or frame.band.words.key_pattern is None:
            continue
        mine = [line for line in strays if key.x0 - 1 <= line.x0 < key.x1]
        if len(mine) < len(strays) or abs(_width(sheet) - _width(last_sheet)) > SAME:
            continue
        band = _band_over(frame.band, mine, sheet, across)
        further = frame_of(band, sheet, [*bands, band], spans=spans)
        if abs(further.left - spans[0].x0) > SAME or abs(further.right - spans[-1].x1) > SAME:
            continue
        return further, replace(table_of(further, sheet), headers=table.headers)
    return None


def _width(sheet: Sheet) -> float:
    return sheet.x1 - sheet.x0


def _band_over(band: HeaderBand, strays: Sequence[Line], sheet: Sheet, across: float) -> HeaderBand:
    """The header of the page before as a line right above the first row here."""
    first = min(line.top for line in strays)
    x0, x1 = band.x0 + across, band.x1 + across
    drawn = [r.y for r in sheet.drawing.hrules if r.x0 < x1 and r.x1 > x0]
    drawn += [a.top for a in sheet.drawing.areas if a.x0 < x1 and a.x1 > x0]
    start = min((y for y in drawn if first - ABOVE < y <= first), default=first - 1)

    def moved(match: Match) -> Match:
        return replace(
            match, words=(), x0=match.x0 + across, x1=match.x1 + across, top=start - 1, bottom=start
        )

    return HeaderBand(
        band.words,
        [moved(match) for match in band.columns],
        [moved(match) for match in band.groups],
    )
