"""Marks beside score figures, by what their notes say.

Input: a table of scores, the pages of its document, the years that it is for. Output: rejects for
figures whose mark has no known note; the figures stay. Grain: one figure.
Raises: `UnknownValue` for a figure whose note calls it a reference, simulated, estimated or
indicative score, a mean, no score of those admitted, or one of another year.

A note stands on the page of the figure, else on another one. One that leaves the figure as it is
('Small intake') is declared in `figure_notes` of lookups.toml; others are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from errors import UnknownValue
from extract.cells import Cell, Line, PageCells, Place, Table
from transform.lookups import is_declared_mark, is_withheld, leaves_figure, plain_mark
from transform.raised_letters import DIGIT_MARK, without_raised_letters
from transform.readings import Ledger, Placed, printed_text
from transform.scores.other_figures import FIGURES, other_kind, years_of_figures
from transform.scores.years import Years
from transform.values import Spot

COLUMNS = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
EXPECTED = ("expected", "competitive_range")
NAMES = ("programme", "title")
NAME, FIGURE = "the name of a programme", "a figure"
UNEXPLAINED = "a mark beside a figure"  # how the reason of its reject begins
RUN = re.compile(r"(\S)\1*")  # '*' and '**' are two marks
NUMBER = re.compile(r"\d+(?:\.\d+)?\s*(?:%|points?)?")
FURTHER = 0.7  # times the size: lines of one note stand closer
INDENT = 3.0  # times the size: a further line starts at most so far right of the first
BESIDE = 25.0  # points: a note stands at most so far right of a mark set apart


def hold_against_notes(
    table: Table, pages: Sequence[PageCells], years: Years, ledger: Ledger
) -> None:
    """Refuses a marked figure whose note says that it is of another kind or year, so too where the
    mark stands at the header of its column or the name of its programme; lists one whose mark has
    no known note."""
    known = {years.scores_year, years.formula_year, years.entry_year}
    here = [page for page in pages if page.number == table.page]
    elsewhere = [page for page in pages if page.number != table.page]

    @cache
    def notes_of(mark: str) -> list[str]:
        return _notes(mark, here) or _notes(mark, elsewhere)

    def held(mark: str, source: Placed, what: str) -> None:
        notes = [n for n in notes_of(mark) if what != NAME or FIGURES.search(n)]
        for note in notes:
            if other_kind(note) or years_of_figures(note) - known:
                raise UnknownValue(
                    f"a mark beside {what} says that it is another one: {note!r}",
                    page=table.page, text=printed_text(source),
                    todo="Look at the page: a reference score is read where '(Reference Score)' "
                    "stands behind it; figures of another year need a table of their own",
                )  # fmt: skip
        if any(leaves_figure(n) or years_of_figures(n) for n in notes):
            return
        if notes or what == FIGURE:
            said = f"says {notes[0]!r}" if notes else "has no note"
            ledger.reject(source, f"{UNEXPLAINED} {said}: {mark}")

    for header in (h for h in table.headers if h.column in COLUMNS):
        for mark in dict.fromkeys([*header.marks, *(m for m, _, _ in _symbols(header.text))]):
            place = Place(header.page, header.x0, header.top, header.x1, header.bottom)
            held(mark, Spot(header.text, place), "the header of figures")
    for cell in (c for row in table.rows for name in NAMES for c in row.cells.get(name, ())):
        for mark in _marks_of(cell):
            held(mark, cell, NAME)
    for row in table.rows:
        for cell in (c for name in COLUMNS for c in row.cells.get(name, ())):
            if not (other_kind(cell.printed) or is_withheld(cell.printed)):  # its words are read
                for mark in _marks_of(cell):
                    held(mark, cell, FIGURE)
        for cell in (c for name in EXPECTED for c in row.cells.get(name, ())):
            for mark in _marks_of(cell):
                if not notes_of(mark):
                    ledger.reject(cell, f"{UNEXPLAINED} has no note: {mark}")


def tell_marks(table: Table, pages: Sequence[PageCells], ledger: Ledger) -> None:
    """Lists the figures of a table of conversions or bonuses that have a mark without a known
    note; a star there is a level's."""
    for cell in {id(c): c for row in table.rows for cs in row.cells.values() for c in cs}.values():
        marks = [m for x in cell.lines if NUMBER.fullmatch(x.text) for m in x.marks if m != "*"]
        for mark in dict.fromkeys(map(plain_mark, marks)):
            notes = _notes(mark, pages)
            if not any(map(leaves_figure, notes)):
                said = f"says {notes[0]!r}" if notes else "has no note"
                ledger.reject(cell, f"{UNEXPLAINED} {said}: {mark}")


def _marks_of(cell: Cell) -> list[str]:
    """The marks of a cell: symbols, raised digits and letters. '~' and '+' are read with it."""
    found = [mark for mark, _, _ in _symbols(cell.printed) if mark not in ("~", "+")]
    for line in cell.lines:
        raised = [*line.marks, *without_raised_letters(line)[1]]
        found += [plain_mark(char) for char in raised if char.isalnum()]
        found += [plain_mark(char) for char in re.findall(DIGIT_MARK, line.printed)]
    return list(dict.fromkeys(found))


def _notes(mark: str, pages: Iterable[PageCells]) -> list[str]:
    """What the lines of pages say behind a mark."""
    return [note for page in pages for line in page.lines for note in _said(mark, line, page.lines)]


def _said(mark: str, line: Line, lines: Sequence[Line]) -> list[str]:
    text = line.printed
    if mark.isalnum():
        first = line.runs[0]
        bare = first.raised and plain_mark(first.text.strip()[:1]) == mark
        head = re.match(r"\(?(\w)(?:[).:]|\s)\s*", f"{text} ")
        if not bare and (head is None or plain_mark(head[1]) != mark):
            return []
        end = len(first.text) if bare else min(head.end(), len(text)) if head else 0
        return [_whole(text[end:], line, lines)]
    symbols = _symbols(text)
    ends = [*(start for _, start, _ in symbols[1:]), len(text)]
    return [
        text[end:to].strip(" )]:=-") if to < len(text) else _whole(text[end:], line, lines)
        for (one, _, end), to in zip(symbols, ends, strict=False)
        if one == mark
    ]


def _whole(note: str, line: Line, lines: Sequence[Line]) -> str:
    """A note with what stands right of its mark, set apart, and with its further lines."""
    note, last = note.strip(" )]:=-"), line
    if not note:
        level = [
            x for x in lines
            if 0 < x.x0 - line.x1 < BESIDE and abs(x.middle - line.middle) < 0.6 * x.size
        ]  # fmt: skip
        last = min(level, key=lambda x: x.x0, default=line)
        note = last.printed if last is not line else ""
    while further := [
        x for x in lines
        if x is not last and not _begins_note(x)
        and line.x0 - 1 < x.x0 < line.x0 + INDENT * line.size + BESIDE * (last.x0 > line.x1)
        and x.middle > last.middle and x.top - last.bottom < FURTHER * line.size
        and abs(x.size - last.size) < 0.3
    ]:  # fmt: skip
        last = min(further, key=lambda x: x.top)
        note = f"{note} {last.printed}"
    return note


def _begins_note(line: Line) -> bool:
    text = line.printed
    return (
        line.runs[0].raised
        or is_declared_mark(text[:1])
        or re.match(r"\(?\w[).:\s]\s", text) is not None
    )


def _symbols(text: str) -> list[tuple[str, int, int]]:
    """The declared marks of a text, from and to which character each stands."""
    return [
        (plain_mark(run[1]) * len(run[0]), *run.span())
        for run in RUN.finditer(text)
        if is_declared_mark(run[1])
    ]
