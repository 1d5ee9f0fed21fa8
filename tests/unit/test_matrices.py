"""Conversion and bonus tables whose cells are set flush left or right, or labelled once a group."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import LayoutChanged, UnknownValue
from extract.document import document_cells
from tests.unit import cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells
from transform.readings import Ledger, Reading
from transform.rules.stated_conversions import read_stated_conversions

LEVELS = {
    ("Category A", "5**"): 8.5, ("Category A", "5*"): 7.0, ("Category A", "3"): 3.0,
    ("Category B", "Attained with Distinction (I)"): 3.0,
}  # fmt: skip
BONUSES = [("A", 8.5, 5.0), ("A", 4.0, 2.35), ("B", 4.0, 2.35), ("B", 3.0, 1.76), ("C", 8.5, 5.0)]


def readings(tmp_path: Path, leaf: Leaf, table: str) -> list[Reading]:
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    return [x for x in read_cells(cells, "0" * 64).readings if x.table == table]


def conversions(tmp_path: Path, leaf: Leaf) -> dict[tuple[object, object], object]:
    found = readings(tmp_path, leaf, "conversions")
    return {(dict(x.key)["scale"], dict(x.key)["level"]): x.value for x in found}


def matrix(label: str = "Score", scores: tuple[str, ...] = ("8.5", "7", "3")) -> Leaf:
    """Levels and scores flush left; those of Category B stand under the last score alone."""
    leaf = Leaf()
    leaf.text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 240: "Level/Grade"})
    leaf.row(54, {40: "Category A: Core", 160: "5**", 220: "5*", 280: "3"})
    leaf.row(66, {40: "Category B: Applied", 280: "Attained with Distinction"}).row(
        75, {280: "(I)"}
    )
    leaf.row(88, {40: label, **dict(zip((160, 220, 280), scores, strict=True))})
    for top in (51, 63, 85, 97):
        leaf.rule(top, 36, 400)
    return leaf


def test_levels_flush_left_under_their_scores(tmp_path: Path) -> None:
    assert conversions(tmp_path, matrix()) == LEVELS
    assert conversions(tmp_path, matrix("POINTS", ("8.5 points", "7 points", "3 points"))) == LEVELS


def test_the_place_of_a_level_of_two_lines_holds_both(tmp_path: Path) -> None:
    level = next(x for x in readings(tmp_path, matrix(), "conversions") if "(I)" in x.text)
    assert level.text == "Attained with Distinction (I)"
    assert level.place.top == pytest.approx(66, abs=0.5)
    assert level.place.bottom == pytest.approx(75 + 7, abs=0.5)


def test_the_scores_of_two_years_are_refused(tmp_path: Path) -> None:
    leaf = matrix().row(100, {40: "Score (2024)", 160: "7", 220: "6", 280: "3"}).rule(109, 36, 400)
    with pytest.raises(LayoutChanged, match="headed 'Score'"):
        readings(tmp_path, leaf, "conversions")


def test_a_level_between_two_scores_is_refused(tmp_path: Path) -> None:
    leaf = matrix().row(100, {40: "Category C", 196: "A"}).rule(109, 36, 400)
    with pytest.raises(UnknownValue, match="3 scores but levels for 1 of them"):
        readings(tmp_path, leaf, "conversions")


@pytest.mark.parametrize(
    ("printed", "levels"), [("A*/A", ["A*", "A"]), ("9 or 8", ["9", "8"]), ("A+; A", ["A+", "A"])]
)
def test_several_levels_under_one_score(printed: str, levels: list[str], tmp_path: Path) -> None:
    leaf = matrix().row(100, {40: "French", 160: "-", 220: printed, 280: "-"}).rule(109, 36, 400)
    found = conversions(tmp_path, leaf)
    assert [level for scale, level in found if scale == "French"] == levels
    assert {found["French", level] for level in levels} == {7.0}


def test_levels_one_under_the_other(tmp_path: Path) -> None:
    """Of one row, where its label is one line; else they may be those of two rows."""
    leaf = matrix().row(100, {40: "French", 160: "9,", 220: "7", 280: "5"})
    leaf.row(109, {160: "8", 280: "4"}).rule(119, 36, 400)
    found = conversions(tmp_path, leaf)
    french = {level: score for (scale, level), score in found.items() if scale == "French"}
    assert french == {"9": 8.5, "8": 8.5, "7": 7.0, "5": 3.0, "4": 3.0}
    with pytest.raises(UnknownValue, match="'5 4' is no level"):
        readings(tmp_path, leaf.text(40, 109, "German"), "conversions")


def bonus(labels: dict[int, str]) -> Leaf:
    """Every row ruled over its whole width; `labels` of the categories by the row they stand in."""
    leaf = Leaf()
    leaf.text(40, 20, "Extra Bonus for the Best 6th Subject", 10)
    leaf.text(40, 32, "The sixth subject counts once.", 7)
    leaf.row(50, {40: "Category", 160: "2026 Converted Score", 300: "Extra Bonus (%)"})
    leaf.rule(60, 36, 400)
    for i, (_, score, percent) in enumerate(BONUSES):
        top = 64 + 14 * i
        cells = {180: f"{score:g}", 320: f"{percent}%"}
        leaf.row(top, cells | ({40: f"Cat. {labels[i]} Subjects"} if i in labels else {}))
        leaf.rule(top + 10, 36, 400)
    return leaf


@pytest.mark.parametrize("labels", [{0: "A", 2: "B", 4: "C"}, {1: "A", 3: "B", 4: "C"}])
def test_a_label_holds_for_the_rows_whose_scores_fall(
    labels: dict[int, str], tmp_path: Path
) -> None:
    found = readings(tmp_path, bonus(labels), "bonuses")
    keys = [dict(x.key) for x in found]
    assert [
        (key["category"], key["converted_score"], x.value)
        for key, x in zip(keys, found, strict=True)
    ] == BONUSES


@pytest.mark.parametrize(
    "labels", [{0: "A", 1: "B", 4: "C"}, {0: "A", 4: "C"}, {0: "A", 2: "B", 3: "B", 4: "C"}]
)
def test_labels_that_do_not_fit_the_falling_scores_are_refused(
    labels: dict[int, str], tmp_path: Path
) -> None:
    with pytest.raises(LayoutChanged, match="which rows of a bonus table"):
        readings(tmp_path, bonus(labels), "bonuses")


def test_no_header_begins_in_the_title_over_it(tmp_path: Path) -> None:
    """'Subject' stands behind a raised 'th' in the title, 'Category' right below it."""
    leaf = Leaf()
    leaf.text(40, 38, "Extra Bonus for the Best 6", 10).text(160, 36, "th", 6)
    leaf.text(169, 38, "Subject", 10)
    leaf.row(51, {40: "2026 Converted Score", 175: "Category", 300: "Extra Bonus (%)"}, 8)
    leaf.rule(62, 36, 400)
    leaf.row(66, {50: "8.5", 165: "Cat. A Subjects", 310: "5.00%"}).rule(76, 36, 400)
    leaf.row(80, {50: "7", 165: "Cat. A Subjects", 310: "4.12%"}).rule(90, 36, 400)
    found = readings(tmp_path, leaf, "bonuses")
    assert [(dict(x.key)["category"], x.value) for x in found] == [("A", 5.0), ("A", 4.12)]


def alternatives(leaf: Leaf, header: str = "Qualification") -> Leaf:
    leaf.text(40, 20, "Alternative Qualification in Chinese Language", 10)
    leaf.row(40, {40: header, 300: "Level/Grade"}).rule(50, 36, 400)
    leaf.row(54, {40: "GCE Chinese Language subjects", 300: "Grade E or above"}).rule(64, 36, 400)
    leaf.row(68, {40: "HKDSE Category B", 300: "Attained"}).rule(78, 36, 400)
    return leaf


@pytest.mark.parametrize("foot", ["Entry 2023", "HKUST 2023 JUPAS Admissions", "2023/24 intake"])
def test_a_table_without_a_year_has_that_of_the_line_that_names_an_intake(
    foot: str, tmp_path: Path
) -> None:
    leaf = alternatives(Leaf()).text(40, 300, foot)
    found = readings(tmp_path, leaf, "chinese_alternatives")
    assert {dict(x.key)["edition"] for x in found} == {2023}


@pytest.mark.parametrize(
    "lines",
    [
        ["2023 JUPAS Admissions Scores"],
        ["Entry 2023", "2024 Entry"],
        ["In 2023 it rained."],
        ["2023/24 intake: 1,200 students"],
        ["Same as in 2023 JUPAS"],
        ["Non-JUPAS 2023 Entry"],
        ["The scholarship for 2023 Entry is described on page 3."],
    ],
)
def test_lines_on_scores_or_of_two_years_give_no_edition(lines: list[str], tmp_path: Path) -> None:
    leaf = alternatives(Leaf())
    for i, line in enumerate(lines):
        leaf.text(40, 250 + 40 * i, line)
    with pytest.raises(LayoutChanged, match=r"no words give the edition|two years stand"):
        readings(tmp_path, leaf, "chinese_alternatives")


def test_a_conversion_table_of_qualifications_is_no_list_of_alternatives(tmp_path: Path) -> None:
    leaf = matrix().text(40, 130, "Conversion Table for ACL", 10)
    leaf.row(150, {40: "Qualification", 240: "Level or Grade"}).rule(160, 36, 400)
    leaf.row(164, {40: "GCE Advanced Level", 160: "A*, A", 220: "B", 280: "-"}).rule(174, 36, 400)
    leaf.row(178, {40: "Score", 160: "7", 220: "6", 280: "5"}).rule(188, 36, 400)
    acl = {"ACL: GCE Advanced Level"}
    found = conversions(tmp_path, leaf)
    assert [(level, x) for (scale, level), x in found.items() if scale in acl] == [
        ("A*", 7.0), ("A", 7.0), ("B", 6.0)
    ]  # fmt: skip


def test_qualifications_for_something_else_are_no_alternatives_in_chinese(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 15, "2027 JUPAS Admissions Requirements", 10)
    leaf.text(40, 28, "Scholarships for holders of other diplomas")
    leaf.row(40, {40: "Qualification", 300: "Minimum Grade"}).rule(50, 36, 400)
    leaf.row(54, {40: "IB", 300: "40"}).rule(64, 36, 400)
    with pytest.raises(LayoutChanged, match="does not say what for"):
        readings(tmp_path, leaf, "chinese_alternatives")


def test_alternatives_in_english_under_those_in_chinese_are_none_in_chinese(tmp_path: Path) -> None:
    leaf = alternatives(Leaf()).text(40, 300, "Entry 2023")
    leaf.text(40, 130, "Alternative Qualification in English Language", 9)
    leaf.row(150, {40: "Qualification", 300: "Minimum Grade"}).rule(160, 36, 400)
    leaf.row(164, {40: "IELTS", 300: "6.5"}).rule(174, 36, 400)
    with pytest.raises(LayoutChanged, match="does not say what for"):
        readings(tmp_path, leaf, "chinese_alternatives")


def test_levels_side_by_side_are_no_minimum_level(tmp_path: Path) -> None:
    leaf = alternatives(Leaf()).text(40, 300, "Entry 2023").row(54, {370: "B"})
    with pytest.raises(UnknownValue, match="side by side"):
        readings(tmp_path, leaf, "chinese_alternatives")


def test_one_table_of_all_categories_with_a_heading_between_its_rows(tmp_path: Path) -> None:
    leaf = matrix().text(40, 101, "Category C Subjects")
    leaf.rule(110, 36, 400).row(114, {40: "French", 160: "C2", 220: "C1"}).rule(123, 36, 400)
    assert conversions(tmp_path, leaf) == LEVELS | {("French", "C2"): 8.5, ("French", "C1"): 7.0}


def test_a_row_without_a_label_is_refused(tmp_path: Path) -> None:
    leaf = matrix().row(101, {160: "C2", 220: "C1", 280: "B2"}).rule(110, 36, 400)
    with pytest.raises(LayoutChanged, match="headed 'Score'"):
        readings(tmp_path, leaf, "conversions")


def test_a_heading_that_is_none_is_refused(tmp_path: Path) -> None:
    leaf = matrix().text(40, 101, "Category C, Other Language").rule(110, 36, 400)
    with pytest.raises(LayoutChanged, match="no cells where column levels has one"):
        readings(tmp_path, leaf, "conversions")


def test_rows_on_grounds_go_on_under_a_heading(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.row(40, {40: "Category", 240: "Level/Grade"})
    rows = [("Score", "8.5", "7"), ("Category A: Core", "5**", "5*"), (), ("French", "C2", "C1")]
    for i, row in enumerate(rows):
        top = 52 + 14 * i
        if row:
            leaf.fill(36, top, 400, top + 13, "0.93 0.96 0.96")
            leaf.row(top + 3, dict(zip((40, 180, 280), row, strict=True)))
        else:
            leaf.fill(36, top, 400, top + 13)
            leaf.text(40, top + 3, "Category C: Other Language Subjects")
    assert conversions(tmp_path, leaf) == {
        ("Category A", "5**"): 8.5, ("Category A", "5*"): 7.0,
        ("French", "C2"): 8.5, ("French", "C1"): 7.0,
    }  # fmt: skip


def test_scores_in_the_header(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 20, "Conversion Table for 2026 HKUST JUPAS Admissions", 10)
    leaf.text(40, 44, "Category").text(230, 39, "Score").rule(49, 140, 400)
    leaf.row(53, {160: "8.5", 220: "7", 280: "3"}).rule(62, 36, 400)
    leaf.row(66, {40: "Category A: Core", 160: "5**", 220: "5*", 280: "3"}).rule(75, 36, 400)
    leaf.row(79, {40: "Category B: Applied", 280: "Attained with Distinction (I)"})
    assert conversions(tmp_path, leaf.rule(88, 36, 400)) == LEVELS


@pytest.mark.parametrize("over", ["2025", "2025/26", "2025 Entry"])
def test_another_year_right_over_the_headers_is_refused(over: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutChanged, match="a year over the headers of a conversion_hkdse table"):
        conversions(tmp_path, matrix().text(180, 31.5, over, 6))


def test_a_raised_mark_at_a_score_is_told(tmp_path: Path) -> None:
    leaf = matrix().text(171, 86.5, "#", 4).text(40, 120, "# For 2025 only")
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    rejects = [x.reason for x in read_cells(cells, "0" * 64).rejects]
    assert "a mark beside a figure says 'For 2025 only': #" in rejects
    assert conversions(tmp_path, leaf) == LEVELS


def test_levels_stated_behind_their_scores_are_not_read_the_wrong_way_round() -> None:
    """'5.5 = 5' is no level 5 that counts 5."""
    ledger = Ledger("0" * 64)
    text = "Category A Core/Elective Subjects: 8.5 = 5** ; 7 = 5* ; 5.5 = 5"
    read_stated_conversions(cells.page(1, (), cells.line(text, 20)), 2024, ledger)
    assert ledger.readings == []
