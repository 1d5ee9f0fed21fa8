"""A PDF to cells: every table of every page, and the text beside them.

Input: a PDF file and the vocabulary. Output: `DocumentCells`.
Grain: one document.
Raises: `DocumentRefused` (no PDF, damaged, no text), `LayoutChanged` (headers that are unknown or
missing).

Headers are compared both ways: a word in a header that no entry explains and a column that a
table must have and lacks both stop the reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from errors import AdmissionsError, DocumentRefused, LayoutChanged
from extract.cells import DocumentCells, Fill, PageCells
from extract.columns import Area, Drawing, HRule, VRule
from extract.headers import HeaderBand, header_bands
from extract.page_objects import PageObjects, open_pages
from extract.serial import cells_json
from extract.tables import Sheet, read_table
from extract.vocabulary import Vocabulary, load_vocabulary
from extract.words import UNREADABLE, Word, lines_of, words_of

OUTSIDE = "outside the visible page"  # as `extract.visibility` says it


def document_cells(path: Path, vocabulary: Vocabulary, document: str) -> DocumentCells:
    """Everything a PDF prints, as cells and lines. `document` names it in messages."""
    pages: list[PageCells] = []
    waiting: tuple[Sheet, list[HeaderBand], PageCells] | None = None
    seen_text = False
    for objects in open_pages(path, document=document):
        seen_text = seen_text or bool(objects.chars)
        try:
            sheet = sheet_of(objects)
            bands = header_bands(sheet.words, vocabulary)
            if waiting is not None:
                spread = _spread(waiting[0], sheet, vocabulary)
                if spread is not None:
                    both, joined = spread
                    left = _page(both, joined, objects, split=waiting[0].width)
                    pages[-1] = replace(left, number=waiting[0].number)
                    waiting = None
                    continue
                _refuse_incomplete(waiting[1])
            if any(band.missing for band in bands):
                waiting = (sheet, bands, _page(sheet, [], objects))
                pages.append(waiting[2])
                continue
            waiting = None
            pages.append(_page(sheet, bands, objects))
        except AdmissionsError as error:
            raise error.at(document=document, page=objects.number) from error.__cause__
    if waiting is not None:
        try:
            _refuse_incomplete(waiting[1])
        except AdmissionsError as error:
            raise error.at(document=document, page=waiting[0].number) from None
    if not seen_text:
        raise DocumentRefused(
            "holds pictures but no text",
            document=document,
            todo="Get the PDF that HKUST published, not a scan",
        )
    return DocumentCells(tuple(pages))


def document_json(path: Path, *, document: str, vocabulary: str) -> bytes:
    """`document_cells` as JSON, from plain values: what a child process is asked for."""
    return cells_json(document_cells(path, load_vocabulary(Path(vocabulary)), document))


def sheet_of(objects: PageObjects) -> Sheet:
    """Words, rules and fills of one page, as the table reader wants them."""
    return Sheet(
        objects.number,
        objects.width,
        objects.height,
        tuple(words_of(objects.chars)),
        Drawing(
            tuple(HRule(r.position, r.start, r.end) for r in objects.rules if r.horizontal),
            tuple(VRule(r.position, r.start, r.end) for r in objects.rules if not r.horizontal),
            tuple(Area(f.x0, f.top, f.x1, f.bottom, f.color) for f in objects.fills),
        ),
    )


def _page(
    sheet: Sheet, bands: Sequence[HeaderBand], objects: PageObjects, split: float | None = None
) -> PageCells:
    tables = []
    for band in bands:
        if band.unknown:
            raise LayoutChanged(
                f"unknown words in the header of a {band.words.kind} table",
                page=sheet.number,
                text=" ".join(band.unknown),
                todo="Run `admissions detect` on it and add the wording to transform/vocabulary.toml",
            )
        tables.append(read_table(band, sheet, bands))
    free = [
        word
        for word in sheet.words
        if not any(
            t.x0 - 1 <= word.xmid <= t.x1 + 1 and t.top - 1 <= word.ymid <= t.bottom for t in tables
        )
    ]
    for table in tables:
        _refuse_unreadable(sheet, table.x0, table.top, table.x1, table.bottom)
    outside = [mark for mark in objects.hidden if mark.hidden == OUTSIDE and hasattr(mark, "text")]
    return PageCells(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        tables=tuple(tables),
        lines=tuple(lines_of(free, starts=_column_starts(free))),
        fills=tuple(Fill(a.x0, a.top, a.x1, a.bottom, a.color) for a in sheet.drawing.areas),
        outside=tuple(line.text for line in lines_of(words_of(outside))),  # type: ignore[arg-type]
    )


def _column_starts(words: Sequence[Word]) -> list[float]:
    """Left edges of the big words of a page: labels below them start there too."""
    sizes = sorted(word.size for word in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return sorted({round(word.x0, 1) for word in words if word.size > 1.6 * usual})


def _refuse_unreadable(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    for word in sheet.words:
        if UNREADABLE in word.text and x0 <= word.xmid <= x1 and top <= word.ymid <= bottom:
            raise DocumentRefused(
                "a table holds characters whose meaning the file does not tell",
                page=sheet.number,
                text=word.text,
                todo="Get another copy of the document",
            )


def _refuse_incomplete(bands: Sequence[HeaderBand]) -> None:
    for band in bands:
        if band.missing:
            unknown = f"; unknown there: {' '.join(band.unknown)!r}" if band.unknown else ""
            raise LayoutChanged(
                f"the header of a {band.words.kind} table lacks {', '.join(band.missing)}{unknown}",
                text=", ".join(match.column.name for match in band.columns),
                todo="Run `admissions detect` on it and add the wording to transform/vocabulary.toml",
            )


def _spread(
    left: Sheet, right: Sheet, vocabulary: Vocabulary
) -> tuple[Sheet, list[HeaderBand]] | None:
    """Two facing pages side by side, where that makes the table on them whole."""
    both = Sheet(
        left.number,
        left.width + right.width,
        max(left.height, right.height),
        tuple([*left.words, *(_moved(word, left.width) for word in right.words)]),
        Drawing(
            left.drawing.hrules
            + tuple(HRule(r.y, r.x0 + left.width, r.x1 + left.width) for r in right.drawing.hrules),
            left.drawing.vrules
            + tuple(VRule(r.x + left.width, r.top, r.bottom) for r in right.drawing.vrules),
            left.drawing.areas
            + tuple(
                Area(a.x0 + left.width, a.top, a.x1 + left.width, a.bottom, a.color)
                for a in right.drawing.areas
            ),
        ),
    )
    bands = header_bands(both.words, vocabulary)
    if not bands or any(band.missing for band in bands):
        return None
    return both, bands


def _moved(word: Word, by: float) -> Word:
    return replace(word, x0=word.x0 + by, x1=word.x1 + by)
