"""The 2026 rules for tests: typed from the printed page, in tests/golden/rules-2026."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from scoring.rules import rules_of_tables
from scoring.ruleset import Rules
from transform.formulae import parse_formula, weighting_rows

GOLDEN = Path(__file__).parents[1] / "golden" / "rules-2026"
REMARKS = {"▲": "category_c_once"}
KINDS = {
    "edition": int,
    "highest_attainable": float,
    "weighted_elective_cap": lambda text: int(text) if text else None,
    "category_c_once": lambda text: text == "true",
    "category_c_accepted": lambda text: text == "true",
    "score": float,
    "converted_score": float,
    "bonus_percent": float,
}


@cache
def golden_tables() -> dict[str, list[dict[str, object]]]:
    tables = {}
    for path in sorted(GOLDEN.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = [
                {name: KINDS[name](text) if name in KINDS else text for name, text in row.items()}
                for row in csv.DictReader(file)
            ]
    tables["weightings"] = [
        weighting
        for row in tables["formulas"]
        for weighting in weighting_rows(
            parse_formula(row["formula_text"], REMARKS), 2026, row["jupas_code"]
        )
    ]
    return tables


@cache
def golden_rules() -> Rules:
    return rules_of_tables(golden_tables())
