"""Printed cells to values: figures, ranges, levels, titles. Strict: all of a cell or an error.

Input: cells. Output: Python values.
Raises: `UnknownValue` for any text that is not wholly what it should be, with page and text;
`LayoutChanged` where a row has no cell, or several, for a column that has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from errors import LayoutChanged, UnknownValue
from extract.cells import Cell, Line, Place, Row, Table
from transform.lookups import is_school, mark_pattern, plain_mark, plain_marks
from transform.raised_letters import DIGIT_MARK, MARK, NEW, without_raised_letters

FIGURE = re.compile(r"\d+(?:\.\d+)?")
TO = r"(?:\s*[-\u00ad\u2010-\u2015\u2212~˜∼～]\s*|\s+to\s+)"  # between the ends of a range
RANGE = re.compile(rf"(\d+(?:\.\d+)?)(?:{TO}(\d+(?:\.\d+)?))?")
JUPAS_CODE = re.compile(r"JS\d{4}(?!\d)")
CUT_SHORT = re.compile(
    rf"{JUPAS_CODE.pattern}\s*[-\u2010-\u2015/,&]?\s*\d{{4}}(?!\d)"
)  # 'JS5101/5102'
LEVEL = re.compile(r"5\*\*|5\*|[1-5]|Attained")
BEFORE_LEVEL = r"(?:Level\s+)?"
# A '+' alone, touching a word, belongs to it.
GLUED_MARK = f"(?:{mark_pattern(but='+')}|{DIGIT_MARK})"
TRAILING_MARKS = re.compile(
    rf"(?<=\S)\s+({MARK}+)$|(?<=[\w)])(?<!{GLUED_MARK})((?:{GLUED_MARK}|\+(?={GLUED_MARK})){MARK}*)$"
)
LEADING_MARK = re.compile(rf"{MARK}\s*\w")
# A mark between the words of a name, as no name has it.
INNER_MARK = re.compile(rf"(?<=[\w)]){GLUED_MARK}+(?=\s)|(?<!\S){MARK}+(?!\S)")
# Beside a figure: never a digit, and neither '~' nor '+', which may say 'about' or 'or more'.
FIGURE_MARK = f"(?:{mark_pattern(but='~+')}|{DIGIT_MARK})"
FIGURE_MARKS = re.compile(rf"^{FIGURE_MARK}+(?=\d)|(?<=\d)\s*{FIGURE_MARK}+$")
# What a code leaves behind: brackets around it, a dash or a colon between it and the name.
EMPTIED = re.compile(r"\(\s*\)|\[\s*\]|^\s*[-\u2010-\u2015:|]\s*|\s*[-\u2010-\u2015:|]\s*$")
# Said of a programme, never a part of its name: at the end, or in brackets or capitals before it.
FLAG_BEHIND = re.compile(
    r"\s*(?<![\w-])(?:NEW|New|"
    r"[(\[](?:new|NEW|New)(?: program(?:me)?| choice| (?:in|for) \d{4})?[)\]])!?\W*$"
)
FLAG_BEFORE = re.compile(r"^(?:[(\[](?:new|NEW|New)[)\]]|NEW!?:?(?=.*[a-z]))\s+")
NO_FIGURE = (
    "Look at the page; words that stand in the place of a figure go to `withheld` in "
    "transform/lookups.toml"
)
SMALL = 0.82  # a line smaller than this part of its cell's size is a note


@dataclass(frozen=True, slots=True)
class Spot:
    """A printed text with its place: what a reading points at where a whole cell is too much."""

    text: str
    place: Place


def spot(line: Line, page: int) -> Spot:
    """A line with its place."""
    return Spot(line.printed, Place(page, line.x0, line.top, line.x1, line.bottom))


def spot_around(lines: Sequence[Line], page: int, text: str) -> Spot:
    """A text of several lines: its place holds them all."""
    return Spot(
        text,
        Place(
            page, min(line.x0 for line in lines), min(line.top for line in lines),
            max(line.x1 for line in lines), max(line.bottom for line in lines),
        ),
    )  # fmt: skip


def only_cell(row: Row, column: str, table: Table) -> Cell:
    """The one cell of a column in a row. Raises `LayoutChanged` where there is none or several."""
    if column not in row.cells:
        raise LayoutChanged(
            f"a {table.kind} table has no column {column}",
            page=table.page,
            text=" | ".join(header.text for header in table.headers),
            todo=f"Look at the page: where does the {column} stand? A column that no header names "
            "is read left of the first headed one; words of a header go to "
            "transform/vocabulary.toml",
        )
    cells = row.cells[column]
    if len(cells) != 1:
        place = f"table at {table.x0:.0f},{table.top:.0f}"
        beside = " | ".join(cell.text for here in row.cells.values() for cell in here)
        raise LayoutChanged(
            f"{len(cells) or 'no'} cells where column {column} has one ({place})",
            page=table.page,
            text=" | ".join(cell.printed for cell in cells) or beside,
            todo="Look at the page: is a rule missing or one too many?",
        )
    return cells[0]


def figure(cell: Cell) -> float:
    """The one number of a cell, footnote marks aside."""
    lines = [without_raised_letters(line)[0].text for line in cell.lines]
    text = FIGURE_MARKS.sub("", plain_marks(" ".join(line for line in lines if line)))
    if not FIGURE.fullmatch(text):
        raise unknown("not a figure", cell, NO_FIGURE)
    return float(text)


def figure_range(text: str, cell: Cell) -> tuple[float, float]:
    """'34-38' as (34, 38); one figure as both ends."""
    match = RANGE.fullmatch(FIGURE_MARKS.sub("", plain_marks(text).strip()))
    if match is None:
        raise unknown("not a figure or a range", cell, NO_FIGURE)
    low = float(match[1])
    high = float(match[2]) if match[2] else low
    if low > high:
        raise unknown("a range that falls", cell, "Look at the page: which end is misprinted?")
    return low, high


def level(cell: Cell) -> tuple[str, list[str]]:
    """A minimum level and the marks behind it: '3 ∆' is ('3', ['∆'])."""
    text = " ".join(cell.printed.split())
    match = re.fullmatch(rf"{BEFORE_LEVEL}({LEVEL.pattern})\s*([^\w\s]*)", text)
    if match is None:
        raise unknown("not a minimum level", cell, "Levels are 1 to 5, 5*, 5** and Attained")
    return match[1], [plain_mark(char) for char in match[2]]


@dataclass(frozen=True, slots=True)
class Title:
    """A printed name: without marks, flags and notes, which stand beside it here."""

    text: str
    marks: tuple[str, ...]
    is_new: bool
    notes: tuple[str, ...]


def title_of(lines: tuple[Line, ...]) -> Title:
    """A name over one or several lines. Small lines under it are notes, a small NEW is a flag."""
    size = max((line.size for line in lines), default=0.0)
    words: list[str] = []
    marks: list[str] = []
    notes: list[str] = []
    is_new = False
    for line in lines:
        of_line = list(line.marks)
        text = line.text
        if any(
            run.text.strip() == NEW and (run.raised or run.size < SMALL * size) for run in line.runs
        ):
            is_new = True
            text = " ".join(re.sub(rf"\b{NEW}\b\s*$", "", text).split())
        rest, lettered = without_raised_letters(line)
        if lettered:
            text = rest.text
            of_line += lettered
        if line.size < SMALL * size:
            if text:
                notes.append(text)
            continue
        if words and LEADING_MARK.match(text):
            raise UnknownValue(
                "a note stands under a name as if it were a part of it",
                text=text,
                todo="Look at the page: does the table end above the note?",
            )
        match = TRAILING_MARKS.search(text)
        if match:
            of_line += match[1] or match[2]
            text = text[: match.start()]
        # Raised and unraised marks in one row: in the order in which they are printed.
        marks += [plain_mark(mark) for mark in sorted(of_line, key=line.printed.rfind)]
        if text:
            words.append(text)
    if len(words) > 1 and any(is_school(text) for text in words):
        raise UnknownValue(
            "the name of a school stands in a name", text=" ".join(words),
            todo="Look at the page: a band between rows may have been read with the row beside it",
        )  # fmt: skip
    if INNER_MARK.search(" ".join(words)):
        raise UnknownValue(
            "a footnote mark stands in the middle of a name",
            text=" ".join(words),
            todo="Look at the page: are these two names in one cell? The mark belongs behind one",
        )
    text, flags = without_flag(" ".join(words))
    is_new = is_new or flags
    return Title(text, tuple(marks), is_new, (" ".join(notes),) if notes else ())


def without_flag(text: str) -> tuple[str, bool]:
    """A name without the 'NEW' or '(New)' that is said of it, and whether it was."""
    name = FLAG_BEFORE.sub("", FLAG_BEHIND.sub("", text, 1), 1)
    return (name, name != text) if name else (text, False)


def code_and_rest(lines: tuple[Line, ...], cell: Cell) -> tuple[str, tuple[Line, ...]]:
    """The JUPAS code of a cell and the lines of the name that stands with it, if any."""
    codes: list[str] = []
    rest: list[Line] = []
    for line in lines:
        codes += JUPAS_CODE.findall(line.text)
        if not JUPAS_CODE.fullmatch(line.text):
            rest.append(_without_code(line))
    if len(codes) != 1 or any(CUT_SHORT.search(line.text) for line in lines):
        raise unknown("not one JUPAS code", cell)
    return codes[0], tuple(line for line in rest if line.runs)


def _without_code(line: Line) -> Line:
    texts = [JUPAS_CODE.sub("", run.text) for run in line.runs]
    emptied = EMPTIED.search("".join(texts)) if texts != [run.text for run in line.runs] else None
    if emptied:  # '(JS5102)': the brackets belong to the code, in whichever run each stands
        at = 0
        for i, text in enumerate(texts):
            kept = [
                char for j, char in enumerate(text, at) if not emptied.start() <= j < emptied.end()
            ]
            at += len(text)
            texts[i] = "".join(kept)
    pairs = zip(line.runs, texts, strict=True)
    return Line(tuple(replace(run, text=text) for run, text in pairs if text.strip()))


def unknown(
    what: str,
    cell: Cell,
    todo: str = "Look at the page: is a rule missing? A new wording goes to the patterns at the "
    "head of the module in transform/ that reads this kind of table",
) -> UnknownValue:
    where = "/".join(cell.columns)
    return UnknownValue(f"{what} (column {where})", page=cell.page, text=cell.printed, todo=todo)
