"""What a change of formula does: a fixed set of applicants under the old and the new formula.

Input: rows of `formulas`, `weightings`, `conversions`. Output: rows of `audit.formula_effects`.
Grain: one programme whose formula changed, and one profile of `profiles.toml`.
Raises: `UnknownValue` for a profile that the later edition's conversions cannot read.

Best fives without bonus are compared: leaflets that print formulae don't print who earns a bonus.
Levels convert by the later edition's table on both sides, so that only the formula differs: where
no document prints that table there are no effects.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from scoring.exact import exact_score
from scoring.levels import SCALE_OF_CATEGORY
from scoring.profile import profile_results
from scoring.rules import Rows, edition_levels, formulas_without_bonus
from scoring.ruleset import NO_BONUS

TABLES = ("formulas", "weightings", "conversions")


@cache
def profiles() -> dict[str, str]:
    """The fixed profiles by name."""
    declared = tomllib.loads(Path(__file__).with_name("profiles.toml").read_text("utf-8"))
    return dict(declared["profiles"])


def formula_effects(tables: Mapping[str, Rows]) -> list[dict[str, object]]:
    """Effects of all formula changes between neighbouring editions."""
    editions = sorted({int(row["edition"]) for row in tables["formulas"]})
    return [
        row
        for earlier, later in pairwise(editions)
        for row in effects_between(tables, earlier, later)
    ]


def effects_between(
    tables: Mapping[str, Rows], earlier: int, later: int
) -> list[dict[str, object]]:
    """The same for any two editions."""
    old, new = (formulas_without_bonus(tables, edition) for edition in (earlier, later))
    changed = sorted(code for code in old.keys() & new.keys() if old[code] != new[code])
    if not changed:
        return []
    levels = edition_levels(tables["conversions"], later)
    if SCALE_OF_CATEGORY["A"] not in levels.scales:
        return []
    rows: list[dict[str, object]] = []
    for name, profile in profiles().items():
        results = profile_results(profile, levels)
        for code in changed:
            before = exact_score(old[code], NO_BONUS, results).best5
            after = exact_score(new[code], NO_BONUS, results).best5
            rows.append(
                {
                    "from_edition": earlier,
                    "to_edition": later,
                    "jupas_code": code,
                    "profile": name,
                    "old_best5": float(before),
                    "new_best5": float(after),
                    "difference": float(after - before),
                }
            )
    return rows
