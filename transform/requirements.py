"""The requirements spreads: programmes, options, minimums, subject lists, formulae, remarks.

Input: `requirements` tables, remarks and legend of one document, the edition they are for.
Output: readings of `programmes`, `programme_names`, `study_options`, `minimum_requirements`,
`subject_requirements`, `formulas`, `weightings`, `remarks`.
Grain: one row of the spread a JUPAS code; options and minimums several a row.
Raises: `UnknownValue` for a cell outside its domain, a mark without remark, a fill that the legend
does not explain; `LayoutChanged` where a cell stands in no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errors import LayoutChanged, UnknownValue
from extract.cells import Cell, Line, Row, Table
from schemas.names import MAJORS, REQUIREMENTS
from transform.choice_types import choice_type_of
from transform.formula_rows import formula_readings
from transform.listed import bonus_categories_named, required_subjects
from transform.lookups import is_school, school_named
from transform.readings import Ledger
from transform.remarks import Remark
from transform.stacked import check_one_option
from transform.values import code_and_rest, figure, level, only_cell, title_of, unknown


def read_requirements(
    table: Table,
    edition: int,
    remarks: Mapping[str, Remark],
    legend: Mapping[str, str],
    ledger: Ledger,
) -> None:
    """Readings of one requirements table."""
    for remark in remarks.values():
        key = {"edition": edition, "mark": remark.mark}
        ledger.add("remarks", key, "text", remark.text, remark, "remark under its mark")
        ledger.add(
            "remarks", key, "meaning", remark.meaning.key, remark, "declared meaning of its words"
        )
    for row in table.rows:
        code_cell = only_cell(row, "jupas_code", table)
        code, rest = code_and_rest(code_cell.lines, code_cell)
        key = {"edition": edition, "jupas_code": code}
        choice = only_cell(row, "choice", table) if table.has("choice") else code_cell
        _programme(
            key,
            choice,
            choice.lines if choice is not code_cell else rest,
            row,
            table,
            remarks,
            legend,
            ledger,
        )
        _options(key, row, remarks, ledger)
        _minimums(key, row, table, remarks, ledger)
        _subjects(key, only_cell(row, "subjects", table), ledger)
        formula = only_cell(row, "formula", table)
        formula_readings(key, formula, remarks, ledger)
        highest = only_cell(row, "highest_attainable", table)
        ledger.add("formulas", key, "highest_attainable", figure(highest), highest, "figure")
        bonus = only_cell(row, "bonus", table)
        categories = bonus_categories_named(bonus)
        ledger.add("formulas", key, "bonus_categories", categories, bonus, "categories named")
    for cell in table.loose:
        if cell.columns == ("options",):
            ledger.reject(
                cell, "study option or note without a JUPAS code: not applied for by itself"
            )
        elif cell.columns == ("school",) and is_school(cell.text):
            ledger.reject(cell, "school beside options without a JUPAS code")
        else:
            raise LayoutChanged(
                "a cell stands in no row of the requirements table",
                page=cell.page, text=cell.printed,
                todo="Look at the page: is a rule or a JUPAS code missing?",
            )  # fmt: skip


def _programme(
    key: dict[str, object],
    choice: Cell,
    lines: tuple[Line, ...],
    row: Row,
    table: Table,
    remarks: Mapping[str, Remark],
    legend: Mapping[str, str],
    ledger: Ledger,
) -> None:
    title = title_of(lines)
    if not title.text:
        raise unknown("no name of the choice", choice)
    meant = remarks_meant(title.marks, remarks, choice)
    kinds = {remark.meaning.key for remark in meant}
    years = [remark.meaning.years for remark in meant if remark.meaning.years is not None]
    painted = choice if choice.fill is not None else only_cell(row, "jupas_code", table)
    school_cell = _school(row, table)
    school = school_named(school_cell.text)
    add = ledger.add
    add("programmes", key, "title", title.text, choice, "text without marks")
    add("programmes", key, "school", school, school_cell, "declared name of the school")
    add(
        "programmes",
        key,
        "choice_type",
        choice_type_of(painted, legend),
        painted,
        "fill colour, by the legend",
    )
    add(
        "programmes",
        key,
        "interview_required",
        "interview_compulsory" in kinds,
        choice,
        "remark of a mark",
    )
    add(
        "programmes", key, "duration_years", years[0] if years else None, choice, "remark of a mark"
    )
    add(
        "programmes", key, "remarks", " | ".join(remark.text for remark in meant) or None,
        choice, "remarks of its marks",
    )  # fmt: skip
    if title.is_new:
        add("programmes", key, "is_new", True, choice, "flag beside the name")
    names = {
        "edition": key["edition"],
        "printed_in": "requirements",
        "jupas_code": key["jupas_code"],
    }
    add("programme_names", names, "title", title.text, choice, "text without marks")
    add("programme_names", names, "school", school, school_cell, "declared name of the school")


def _school(row: Row, table: Table) -> Cell:
    """Where a row's school is named: in the column beside it, or in the band above it."""
    if row.section is None:
        return only_cell(row, "school", table)
    if "school" in row.cells:
        raise unknown("a school beside the row and a band above it", row.section)
    return row.section


def remarks_meant(marks: Sequence[str], remarks: Mapping[str, Remark], cell: Cell) -> list[Remark]:
    """What the marks behind a text mean, each printed once and explained."""
    for mark in marks:
        if mark not in remarks:
            raise UnknownValue(
                f"the mark {mark!r} stands in no remark", page=cell.page, text=cell.printed,
                todo=f"Marks explained on this page: {' '.join(remarks) or 'none'}",
            )  # fmt: skip
        if marks.count(mark) > 1:
            raise UnknownValue(
                f"the mark {mark!r} is printed more than once", page=cell.page, text=cell.printed,
                todo="Marks are single signs here: '**' may mean another remark than '*'",
            )  # fmt: skip
    return [remarks[mark] for mark in marks]


def _options(
    key: dict[str, object], row: Row, remarks: Mapping[str, Remark], ledger: Ledger
) -> None:
    if not row.cells["options"]:
        raise LayoutChanged(f"no study option stands beside {key['jupas_code']}")
    for position, cell in enumerate(row.cells["options"], 1):
        check_one_option(cell)
        title = title_of(cell.lines)
        option = {**key, "position": position}
        ledger.add("study_options", option, "title", title.text, cell, "text without marks")
        others = []
        kinds = set()
        for remark in remarks_meant(title.marks, remarks, cell):
            if remark.meaning.key in MAJORS:
                kinds.add(remark.meaning.key)
            else:
                others.append(remark.mark)
        for major in MAJORS:
            ledger.add("study_options", option, major, major in kinds, cell, "remark of a mark")
        ledger.add(
            "study_options", option, "note_marks", " ".join(others) or None, cell, "other marks"
        )


def _minimums(
    key: dict[str, object],
    row: Row,
    table: Table,
    remarks: Mapping[str, Remark],
    ledger: Ledger,
) -> None:
    for requirement in REQUIREMENTS:
        cell = only_cell(row, requirement, table)
        printed, marks = level(cell)
        for remark in remarks_meant(marks, remarks, cell):
            if remark.meaning.key != "category_c_second_elective":
                raise unknown("a mark with no known meaning at a minimum level", cell)
        minimum = {**key, "requirement": requirement}
        ledger.add("minimum_requirements", minimum, "level", printed, cell, "level without marks")
        ledger.add(
            "minimum_requirements", minimum, "category_c_accepted", bool(marks),
            cell, "remark of a mark",
        )  # fmt: skip


def _subjects(key: dict[str, object], cell: Cell, ledger: Ledger) -> None:
    for subject, printed in required_subjects(cell):
        ledger.add(
            "subject_requirements", {**key, "subject": subject}, "subject", subject,
            cell, "full HKDSE name", text=printed,
        )  # fmt: skip
