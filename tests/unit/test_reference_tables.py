"""Conversion tables and alternatives in Chinese that are drawn with stripes, or hardly at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import AdmissionsError, LayoutChanged, UnknownValue
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells
from transform.readings import Reading

ALTERNATIVES = [
    ("GCE Chinese Language subjects", "Grade E / Grade 2 or above"),
    ("HKDSE Category B: Applied Learning (Chinese) subjects", "Attained"),
    ("HKDSE Category C: Other Language subjects", "Grade E / Score 3 or above"),
]


def readings(tmp_path: Path, leaf: Leaf) -> list[Reading]:
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    return read_cells(cells, "0" * 64).readings


def alternatives(tmp_path: Path, leaf: Leaf) -> list[tuple[object, object]]:
    leaf.text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 200: "Level/Grade"})
    leaf.row(52, {40: "Category A: Core", 180: "5**", 260: "5*"})
    leaf.row(64, {40: "Score", 180: "8.5", 260: "7"})
    for top in (49, 61, 73):
        leaf.rule(top, 36, 300)
    leaf.text(40, 100, "Alternative Qualification in Chinese Language", 10)
    leaf.row(120, {40: "Qualification", 300: "Level/Grade"})
    return [
        (dict(r.key)["qualification"], r.value)
        for r in readings(tmp_path, leaf)
        if r.table == "chinese_alternatives"
    ]


@pytest.mark.parametrize("striped", [(0, 2), (1,)])
def test_a_stripe_over_two_columns_is_no_merged_cell_and_the_row_under_the_last_is_a_row(
    striped: tuple[int, ...], tmp_path: Path
) -> None:
    leaf = Leaf()
    leaf.fill(36, 115, 480, 131)
    for i in striped:
        leaf.fill(36, 131 + 16 * i, 480, 147 + 16 * i)
    for i, (name, level) in enumerate(ALTERNATIVES):
        leaf.row(136 + 16 * i, {40: name, 300: level})
    leaf.text(40, 200, "The list holds for applicants who learned Chinese for a short time.", 6)
    assert alternatives(tmp_path, leaf) == ALTERNATIVES


def test_rows_far_apart_without_any_drawing_are_all_read(tmp_path: Path) -> None:
    leaf = Leaf()
    for i, (name, level) in enumerate(ALTERNATIVES):
        leaf.row(140 + 28 * i, {40: name, 300: level})
    assert alternatives(tmp_path, leaf) == ALTERNATIVES


def levels(tmp_path: Path, *rows: dict[int, str]) -> dict[tuple[object, object], object]:
    """A table of rules alone; scores 8.5, 7, 5.5 and 4 stand at 180, 240, 300 and 360."""
    leaf = Leaf().text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 240: "Level/Grade"})
    printed = [*rows, {40: "Score", 180: "8.5", 240: "7", 300: "5.5", 360: "4"}]
    for i, row in enumerate(printed):
        leaf.row(56 + 16 * i, row)
    for i in range(len(printed) + 1):
        leaf.rule(52 + 16 * i, 36, 420)
    return {
        (dict(r.key)["scale"], dict(r.key)["level"]): r.value
        for r in readings(tmp_path, leaf)
        if r.table == "conversions"
    }


def test_a_blank_under_a_score_is_no_level(tmp_path: Path) -> None:
    found = levels(
        tmp_path,
        {40: "Category A: Core", 180: "5**", 240: "5*", 300: "5", 360: "4"},
        {40: "Japanese", 180: "N1", 300: "N2"},
    )
    assert found == {
        ("Category A", "5**"): 8.5,
        ("Category A", "5*"): 7.0,
        ("Category A", "5"): 5.5,
        ("Category A", "4"): 4.0,
        ("Japanese", "N1"): 8.5,
        ("Japanese", "N2"): 5.5,
    }


def test_a_level_between_two_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="4 scores but levels for 2 of them"):
        levels(tmp_path, {40: "Japanese", 180: "N1", 272: "N2"})


def test_labels_that_start_alike_are_not_cut_at_their_first_blank(tmp_path: Path) -> None:
    """No rule and no fill: 'Category' stands under 'Category' in every row but the last."""
    leaf = Leaf().text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 240: "Level/Grade"})
    leaf.row(60, {40: "Category A: Core subjects", 180: "5**", 240: "5*", 300: "5"})
    leaf.row(80, {40: "Category B: Applied Learning", 180: "-", 240: "-", 300: "Attained"})
    leaf.row(100, {40: "Score", 180: "8.5", 240: "7", 300: "5.5"})
    found = [
        (dict(r.key)["scale"], dict(r.key)["level"], r.value)
        for r in readings(tmp_path, leaf)
        if r.table == "conversions"
    ]
    assert found == [
        ("Category A", "5**", 8.5),
        ("Category A", "5*", 7.0),
        ("Category A", "5", 5.5),
        ("Category B", "Attained", 5.5),
    ]


def test_the_title_of_a_table_overleaf_is_in_no_row(tmp_path: Path) -> None:
    leaf = Leaf()
    for i, (name, level) in enumerate(ALTERNATIVES):
        leaf.row(136 + 16 * i, {40: name, 300: level})
    leaf.text(40, 184, "Conversion Table for Alternative Qualifications in Chinese Language (ACL)")
    with pytest.raises(AdmissionsError, match=r"title of a conversion_acl table, but no table"):
        alternatives(tmp_path, leaf)


def test_rows_far_apart_under_a_label_for_several_are_all_read(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 20, "Extra Bonus for the Best 6th Subject", 10)
    leaf.row(40, {40: "Category", 180: "2026 Converted Score", 320: "Extra Bonus (%)"})
    printed = [("8.5", "5.00%"), ("7", "4.12%"), ("4", "2.35%"), ("3", "1.76%")]
    for i, (score, percent) in enumerate(printed):
        leaf.row(70 + 30 * i, {210: score, 335: percent})
    leaf.text(40, 70, "Cat. A Subjects").text(40, 130, "Cat. B Subjects")
    found = {
        (dict(r.key)["category"], dict(r.key)["converted_score"]): r.value
        for r in readings(tmp_path, leaf)
        if r.table == "bonuses"
    }
    assert found == {("A", 8.5): 5.0, ("A", 7.0): 4.12, ("B", 4.0): 2.35, ("B", 3.0): 1.76}


def test_a_last_row_whose_texts_nearly_touch_is_a_row(tmp_path: Path) -> None:
    """Set to the middle and flush left, half a size apart; prose under the rules is none."""
    leaf = Leaf()
    rows = [(138.5, "GCE subjects", "Grade E"), (135.2, "HKDSE Applied", "Attained")]
    rows.append(
        (
            49.8,
            "HKDSE Category C: Other Language subjects (French, German, Urdu)",
            "Score 3 or above",
        )
    )
    for i, (x, name, level) in enumerate(rows):
        leaf.row(136 + 16 * i, {x: name, 275: level}).rule(147 + 16 * i, 36, 480)
    leaf.text(
        40,
        188,
        "The list holds for applicants who learned Chinese for less than six years "
        "while receiving primary and secondary education.",
    )
    leaf.rule(200, 36, 480)
    assert alternatives(tmp_path, leaf) == [(name, level) for _, name, level in rows]


def test_scales_in_short_and_labels_of_two_tables_side_by_side(tmp_path: Path) -> None:
    leaf = Leaf(width=700).text(40, 20, "Conversion Table for 2027 HKUST JUPAS Admissions", 10)
    leaf.text(380, 20, "Conversion Table for Alternative Qualifications in Chinese Language", 10)
    for x in (40, 380):
        leaf.row(40, {x: "Category", x + 160: "Level/Grade"})
    leaf.row(52, {40: "Cat. A", 180: "5**", 260: "5*"})
    leaf.row(64, {40: "Score", 180: "8.5", 260: "7"})
    leaf.row(52, {380: "HKDSE Category C (2012 – 2024)", 520: "A", 600: "B"})
    leaf.row(64, {380: "GCE Advanced Level", 520: "A", 600: "C"})
    leaf.row(76, {380: "Score", 520: "7", 600: "5"})
    for top in (49, 61, 73):
        leaf.rule(top, 36, 300).rule(top, 376, 640)
    leaf.rule(85, 376, 640)
    leaf.text(40, 120, "Extra Bonus for the Best 6th Subject", 10)
    leaf.row(140, {40: "Category", 160: "2027 Converted Score", 260: "Extra Bonus (%)"})
    leaf.row(152, {40: "A", 180: "8.5", 280: "5.00"}).row(164, {40: "B", 180: "4", 280: "2.35"})
    for top in (137, 149, 161, 173):
        leaf.rule(top, 36, 330)
    read = readings(tmp_path, leaf)
    kept = [r for r in read if r.table in ("conversions", "bonuses")]
    values = [(*(v for _, v in r.key), r.value) for r in kept]
    assert values == [
        (2027, "Category A", "5**", 8.5), (2027, "Category A", "5*", 7.0),
        (2027, "ACL: HKDSE Category C (2012-2024)", "A", 7.0),
        (2027, "ACL: HKDSE Category C (2012-2024)", "B", 5.0),
        (2027, "ACL: GCE Advanced Level", "A", 7.0), (2027, "ACL: GCE Advanced Level", "C", 5.0),
        (2027, "A", 8.5, 5.0), (2027, "B", 4.0, 2.35),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    ["AwD (II)", "Attained with Distinction II", "Distinction (II)", "Attained w/ Distinction (II)",
     "Attained with Distinction (Level II)", "Attained with Distinction (II)"],
)  # fmt: skip
def test_a_level_of_applied_learning_has_one_name(printed: str, tmp_path: Path) -> None:
    found = levels(tmp_path, {40: "Category B: Applied Learning", 300: printed})
    assert found == {("Category B", "Attained with Distinction (II)"): 5.5}


def test_a_level_that_stands_out_beyond_the_rules_is_refused(tmp_path: Path) -> None:
    """The '(II)' of it stands beside the table; what is left would read as another level."""
    with pytest.raises(LayoutChanged, match="runs on over the edge"):
        levels(tmp_path, {40: "Category B: Applied", 360: "Attained with Distinction (II)"})


def test_a_level_may_be_called_one(tmp_path: Path) -> None:
    found = levels(tmp_path, {40: "Category A: Core", 180: "Level 5**", 240: "Level 5*"})
    assert found == {("Category A", "5**"): 8.5, ("Category A", "5*"): 7}


def test_a_conversion_table_with_a_row_a_level(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 200: "Level/Grade", 320: "Score"})
    rows = [("Category A", "5**", "8.5"), ("Category A", "5*", "7"), ("Category B", "AwD (I)", "3")]
    for i, row in enumerate(rows):
        leaf.row(56 + 16 * i, dict(zip((40, 200, 320), row, strict=True)))
    for i in range(4):
        leaf.rule(52 + 16 * i, 36, 420)
    found = {
        (dict(r.key)["scale"], dict(r.key)["level"]): r.value for r in readings(tmp_path, leaf)
    }
    assert found == {
        ("Category A", "5**"): 8.5,
        ("Category A", "5*"): 7,
        ("Category B", "Attained with Distinction (I)"): 3,
    }


SCORES = {40: "Score", 180: "8.5", 240: "7", 300: "5.5"}
LOWER = {40: "Score", 180: "7", 240: "5.5", 300: "4"}
LEVELS = {40: "Category A: Core", 180: "5**", 240: "5*", 300: "5"}
GRADES = {40: "Category C: Other Language subjects", 180: "A", 240: "B", 300: "C"}


def matrix(tmp_path: Path, *rows: dict[float, str]) -> dict[tuple[object, object], object]:
    leaf = Leaf().text(40, 20, "Conversion Table for 2024 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 200: "Level/Grade"})
    for i, row in enumerate(rows):
        leaf.row(54 + 12 * i, row).rule(51 + 12 * i, 36, 340)
    leaf.rule(51 + 12 * len(rows), 36, 340)
    return {(dict(r.key)["scale"], dict(r.key)["level"]): r.value for r in readings(tmp_path, leaf)}


@pytest.mark.parametrize("rows", [(LEVELS, SCORES, GRADES, LOWER), (SCORES, LEVELS, LOWER, GRADES)])
def test_each_scale_with_its_own_scores(rows: tuple[dict[float, str], ...], tmp_path: Path) -> None:
    other = "Category C, Other Language (2012-2024)"
    assert matrix(tmp_path, *rows) == {
        ("Category A", "5**"): 8.5, ("Category A", "5*"): 7, ("Category A", "5"): 5.5,
        (other, "A"): 7, (other, "B"): 5.5, (other, "C"): 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (SCORES, LEVELS, GRADES, LOWER),
        (LEVELS, SCORES, LOWER, GRADES),
        (LEVELS, SCORES, LOWER),
        (LEVELS, GRADES),
    ],
)
def test_scores_that_could_be_for_rows_over_or_under_them_are_refused(
    rows: tuple[dict[float, str], ...], tmp_path: Path
) -> None:
    with pytest.raises(LayoutChanged, match="are headed 'Score'"):
        matrix(tmp_path, *rows)


def bonus_table(*rows: dict[float, str]) -> Leaf:
    leaf = Leaf().text(40, 8, "2026 Admissions JUPAS", 6)
    leaf.text(40, 20, "Extra Bonus for the Best 6th Subject", 10)
    for i, row in enumerate(rows):
        leaf.row(40 + 16 * i, row)
        leaf.rule(52 + 16 * i, 36, 460)
    return leaf


def bonuses(tmp_path: Path, leaf: Leaf) -> dict[tuple[object, object], object]:
    return {
        (dict(r.key)["category"], dict(r.key)["converted_score"]): r.value
        for r in readings(tmp_path, leaf)
        if r.table == "bonuses"
    }


def test_bonuses_with_a_column_a_category(tmp_path: Path) -> None:
    leaf = bonus_table(
        {40: "Converted Score", 160: "Category A", 260: "Category B", 360: "Cat. C Subjects"},
        {40: "8.5", 160: "5.00%", 260: "-", 360: "5.00%"},
        {40: "4", 160: "2.35%", 260: "2.35%", 360: "2.35%"},
    )
    assert bonuses(tmp_path, leaf) == {
        ("A", 8.5): 5, ("C", 8.5): 5, ("A", 4): 2.35, ("B", 4): 2.35, ("C", 4): 2.35,
    }  # fmt: skip


def test_one_row_of_bonuses_for_several_categories(tmp_path: Path) -> None:
    leaf = bonus_table(
        {40: "Category", 200: "Converted Score", 360: "Extra Bonus (%)"},
        {40: "Category A & C Subjects", 200: "8.5", 360: "5.00"},
        {40: "Categories A, B and C", 200: "4", 360: "2.35"},
    )
    assert bonuses(tmp_path, leaf) == {
        ("A", 8.5): 5, ("C", 8.5): 5, ("A", 4): 2.35, ("B", 4): 2.35, ("C", 4): 2.35,
    }  # fmt: skip


def test_tables_side_by_side_have_the_years_of_their_own_titles(tmp_path: Path) -> None:
    """Titles of two lines each: their second lines are the ones with the year."""
    leaf = Leaf(width=700)
    for x, year in ((40, "2027/28"), (380, "2026/27")):
        leaf.text(x, 20, "University Admissions Scholarship Scheme", 8)
        leaf.text(x, 31, f"for HKDSE Holders (for {year} intake)", 8)
        leaf.row(50, {x: "Number of * attained", x + 120: "Scholarship Amount"})
        leaf.row(66, {x: "1 to 3 stars", x + 120: "HK$5,000, one-off"})
        leaf.row(
            82, {x: "4+", x + 120: "Full-tuition a year, renewable for normal duration of study"}
        )
        for i in range(3):
            leaf.rule(62 + 16 * i, x - 4, x + 310)
    stars = [
        (dict(r.key)["edition"], dict(r.key)["stars_min"], r.value)
        for r in readings(tmp_path, leaf)
        if r.column == "stars_max"
    ]
    assert stars == [(2027, 1, 3), (2027, 4, None), (2026, 1, 3), (2026, 4, None)]


def test_facts_beside_a_table_are_read(tmp_path: Path) -> None:
    leaf = bonus_table(
        {40: "Category", 200: "Converted Score", 360: "Extra Bonus (%)"},
        {40: "Category A", 200: "8.5", 360: "5.00"},
    )
    leaf.text(300, 200, "45 +", 22).text(300, 226, "majors")
    facts = [
        r.value for r in readings(tmp_path, leaf) if r.table == "facts" and r.column == "value"
    ]
    assert facts == [45]
