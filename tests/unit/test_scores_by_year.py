"""Figures of several years in one score table."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import AdmissionsError
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells

NAMES = {40: "JUPAS Code", 100: "Programme", 200: "Highest Attainable"}
FIGURES = {290: "Median", 350: "Lower Quartile", 440: "Median", 500: "Lower Quartile"}
NEW = {"median": 31.5, "lower_quartile": 30.25, "highest_attainable": 44.63}
OLD = {"median": 32.5, "lower_quartile": 29.75}


def figures(leaf: Leaf, path: Path) -> dict[object, dict[str, object]]:
    """Figures of JS5101 by year."""
    leaf.text(40, 5, "HKUST JUPAS Admissions Scores, on the 8.5-point scale", 9)
    leaf.row(70, {40: "JS5101", 100: "Research", 215: "44.63"})
    leaf.row(70, {290: "32.50", 350: "29.75", 440: "31.50", 500: "30.25"})
    for top in (62, 85):
        leaf.rule(top, 36, 570)
    found: dict[object, dict[str, object]] = {}
    read = read_cells(document_cells(drawn(path, leaf), VOCABULARY, path.name), "0" * 64)
    for reading in read.readings:
        if reading.table == "scores":
            key = dict(reading.key)
            assert (key["jupas_code"], key["formula_year"]) == ("JS5101", key["scores_year"])
            found.setdefault(key["scores_year"], {})[reading.column] = reading.value
    return found


@pytest.mark.parametrize("over", ["{}", "{} Admissions Score", "{} Entry", "Year {}"])
def test_year_over_its_columns(tmp_path: Path, over: str) -> None:
    leaf = Leaf(width=600).row(50, NAMES | FIGURES)
    for middle, year in ((344, 2024), (494, 2025)):
        text = over.format(year)
        leaf.text(middle - 1.8 * len(text), 36, text)
    # The highest attainable, printed once, is that of the last year.
    assert figures(leaf, tmp_path / "a.pdf") == {2024: OLD, 2025: NEW}


@pytest.mark.parametrize("title", ["Simulated Scores", "Expected Scores", "IB Diploma scores"])
def test_a_title_on_other_scores_over_figures_of_years_is_refused(
    tmp_path: Path, title: str
) -> None:
    leaf = Leaf(width=600).row(50, NAMES | FIGURES).row(36, {337: "2024", 487: "2025"})
    leaf.text(40, 20, f"HKUST JUPAS {title}", 10)
    with pytest.raises(AdmissionsError, match="may speak of other scores"):
        figures(leaf, tmp_path / "a.pdf")


def test_year_in_each_header(tmp_path: Path) -> None:
    years = dict(zip(FIGURES, (2024, 2024, 2025, 2025), strict=True))
    behind = {x + (26 if "M" in FIGURES[x] else 49): str(year) for x, year in years.items()}
    beside = Leaf(width=600).row(50, NAMES | FIGURES).row(50, behind)
    before = Leaf(width=600).row(50, NAMES | FIGURES).row(41, {x: str(y) for x, y in years.items()})
    for leaf in (beside, before):
        assert figures(leaf, tmp_path / "a.pdf") == {2024: OLD, 2025: NEW}


def test_figures_that_no_year_is_over_are_refused(tmp_path: Path) -> None:
    leaf = Leaf(width=600).row(50, NAMES | FIGURES).text(335, 36, "2024")
    with pytest.raises(AdmissionsError, match="page 1"):
        figures(leaf, tmp_path / "a.pdf")
    once = {x: text for x, text in FIGURES.items() if x != 350}
    leaf = Leaf(width=600).row(50, NAMES | once).row(36, {292: "2024", 470: "2025"})
    with pytest.raises(AdmissionsError, match="page 1"):
        figures(leaf, tmp_path / "a.pdf")


def test_one_year_over_its_columns(tmp_path: Path) -> None:
    leaf = Leaf(width=600).text(40, 5, "HKUST JUPAS Scores on the 8.5-point scale", 9)
    leaf.row(50, NAMES | {290: "Median", 350: "Lower Quartile"}).text(330, 36, "2024")
    leaf.row(70, {40: "JS5101", 100: "Research", 215: "44.63", 290: "32.50", 350: "29.75"})
    path = drawn(tmp_path / "a.pdf", leaf)
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    years = {dict(r.key)["scores_year"] for r in read.readings if r.table == "scores"}
    assert years == {2024}


def scales(tmp_path: Path, remark: str) -> dict[object, object]:
    """Point scales by year, in a table of 2023 and 2024 over a remark."""
    leaf = Leaf(width=600).text(40, 5, "HKUST JUPAS Admissions Scores 2023 and 2024", 9)
    leaf.row(50, NAMES | FIGURES).row(36, {337: "2023", 487: "2024"})
    leaf.row(70, {40: "JS5101", 100: "Research", 215: "44.63"})
    leaf.row(70, {290: "32.50", 350: "29.75", 440: "31.50", 500: "30.25"})
    leaf.rule(62, 36, 570).rule(85, 36, 570)
    for i, line in enumerate(remark.split("\n")):
        leaf.text(40, 110 + 8 * i, line)
    path = drawn(tmp_path / "a.pdf", leaf)
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    keys = [dict(r.key) for r in read.readings if r.table == "scores"]
    rules = {r.rule for r in read.readings if r.column == "highest_attainable"}
    assert rules == {"figure; printed once for 2023 too, whose formulae may differ"}
    return {key["scores_year"]: key["point_scale"] for key in keys}


def test_a_scale_is_that_of_the_years_beside_it(tmp_path: Path) -> None:
    for remark in (
        "2023 scores are on a 7-point scale and 2024 scores on an 8.5-point scale",
        "Scores of 2023 are on the\n7-point scale",
    ):
        assert scales(tmp_path, remark) == {2023: 7, 2024: 8.5}
    both = "2023 and 2024 scores are on the 8.5-point scale"
    assert scales(tmp_path, both) == {2023: 8.5, 2024: 8.5}
    for of_one in (
        "Scores of 2024 are on\nthe 8.5-point scale.",
        "The 8.5-point scale was adopted in 2024",
    ):
        with pytest.raises(AdmissionsError, match="cannot tell whether scores are on"):
            scales(tmp_path, of_one)
