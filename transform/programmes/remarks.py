"""The remarks and the legend under a requirements table.

Input: the lines and fills of a page that stand in no table. Output: `Remark`s by mark, and the
kind of choice that each fill colour stands for.
Grain: one remark a mark and page.
Raises: `UnknownValue` where one mark has two remarks on a page, or can't be read.

Remarks stand under a heading such as REMARKS, in several columns: a mark, then a text whose further
lines start where the first one starts. The legend is two boxes (or swatches) with a text in or
right of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from errors import UnknownValue
from extract.cells import Area, Line, PageCells, Place
from extract.headers.vocabulary import letters
from extract.page.words import UNREADABLE
from transform.lookups import (
    Meaning,
    choice_type_named,
    heads,
    is_declared_mark,
    plain_mark,
    remark_meaning,
)
from transform.programmes.choice_types import BOTH, UNPAINTED

SAME = 1.5  # points by which lines of one remark start apart
INDENT, GLUED_EM = 4.0, 1.3  # points; times the size: further lines start this close to the first


@dataclass(frozen=True, slots=True)
class Remark:
    """A mark and what it says."""

    mark: str
    text: str
    meaning: Meaning
    place: Place


@dataclass(slots=True)
class _Item:
    mark: str
    lines: list[Line]
    mark_x0: float
    text_x0: float
    slack: float  # points by which `text_x0` may be off: it is estimated where the mark is glued on


def remarks_of(page: PageCells) -> dict[str, Remark]:
    """The remarks of one page by mark: under their heading, or under a table of requirements."""
    headings = [line for line in page.lines if heads("remark", line.text)]
    tables = [table for table in page.tables if table.kind == "requirements"]
    if not headings and not tables:
        return {}
    top = min(x.top for x in headings) if headings else min(table.bottom for table in tables)
    legend_lines = {id(line) for _, lines in _legend_texts(page) for line in lines}
    below = [
        line
        for line in page.lines
        if line.top > top - 2 and line not in headings and id(line) not in legend_lines
    ]
    for line in below:
        if UNREADABLE in line.printed:
            raise UnknownValue(
                "a remark holds characters whose meaning the file does not tell",
                page=page.number, text=line.printed, todo="Get another copy of the document",
            )  # fmt: skip
    remarks: dict[str, Remark] = {}
    for item in _items(below):
        text = " ".join(_text(item, line) for line in item.lines)
        text = " ".join(text.split())
        known = remarks.get(item.mark)
        if known is not None and letters(known.text) == letters(text):
            continue  # two pages imposed on one sheet print their remarks twice
        if known is not None:
            raise UnknownValue(
                f"two remarks have the mark {item.mark}", page=page.number, text=text,
                todo="Look at the page: the remarks' columns may have been mixed up",
            )  # fmt: skip
        place = Place(
            page.number,
            min(item.mark_x0, *(line.x0 for line in item.lines)),
            min(line.top for line in item.lines),
            max(line.x1 for line in item.lines),
            max(line.bottom for line in item.lines),
        )
        remarks[item.mark] = Remark(item.mark, text, remark_meaning(text), place)
    return remarks


def _items(lines: Iterable[Line]) -> list[_Item]:
    """Lines grouped by the mark that heads them, top to bottom."""
    ordered = sorted(lines, key=lambda line: (line.middle, line.x0))
    items: list[_Item] = []
    taken: set[int] = set()
    for line in ordered:
        mark = _leading_mark(line)
        if mark is None or id(line) in taken or any(_within(item, line) for item in items):
            continue
        if len("".join(line.printed.split())) == 1:
            beside = [
                other
                for other in ordered
                if id(other) not in taken
                and 0 < other.x0 - line.x1 < 25
                and abs(other.middle - line.middle) < 0.6 * other.size
            ]
            if not beside:
                continue
            text = min(beside, key=lambda other: other.x0)
            taken |= {id(line), id(text)}
            items.append(_Item(mark, [text], line.x0, text.x0, INDENT))
        else:
            taken.add(id(line))
            slack = max(INDENT, GLUED_EM * line.size)
            items.append(_Item(mark, [line], line.x0, _text_start(line), slack))
    for line in ordered:
        if id(line) in taken or not letters(line.text):
            continue
        above = [item for item in items if _goes_on(item, line)]
        if above:
            max(above, key=lambda item: item.lines[-1].bottom).lines.append(line)
    return items


def _within(item: _Item, line: Line) -> bool:
    """Whether a line starts where the text of a remark above does: its '+' is no mark."""
    aligned = abs(line.x0 - item.text_x0) < SAME and item.text_x0 - item.mark_x0 > 2 * SAME
    return aligned and line.top > item.lines[0].bottom - 0.3 * line.size


def _goes_on(item: _Item, line: Line) -> bool:
    last = item.lines[-1]
    aligned = abs(line.x0 - item.text_x0) < item.slack or abs(line.x0 - item.mark_x0) < 2
    return aligned and -0.3 * line.size < line.top - last.bottom < 1.2 * line.size


def _leading_mark(line: Line) -> str | None:
    """The mark a line starts with: a symbol, or a digit or letter unlike the text after it."""
    first = line.runs[0]
    text = first.text.strip()
    if not text:
        return None
    if is_declared_mark(text[0]) and (len(text) == 1 or text[1].isspace()):
        return plain_mark(text[0])
    if re.match(r"\d$|\d\s+[A-Z]", plain_mark(text[0]) + text[1:]):
        return plain_mark(text[0])
    if re.fullmatch("[A-Za-z]", text) and _unlike(line):
        return text
    return None


def _unlike(line: Line) -> bool:
    """Whether the first run looks otherwise than the text after it, or nothing stands after it."""
    if len(line.runs) == 1:
        return True
    first, second = line.runs[:2]
    return first.raised or first.bold != second.bold or first.color != second.color


def _text_start(line: Line) -> float:
    first = line.runs[0]
    if len(first.text.strip()) == 1:
        return line.runs[1].x0
    after = len(first.text) - len(first.text.lstrip()[1:].lstrip())
    return first.x0 + after * (first.x1 - first.x0) / len(first.text)


def _text(item: _Item, line: Line) -> str:
    if line is item.lines[0] and _leading_mark(line) == item.mark:
        return line.printed.lstrip()[1:]
    return line.printed


def legend_of(pages: Iterable[PageCells]) -> dict[str, str]:
    """{fill colour: 'school-based' or 'program-based'} from the legends of all pages."""
    legend: dict[str, str] = {}
    for page in pages:
        for fill, lines in _legend_texts(page):
            kind = choice_type_named(" ".join(line.text for line in lines))
            if kind is not None:
                legend[fill.color] = kind if legend.get(fill.color, kind) == kind else BOTH
        if not legend and any(choice_type_named(line.text) for line in page.lines):
            legend[UNPAINTED] = BOTH
    return legend


def _legend_texts(page: PageCells) -> list[tuple[Area, list[Line]]]:
    """Fills that explain themselves: with the text inside them, or right beside them."""
    found = []
    for fill in page.fills:
        inside = [
            line
            for line in page.lines
            if fill.x0 <= line.x0 and line.x1 <= fill.x1 + 1
            and fill.top <= line.middle <= fill.bottom
        ]  # fmt: skip
        lines = inside or [
            line
            for line in page.lines
            if 0 <= line.x0 - fill.x1 < 15 and fill.top - 2 <= line.middle <= fill.bottom + 2
        ]
        lines.sort(key=lambda line: (line.top, line.x0))
        if lines and choice_type_named(" ".join(line.text for line in lines)):
            found.append((fill, lines))
    return found
