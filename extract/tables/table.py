"""Read one table: its extent, its columns, its rows.

Input: a header band and the sheet it stands on. Output: a `TableFrame`; a `Table`.
Grain: one row a key (a JUPAS code, or a cell of the key column).
Raises: `LayoutChanged` for unknown words in the header, and where rows cannot be told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from extract.cells import Header, Table
from extract.headers.band import HeaderBand
from extract.headers.bands import unexplained
from extract.headers.phrase_search import Match
from extract.page.heights import Heights, at_height
from extract.page.marks import Box
from extract.page.sheets import Sheet
from extract.page.words import Word, is_raised_mark, stands_raised
from extract.tables.blank_cells import with_blanks
from extract.tables.body import Body, Span
from extract.tables.columns import column_spans
from extract.tables.completeness import unknown_words
from extract.tables.extent import Room, drawn_extent, room_of
from extract.tables.foot import end_of_rows, row_levels
from extract.tables.grid import TEXT_EM, cells_of
from extract.tables.row_bands import bands_between
from extract.tables.row_labels import row_labels
from extract.tables.rows import rows_of

PITCH_EM = 7.5  # times the size: from a row's key to the next one below it
SAME = 3.0  # points by which the same edge may differ from page to page
FAR = 1.6  # of the usual distance of two keys, where rows are tall
BRACKETED = re.compile(r"\(\w+\)$")  # a key behind the name of its row
HEADER_HEIGHT = 150.0  # points: fills taller than this are no header's ground


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Where a table stands: its header, its sheet, its left and right edge, its body."""

    band: HeaderBand
    sheet: Sheet
    left: float
    right: float
    body: Body


class FramedTable(NamedTuple):
    """A table as it was read, with the frame that it takes to go on with it overleaf."""

    frame: TableFrame
    table: Table


def frame_of(
    band: HeaderBand, sheet: Sheet, bands: Sequence[HeaderBand],
    spans: Sequence[Span] | None = None, titles: Sequence[Match] = (),
) -> TableFrame:  # fmt: skip
    """The frame of the table under a header band; `bands` are all bands of the sheet.

    `spans`: the columns, where they are known from the page before. `titles`: of tables that
    stand overleaf, which end the tables above them.
    """
    room = room_of(band, bands, sheet)
    ends = [t.top for t in titles if t.top > band.bottom and room.left < t.xmid < room.right]
    room = room._replace(floor=min([room.floor, *ends]))
    labels = row_labels(band, sheet.words, room.left, room.floor) if spans is None else []
    left, right = drawn_extent(band, sheet.drawing, room, labels)
    if spans is not None and (
        (left, right) == (room.left, room.right)
        or (left > spans[0].x0 - SAME and right < spans[-1].x1 + SAME)
    ):
        left, right = spans[0].x0, spans[-1].x1  # less may be drawn here than on the page before
    _refuse_unknown(band, sheet, bands, left, right)
    room = Room(left, right, room.floor)
    inside = [
        word
        for word in sheet.words
        if left - 1 <= word.xmid <= right + 1 and band.bottom - 1 < word.ymid < room.floor
    ]
    levels = row_levels(band, sheet.drawing, room)
    keys = _reached(_keys(band, inside), levels)
    bottom = end_of_rows(band, levels, inside, keys, room)
    words = [word for word in inside if word.ymid < bottom]
    keys = [word for word in keys if word.ymid < bottom]
    body = Body(spans or (), words, keys, sheet.drawing, band.bottom, bottom, band.kind.key)
    if spans is None:
        bands_of_rows = {id(w) for texts in bands_between(words, keys, left) for w in texts}
        texts = [word for word in words if id(word) not in bands_of_rows]
        spans = column_spans(band, replace(body, words=texts), left, right, labels)
        body = replace(body, spans=spans)
    return TableFrame(band, sheet, left, right, body)


def table_of(frame: TableFrame) -> Table:
    """The table in a frame."""
    kind, body, page = frame.band.kind, frame.body, frame.sheet.number
    cells = cells_of(body, page)
    rows, loose = rows_of(body, cells, keyed=kind.key_pattern is not None)
    rows = with_blanks(rows, body, kind.may_be_blank)
    headers = tuple(_header(match, frame.sheet) for match in frame.band.matches)
    return Table(
        kind.name, page, frame.left, frame.band.top, frame.right, body.bottom,
        headers, tuple(rows), tuple(loose),
    )  # fmt: skip


def _header(match: Match, sheet: Sheet) -> Header:
    own = [sheet.words[i] for i in match.indices]
    near = [w for w in sheet.words if match.top - w.size < w.top < match.bottom and w not in own]
    return Header(
        match.column.name, match.text, match.years, sheet.number,
        match.x0, match.top, match.x1, match.bottom,
        tuple(word.text for word in near if len(word.text) < 3 and stands_raised(word, own)),
    )  # fmt: skip


def _refuse_unknown(
    band: HeaderBand, sheet: Sheet, bands: Sequence[HeaderBand], left: float, right: float
) -> None:
    """Words anywhere in the header, over the table's whole width, that no entry explains."""
    grounds = [
        area.top
        for area in sheet.drawing.areas
        if area.x0 >= left - 3 and area.x1 <= right + 3 and area.bottom - area.top < HEADER_HEIGHT
        and any(area.covers(m.x0, m.top, m.x1, m.bottom) for m in band.columns)
    ]  # fmt: skip
    top = min([band.top, *grounds])
    known = [match for other in bands for match in other.matches]
    known += [other.title for other in bands if other.title]
    beside = unexplained(sheet.words, known, Box(left, top - 1, right, band.bottom + 1))
    unknown = [word.text for word in beside if not is_raised_mark(word, sheet.words)]
    if unknown:
        raise unknown_words(band, " ".join(unknown))


def _keys(band: HeaderBand, inside: Sequence[Word]) -> list[Word]:
    """Words that name rows: they match the key pattern, start a text, stand under one another."""
    pattern = band.kind.key_pattern
    if pattern is None:
        return []
    header = next((m for m in band.columns if m.column.name == band.kind.key), None)
    standing = at_height(inside, lambda word: word.bottom)
    found = [word for word in inside if pattern.match(word.text) and _starts(word, standing)]
    if not found:  # 'Science (Group A) (JS5102)'
        return [
            word for word in inside if BRACKETED.match(word.text) and pattern.match(word.text[1:])
        ]
    if header is None:
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


def _reached(keys: Sequence[Word], levels: Sequence[float]) -> list[Word]:
    """The keys down to the first one that stands far below the drawing and the keys above it."""
    ordered = sorted(keys, key=lambda word: word.ymid)
    pitches = sorted(b.ymid - a.ymid for a, b in pairwise(ordered))
    usual = pitches[(len(pitches) - 1) // 2] if len(pitches) > 1 else 0.0
    drawn = sorted(levels)
    for i, word in enumerate(ordered[1:], 1):
        at = bisect_right(drawn, word.ymid)
        above = max([ordered[i - 1].ymid, *drawn[at - 1 : at]])
        reach = max(PITCH_EM * word.size, FAR * usual)
        if word.ymid - above > reach and at == len(drawn):
            return ordered[:i]
    return ordered


def _starts(word: Word, standing: Heights[Word]) -> bool:
    """Whether no other word stands left of this one on its line, a blank away. `standing` has the
    words by the heights on which they stand."""
    slack = 0.2 * word.size
    return not any(
        abs(other.bottom - word.bottom) < slack
        and -slack < word.x0 - other.x1 < TEXT_EM * word.size
        for other in standing.between(word.bottom - slack, word.bottom + slack)
    )
