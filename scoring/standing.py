"""Where a score stands against last year: median, lower quartile, expected scores.

Input: rows of `scores`, `expected_scores` and `formulas` of a release. Output: one `Standing` a
programme. Raises nothing. Only scores made with an equal formula are compared; no chance is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.rules import Rows, exact

TABLES = ("scores", "expected_scores", "formulas")
TOP_SCORE = Fraction("8.5")  # scores on the earlier 7-point scale don't compare


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Scores of one year made with a formula equal to the edition's. `basis` as in `scores`."""

    scores_year: int
    basis: str
    median: Fraction | None
    lower_quartile: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one programme's score can be held against. `note`: why there is no yardstick, if so.

    expected : (basis, low, high) as published for entry in the edition's year.
    """

    yardstick: Yardstick | None
    note: str | None
    expected: tuple[tuple[str, Fraction, Fraction], ...] = ()

    def distances(self, total: Fraction) -> dict[str, Fraction]:
        """Score minus median and lower quartile, for those there are."""
        if self.yardstick is None:
            return {}
        marks = {
            "median": self.yardstick.median,
            "lower_quartile": self.yardstick.lower_quartile,
        }
        return {name: total - mark for name, mark in marks.items() if mark is not None}


def standings_of_tables(tables: Mapping[str, Rows], edition: int) -> dict[str, Standing]:
    """The standing of every programme that has a formula in `edition`, by JUPAS code."""
    canonical = {(row["edition"], row["jupas_code"]): row["formula"] for row in tables["formulas"]}
    return {
        code: _standing(code, edition, canonical, tables)
        for year, code in canonical
        if year == edition
    }


def _standing(
    code: str, edition: int, canonical: Mapping[tuple[int, str], str], tables: Mapping[str, Rows]
) -> Standing:
    rows = [
        row
        for row in tables["scores"]
        if row["jupas_code"] == code and row["scores_year"] < edition and _has_figures(row)
    ]
    expected = tuple(
        (row["basis"], exact(row["low"]), exact(row["high"]))
        for row in tables["expected_scores"]
        if row["jupas_code"] == code and row["entry_year"] == edition and row["low"] is not None
    )
    comparable = [row for row in rows if _same_formula(row, code, edition, canonical)]
    # Of the newest year: admitted scores, then simulated ones, then a reference score.
    ranked = sorted(comparable, key=lambda row: (-row["scores_year"], _basis_rank(row)))
    if ranked:
        return Standing(_yardstick(ranked[0]), None, expected)
    if not rows:
        return Standing(None, "no scores of earlier years are published", expected)
    newest = max(rows, key=lambda row: row["scores_year"])
    why = f"the {newest['scores_year']} scores belong to the {newest['formula_year']} formula"
    if exact(newest["point_scale"]) != TOP_SCORE:
        why = f"the {newest['scores_year']} scores are on a scale up to {newest['point_scale']:g}"
    return Standing(None, f"not comparable: {why}", expected)


def _same_formula(
    row: Mapping[str, Any], code: str, edition: int, canonical: Mapping[tuple[int, str], str]
) -> bool:
    if exact(row["point_scale"]) != TOP_SCORE:
        return False
    if row["formula_year"] == edition:
        return True
    key = (row["formula_year"], code)
    return key in canonical and canonical[key] == canonical[edition, code]


def _has_figures(row: Mapping[str, Any]) -> bool:
    return row["median"] is not None or row["lower_quartile"] is not None


def _basis_rank(row: Mapping[str, Any]) -> int:
    return ("admitted", "simulated", "reference").index(row["basis"])


def _yardstick(row: Mapping[str, Any]) -> Yardstick:
    median, quartile = (
        None if row[name] is None else exact(row[name]) for name in ("median", "lower_quartile")
    )
    return Yardstick(row["scores_year"], row["basis"], median, quartile)
