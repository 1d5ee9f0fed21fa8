"""Point scales: named by words, shown by the highest figures, followed by the checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.checks.findings import Tables
from transform.checks.reconcile_figures import CHECKS
from transform.formulae import canonical, parse_formula
from transform.phrases import of_year, point_scales_in
from transform.read import read_cells
from transform.scores.point_scale import fitting_share, point_scale_of


def test_scales_named_and_shown() -> None:
    named = point_scales_in("On the 7-point scale; HKUST will use an 8.5-point scale.")
    assert of_year(named, None) == {7.0: True, 8.5: False}
    assert point_scale_of([36.75, 55.13, 51.45]) == 7
    assert fitting_share([36.75, 55.13, 51.45], 8.5) < 1


def test_seven_point_edition_reaches_its_figures() -> None:
    formula = canonical(parse_formula("English x 2 + Math x 2 + Best 3 other subjects", {}))
    for top in (7, 8.5):
        row: dict[str, object] = {"edition": 2023, "jupas_code": "JS5300", "formula": formula}
        row["highest_attainable"] = 7 * top
        tables: Tables = {"formulas": [row], "conversions": [], "scores": []}
        assert [found["status"] for found in CHECKS[0](tables)] == ["passed"]


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [((5, 4.12, 3.24, 2.35), 0), ((5, 4.1, 3.2, 2.4), 0), ((5, 4.1, 3.24, 2.35), 1)],
)
def test_bonuses_are_as_exact_as_their_edition_prints_them(
    printed: tuple[float, ...], wrong: int
) -> None:
    bonuses: list[dict[str, object]] = [
        {"edition": 2024, "category": "A", "converted_score": score, "bonus_percent": percent}
        for score, percent in zip((8.5, 7, 5.5, 4), printed, strict=True)
    ]
    (check,) = (check for check in CHECKS if check.__name__ == "_bonus_percent")
    found = [row["status"] for row in check({"bonuses": bonuses, "conversions": []})]
    assert found.count("failed") == wrong


def page(codes: dict[str, str], *titles: str) -> Leaf:
    """A page of medians, none of which shows its scale."""
    leaf = Leaf()
    for i, title in enumerate(titles):
        leaf.text(40, 8 + 12 * i, title, size=9)
    leaf.row(40, {40: "JUPAS Code", 120: "Programme", 330: "Median", 400: "Lower Quartile"})
    for i, (code, median) in enumerate(codes.items()):
        leaf.row(60 + 20 * i, {40: code, 120: "Arts and Science", 330: median, 400: "30"})
    for top in [36, *(54 + 20 * i for i in range(len(codes) + 1))]:
        leaf.rule(top, 36, 450)
    return leaf


def scales(path: Path) -> dict[tuple[object, object], object]:
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    keys = [dict(r.key) for r in read.readings if r.column == "median"]
    return {(key["scores_year"], key["jupas_code"]): key["point_scale"] for key in keys}


SCORES_2021 = ("2021 JUPAS Admissions Scores", "Scores are on the 7-point scale.")


def test_a_table_overleaf_is_on_the_scale_of_the_one_it_goes_on_from(tmp_path: Path) -> None:
    first, second = page({"JS5101": "35.5"}, *SCORES_2021), page({"JS5102": "34"})
    path = drawn(tmp_path / "leaflet.pdf", first, second)
    assert scales(path) == {(2021, "JS5101"): 7.0, (2021, "JS5102"): 7.0}


@pytest.mark.parametrize(
    "title",
    [
        "2021 JUPAS Admissions Score (8.5 Scale)",
        "2021 JUPAS Admission Scores - 8.5 point scale",
        "HKUST JUPAS Scores 2021 on the 8.5-point scale",
        "2021 JUPAS Admissions Scores based on 5** = 8.5, 5* = 7",
    ],
)
def test_a_title_that_names_year_and_scale(title: str, tmp_path: Path) -> None:
    path = drawn(tmp_path / "leaflet.pdf", page({"JS5101": "35.5"}, title))
    assert scales(path) == {(2021, "JS5101"): 8.5}


@pytest.mark.parametrize("title", ["JUPAS 2026 Score Conversion", "JUPAS 2026 IB Score Scale"])
def test_a_title_on_scales_dates_no_scores(title: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutChanged, match="no words give the scores year"):
        scales(drawn(tmp_path / "leaflet.pdf", page({"JS5101": "35.5"}, title)))


@pytest.mark.parametrize(
    "note",
    ["5** = 8.5 for 2022 Entry", "For 2022 Entry: 5** = 8.5", "2022: on the 8.5-point scale"],
)
def test_the_scale_of_another_year_is_not_that_of_the_scores(note: str, tmp_path: Path) -> None:
    def leaflet(title: str) -> Path:
        return drawn(tmp_path / "a.pdf", page({"JS5101": "35.5"}, title).text(40, 120, note))

    with pytest.raises(LayoutChanged, match="or the 7-point scale"):
        scales(leaflet("2021 JUPAS Admissions Scores"))
    assert scales(leaflet("2021 JUPAS Admissions Scores on the 7-point scale")) == {
        (2021, "JS5101"): 7.0
    }


OTHER_MATTER = [
    "Interviews are marked on an 8.5 scale.",
    "Interview scores: 8.5-point scale",
    "IB subjects are graded on a 7-point scale.",
    "English proficiency: scale of 8.5",
    "Portfolios and auditions are scored out of 8.5, on the 8.5-point scale",
]


@pytest.mark.parametrize("note", OTHER_MATTER)
def test_the_scale_of_other_matter_is_not_that_of_the_scores(note: str, tmp_path: Path) -> None:
    leaf = page({"JS5101": "35.5"}, "2021 JUPAS Admissions Scores")
    with pytest.raises(LayoutChanged, match="or the 7-point scale"):
        scales(drawn(tmp_path / "a.pdf", leaf.text(40, 120, note)))
    said = page({"JS5101": "35.5"}, *SCORES_2021).text(40, 120, note)
    assert scales(drawn(tmp_path / "b.pdf", said)) == {(2021, "JS5101"): 7.0}


@pytest.mark.parametrize(
    "note",
    [
        "3. All scores presented in this leaflet are based on the 8.5-point conversion scale of",
        "HKDSE levels are converted to points on an 8.5-point scale",
        "The weighted scores (Best 5 Subjects + 6th Subject Bonus) follow the 8.5-point scale",
    ],
)
def test_a_sentence_on_scores_names_their_scale(note: str, tmp_path: Path) -> None:
    leaf = page({"JS5101": "35.5"}, "2024 JUPAS Admissions Scores").text(40, 120, note)
    assert scales(drawn(tmp_path / "a.pdf", leaf)) == {(2024, "JS5101"): 8.5}


def test_the_scale_of_another_year_is_not_inherited(tmp_path: Path) -> None:
    first = page({"JS5101": "35.5"}, *SCORES_2021)
    second = page({"JS5101": "40"}, "2022 JUPAS Admissions Scores")
    with pytest.raises(LayoutChanged, match="or the 7-point scale"):
        scales(drawn(tmp_path / "leaflet.pdf", first, second))


def test_expectations_for_a_year_before_the_scores_are_refused(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 10, "2027 JUPAS Admissions Scores on the 8.5-point scale", size=10)
    leaf.row(40, {40: "JUPAS Code", 120: "Programme", 260: "Median", 330: "Expected Score"})
    leaf.row(60, {40: "JS5101", 120: "Research", 260: "44.1", 330: "43 - 45"})
    leaf.text(40, 120, "Bonus arrangements introduced for the 2024 Entry continue.")
    for top in (36, 54, 74):
        leaf.rule(top, 36, 450)
    with pytest.raises(LayoutChanged, match="scores of 2027 beside expectations for 2024"):
        scales(drawn(tmp_path / "leaflet.pdf", leaf))


@pytest.mark.parametrize(
    ("over", "x", "refusal"),
    [
        ("2027", 370, None),
        ("2026", 370, "two years stand over a scores table"),
        ("2026", 290, "a year over the headers"),
    ],
)
def test_another_year_right_over_the_headers_is_refused(
    tmp_path: Path, over: str, x: float, refusal: str | None
) -> None:
    leaf = page({"JS5101": "44.1"}, "2027 JUPAS Admissions Scores", "on the 8.5-point scale")
    path = drawn(tmp_path / "leaflet.pdf", leaf.text(x, 30, over, size=6))
    if refusal is None:
        assert scales(path) == {(2027, "JS5101"): 8.5}
    else:
        with pytest.raises(LayoutChanged, match=refusal):
            scales(path)


PAIR = "{} JUPAS Admissions Scores on the 8.5-point scale"


@pytest.mark.parametrize(
    ("pair", "year"), [("2020/21", 2020), ("2025-26", 2025), ("2019/20", 2019)]
)
def test_a_pair_of_years_is_its_first(tmp_path: Path, pair: str, year: int) -> None:
    for title in (PAIR.format(pair), f"JUPAS Admissions Scores {pair} (8.5 Scale)"):
        path = drawn(tmp_path / "leaflet.pdf", page({"JS5101": "35.5"}, title))
        assert scales(path) == {(year, "JS5101"): 8.5}


@pytest.mark.parametrize("over", ["2024/25", "2024/25 Intake", "2024/25 Admissions Score"])
def test_a_pair_of_other_years_over_the_headers_is_refused(tmp_path: Path, over: str) -> None:
    leaf = page({"JS5101": "35.5"}, "JUPAS Admissions Scores 2025/26 (8.5 Scale)")
    with pytest.raises(LayoutChanged, match="a year over the headers"):
        scales(drawn(tmp_path / "leaflet.pdf", leaf.text(300, 30, over, size=6)))


def test_headers_of_another_year_than_a_title_on_scores_are_refused(tmp_path: Path) -> None:
    def leaflet(title: str) -> Path:
        leaf = Leaf().text(40, 5, title, 9).text(330, 5, "Scores are on the 8.5-point scale.", 6)
        leaf.row(40, {40: "JUPAS Code", 120: "Programme", 260: "2024 Median"})
        leaf.row(60, {40: "JS5101", 120: "Arts and Science", 260: "35.5"})
        for top in (36, 54, 74):
            leaf.rule(top, 36, 450)
        return drawn(tmp_path / "leaflet.pdf", leaf)

    for title in ("2025/26 JUPAS Admissions Scores", "2025/26 Intake Scores"):
        with pytest.raises(LayoutChanged, match="two years stand over a scores table"):
            scales(leaflet(title))
    assert scales(leaflet("2025/26 Intake")) == {(2024, "JS5101"): 8.5}
