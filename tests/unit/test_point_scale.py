"""Point scales: named by words, shown by the highest figures, followed by the checks."""

from __future__ import annotations

from transform.findings import Tables
from transform.formulae import canonical, parse_formula
from transform.lookups import point_scales_in
from transform.point_scale import fitting_share, point_scale_of
from transform.reconcile_figures import CHECKS


def test_scales_named_and_shown() -> None:
    assert point_scales_in("On the 7-point scale; HKUST will use an 8.5-point scale.") == {
        7.0: True,
        8.5: False,
    }
    assert point_scale_of([36.75, 55.13, 51.45]) == 7
    assert fitting_share([36.75, 55.13, 51.45], 8.5) < 1


def test_seven_point_edition_reaches_its_figures() -> None:
    formula = canonical(parse_formula("English x 2 + Math x 2 + Best 3 other subjects", {}))
    for top in (7, 8.5):
        row: dict[str, object] = {"edition": 2023, "jupas_code": "JS5300", "formula": formula}
        row["highest_attainable"] = 7 * top
        tables: Tables = {"formulas": [row], "conversions": [], "scores": []}
        assert [found["status"] for found in CHECKS[0](tables)] == ["passed"]
