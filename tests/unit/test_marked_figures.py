"""Marks beside score figures, by what their notes say."""

from __future__ import annotations

from pathlib import Path

import pytest

import transform
from errors import UnknownValue
from extract.document import document_cells
from extract.headers.vocabulary import load_vocabulary
from tests.unit.drawn import Leaf, drawn
from transform.read import read_cells

VOCABULARY = load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")


def medians(tmp_path: Path, note: str) -> list[object]:
    leaf = Leaf().text(40, 5, "2025 HKUST JUPAS Admissions Scores, on the 8.5-point scale", 9)
    leaf.row(40, {40: "JUPAS Code", 120: "Programme", 330: "Median", 400: "Lower Quartile"})
    leaf.row(60, {40: "JS5101", 120: "Arts and Science", 330: "32.50#", 400: "30"})
    for top in (36, 54, 74):
        leaf.rule(top, 36, 450)
    path = drawn(tmp_path / "a.pdf", leaf.text(40, 90, note))
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    return [r.value for r in read.readings if r.column == "median"]


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
