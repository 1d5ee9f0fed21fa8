"""What must not be lost: refuse a page whose tables were found only in part.

Input: headers, tables and free words of a page. Output: nothing, or an error.
Grain: one page; one document for titles.
Raises: `LayoutChanged` for an incomplete header, a header without rows, a title without its table,
a row outside all tables, a table cut off by the edge of the page; `DocumentRefused` for unreadable
characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from errors import DocumentRefused, LayoutChanged
from extract.cells import Line, PageCells, Table
from extract.headers.bands import HeaderBand
from extract.headers.vocabulary import Vocabulary
from extract.page.lines import lines_of
from extract.page.sheets import EDGE, Sheet
from extract.page.words import UNREADABLE, Word
from extract.tables.body import Span

EXTEND = "Run `admissions detect` on it and add the wording to transform/vocabulary.toml"
FIGURE = re.compile(r"[\d.,%]+(?:\s*[-–—]\s*[\d.]+)?\W*")
SENTENCE = re.compile(r"\s*(?:[,;]|[a-z])|.*[a-z)\d]\.$")  # what follows a key in running text
CUT_EM = 3.0  # times the size: a text cut at an edge of the page this close to a table is its
STACK_EM = 8.0  # times the size: between the keys of two rows, one under the other


def refuse_incomplete(bands: Sequence[HeaderBand]) -> None:
    """Headers that lack a column, or hold words that no entry explains."""
    for band in bands:
        unknown = " ".join(band.unknown)
        if band.missing:
            raise LayoutChanged(
                f"the header of a {band.kind.name} table lacks {', '.join(band.missing)}"
                + (f"; unknown there: {unknown!r}" if unknown else ""),
                text=", ".join(match.column.name for match in band.columns),
                todo=EXTEND,
            )
        if unknown:
            raise unknown_words(band, unknown)


def unknown_words(band: HeaderBand, words: str) -> LayoutChanged:
    """What is said of words in a header that no entry explains."""
    what = f"unknown words in the header of a {band.kind.name} table"
    pairs = "a column with two figures in a cell ('Median / Lower Quartile') is not read at all"
    return LayoutChanged(what, text=words, todo=f"{EXTEND}; {pairs}")


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


def refuse_empty(pages: Sequence[PageCells]) -> None:
    """A header at the foot of a page, without rows there and under none like it overleaf."""
    tables = [table for page in pages for table in page.tables]
    filled = {_heads(table) for table in tables if table.rows}
    for table in tables:
        if not table.rows and _heads(table) not in filled:
            raise LayoutChanged(
                f"the header of a {table.kind} table, but no row under it",
                page=table.page,
                text=" | ".join(header.text for header in table.headers),
                todo="Look at the page: do its rows stand overleaf, under no known header? Rows of "
                "programmes are found by their codes: 'JS' and four digits",
            )


def _heads(table: Table) -> tuple[str, ...]:
    return (table.kind, *(header.column for header in table.headers))


def stray_rows(
    free: Sequence[Word], vocabulary: Vocabulary, key_columns: Sequence[Span] = ()
) -> list[Line]:
    """Lines outside all tables that start with a row's key and are no running text.

    A row has other texts on its baseline, however far away, or stands under another one or in a
    key column: `key_columns` are those of the tables of this page and of the one before.
    """
    patterns = vocabulary.key_patterns
    if not any(p.match(word.text.lstrip("(")) for p in patterns for word in free):
        return []
    lines = lines_of(free)
    starts = [line for line in lines if any(p.match(line.text) for p in patterns)]
    behind = [line for line in lines if any(_ends_with(line, p) for p in patterns)]
    return [line for line in behind if line not in starts and _figures_beside(line, lines)] + [
        line
        for line in starts
        if _figures_beside(line, lines)
        or any(_stacked(line, other) for other in starts)
        or (
            not _running(line, patterns)
            and (_beside(line, lines) or any(c.x0 - 1 <= line.x0 < c.x1 for c in key_columns))
        )
    ]


def _ends_with(line: Line, pattern: re.Pattern[str]) -> bool:
    """Whether a line ends with a key in brackets, as the name of a row may."""
    last = line.text.rsplit(" ", 1)[-1]
    return last.startswith("(") and last.endswith(")") and bool(pattern.fullmatch(last[1:-1]))


def _beside(line: Line, lines: Sequence[Line]) -> list[Line]:
    """The other texts on a line's baseline."""
    return [
        other
        for other in lines
        if other is not line and abs(other.middle - line.middle) < 0.5 * line.size
    ]


def _figures_beside(line: Line, lines: Sequence[Line]) -> bool:
    return any(FIGURE.fullmatch(other.text) for other in _beside(line, lines))


def _running(line: Line, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether the key begins a sentence: it goes on in lower case or ends with a full stop."""
    found = next((m for p in patterns if (m := p.match(line.text))), None)
    rest = line.text[found.end() :] if found else ""
    return bool(SENTENCE.match(rest))


def _stacked(line: Line, other: Line) -> bool:
    return (
        other is not line
        and abs(other.x0 - line.x0) < 1
        and abs(other.middle - line.middle) < STACK_EM * line.size
        and line.text != other.text
    )


def refuse_lost_keys(pages: Sequence[PageCells], vocabulary: Vocabulary) -> None:
    """A key that starts a text outside the rows of all tables, and has a row in none of them."""
    patterns = vocabulary.key_patterns
    tables = [table for page in pages for table in page.tables]
    known = {
        key for table in tables for row in table.rows for cells in row.cells.values()
        for cell in cells for pattern in patterns for key in pattern.findall(cell.text)
    }  # fmt: skip
    if not known:
        return
    for page in pages:
        lines = [*page.lines, *(line for t in page.tables for c in t.loose for line in c.lines)]
        for line in lines:
            keys = [m[0] for p in patterns if (m := p.match(line.text))]
            if keys and not known & set(keys) and not _running(line, patterns):
                raise LayoutChanged(
                    "a row's key starts a text, but has a row in no table of the document",
                    page=page.number,
                    text=line.printed,
                    todo="Look at the page: a row stands apart from its table. " + EXTEND,
                )


def refuse_stray_rows(strays: Sequence[Line]) -> None:
    """Rows of a page that stand in none of its tables. Raises `LayoutChanged`."""
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
    beyond += _cut_above_or_below(sheet, table, hidden)
    if beyond:
        raise LayoutChanged(
            f"a {table.kind} table runs on over the edge of the page, where it is hidden",
            text=" ".join(word.text for word in beyond[:12]),
            todo="Get the document with both facing pages in it",
        )


def _cut_above_or_below(sheet: Sheet, table: Table, hidden: Sequence[Word]) -> list[Word]:
    """Hidden words over or under a table: beside rules or fills of it that run on there, or cut
    in two by the edge of the page."""
    pieces = [
        (start, end)
        for x, start, end in sheet.cut_across
        if table.x0 - EDGE < x < table.x1 + EDGE
        and start < table.bottom + EDGE
        and end > table.top - EDGE
    ]

    def cut(word: Word, edge: float, near: float) -> bool:
        return word.top < edge < word.bottom and abs(edge - near) < CUT_EM * word.size

    return [
        word
        for word in hidden
        if table.x0 <= word.xmid <= table.x1
        and not table.top <= word.ymid <= table.bottom
        and (
            any(start <= word.ymid <= end for start, end in pieces)
            or cut(word, sheet.bottom, table.bottom)
            or cut(word, sheet.top, table.top)
        )
    ]


def _within(table: Table, heights: Sequence[float]) -> bool:
    return any(table.top <= y <= table.bottom for y in heights)


def refuse_unreadable(sheet: Sheet, table: Table) -> None:
    """Characters of a table that have no Unicode. Raises `DocumentRefused`."""
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
