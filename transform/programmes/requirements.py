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
from dataclasses import dataclass
from functools import partial

from errors import LayoutChanged, UnknownValue
from extract.cells import Cell, Row, Table
from schemas.names import MAJORS, REQUIREMENTS
from transform.lookups import is_school, school_named
from transform.programmes.choice_types import choice_type_of
from transform.programmes.formula_cells import formula_readings
from transform.programmes.listed import bonus_categories_named, required_subjects
from transform.programmes.remarks import Remark
from transform.programmes.stacked import check_one_option
from transform.readings import Ledger
from transform.values import Title, code_and_rest, figure, level, only_cell, title_of, unknown


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
        _Choice(row, table, remarks, legend, ledger).read(edition)
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


@dataclass(frozen=True, slots=True)
class _Choice:
    """One row of a spread, with what its page says about marks and colours."""

    row: Row
    table: Table
    remarks: Mapping[str, Remark]
    legend: Mapping[str, str]
    ledger: Ledger

    def read(self, edition: int) -> None:
        code_cell = self._cell("jupas_code")
        code, rest = code_and_rest(code_cell.lines, code_cell)
        key = {"edition": edition, "jupas_code": code}
        if self.table.has("choice"):
            choice = self._cell("choice")
            self._programme(key, choice, title_of(choice.lines))
        else:
            self._programme(key, code_cell, title_of(rest))
        self._options(key)
        self._minimums(key)
        for subject, printed in required_subjects(self._cell("subjects")):
            self.ledger.add(
                "subject_requirements", {**key, "subject": subject}, "subject", subject,
                self._cell("subjects"), "full HKDSE name", text=printed,
            )  # fmt: skip
        formula_readings(key, self._cell("formula"), self.remarks, self.ledger)
        highest, bonus = self._cell("highest_attainable"), self._cell("bonus")
        add = self.ledger.add
        add("formulas", key, "highest_attainable", figure(highest), highest, "figure")
        categories = bonus_categories_named(bonus)
        add("formulas", key, "bonus_categories", categories, bonus, "categories named")

    def _cell(self, column: str) -> Cell:
        return only_cell(self.row, column, self.table)

    def _programme(self, key: dict[str, object], choice: Cell, title: Title) -> None:
        if not title.text:
            raise unknown("no name of the choice", choice)
        meant = remarks_meant(title.marks, self.remarks, choice)
        interview = any(remark.meaning.key == "interview_compulsory" for remark in meant)
        years = [remark.meaning.years for remark in meant if remark.meaning.years is not None]
        said = " | ".join(remark.text for remark in meant) or None
        painted = choice if choice.fill is not None else self._cell("jupas_code")
        school_cell = self._school()
        school = school_named(school_cell.text)
        kind = choice_type_of(painted, self.legend)
        names = {
            "edition": key["edition"],
            "printed_in": "requirements",
            "jupas_code": key["jupas_code"],
        }
        for table, row in (("programmes", key), ("programme_names", names)):
            add = partial(self.ledger.add, table, row)
            add("title", title.text, choice, "text without marks")
            add("school", school, school_cell, "declared name of the school")
        add = partial(self.ledger.add, "programmes", key)
        add("choice_type", kind, painted, "fill colour, by the legend")
        add("interview_required", interview, choice, "remark of a mark")
        add("duration_years", years[0] if years else None, choice, "remark of a mark")
        add("remarks", said, choice, "remarks of its marks")
        if title.is_new:
            add("is_new", True, choice, "flag beside the name")

    def _school(self) -> Cell:
        """Where the school is named: in the column beside the row, or in the band above it."""
        if self.row.section is None:
            return self._cell("school")
        if "school" in self.row.cells:
            raise unknown("a school beside the row and a band above it", self.row.section)
        return self.row.section

    def _options(self, key: dict[str, object]) -> None:
        if not self.row.cells["options"]:
            raise LayoutChanged(f"no study option stands beside {key['jupas_code']}")
        for position, cell in enumerate(self.row.cells["options"], 1):
            check_one_option(cell)
            title = title_of(cell.lines)
            add = partial(self.ledger.add, "study_options", {**key, "position": position})
            add("title", title.text, cell, "text without marks")
            meant = remarks_meant(title.marks, self.remarks, cell)
            kinds = {remark.meaning.key for remark in meant}
            others = [remark.mark for remark in meant if remark.meaning.key not in MAJORS]
            for major in MAJORS:
                add(major, major in kinds, cell, "remark of a mark")
            add("note_marks", " ".join(others) or None, cell, "other marks")

    def _minimums(self, key: dict[str, object]) -> None:
        for requirement in REQUIREMENTS:
            cell = self._cell(requirement)
            printed, marks = level(cell)
            for remark in remarks_meant(marks, self.remarks, cell):
                if remark.meaning.key != "category_c_second_elective":
                    raise unknown("a mark with no known meaning at a minimum level", cell)
            minimum = {**key, "requirement": requirement}
            add = partial(self.ledger.add, "minimum_requirements", minimum)
            add("level", printed, cell, "level without marks")
            add("category_c_accepted", bool(marks), cell, "remark of a mark")


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
