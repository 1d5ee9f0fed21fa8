"""The generator of invented documents is itself right: facts, truth, ink.

Figures in `HIGHEST_2026` are those printed on pages 8 to 11 of the 2026 brochure.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from tests.typeset.brochure import typeset_brochure
from tests.typeset.compare import differences
from tests.typeset.edition import edition_2026
from tests.typeset.formulas import formula_text, highest_attainable, highest_with_bonus
from tests.typeset.invention import on_seven_point_scale, random_edition
from tests.typeset.layout import Layout, random_layout
from tests.typeset.leaflet import LEAFLETS, typeset_leaflet
from tests.typeset.truth import KINDS, truth

pytestmark = pytest.mark.slow  # typesets whole brochures

HIGHEST_2026 = {
    "JS5101": "42.5",
    "JS5102": "63.75",
    "JS5212": "76.5",
    "JS5220": "85",
    "JS5230": "76.5",
    "JS5270": "72.25",
    "JS5282": "72.25",
    "JS5300": "59.5",
    "JS5312": "63.75",
    "JS5411": "55.25",
    "JS5412": "63.75",
    "JS5711": "72.25",
    "JS5811": "63.75",
    "JS5813": "68",
    "JS5901": "72.25",
}


def test_highest_attainable_is_what_the_brochure_prints() -> None:
    found = {p.code: highest_attainable(p.formula) for p in edition_2026().programmes}
    assert len(found) == 33
    assert {code: found[code] for code in HIGHEST_2026} == {
        code: Decimal(figure) for code, figure in HIGHEST_2026.items()
    }


def test_highest_with_bonus_is_rounded_half_up() -> None:
    programmes = {p.code: p for p in edition_2026().programmes}
    assert highest_with_bonus(programmes["JS5101"].formula) == Decimal("44.63")  # 44.625
    assert highest_with_bonus(programmes["JS5220"].formula) == Decimal("89.25")


def test_formulas_are_worded_as_printed() -> None:
    edition = edition_2026()
    texts = {p.code: formula_text(p.formula, edition.wording) for p in edition.programmes}
    assert texts["JS5411"] == "English x 2 + Chinese x 1.5 + Best 3 other subjects ▲"
    assert texts["JS5212"] == (
        "English x 2 + Math x 2 + Best from Biology / Chemistry / Physics / ICT * "
        "+ Best 2 other subjects ~ * Weighting: Physics (x2), ICT (x1.5), Biology / Chemistry (x1) "
        "~ Weighting: M1 / M2 (x2), other subjects (x1)"
    )


def test_bonuses_of_2026() -> None:
    assert [(c, s, p) for c, s, p in edition_2026().bonuses() if c != "C"] == [
        ("A", "8.5", "5.00%"),
        ("A", "7", "4.12%"),
        ("A", "5.5", "3.24%"),
        ("A", "4", "2.35%"),
        ("A", "3", "1.76%"),
        ("B", "4", "2.35%"),
        ("B", "3", "1.76%"),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_random_editions_keep_the_identities_of_the_documents(seed: int) -> None:
    edition = random_edition(seed)
    codes = [p.code for p in edition.programmes]
    assert len(set(codes)) == len(codes)
    assert all(sign for _, sign, _ in edition.remarks())
    for p in edition.programmes:
        for score, formula in ((p.admitted, p.formula_before), (p.simulated, p.formula)):
            if score and formula and score.median and score.lower_quartile:
                ordered = Decimal(score.lower_quartile) <= Decimal(score.median)
                assert ordered and Decimal(score.median) <= highest_with_bonus(formula)
        assert p.expected[0] <= p.expected[1]


def test_random_editions_differ_from_2026_and_from_one_another() -> None:
    base = {p.code for p in edition_2026().programmes}
    others = [{p.code for p in random_edition(seed).programmes} for seed in range(12)]
    assert any(base - other for other in others), "none dropped a programme"
    assert any(other - base for other in others), "none added one"
    assert truth(random_edition(1)) != truth(random_edition(2))


def test_the_older_scale_shrinks_with_its_full_mark() -> None:
    edition = on_seven_point_scale(edition_2026())
    scores = {row["jupas_code"]: row for row in truth(edition, ["scores"])["scores"]}
    assert scores["JS5101"]["highest_attainable"] == 36.75  # 1.05 x 5 x 7
    assert {row["point_scale"] for row in scores.values()} == {7.0}
    assert edition.bonuses()[0] == ("A", "7", "5.00%")


def test_truth_has_every_table_of_the_brochure() -> None:
    tables = truth(edition_2026())
    assert len(tables["programmes"]) == 33
    assert len(tables["minimum_requirements"]) == 33 * 6
    assert len(tables["scores"]) == 33 + 8
    assert len(tables["remarks"]) == 15
    assert set(KINDS) >= {"requirements", "scores", "simulated", "conversion"}


def test_comparison_names_what_is_wrong() -> None:
    right = truth(edition_2026(), ["scores"])
    wrong = {"scores": [dict(row) for row in right["scores"][1:]]}
    wrong["scores"][0]["median"] = 99.0
    assert differences(right, wrong, ["scores"]) == [
        "scores 2025.0 JS5101 admitted: missing",
        "scores 2025.0 JS5102 admitted median: 33.13 read as 99.0",
    ]
    assert differences(right, right) == []


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        typeset_brochure(random_edition(5), random_layout(5), tmp_path / f"{name}.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_plain_score_table_prints_its_truth_beside_each_code(tmp_path: Path) -> None:
    edition = random_edition(2)
    path = tmp_path / "scores.pdf"
    shown = typeset_leaflet("scores", edition, Layout(), path)
    rows = {r["jupas_code"]: r for r in truth(edition, shown)["scores"] if r["basis"] == "admitted"}
    with pdfplumber.open(path) as pdf:
        words = pdf.pages[0].extract_words()
    for code, row in rows.items():
        at = next(w for w in words if w["text"] == code)
        beside = [
            w["text"]
            for w in words
            if abs(w["top"] - at["top"]) < 2 and at["x1"] < w["x0"] < at["x1"] + 420
        ]
        if row["median"] is not None:
            assert f"{row['median']:.2f}" in beside, code
        assert f"{row['highest_attainable']:.2f}" in beside, code


@pytest.mark.parametrize(
    ("sheet", "rotate"),
    [
        *(("wide", 0), ("halves", 0), ("offset halves", 0), ("tall", 0)),
        *(("wide", 270), ("halves", 90), ("offset halves", 180), ("tall", 90)),
    ],
)
def test_every_code_stands_on_a_visible_page(tmp_path: Path, sheet: str, rotate: int) -> None:
    edition = random_edition(3)
    path = tmp_path / "requirements.pdf"
    layout = replace(Layout(), sheet=sheet, rotate=rotate, crop_margin=20.0, kerning=False)
    typeset_leaflet("requirements", edition, layout, path)
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        visible = "".join(page.get_textpage().get_text_bounded(*page.get_cropbox()) for page in pdf)
    assert all(p.code in visible for p in edition.programmes)


def test_marks_are_small_and_raised(tmp_path: Path) -> None:
    path = tmp_path / "requirements.pdf"
    typeset_leaflet("requirements", edition_2026(), Layout(), path)
    with pdfplumber.open(path) as pdf:
        chars = pdf.pages[0].chars
    hashes = [c for c in chars if c["text"] == "#" and c["size"] < 5]
    assert len(hashes) >= 10
    body = next(c for c in chars if c["text"] == "J" and abs(c["size"] - 7) < 0.01)
    assert all(c["size"] < 0.75 * body["size"] for c in hashes)


@pytest.mark.parametrize("seed", range(6))
def test_random_layouts_typeset_everything(tmp_path: Path, seed: int) -> None:
    edition, layout = random_edition(seed), random_layout(seed)
    assert typeset_brochure(edition, layout, tmp_path / "brochure.pdf") == KINDS
    for kind in LEAFLETS:
        assert truth(edition, typeset_leaflet(kind, edition, layout, tmp_path / f"{kind}.pdf"))


def test_changed_header_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "scores.pdf"
    typeset_leaflet("scores", edition_2026(), replace(Layout(), changed_header=True), path)
    with pdfplumber.open(path) as pdf:
        text = pdf.pages[0].extract_text()
    assert "MIDPOINT" in text
    assert "MEDIAN" not in text
