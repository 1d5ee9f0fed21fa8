"""Formulae that a leaflet prints beside its scores.

Input: one row of a score table with a formula column. Output: readings of `programmes`,
`formulas`, `weightings`. Grain: one formula a JUPAS code.
Raises: `FormulaUnreadable`; `UnknownValue` for a highest score that is no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from extract.cells import Cell, Row, Table
from transform.formulae import Formula, highest_attainable
from transform.programmes.formula_cells import formula_readings
from transform.programmes.remarks import Remark
from transform.readings import Ledger
from transform.scores.point_scale import with_bonus
from transform.scores.years import Years, needed_year
from transform.values import Title, figure, only_cell


def leaflet_formula(
    code: str, row: Row, table: Table, title: Title, named: Cell, flagged: bool, years: Years,
    remarks: Mapping[str, Remark], ledger: Ledger,
) -> None:  # fmt: skip
    """A leaflet that prints formulae also says which programmes its edition has."""
    key: dict[str, object] = {
        "edition": needed_year(years.entry_year, "entry year", table), "jupas_code": code,
    }  # fmt: skip
    ledger.add("programmes", key, "title", title.text, named, "text without marks", standby=True)
    if flagged:
        ledger.add("programmes", key, "is_new", title.is_new, named, "flag NEW beside the name")
    cell = only_cell(row, "formula", table)
    formula = formula_readings(key, cell, remarks, ledger)
    if table.has("highest_attainable"):
        printed = only_cell(row, "highest_attainable", table)
        best5 = _best5(formula, figure(printed), years)
        if best5 is not None:
            ledger.add(
                "formulas", key, "highest_attainable", best5, printed,
                "recomputed from the formula; 1.05 x it is the printed figure", standby=True,
            )  # fmt: skip


def _best5(formula: Formula, printed: float, years: Years) -> float | None:
    """The best-5 figure behind a figure with bonus; None where the identity does not hold."""
    top = Fraction(str(years.point_scale)) if years.point_scale else Fraction("8.5")
    best5 = highest_attainable(formula, top)
    return float(best5) if with_bonus(best5) == Decimal(str(printed)) else None
