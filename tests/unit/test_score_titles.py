"""Titles over score tables that speak of other scores than those of students admitted."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import LayoutChanged, UnknownValue
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.checks.plausible_left import left_rows
from transform.read import ReadDocument, read_cells

TITLE = "2025 JUPAS Admissions Scores"


def read(tmp_path: Path, title: str, over: str = "", x: float = 330) -> ReadDocument:
    """One median under a title, and perhaps words right over its header."""
    leaf = Leaf().text(40, 5, title, 9).text(x, 22, over)
    leaf.row(40, {40: "JUPAS Code", 120: "Programme", 330: "Median", 400: "Lower Quartile"})
    leaf.row(60, {40: "JS5101", 120: "Arts and Science", 330: "32.50", 400: "30"})
    for top in (36, 54, 74):
        leaf.rule(top, 36, 450)
    leaf.text(40, 300, "All scores are on the 8.5-point scale.")
    path = drawn(tmp_path / "a.pdf", leaf)
    return read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)


def told(found: ReadDocument) -> object:
    """What the check of titles lists; the figure is kept."""
    assert [r.value for r in found.readings if r.column == "median"] == [32.5]
    name = "a title over scores speaks of no others"
    (row,) = (x for x in left_rows(found.readings, found.rejects) if x["check_name"] == name)
    return row["detail"]


@pytest.mark.parametrize(
    "title",
    [
        f"Projected {TITLE}",
        f"{TITLE} (Estimated)",
        f"Provisional {TITLE}",
        f"{TITLE} of Non-JUPAS Applicants",
        f"{TITLE} - Mean",
        f"Simulated {TITLE}",
    ],
)
def test_other_scores_are_refused(title: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="a title over scores calls them others"):
        read(tmp_path, title)


@pytest.mark.parametrize("x", [40, 330])
@pytest.mark.parametrize(
    "over", ["Reference scores", "Mean of admitted students", "Figures below are estimates"]
)
def test_so_are_those_under_such_words_right_over_the_headers(
    over: str, x: float, tmp_path: Path
) -> None:
    with pytest.raises(UnknownValue, match="a title over scores calls them others"):
        read(tmp_path, TITLE, over, x)


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}: Band B",
        f"{TITLE} (Top 10%)",
        f"{TITLE} of HKU",
        f"{TITLE} (Senior Year Entry)",
        f"{TITLE} of Band A Offers",
        f"{TITLE}: coming soon",
        f"{TITLE} not yet available, figures of another year shown",
    ],
)
def test_a_title_with_other_words_is_told(title: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, title)) == title


def test_words_right_over_the_headers_are_told(tmp_path: Path) -> None:
    assert told(read(tmp_path, TITLE, "Scores exclude bonus")) == "Scores exclude bonus"


@pytest.mark.parametrize(
    ("title", "over"),
    [
        (TITLE, ""),
        (f"HKUST {TITLE} | School of Science", ""),
        (TITLE, "Weighted scores (Best 5 subjects + bonus)"),
        (TITLE, "For reference only"),
    ],
)
def test_titles_on_the_scores_of_students_admitted(title: str, over: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, title, over)) is None


@pytest.mark.parametrize("over", ["School of Engineering 2024 Scores", "2024 Intake Scores"])
def test_a_heading_right_over_the_headers_with_another_year_is_refused(
    over: str, tmp_path: Path
) -> None:
    with pytest.raises(LayoutChanged, match="of another year"):
        read(tmp_path, TITLE, over)


@pytest.mark.parametrize(
    "over", ["Scores are provided as reference only", "Median: middle score, not average score"]
)
def test_words_that_deny_it_refuse_nothing(over: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, TITLE, over)) == over
