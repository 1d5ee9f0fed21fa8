"""A PDF to cells: every table of every page, and the text beside them.

Input: a PDF file and the vocabulary. Output: `DocumentCells`.
Grain: one document.
Raises: `DocumentRefused` (no PDF, damaged, no text), `LayoutChanged` (headers that are unknown or
missing, tables that are cut off, rows that stand in no table).

Headers are compared both ways: a word in a header that no entry explains and a column that a
table must have and lacks both stop the reading. A table may run on over the gutter of two facing
pages, or go on overleaf without its header.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from errors import AdmissionsError, DocumentRefused
from extract.cells import DocumentCells, Line, PageCells, Table
from extract.headers.columns_by_year import tables_by_year
from extract.headers.page_headers import PageHeaders, page_headers
from extract.headers.vocabulary import Vocabulary, load_vocabulary
from extract.page.lines import lines_of
from extract.page.marks import Char, PageObjects
from extract.page.objects import open_pages
from extract.page.sheets import Sheet, sheet_of, side_by_side
from extract.page.spaced_keys import with_whole_keys
from extract.page.turned import set_upright
from extract.page.unseen import over_tables, unseen_texts
from extract.page.visibility import OUTSIDE
from extract.page.words import Word, words_of
from extract.places import Unseen
from extract.serial import cells_json
from extract.tables.completeness import (
    refuse_cut_off,
    refuse_empty,
    refuse_incomplete,
    refuse_lost_keys,
    refuse_stray_rows,
    refuse_titles_without_table,
    refuse_unreadable,
    stray_rows,
)
from extract.tables.continuation import continued_table, sections_carried, without_band
from extract.tables.free_text import column_starts, free_words, refuse_overhang
from extract.tables.overleaf import rows_added, rows_overleaf
from extract.tables.table import FramedTable, frame_of, table_of


def document_cells(path: Path, vocabulary: Vocabulary, document: str) -> DocumentCells:
    """Everything a PDF prints, as cells and lines. `document` names it in messages."""
    reader = _Reader(vocabulary, document)
    for objects in open_pages(path, document=document):
        with _placed(document, objects.number):
            leaf = _leaf(objects, vocabulary)
        reader.take(leaf)
    return reader.finish()


def document_json(path: Path, *, document: str, vocabulary: str) -> bytes:
    """`document_cells` as JSON, from plain values: what a child process is asked for."""
    return cells_json(document_cells(path, load_vocabulary(Path(vocabulary)), document))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page, or two joined ones, before its tables are read. `hidden`: words outside its box;
    `unseen`: texts within it that are not read."""

    sheet: Sheet
    headers: PageHeaders
    hidden: tuple[Word, ...]
    unseen: tuple[Unseen, ...]

    @property
    def incomplete(self) -> bool:
        return any(band.missing for band in self.headers.bands)


def _leaf(objects: PageObjects, vocabulary: Vocabulary) -> _Leaf:
    objects, turn = set_upright(objects)
    sheet = sheet_of(objects, turn)
    sheet = replace(sheet, words=with_whole_keys(sheet.words, vocabulary.key_patterns))
    hidden = (m for m in objects.hidden if isinstance(m, Char) and m.hidden == OUTSIDE)
    headers = page_headers(sheet.words, vocabulary)
    return _Leaf(sheet, headers, tuple(words_of(hidden)), unseen_texts(objects.hidden))


@contextmanager
def _placed(document: str, page: int) -> Iterator[None]:
    try:
        yield
    except AdmissionsError as error:
        raise error.at(document=document, page=page) from error.__cause__


class _Reader:
    """Takes the pages of one document in order; holds one back until the next one is known."""

    def __init__(self, vocabulary: Vocabulary, document: str) -> None:
        self.vocabulary, self.document = vocabulary, document
        self.pages: list[PageCells] = []
        self.waiting: _Leaf | None = None
        self.last: list[FramedTable] = []  # tables of the last page read
        self.titles: dict[str, tuple[int, str]] = {}
        self.seen_text = False
        self.had_tables = False

    def take(self, leaf: _Leaf) -> None:
        """The next page. Reads the one before, or both where a table runs over their gutter."""
        self.seen_text = self.seen_text or bool(leaf.sheet.words)
        left = self.waiting
        if left is not None and leaf.incomplete:
            leaf = self._under_title_overleaf(left, leaf)
        self.waiting = leaf
        if left is None:
            return
        pair = self._pair(left, leaf)
        if pair is not None:
            self._read(pair)
            self.waiting = None
        else:
            self._read(left)

    def finish(self) -> DocumentCells:
        if self.waiting is not None:
            self._read(self.waiting)
        if not self.seen_text:
            raise DocumentRefused(
                "holds pictures but no text",
                document=self.document,
                todo="Get the PDF that HKUST published, not a scan",
            )
        with _placed(self.document, 0):
            kinds = {table.kind for page in self.pages for table in page.tables}
            refuse_titles_without_table(self.titles, kinds)
            refuse_lost_keys(self.pages, self.vocabulary)
            refuse_empty(self.pages)
        return DocumentCells(tuple(self.pages))

    def _pair(self, left: _Leaf, right: _Leaf) -> _Leaf | None:
        """Two pages as one, where that makes a table whole that neither has alone."""
        if not (left.incomplete or right.incomplete or left.sheet.runs_over):
            return None
        both = side_by_side(left.sheet, right.sheet)
        headers = page_headers(both.words, self.vocabulary)
        seam = left.sheet.x1
        across = any(
            min(m.x0 for m in band.columns) < seam < max(m.x1 for m in band.columns)
            for band in headers.bands
        )
        if not across or any(band.missing for band in headers.bands):
            return None
        assert both.seam is not None
        moved = (text.moved(both.seam.across, both.seam.down) for text in right.unseen)
        return _Leaf(both, headers, (*left.hidden, *right.hidden), (*left.unseen, *moved))

    def _under_title_overleaf(self, left: _Leaf, leaf: _Leaf) -> _Leaf:
        """The page with the title of its first table at the foot of the page before."""
        sheet = leaf.sheet
        titles = {
            kind: replace(title, indices=(), top=sheet.top - 1, bottom=sheet.top)
            for kind, title in left.headers.left_over().items()
        }
        headers = page_headers(sheet.words, self.vocabulary, titles)
        return replace(leaf, headers=headers)

    def _read(self, leaf: _Leaf) -> None:
        sheet = leaf.sheet
        with _placed(self.document, sheet.number):
            for kind, titles in leaf.headers.titles.items():
                for title in titles:
                    self.titles.setdefault(kind, (sheet.number, title.text))
            unkeyed = rows_overleaf(sheet, leaf.headers.bands, self.last if self.had_tables else [])
            further, repeated = unkeyed or (None, None)
            bands = [band for band in leaf.headers.bands if band is not repeated]
            refuse_incomplete(bands)
            overleaf = list(leaf.headers.left_over().values())
            frames = (frame_of(band, sheet, bands, titles=overleaf) for band in bands)
            found = [FramedTable(frame, table_of(frame)) for frame in frames]
            found = sections_carried(found, self.last)
            strays = self._strays(sheet, found)
            if strays:
                goes_on = continued_table(sheet, strays, bands, self.last)
                if goes_on is not None:
                    found.append(goes_on)
                    strays = self._strays(sheet, found)
            refuse_stray_rows(strays)
            if further is not None:
                found.append(further)
            tables = [table for _, table in found]
            for table in tables:
                refuse_unreadable(sheet, table)
                refuse_cut_off(sheet, table, leaf.hidden)
            free = free_words(sheet, tables)
            refuse_overhang(sheet, tables, free)
            if self.pages:
                before = self.pages[-1]
                headed = tuple(without_band(table, tables) for table in before.tables)
                self.pages[-1] = replace(before, tables=headed)
            if further is not None:
                self.pages = rows_added(self.pages, further.table)
            here = [table for table in tables if further is None or table is not further.table]
            self.pages.append(replace(_page(leaf, tables, free), tables=tuple(self._by_year(here))))
            self.had_tables = bool(tables)
            if tables:
                self.last = found

    def _by_year(self, tables: list[Table]) -> list[Table]:
        kinds = self.vocabulary.kind
        return [part for table in tables for part in tables_by_year(table, kinds(table.kind))]

    def _strays(self, sheet: Sheet, found: list[FramedTable]) -> list[Line]:
        """Rows of the page that stand in none of its tables."""
        columns = [
            home.moved(sheet.x0 - frame.sheet.x0)
            for frame, _ in [*self.last, *found]
            if (home := frame.body.home) is not None
        ]
        return stray_rows(free_words(sheet, [t for _, t in found]), self.vocabulary, columns)


def _page(leaf: _Leaf, tables: list[Table], free: list[Word]) -> PageCells:
    sheet = leaf.sheet
    return PageCells(
        number=sheet.number,
        width=sheet.x1 - sheet.x0,
        height=sheet.bottom - sheet.top,
        tables=tuple(tables),
        lines=tuple(lines_of(free, starts=column_starts(free))),
        fills=sheet.drawing.areas,
        outside=tuple(line.text for line in lines_of(leaf.hidden)),
        seam=sheet.seam,
        turns=sheet.turns,
        unseen=over_tables(leaf.unseen, tables),
    )
