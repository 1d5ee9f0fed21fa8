"""Conversion tables, alternatives in Chinese.

Input: tables of the kinds `conversion_*`, `chinese_alternatives`. Output: readings of
`conversions`, `chinese_alternatives`.
Grain: one level of one scale; one qualification.
Raises: `UnknownValue` where levels and scores do not pair up.

A conversion table is a matrix: its first or last row, 'Score', gives each column's score. It may
be several one under another, each with such a row.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from errors import LayoutChanged
from extract.cells import Cell, PageCells, Row, Table
from extract.headers.vocabulary import without_gloss
from transform.lookups import heads_scores, speaks_of_scores
from transform.pages.words import is_sentence
from transform.readings import Ledger
from transform.rules.levels import levels_of
from transform.rules.matrix import BLANK, levels_under
from transform.values import TRAILING_MARKS, only_cell, spot_around, unknown

CATEGORY = re.compile(
    r"Cat(?:egory|\.)\s*([AB])(?=\s*(?:[:(]|$|-|–|subjects?\b|senior\b|applied\b))", re.IGNORECASE
)
LANGUAGE = re.compile(r"\b(?:chinese|english|(?:other|foreign|third) language)\b", re.IGNORECASE)
QUALIFICATION = re.compile(
    r"\b(?:I?GCS?E|IB|International Baccalaureate|IELTS|TOEFL|SAT|[AO][- ]?Levels?)\b"
    r"|\b(?:Grade|Level|Score) [A-E\d][*+]* or above"
)
ACL = re.compile(r"I?GC[SE]E|GCE|HKDSE")
HEADING = re.compile(
    r"Category C:? (Other Language )?Subjects( \(Cat\. C Subjects\))?", re.IGNORECASE
)
UNITS = ("point", "points")  # may stand on a line of its own
SCORE = re.compile(r"(\d+(?:\.\d+)?)(?:\s*points?)?", re.IGNORECASE)
NEAR_LINES = 4  # above a table: its title and a line or two of introduction
SAME_LINE = 0.3  # of the size: texts this close in height stand on one line
OTHER_LANGUAGES = "Category C, Other Language (2012-2024)"
OTHER_LANGUAGE = re.compile(r"Cat(?:egory|\.)\s*C\b\W*Other Languages?\b(?!.*\d{4})", re.IGNORECASE)


def read_conversion(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of one conversion matrix."""
    if table.has("level"):
        _read_listed(table, edition, ledger)
        return
    if table.has("score"):
        _read_by_score(table, edition, ledger)
        return
    for printed, rows in _matrices(table):
        _read_matrix(printed, rows, table, edition, ledger)


def _read_matrix(
    printed: Cell, group: Sequence[Row], table: Table, edition: int, ledger: Ledger
) -> None:
    """Readings of rows under or over one row of scores."""
    columns = sorted(
        (line for line in printed.lines if line.text.casefold() not in UNITS), key=lambda x: x.x0
    )
    scores = [_score(line.text, printed) for line in columns]
    rows = [row for row in group if not _is_heading(row, table)]
    for row in rows:
        if only_cell(row, "scale", table) is only_cell(row, "levels", table):
            raise unknown("a scale and its levels in one cell", only_cell(row, "scale", table))
    shares = levels_under(columns, [only_cell(row, "levels", table) for row in rows])
    for row, share in zip(rows, shares, strict=True):
        cell = only_cell(row, "levels", table)
        scale = _scale(only_cell(row, "scale", table), table.kind)
        for score, lines in zip(scores, share, strict=True):
            alone = len(only_cell(row, "scale", table).lines) == 1
            for level in levels_of(lines, cell, stacked=alone):
                key = {"edition": edition, "scale": scale, "level": level}
                printed_levels = " ".join(line.printed for line in lines)
                source = spot_around(lines, cell.page, printed_levels)
                ledger.add(
                    "conversions", key, "score", score, source, "score under which it stands"
                )


def _matrices(table: Table) -> list[tuple[Cell, list[Row]]]:
    """Each row headed 'Score', or the scores of the header, with the rows that it is for."""
    labels = [_label(only_cell(row, "scale", table)) for row in table.rows]
    at = [i for i, label in enumerate(labels) if heads_scores(label)]
    others = sum(map(speaks_of_scores, labels)) - len(at)
    heads = {header.column: header.text for header in table.headers}
    if heads_scores(heads["levels"]) and not at and not others and len(table.loose) == 1:
        return [(table.loose[0], list(table.rows))]
    over = at[:1] == [0]  # scores stand over their levels, or under them
    either = len(at) > 1 and over == (at[-1] == len(labels) - 1)
    groups: list[list[Row]] = [[] for _ in at]
    for i, row in enumerate(table.rows if at and not either else ()):
        if i not in at:
            groups[bisect(at, i) - over if len(at) > 1 else 0].append(row)
    if not at or not all(groups) or others or table.loose:
        raise LayoutChanged(
            f"{len(at) or 'no'} rows of a conversion table are headed 'Score'",
            page=table.page, text=" | ".join(labels),
            todo="Look at the page: levels must stand in rows, with a row 'Score' over or under "
            "them; another word for it goes to `score_rows` in transform/lookups.toml; a table set "
            "the other way round must be entered by hand",
        )  # fmt: skip
    return [
        (only_cell(table.rows[i], "levels", table), rows)
        for i, rows in zip(at, groups, strict=True)
    ]


def _is_heading(row: Row, table: Table) -> bool:
    """Whether a row only heads those of the languages under it."""
    label = only_cell(row, "scale", table)
    alone = not row.cells["levels"] or row.cells["levels"] == (label,)
    return alone and HEADING.fullmatch(_label(label)) is not None


def _read_by_score(table: Table, edition: int, ledger: Ledger) -> None:
    """The same from a table with a row a score and a column a scale."""
    scales = [h.column for h in table.headers if h.column not in ("score", "levels")]
    read: set[int] = set()
    for row in table.rows:
        printed = only_cell(row, "score", table)
        if len(printed.columns) > 1:
            raise unknown("a score and its levels in one cell", printed)
        score = _score(printed.text, printed)
        for scale in scales:
            if not row.cells[scale]:
                ledger.reject(printed, f"{BLANK} under {scale}")
                continue
            cell = only_cell(row, scale, table)
            levels = levels_of(cell.lines, cell, stacked=True)
            if levels and len(cell.columns) > 1:
                raise unknown("a level stands in a cell of several scales", cell)
            if levels and id(cell) in read:
                raise unknown("a level stands in a cell of several scores", cell)
            read.add(id(cell))
            for level in levels:
                name = f"ACL: {scale}" if table.kind == "conversion_acl" else scale
                key = {"edition": edition, "scale": name, "level": level}
                ledger.add("conversions", key, "score", score, cell, "score beside which it stands")


def _read_listed(table: Table, edition: int, ledger: Ledger) -> None:
    """The same from a table with a row a level."""
    read: set[int] = set()
    for row in table.rows:
        label, printed, at = (only_cell(row, name, table) for name in ("scale", "level", "score"))
        if len({id(label), id(printed), id(at)}) < 3:
            raise unknown("a level and its score or scale in one cell", printed)
        if id(printed) in read:
            raise unknown("a level stands in a cell of several scores", printed)
        read.add(id(printed))
        for level in levels_of(printed.lines, printed, stacked=True):
            key = {"edition": edition, "scale": _scale(label, table.kind), "level": level}
            score = _score(at.text, at)
            ledger.add("conversions", key, "score", score, at, "score beside the level")


def _label(cell: Cell) -> str:
    text = " ".join(without_gloss(cell.text).split())
    text = TRAILING_MARKS.sub("", text)
    text = re.sub(r"\s*[-\u2010-\u2015]\s*(?=\d)", "-", text)
    return re.sub(r"\(\s+", "(", text)


def _scale(cell: Cell, kind: str) -> str:
    label = _label(cell)
    match = CATEGORY.match(label)
    if match and kind != "conversion_acl":
        return f"Category {match[1].upper()}"
    if kind != "conversion_acl" and OTHER_LANGUAGE.match(label):
        return OTHER_LANGUAGES
    if kind != "conversion_acl" and ACL.match(label):
        raise unknown("a qualification in Chinese in a conversion table of another kind", cell)
    return f"ACL: {label}" if kind == "conversion_acl" else label


def _score(text: str, cell: Cell) -> float:
    match = SCORE.fullmatch(text)
    if match is None:
        raise unknown("not a score", cell)
    return float(match[1])


def read_chinese_alternatives(
    table: Table, page: PageCells, before: PageCells | None, edition: int, ledger: Ledger
) -> None:
    """Readings of the table of what may satisfy the Chinese requirement, which says so itself or
    under a title that does; that may stand at the foot of the page `before`."""
    above = sorted((x for x in page.lines if x.bottom <= table.top + 1), key=lambda x: -x.bottom)
    above = [x for x in above if x.x0 < table.x1 and table.x0 < x.x1] or above
    if before is not None:
        above += sorted(before.lines, key=lambda line: -line.bottom)
    named = [*(header.text for header in table.headers), *(x.text for x in above[:NEAR_LINES])]
    titles = (text for text in named if LANGUAGE.search(text) and not is_sentence(text))
    title = next(titles, " ".join(named))
    if "chinese" not in title.casefold():
        raise LayoutChanged(
            "a table of qualifications that does not say what for", page=table.page,
            text=" | ".join(named),
            todo="It is read as the alternatives in Chinese only where its headers or the lines "
            "above it name Chinese. Give the document without it",
        )  # fmt: skip
    for row in table.rows:
        qualification, minimum = (
            only_cell(row, n, table) for n in ("qualification", "minimum_level")
        )
        if qualification is minimum:
            raise unknown("a qualification and its level in one cell", qualification)
        if any(abs(a.middle - b.middle) < SAME_LINE * a.size for a, b in pairwise(minimum.lines)):
            raise unknown("several levels stand beside a qualification, side by side", minimum)
        # A line may break after the hyphen of 'AS-Level'.
        name = re.sub(r"(?<=\w)-\s+(?=\w)", "-", qualification.text)
        key = {"edition": edition, "qualification": name}
        ledger.add("chinese_alternatives", key, "minimum_level", minimum.text, minimum, "text")
