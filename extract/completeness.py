"""What must not be lost: refuse a page whose tables were found only in part.

Input: headers, tables and free words of a page. Output: nothing, or an error.
Grain: one page; one document for titles.
Raises: `LayoutChanged` for an incomplete header, a title without its table, a row outside all
tables, a table cut off by the edge of the page; `DocumentRefused` for unreadable characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from errors import DocumentRefused, LayoutChanged
from extract.cells import Line, Table
from extract.headers import HeaderBand
from extract.lines import lines_of
from extract.sheets import EDGE, Sheet
from extract.vocabulary import Vocabulary
from extract.words import UNREADABLE, Word

EXTEND = "Run `admissions detect` on it and add the wording to transform/vocabulary.toml"
FIGURE = re.compile(r"[\d.,%]+(?:\s*[-–—]\s*[\d.]+)?\W*")
ROW_REACH = 250.0  # points from a row's key to its next cell
STACK_REACH = 60.0  # points between the keys of two rows, one under the other


def refuse_incomplete(bands: Sequence[HeaderBand]) -> None:
    """Headers that lack a column, or hold words that no entry explains."""
    for band in bands:
        unknown = " ".join(band.unknown)
        if band.missing:
            raise LayoutChanged(
                f"the header of a {band.words.kind} table lacks {', '.join(band.missing)}"
                + (f"; unknown there: {unknown!r}" if unknown else ""),
                text=", ".join(match.column.name for match in band.columns),
                todo=EXTEND,
            )
        if unknown:
            raise LayoutChanged(
                f"unknown words in the header of a {band.words.kind} table",
                text=unknown,
                todo=EXTEND,
            )


def refuse_titles_without_table(titles: Mapping[str, tuple[int, str]], kinds: set[str]) -> None:
    """`titles`: page and text of a title by kind of table; `kinds` of the tables read."""
    for kind, (page, text) in titles.items():
        if kind not in kinds:
            raise LayoutChanged(
                f"a title of a {kind} table, but no table with headers that are known",
                page=page,
                text=text,
                todo=EXTEND,
            )


def stray_rows(free: Sequence[Word], vocabulary: Vocabulary) -> list[Line]:
    """Lines outside all tables that start with a row's key and are no running text.

    A row has figures beside its key, or stands under another one.
    """
    patterns = [t.key_pattern for t in vocabulary.tables if t.key_pattern is not None]
    if not any(pattern.match(word.text) for pattern in patterns for word in free):
        return []
    lines = lines_of(free)
    starts = [line for line in lines if any(p.match(line.text) for p in patterns)]
    return [
        line
        for line in starts
        if _figures_beside(line, lines) or any(_stacked(line, other) for other in starts)
    ]


def _figures_beside(line: Line, lines: Sequence[Line]) -> bool:
    beside = [
        other
        for other in lines
        if other is not line
        and 0 <= other.x0 - line.x1 < ROW_REACH
        and abs(other.middle - line.middle) < 0.5 * line.size
    ]
    return any(FIGURE.fullmatch(other.text) for other in beside)


def _stacked(line: Line, other: Line) -> bool:
    return (
        other is not line
        and abs(other.x0 - line.x0) < 1
        and abs(other.middle - line.middle) < STACK_REACH
        and line.text != other.text
    )


def refuse_stray_rows(strays: Sequence[Line]) -> None:
    if strays:
        raise LayoutChanged(
            f"{len(strays)} rows stand in no table with a header that is known",
            text=strays[0].printed,
            todo="Look at the page: a table goes on without its header, or its header is unknown. "
            + EXTEND,
        )


def refuse_cut_off(sheet: Sheet, table: Table, hidden: Sequence[Word]) -> None:
    """A table whose drawing is cut off at an edge of the page, with hidden words beyond it."""
    left = _within(table, sheet.cut_left) and table.x0 < sheet.x0 + EDGE
    right = _within(table, sheet.cut_right) and table.x1 > sheet.x1 - EDGE
    beyond = [
        word
        for word in hidden
        if table.top <= word.ymid <= table.bottom
        and ((left and word.xmid < sheet.x0) or (right and word.xmid > sheet.x1))
    ]
    if beyond:
        raise LayoutChanged(
            f"a {table.kind} table runs on over the edge of the page, where it is hidden",
            text=" ".join(word.text for word in beyond[:12]),
            todo="Get the document with both facing pages in it",
        )


def _within(table: Table, heights: Sequence[float]) -> bool:
    return any(table.top <= y <= table.bottom for y in heights)


def refuse_unreadable(sheet: Sheet, table: Table) -> None:
    for word in sheet.words:
        if (
            UNREADABLE in word.text
            and table.x0 <= word.xmid <= table.x1
            and table.top <= word.ymid <= table.bottom
        ):
            raise DocumentRefused(
                "a table holds characters whose meaning the file does not tell",
                text=word.text,
                todo="Get another copy of the document",
            )
