"""Where a score stands against last year: median, lower quartile, expected scores.

Input: rows of `scores`, `expected_scores`, `formulas` and `conversions` of a release. Output: one
`Standing` a programme. Raises nothing. Compared are only scores made with an equal formula, on the
point scale of the edition's own conversion table; no chance is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.figures import exact
from scoring.levels import SCALE_OF_CATEGORY
from scoring.rules import Rows

TABLES = ("scores", "expected_scores", "formulas", "conversions")
BASES = ("admitted", "simulated", "reference")  # of one year the first to hold a score against


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
        marks = {"median": self.yardstick.median, "lower_quartile": self.yardstick.lower_quartile}
        return {name: total - mark for name, mark in marks.items() if mark is not None}


@dataclass(frozen=True, slots=True)
class _Edition:
    """What makes a score of an edition. `point_scale`: its highest level's score, None if no
    document prints it. `formulas`: canonical ones of every edition, by edition and JUPAS code."""

    year: int
    point_scale: Fraction | None
    formulas: Mapping[tuple[int, str], str]

    def has_formula_of(self, row: Mapping[str, Any]) -> bool:
        """Whether scores were made with a formula that is known to equal the edition's."""
        code, year = row["jupas_code"], row["formula_year"]
        return same_formula(self.formulas, code, year, self.year) is True

    def compares(self, row: Mapping[str, Any]) -> bool:
        """Whether scores stand under the edition's formula and on its point scale."""
        return exact(row["point_scale"]) == self.point_scale and self.has_formula_of(row)

    def difference(self, row: Mapping[str, Any]) -> str:
        """In words, why scores that don't compare don't."""
        reasons = []
        if self.point_scale is None:
            reasons.append(f"the documents of {self.year} print no conversion of levels")
        elif exact(row["point_scale"]) != self.point_scale:
            reasons.append(
                f"the {row['scores_year']} scores are on the {row['point_scale']:g}-point scale, "
                f"those of {self.year} on the {float(self.point_scale):g}-point scale"
            )
        if not self.has_formula_of(row):
            formula = f"the {row['formula_year']} formula"
            if (row["formula_year"], row["jupas_code"]) not in self.formulas:
                formula += ", which no document of the release prints"
            subject = "they" if reasons else f"the {row['scores_year']} scores"
            reasons.append(f"{subject} belong to {formula}")
        return ", and ".join(reasons)


def same_formula(
    formulas: Mapping[tuple[int, str], str], code: str, one: int, other: int
) -> bool | None:
    """Whether a programme's formulae of two years are equal; None where one is not known.

    formulas : canonical ones, by year and JUPAS code.
    """
    if one == other:
        return True
    if (one, code) not in formulas or (other, code) not in formulas:
        return None
    return formulas[one, code] == formulas[other, code]


def standings_of_tables(tables: Mapping[str, Rows], edition: int) -> dict[str, Standing]:
    """The standing of every programme that has a formula in `edition`, by JUPAS code."""
    canonical = {(row["edition"], row["jupas_code"]): row["formula"] for row in tables["formulas"]}
    own = _Edition(edition, edition_point_scale(tables["conversions"], edition), canonical)
    return {code: _standing(code, own, tables) for year, code in canonical if year == edition}


def edition_point_scale(conversions: Rows, edition: int) -> Fraction | None:
    """The score of the highest level of a Category A subject; None where no document prints it."""
    scores = [
        exact(row["score"])
        for row in conversions
        if row["edition"] == edition and row["scale"] == SCALE_OF_CATEGORY["A"]
    ]
    return max(scores, default=None)


def _standing(code: str, edition: _Edition, tables: Mapping[str, Rows]) -> Standing:
    rows = [
        row
        for row in tables["scores"]
        if row["jupas_code"] == code
        and row["scores_year"] < edition.year
        and (row["median"] is not None or row["lower_quartile"] is not None)
    ]
    expected = tuple(
        (row["basis"], exact(row["low"]), exact(row["high"]))
        for row in tables["expected_scores"]
        if row["jupas_code"] == code
        and row["entry_year"] == edition.year
        and row["low"] is not None
    )
    ranked = sorted(rows, key=lambda row: (-row["scores_year"], BASES.index(row["basis"])))
    comparable = next((row for row in ranked if edition.compares(row)), None)
    if comparable is not None:
        return Standing(_yardstick(comparable), None, expected)
    if not rows:
        return Standing(None, "no scores of earlier years are published", expected)
    return Standing(None, f"not comparable: {edition.difference(ranked[0])}", expected)


def _yardstick(row: Mapping[str, Any]) -> Yardstick:
    median, quartile = (
        None if row[name] is None else exact(row[name]) for name in ("median", "lower_quartile")
    )
    return Yardstick(row["scores_year"], row["basis"], median, quartile)
