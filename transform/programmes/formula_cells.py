"""Formula cells to `formulas` and `weightings`.

Input: one formula cell, the remarks that explain its marks. Output: readings.
Grain: one formula a JUPAS code, even where one cell serves several codes.
Raises: `FormulaUnreadable` with the text, a caret and the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.cells import Cell
from transform.formulae import Formula, canonical, parse_formula, weighting_rows
from transform.lookups import mark_pattern, plain_marks
from transform.programmes.remarks import Remark
from transform.readings import Ledger

MARK = mark_pattern(but="+")  # which adds, in a formula
NOTE = r"(?:Weighting\s*:|Notes?\s*:|Remarks?\s*:|Cat\. C subjects|Combined Science can)"
# Before a note, or before the mark in front of it.
NOTE_START = re.compile(rf"\s(?={MARK}\s{NOTE})|(?<!{MARK})\s(?={NOTE})")


def formula_text(cell: Cell) -> str:
    """The formula as printed, one line for the formula and one for each note, blanks evened out."""
    text = plain_marks(" ".join(cell.printed.split()))
    text = re.sub(rf"\s*({MARK})\s*", r" \1 ", text).strip()
    text = re.sub(r"\s+([:,;.)])", r"\1", text)
    return NOTE_START.sub("\n", " ".join(text.split()))


def formula_readings(
    key: dict[str, object], cell: Cell, remarks: Mapping[str, Remark], ledger: Ledger
) -> Formula:
    """Readings of one formula cell for one programme; the parsed formula for further checks."""
    said = {
        mark: "category_c_once" if remark.meaning.key == "category_c_once" else remark.text
        for mark, remark in remarks.items()
    }
    text = formula_text(cell)
    formula = parse_formula(text, said, page=cell.page)
    add = ledger.add
    add("formulas", key, "formula_text", text, cell, "text, blanks evened out")
    add("formulas", key, "formula", canonical(formula), cell, "formula grammar")
    add(
        "formulas",
        key,
        "weighted_elective_cap",
        formula.weighted_elective_cap,
        cell,
        "formula grammar",
    )
    add("formulas", key, "category_c_once", formula.category_c_once, cell, "formula grammar")
    add("formulas", key, "notes", "\n".join(formula.notes) or None, cell, "formula grammar")
    edition, code = int(str(key["edition"])), str(key["jupas_code"])
    for row in weighting_rows(formula, edition, code):
        slot = {
            name: row[name] for name in ("edition", "jupas_code", "alternative", "slot", "subject")
        }
        for column in ("role", "take", "weight"):
            add("weightings", slot, column, row[column], cell, "formula grammar")
    return formula
