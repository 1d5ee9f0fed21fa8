"""The rules of one edition from the warehouse: formulae, minimums, conversions, bonuses.

Input: a release folder, or the same tables as rows. Output: `Rules`, see `scoring.ruleset`.
Grain: one `Programme` a JUPAS code. Raises `UnknownValue` for an edition the release doesn't have
and `ReconciliationFailed` where printed bonus percentages don't follow score / 8.5 x 5%.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from errors import ReconciliationFailed, UnknownValue
from schemas.decimals import decimals_of
from schemas.names import REQUIREMENTS
from scoring.figures import exact, rounded
from scoring.levels import LevelTable, level_table
from scoring.ruleset import BonusRule, Formula, Minimums, Programme, Rules, Slot

Rows = Sequence[Mapping[str, Any]]
TABLES = (
    "bonuses",
    "conversions",
    "formulas",
    "minimum_requirements",
    "subject_requirements",
    "weightings",
)


def rules_of(release: Path, edition: int | None = None) -> Rules:
    """The rules of `edition` (None: the newest with minimum requirements) from a release folder."""
    return rules_of_tables(release_tables(release, TABLES), edition)


def release_tables(release: Path, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the named tables of a release, {table: [{column: value}]}."""
    tables = {}
    for name in names:
        path = release / "parquet" / f"{name}.parquet"
        if not path.is_file():
            raise UnknownValue("the release has no such table", document=str(release), text=name)
        with pq.ParquetFile(path) as file:  # pq.read_table would import pandas: half a second
            tables[name] = file.read().to_pylist()
    return tables


def rules_of_tables(tables: Mapping[str, Rows], edition: int | None = None) -> Rules:
    """The rules of `edition` from rows of the tables in `TABLES`."""
    editions = sorted({row["edition"] for row in tables["minimum_requirements"]})
    if edition is None:
        if not editions:
            raise UnknownValue(
                "the release has no edition that can be scored",
                todo="Refresh with a document that prints minimum requirements and formulae",
            )
        edition = editions[-1]
    if edition not in {row["edition"] for row in tables["formulas"]}:
        raise UnknownValue(
            "no formulae for this edition",
            text=str(edition),
            todo=f"Editions that can be scored: {', '.join(map(str, editions)) or 'none'}",
        )
    of_edition = {
        name: [row for row in tables[name] if row["edition"] == edition] for name in TABLES
    }
    return _Reader(edition, of_edition).rules()


def formulas_without_bonus(tables: Mapping[str, Rows], edition: int) -> dict[str, Formula]:
    """Formulae of an edition by JUPAS code, for best fives where no bonus rules are printed."""
    slots = _slots_of([row for row in tables["weightings"] if row["edition"] == edition])
    return {
        row["jupas_code"]: _formula(row, slots[row["jupas_code"]], "", Fraction(0))
        for row in tables["formulas"]
        if row["edition"] == edition
    }


def edition_levels(conversions: Rows, edition: int) -> LevelTable:
    """The levels of an edition from the rows of `conversions`."""
    scales: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for row in conversions:
        if row["edition"] == edition:
            scales[row["scale"]][row["level"]] = exact(row["score"])
    return level_table(scales)


class _Reader:
    """Reads one edition's rows; every row is already of that edition."""

    def __init__(self, edition: int, tables: Mapping[str, Rows]) -> None:
        self.edition, self.tables = edition, tables
        self.levels = edition_levels(tables["conversions"], edition)

    def rules(self) -> Rules:
        slots = _slots_of(self.tables["weightings"])
        programmes, unscorable = [], {}
        for row in sorted(self.tables["formulas"], key=lambda row: row["jupas_code"]):
            code = row["jupas_code"]
            minimums = self._minimums(code)
            if row["bonus_categories"] is None:
                unscorable[code] = (
                    f"the {self.edition} documents don't print which categories earn its bonus"
                )
            elif row["highest_attainable"] is None:
                unscorable[code] = (
                    f"the {self.edition} documents don't print its highest attainable score"
                )
            elif minimums is None:
                unscorable[code] = f"the {self.edition} documents don't print its minimum levels"
            elif (level := dict(minimums.printed)["citizenship"]) != "Attained":
                unscorable[code] = (  # sat until 2023, and graded
                    f"the {self.edition} documents ask for level {level} in Liberal Studies; "
                    "whether it counts they don't print"
                )
            else:
                formula = _formula(
                    row, slots[code], row["bonus_categories"], exact(row["highest_attainable"])
                )
                programmes.append(Programme(code, formula, row["formula"], minimums))
        if not programmes:
            raise UnknownValue(
                f"no programme of {self.edition} can be scored: {next(iter(unscorable.values()))}",
                todo="Refresh with the document that does, or choose another edition",
            )
        return Rules(self.edition, self.levels, self._bonus(), tuple(programmes), unscorable)

    def _minimums(self, code: str) -> Minimums | None:
        rows = {
            row["requirement"]: row
            for row in self.tables["minimum_requirements"]
            if row["jupas_code"] == code
        }
        if not rows:
            return None
        if missing := [name for name in REQUIREMENTS if name not in rows]:
            raise UnknownValue(f"{code} has no minimum for", text=", ".join(missing))
        if "Category A" not in self.levels.scales:
            raise UnknownValue(
                f"edition {self.edition} has no conversion table of Category A",
                todo="Refresh with the document that prints it",
            )
        scale = self.levels.scales["Category A"]
        graded = [name for name in REQUIREMENTS if name != "citizenship"]
        if unknown := [name for name in graded if rows[name]["level"] not in scale]:
            raise UnknownValue(f"{code}: unknown minimum level for", text=", ".join(unknown))
        scores = {name: scale[rows[name]["level"]] for name in graded}
        return Minimums(
            **scores,
            category_c_accepted=bool(rows["elective_2"]["category_c_accepted"]),
            printed=tuple((name, rows[name]["level"]) for name in REQUIREMENTS),
            one_of=tuple(
                row["subject"]
                for row in self.tables["subject_requirements"]
                if row["jupas_code"] == code
            ),
        )

    def _bonus(self) -> BonusRule:
        rows = self.tables["bonuses"]
        if not rows:
            raise UnknownValue(
                "no bonus table for this edition",
                text=str(self.edition),
                todo="Refresh with the document that prints it",
            )
        top = max(rows, key=lambda row: row["converted_score"])
        rate = exact(top["bonus_percent"]) / 100 / exact(top["converted_score"])
        minimum: dict[str, Fraction] = {}
        decimals = max(decimals_of(row["bonus_percent"]) for row in rows)
        for row in rows:
            score = exact(row["converted_score"])
            percent = rounded(100 * rate * score, decimals)
            if percent != Decimal(str(row["bonus_percent"])):
                raise ReconciliationFailed(
                    f"Category {row['category']}, score {float(score)} earns {percent} % by rule, "
                    f"{row['bonus_percent']} % is printed"
                )
            category = row["category"]
            minimum.setdefault(category, score)
            minimum[category] = min(score, minimum[category])
        return BonusRule(rate, minimum)


def _formula(
    row: Mapping[str, Any], sides: tuple[tuple[Slot, ...], ...], bonus: str, highest: Fraction
) -> Formula:
    return Formula(sides, row["weighted_elective_cap"], row["category_c_once"], bonus, highest)


def _slots_of(weightings: Rows) -> dict[str, tuple[tuple[Slot, ...], ...]]:
    """Alternatives of slots by JUPAS code, from the weightings of one edition."""
    cells: dict[str, dict[int, dict[int, list[Mapping[str, Any]]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in weightings:
        cells[row["jupas_code"]][row["alternative"]][row["slot"]].append(row)
    return {
        code: tuple(
            tuple(_slot(rows) for _, rows in sorted(side.items()))
            for _, side in sorted(sides.items())
        )
        for code, sides in cells.items()
    }


def _slot(rows: Rows) -> Slot:
    weights = tuple((row["subject"], exact(row["weight"])) for row in rows)
    return Slot(rows[0]["role"], int(rows[0]["take"]), weights)
