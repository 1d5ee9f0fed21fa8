"""Conversion tables, the bonus for the 6th subject, alternatives in Chinese.

Input: tables of the kinds `conversion_*`, `bonus`, `chinese_alternatives`; lines of text that
state a conversion ('5** = 8.5 ; 5* = 7'). Output: readings of `conversions`, `bonuses`,
`chinese_alternatives`.
Grain: one level of one scale; one bonus; one qualification.
Raises: `UnknownValue` where levels and scores do not pair up.

A conversion table is a matrix: its last row, 'Score', gives each column's score; a level belongs
to the score under whose middle it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from errors import LayoutChanged
from extract.cells import Cell, Line, PageCells, Table
from transform.lookups import plain_marks
from transform.readings import Ledger
from transform.requirements import one
from transform.values import TRAILING_MARKS, figure, spot, unknown

NOTHING = {"-", "–", "—"}
CATEGORY = re.compile(r"Category ([AB])\s*:", re.IGNORECASE)
LEVEL_NUMBER = re.compile(r"Level\s*(\d)", re.IGNORECASE)
LEVEL = re.compile(
    r"5\*\*|5\*|[1-9]|U?[A-G](\+\+|\+|\*)?|[ABC][12]|N[1-5]|"
    r"Attained( with Distinction( \((I|II)\))?)?"
)
UNDER = 0.25  # of the way from score to score: a level so near to one stands under it
BONUS_CATEGORY = re.compile(r"Cat(?:egory|\.) ([ABC]) subjects?", re.IGNORECASE)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
STATED = re.compile(
    r"(5\*\*|5\*|[1-5]|[A-E]|Attained(?: with Distinction \((?:I|II)\))?)\s*=\s*(\d+(?:\.\d+)?)"
)
STATED_SCALES = {
    "Category A": re.compile(r"Category A Core/Elective Subjects"),
    "Category B": re.compile(r"Category B Applied Learning Subjects"),
    "Category C, Other Language (2012-2024)": re.compile(r"Category C Other Language Subjects"),
}


def read_conversion(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of one conversion matrix."""
    score_row = next(
        (row for row in table.rows if _label(one(row, "scale", table)) == "Score"), None
    )
    if score_row is None:
        raise LayoutChanged(
            "a conversion table has no row 'Score'", page=table.page,
            text=" | ".join(cell.text for row in table.rows for cell in row.cells["scale"]),
            todo="Look at the page: levels must stand in rows, with a last row 'Score' under "
            "them; a table set the other way round must be entered by hand",
        )  # fmt: skip
    columns = [
        (_middle(line), _score(line, one(score_row, "levels", table)))
        for line in one(score_row, "levels", table).lines
    ]
    columns.sort()
    for row in table.rows:
        if row is score_row:
            continue
        label, cell = one(row, "scale", table), one(row, "levels", table)
        if label is cell:
            raise unknown("a scale and its levels in one cell", cell)
        scale = _scale(label, table.kind)
        for (_, score), lines in zip(
            columns, _by_column(cell, [x for x, _ in columns]), strict=True
        ):
            printed = plain_marks(" ".join(line.printed for line in lines))
            if not printed or printed in NOTHING:
                continue
            for level in (piece.strip() for piece in printed.split(",")):
                number = LEVEL_NUMBER.fullmatch(level)
                level = number[1] if number else level
                if not LEVEL.fullmatch(level):
                    raise unknown(f"{level!r} is no level or grade", cell)
                key = {"edition": edition, "scale": scale, "level": level}
                source = spot(lines[0], cell.page, " ".join(line.printed for line in lines))
                ledger.add(
                    "conversions", key, "score", score, source, "score under which it stands"
                )


def _label(cell: Cell) -> str:
    text = " ".join(cell.text.split())
    text = TRAILING_MARKS.sub("", text)
    text = re.sub(r"\s*-\s*(?=\d)", "-", text)
    return re.sub(r"\(\s+", "(", text)


def _scale(cell: Cell, kind: str) -> str:
    label = _label(cell)
    match = CATEGORY.match(label)
    if match:
        return f"Category {match[1].upper()}"
    return f"ACL: {label}" if kind == "conversion_acl" else label


def _middle(line: Line) -> float:
    return (line.x0 + line.x1) / 2


def _score(line: Line, cell: Cell) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", line.text):
        raise unknown("not a score", cell)
    return float(line.text)


def _by_column(cell: Cell, middles: list[float]) -> list[list[Line]]:
    """The lines of a cell shared out to the nearest score column.

    A column may be left blank where every line stands clearly under one score.
    """
    shares: list[list[Line]] = [[] for _ in middles]
    for line in sorted(cell.lines, key=lambda line: (line.top, line.x0)):
        nearest = min(range(len(middles)), key=lambda i: abs(middles[i] - _middle(line)))
        shares[nearest].append(line)
    pitch = min((b - a for a, b in pairwise(middles)), default=0.0)
    astray = any(
        abs(middle - _middle(line)) > UNDER * pitch
        for middle, share in zip(middles, shares, strict=True)
        for line in share
    )
    if not all(shares) and (astray or not cell.lines):
        raise unknown(
            f"{len(middles)} scores but levels for {sum(map(bool, shares))} of them", cell
        )
    for share in shares:
        if len(share) > 1 and any(line.printed in NOTHING for line in share):
            raise unknown("two levels stand under one score", cell)
    return shares


def read_bonus(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of the table of bonuses."""
    for row in table.rows:
        category, score, percent = (
            one(row, name, table) for name in ("category", "converted_score", "bonus_percent")
        )
        named = BONUS_CATEGORY.fullmatch(category.text)
        printed = PERCENT.fullmatch(percent.text)
        if named is None:
            raise unknown("not a category of subjects", category)
        if printed is None:
            raise unknown("not a percentage", percent)
        key = {"edition": edition, "category": named[1].upper(), "converted_score": figure(score)}
        ledger.add(
            "bonuses", key, "bonus_percent", float(printed[1]), percent, "percentage as printed"
        )


def read_chinese_alternatives(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of the table of what may satisfy the Chinese requirement."""
    for row in table.rows:
        qualification, minimum = (one(row, n, table) for n in ("qualification", "minimum_level"))
        if qualification is minimum:
            raise unknown("a qualification and its level in one cell", qualification)
        # A line may break after the hyphen of 'AS-Level'.
        name = re.sub(r"(?<=\w)-\s+(?=\w)", "-", qualification.text)
        key = {"edition": edition, "qualification": name}
        ledger.add("chinese_alternatives", key, "minimum_level", minimum.text, minimum, "text")


def read_stated_conversions(page: PageCells, edition: int | None, ledger: Ledger) -> float | None:
    """Conversions stated in running text; the top score of Category A, None for no statement."""
    top: float | None = None
    for line in page.lines:
        for scale, words in STATED_SCALES.items():
            if not words.search(line.printed):
                continue
            for source in _right_of(line, page.lines):
                for level, score in STATED.findall(plain_marks(source.printed)):
                    if edition is None:
                        continue
                    key = {"edition": edition, "scale": scale, "level": level}
                    ledger.add(
                        "conversions", key, "score", float(score), spot(source, page.number),
                        "stated in the points to note",
                    )  # fmt: skip
                    if scale == "Category A":
                        top = max(top or 0.0, float(score))
    return top


def _right_of(line: Line, lines: Iterable[Line]) -> list[Line]:
    """The line itself and those on its baseline to the right."""
    return [line] + [
        other for other in lines
        if other is not line and other.x0 >= line.x1 - 1 and other.x0 - line.x1 < 60
        and abs(other.middle - line.middle) < 0.5 * line.size
    ]  # fmt: skip
