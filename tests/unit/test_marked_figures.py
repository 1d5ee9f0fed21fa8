"""Marks beside score figures, by what their notes say."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import UnknownValue
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.checks.plausible_cells import cell_rows
from transform.read import ReadDocument, read_cells
from transform.scores.marked_figures import UNEXPLAINED


def leaf(median: str = "32.50#", header: str = "Median", name: str = "Arts and Science") -> Leaf:
    made = Leaf().text(40, 5, "2025 HKUST JUPAS Admissions Scores, on the 8.5-point scale", 9)
    made.row(40, {40: "JUPAS Code", 120: "Programme", 330: header, 400: "Lower Quartile"})
    made.row(60, {40: "JS5101", 120: name, 330: median, 400: "30"})
    for top in (36, 54, 74):
        made.rule(top, 36, 450)
    return made


def read(tmp_path: Path, *leaves: Leaf) -> ReadDocument:
    path = drawn(tmp_path / "a.pdf", *leaves)
    return read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)


def medians(tmp_path: Path, *notes: str) -> list[object]:
    made = leaf()
    for i, note in enumerate(notes):
        made.text(40, 90 + 8 * i, note)
    return [r.value for r in read(tmp_path, made).readings if r.column == "median"]


def told(tmp_path: Path, *leaves: Leaf) -> list[str]:
    """What the check of marks beside figures lists; the figure is kept."""
    found = read(tmp_path, *leaves)
    assert [r.value for r in found.readings if r.column == "median"] == [32.5]
    checks = cell_rows(found.readings, found.rejects, {"0" * 64: "a.pdf"})
    (row,) = (x for x in checks if x["check_name"] == "a mark beside a figure has a known note")
    reasons = [x.reason for x in found.rejects if x.reason.startswith(UNEXPLAINED)]
    assert row["status"] == ("failed" if reasons else "passed")
    return reasons


@pytest.mark.parametrize(
    "note",
    [
        "# Reference score",
        "Remarks: # Median of 2024",
        "(#) Estimated by simulation",
        "Scores marked with # are reference scores.",
        "* Small intake # 2024 intake",
        "# For the 2024 cohort",
        "# Non-JUPAS score",
        "# Indicative only",
        "# Average",
        "# Not an admission score",
        "# Provisional",
    ],
)
def test_a_note_that_makes_it_another_figure_is_refused(note: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="a mark beside a figure says"):
        medians(tmp_path, note)


@pytest.mark.parametrize(
    "note",
    [
        "# Small intake",
        "# Scores of 2025",
        "* Reference score",
        "## Reference score",
        "# Admissions scores are for reference only.",
        "# The 2026 score formula of this program differs.",
        "# First offered in 2023.",
    ],
)
def test_another_note_leaves_the_figure(note: str, tmp_path: Path) -> None:
    assert medians(tmp_path, note) == [32.5]


def test_a_note_over_two_lines_set_apart_from_its_mark_or_overleaf(tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="the reference score of new programs"):
        medians(tmp_path, "# The figure of this choice is", "the reference score of new programs")
    with pytest.raises(UnknownValue, match="Reference score"):
        read(tmp_path, leaf().text(40, 90, "#").text(52, 90, "Reference score"))
    with pytest.raises(UnknownValue, match="Reference score"):
        read(tmp_path, leaf(), Leaf().text(40, 40, "# Reference score"))


def test_the_note_on_the_page_of_the_figure_counts(tmp_path: Path) -> None:
    overleaf = Leaf().text(40, 40, "# Reference score")
    assert told(tmp_path, leaf().text(40, 90, "# Small intake"), overleaf) == []


@pytest.mark.parametrize("note", ["1 Indicative only", "1. Indicative only", "(1) Indicative only"])
def test_raised_digits_are_marks(note: str, tmp_path: Path) -> None:
    raised = leaf("32.50").text(349.5, 58.5, "1", 4)
    with pytest.raises(UnknownValue, match="Indicative only"):
        read(tmp_path, raised.text(40, 90, note))


def test_a_mark_without_a_known_note_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, leaf()) == [f"{UNEXPLAINED} has no note: #"]
    assert told(tmp_path, leaf().text(40, 90, "# Subject to approval")) == [
        f"{UNEXPLAINED} says 'Subject to approval': #"
    ]
    raised = leaf("32.50").text(349.5, 58.5, "1", 4)
    assert told(tmp_path, raised) == [f"{UNEXPLAINED} has no note: 1"]


@pytest.mark.parametrize(
    "made",
    [
        leaf("32.50", header="Median#"),
        leaf("32.50").text(354, 38.5, "#", 4),  # raised behind the header
        leaf("32.50", name="Arts and Science#"),
    ],
)
def test_marks_of_headers_and_names_count_too(made: Leaf, tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="says that it is another one: 'Indicative score'"):
        read(tmp_path, made.text(40, 90, "# Indicative score"))


@pytest.mark.parametrize(
    "note",
    [
        "The median is not a cut-off score.",
        "This is not the minimum score required for admission.",
        "The middle score of students admitted, not the average score",
        "Provided as reference only",
        "Excluding non-JUPAS students",
        "Students are expected to have good results in Mathematics",
        "Average level 5 in Physics is recommended",
        "Target intake: 20",
        "A new formula is used for 2026 scores",
        "Not directly comparable to 2023 scores",
    ],
)
def test_a_note_that_may_not_make_it_another_figure_is_told(note: str, tmp_path: Path) -> None:
    (reason,) = told(tmp_path, leaf().text(40, 90, f"# {note}"))
    assert reason == f"{UNEXPLAINED} says {note!r}: #"


def test_a_note_at_the_header_or_on_the_scores_of_a_programme_is_told(tmp_path: Path) -> None:
    note = "Scores without the 6th subject bonus"
    for marked in (leaf("32.50", "Median#"), leaf("32.50", name="Arts and Science #")):
        (reason,) = told(tmp_path, marked.text(40, 90, f"# {note}"))
        assert reason == f"{UNEXPLAINED} says {note!r}: #"
    assert told(tmp_path, leaf("32.50", name="Science #").text(40, 90, "# Interviews in May")) == []


@pytest.mark.parametrize("size", [4, 5.8])  # a browser's <sup> is five sixths of its word
def test_a_raised_mark_at_the_header_is_seen(size: float, tmp_path: Path) -> None:
    raised = leaf("32.50").text(354, 38.5, "#", size)
    with pytest.raises(UnknownValue, match="the header of figures"):
        read(tmp_path, raised.text(40, 90, "# Reference scores"))
