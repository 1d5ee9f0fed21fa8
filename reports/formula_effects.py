"""What the newest change of formulae does to the scores of a fixed set of applicants.

Input: `audit.formula_effects`, `formulas`, programme names. Output: one table: a row a programme
whose formula changed, a column a profile. Grain: one row a programme. Raises nothing.
"""

from __future__ import annotations

from typing import Any

from reports.edition_changes import TERMS, differences
from reports.rows import Row, Warehouse
from reports.score_history import formulas_by_year, newest_names
from scoring.effects import profiles


def effects_table(warehouse: Warehouse) -> Row | None:
    """The effects between the two newest editions; None where no formula changed."""
    effects = warehouse.rows(
        """FROM audit.formula_effects
           WHERE to_edition = (SELECT max(to_edition) FROM audit.formula_effects)
           ORDER BY jupas_code"""
    )
    if not effects:
        return None
    earlier, later = effects[0]["from_edition"], effects[0]["to_edition"]
    formulas = formulas_by_year(warehouse)
    names_by_code = newest_names(warehouse)
    declared = profiles()  # in their declared order, then any that is declared no longer
    names = dict.fromkeys((*declared, *sorted({row["profile"] for row in effects})))
    held = {row["profile"] for row in effects}
    shown = [name for name in names if name in held]
    return {
        "from": earlier,
        "to": later,
        "profiles": [{"name": name, "results": declared.get(name)} for name in shown],
        "rows": [
            {
                "code": code,
                "title": names_by_code.get(code, ("",))[0],
                **_both_formulas(formulas.get((earlier, code)), formulas.get((later, code))),
                "cells": [_cell(effects, code, name) for name in shown],
            }
            for code in dict.fromkeys(row["jupas_code"] for row in effects)
        ],
    }


def _both_formulas(old: str | None, new: str | None) -> dict[str, Any]:
    """Either formula in pieces: what is its own is told from what both have."""
    pieces = differences(old or "", new or "", TERMS)
    return {
        "old": [piece for piece in pieces if piece.state != "new"],
        "new": [piece for piece in pieces if piece.state != "old"],
    }


def _cell(effects: list[Row], code: str, profile: str) -> Row | None:
    return next(
        (row for row in effects if row["jupas_code"] == code and row["profile"] == profile), None
    )
