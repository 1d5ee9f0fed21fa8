"""Conversion tables with a row a score and a column a scale."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import AdmissionsError, UnknownValue
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.checks.plausible_left import left_rows
from transform.read import read_cells

MAIN = {
    ("Category A", "5**"): 8.5, ("Category A", "5*"): 7.0, ("Category A", "4"): 4.0,
    ("Category B", "Attained with Distinction (II)"): 4.0,
}  # fmt: skip


def conversions(tmp_path: Path, leaf: Leaf) -> dict[tuple[object, object], object]:
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    found = read_cells(cells, "0" * 64).readings
    assert {x.table for x in found} == {"conversions"}
    return {(dict(x.key)["scale"], dict(x.key)["level"]): x.value for x in found}


def main_table(score: float = 40, others: tuple[float, float] = (120, 280)) -> Leaf:
    """A table ruled under each row; `score`: where its column stands, `others`: those of A, B."""
    a, b = others
    leaf = Leaf().text(40, 20, "Conversion Table for 2027 HKUST JUPAS Admissions", 10)
    leaf.row(40, {score: "Score", a: "Category A: Senior Secondary Subjects"})
    leaf.row(40, {b: "Category B: Applied Learning Subjects"}).rule(50, 36, 460)
    for i, (figure, first, second) in enumerate(
        [("8.5", "5**", "-"), ("7", "5*", "-"), ("4", "4", "Attained with Distinction (II)")]
    ):
        leaf.row(54 + 14 * i, {score: figure, a: first, b: second}).rule(64 + 14 * i, 36, 460)
    return leaf


@pytest.mark.parametrize(("score", "others"), [(40, (120, 280)), (430, (40, 220))])
def test_the_score_stands_first_or_last(
    score: float, others: tuple[float, float], tmp_path: Path
) -> None:
    assert conversions(tmp_path, main_table(score, others)) == MAIN


def languages(blank: str) -> Leaf:
    """Three scales with rows that nothing parts, their scores last."""
    leaf = main_table().text(40, 130, "Category C Conversion Table", 10)
    leaf.row(150, {40: "French", 140: "Korean", 240: "Urdu", 340: "Score"})
    for i, row in enumerate(
        [("C2", "Level 6", "A++", "8.5"), ("C1", "Level 5", "A+, A", "7"),
         (blank, "Level 4", "B", "4"), (blank, blank, "C", "3")]
    ):  # fmt: skip
        leaf.row(164 + 18 * i, {x: t for x, t in zip((40, 140, 240, 340), row, strict=True) if t})
    return leaf


def test_languages_side_by_side_with_rows_that_nothing_parts(tmp_path: Path) -> None:
    found = conversions(tmp_path, languages("-"))
    assert {key: x for key, x in found.items() if key not in MAIN} == {
        ("French", "C2"): 8.5, ("Korean", "6"): 8.5, ("Urdu", "A++"): 8.5, ("French", "C1"): 7.0,
        ("Korean", "5"): 7.0, ("Urdu", "A+"): 7.0, ("Urdu", "A"): 7.0, ("Korean", "4"): 4.0,
        ("Urdu", "B"): 4.0, ("Urdu", "C"): 3.0,
    }  # fmt: skip


def test_a_level_that_may_stand_for_several_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="several scores"):
        conversions(tmp_path, languages(""))


def test_a_column_of_no_known_scale_is_refused(tmp_path: Path) -> None:
    leaf = main_table().row(40, {440: "Klingon"}).row(54, {440: "A"})
    with pytest.raises(AdmissionsError, match="Klingon"):
        conversions(tmp_path, leaf)


def test_a_level_for_two_scales_is_refused(tmp_path: Path) -> None:
    leaf = main_table()
    leaf.text(210, 98, "Attained with Distinction (I)").rule(108, 36, 460).text(40, 98, "3")
    with pytest.raises(UnknownValue, match="several scales"):
        conversions(tmp_path, leaf)


def test_a_blank_cell_is_told(tmp_path: Path) -> None:
    leaf = main_table().row(96, {40: "3", 120: "3"}).rule(106, 36, 460)
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    found = read_cells(cells, "0" * 64)
    checks = left_rows(found.readings, found.rejects)
    (row,) = (x for x in checks if x["check_name"] == "a table of conversions has no blank cell")
    assert (row["status"], row["detail"]) == (
        "failed",
        "3: nothing stands beside it under Category B",
    )
