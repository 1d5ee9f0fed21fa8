"""Score tables: schools, preferred subjects, medians that may be reference scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import transform
from errors import UnknownValue
from extract.cells import Cell, Row
from extract.document import document_cells
from extract.headers.vocabulary import load_vocabulary
from tests.unit.cells import cell, table
from tests.unit.drawn import Leaf, drawn
from transform.lookups import school_named
from transform.read import read_cells
from transform.readings import Ledger
from transform.scores.expected import expected_readings
from transform.scores.score_tables import _may_be_reference, _reference, preferred_pairs


def test_small_wordings() -> None:
    assert school_named("SCHOOL OF BUSINESS & MANAGEMENT") == "School of Business and Management"
    assert school_named("JOINT-SCHOOL PROGRAMS") == "Joint School Programs"
    assert school_named("Interdisciplinary Programs Office") == "Interdisciplinary Programs Office"
    assert preferred_pairs(cell("Science subjects/ICT: Level 5")) == [("Science subjects/ICT", "5")]


def test_level_that_wraps_goes_with_its_subjects() -> None:
    wrapped = cell("Science/ICT Level", "5**", "Math/M1/M2 Level", "4")
    assert preferred_pairs(wrapped) == [("Science/ICT", "5**"), ("Math/M1/M2", "4")]
    with pytest.raises(UnknownValue):
        preferred_pairs(cell("Science/ICT Level 5** Math/M1/M2 Level 4"))


def test_lone_figure_under_reference_headers_may_be_either() -> None:
    plain = table(0, ("2024 Admissions Score", {}))
    either = table(0, ("2024 Admissions Score/ Reference Score for 2025 New Programs", {}))
    alone = {"median": cell("49"), "lower_quartile": cell("-")}
    assert _may_be_reference(alone["median"], alone, either)
    assert not _may_be_reference(alone["median"], alone, plain)
    blank = alone | {"lower_quartile": replace(cell(""), lines=())}
    assert _may_be_reference(blank["median"], blank, either)
    assert not _may_be_reference(cell("49"), alone | {"lower_quartile": cell("47")}, either)


def merged(text: str) -> Cell:
    return replace(cell(text), columns=("median", "lower_quartile"))


def test_a_figure_over_both_columns_is_the_reference_score_that_the_header_names() -> None:
    plain = table(0, ("2024 Admissions Score", {}))
    either = table(0, ("2024 Admissions Score/ Reference Score for 2025 New Programs", {}))
    assert _reference(merged("49*"), either) == "49*"
    assert _reference(merged("49*"), plain) is None
    assert _reference(cell("49*"), either) is None
    assert _reference(cell("Reference Score: 49"), plain) == "49"
    assert _reference(merged("small intake"), either) is None


def expected_from(text: str, basis: str = "expected") -> list[object]:
    ledger = Ledger("0" * 64)
    row = Row({"expected": (cell(text),)}, None)
    expected_readings("JS5101", row, table(0), "expected", basis, 2025, ledger)
    return [reading.value for reading in ledger.readings]


def test_expected_scores_are_one_figure_or_two() -> None:
    for text in ("33 or above", "≥ 33", ">=33", "33+", "at least 33", "33"):
        assert expected_from(text) == [33, 33]
    assert expected_from("32 - 34 (Expected Score Range)") == [32, 34]
    for text, basis in (("about 33", "expected"), ("33 or below", "expected"), ("33+", "other")):
        with pytest.raises(UnknownValue, match="not a figure or a range"):
            expected_from(text, basis)


def test_scores_of_six_subjects_and_a_seventh(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 10, "2022 JUPAS Admissions Scores, on the 8.5-point scale", 9)
    leaf.text(250, 44, "Weighted Score (Best 6 subjects + 7th subject bonus)")
    leaf.row(58, {40: "JUPAS Code", 110: "Program", 280: "Median", 360: "Lower Quartile"})
    leaf.row(74, {40: "JS5200", 110: "Engineering", 280: "58.5", 360: "56.25"})
    for top in (40, 54, 69, 84):
        leaf.rule(top, 36, 450)
    vocabulary = load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")
    cells = document_cells(drawn(tmp_path / "a.pdf", leaf), vocabulary, "a.pdf")
    found = {r.column: r.value for r in read_cells(cells, "0" * 64).readings if r.table == "scores"}
    assert (found["median"], found["lower_quartile"]) == (58.5, 56.25)
