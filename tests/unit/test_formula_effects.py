"""What a changed formula does to the fixed applicants, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from errors import UnknownValue
from flows.summary import _first_score
from scoring.effects import effects_between, formula_effects
from scoring.profile import profile_results
from scoring.rules import TABLES, edition_levels
from tests.unit.rules_2026 import golden_tables
from transform.formulae import parse_formula, weighting_rows

CODE = "JS5212"
OF_2025 = """\
English x 2 + Math x 2 + Best from Biology / Chemistry / Physics / ICT # ~ + Best 2 other subjects ^
# Weighting: Biology / Chemistry / Physics (x2), ICT (x1)
~ Combined Science can also be counted as a science subject which carries a weighting of x2.
^ Weighting: M1 / M2 (x1.5), other subjects (x1)"""


def tables(conversions: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """The rules of 2026 and one formula of 2025."""
    of_2026 = golden_tables()
    formula = next(row for row in of_2026["formulas"] if row["jupas_code"] == CODE)
    old_weightings = weighting_rows(parse_formula(OF_2025), 2025, CODE)
    return {
        "formulas": [*of_2026["formulas"], {**formula, "edition": 2025}],
        "weightings": [*of_2026["weightings"], *old_weightings],
        "conversions": conversions,
    }


def test_biology_that_no_longer_counts_double_costs_seven_points():
    effects = formula_effects(tables(golden_tables()["conversions"]))
    assert {row["jupas_code"] for row in effects} == {CODE}
    by_profile = {
        row["profile"]: (row["old_best5"], row["new_best5"], row["difference"]) for row in effects
    }
    # English 5 and Mathematics 5 x2 are 22; Biology 5* x2, Chemistry 5*, Chinese 5: 14 + 7 + 5.5,
    # then 7 + 7 + 5.5
    assert by_profile["Biology and Chemistry"] == (48.5, 41.5, -7)
    # English 5 11, Mathematics 5* 14, Physics 5* 14, Chemistry 5 5.5; M2 5 x1.5, then x2
    assert by_profile["Physics and Chemistry, M2"] == (52.75, 55.5, 2.75)
    assert by_profile["Humanities"][2] == 0


@pytest.mark.parametrize("printed", [[], ["French"]])
def test_without_a_conversion_of_levels_there_is_no_effect(printed: list[str]):
    conversions = [row for row in golden_tables()["conversions"] if row["scale"] in printed]
    assert effects_between(tables(conversions), 2025, 2026) == []


@pytest.mark.parametrize(
    ("profile", "scale"),
    [
        ("English=5", "Category A"),
        ("B:Hotel Operations=Attained", "Category B"),
        ("French=B2", "French"),
        ("French (2012-2024)=B", "Category C, Other Language"),
    ],
)
def test_a_level_whose_scale_no_document_prints_is_told_of(profile: str, scale: str):
    levels = edition_levels([], 2026)
    with pytest.raises(UnknownValue, match=f"print no conversion of: '{scale}'. Refresh with"):
        profile_results(profile, levels)


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        ("Category A", "  admissions score --profile '"),
        (
            "French",
            "  score applicants, but not yet: edition 2026 has no conversion table of Category A",
        ),
    ],
)
def test_the_summary_of_a_refresh_says_what_scoring_lacks(scale: str, told: str, tmp_path: Path):
    (tmp_path / "parquet").mkdir()
    for name in TABLES:
        rows = golden_tables()[name]
        if name == "conversions":
            rows = [row for row in rows if row["scale"] == scale]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "parquet" / f"{name}.parquet")
    assert _first_score(tmp_path, Path("data")).startswith(told)


def test_a_language_needs_its_own_scale_only():
    conversions = [row for row in golden_tables()["conversions"] if row["scale"] == "French"]
    (french,) = profile_results("French=B2", edition_levels(conversions, 2026))
    assert french.score == 5.5
