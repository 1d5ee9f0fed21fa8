"""Ranks by subject on the brochure's pages without tables."""

from __future__ import annotations

from pathlib import Path

import pytest

import transform
from errors import UnknownValue
from extract.document import document_cells
from extract.vocabulary import load_vocabulary
from tests.unit.drawn import Leaf, drawn
from transform.brochure_facts import read_facts
from transform.readings import Ledger

VOCABULARY = load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")
HEADING = "QS World University Rankings by Subject 2026"


def subject_ranks(tmp_path: Path, leaf: Leaf) -> list[tuple[object, object, object]]:
    (page,) = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf").pages
    ledger = Ledger("0" * 64)
    read_facts(page, ledger)
    return [
        (dict(r.key)["subject"], dict(r.key)["region"], r.value)
        for r in ledger.readings
        if r.column == "rank"
    ]


def test_subjects_stand_left_of_their_ranks(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9)
    leaf.row(60, {40: "Data Science", 150: "11th", 180: "1st in Hong Kong"})
    leaf.row(60, {260: "Marketing", 400: "17th"})
    assert subject_ranks(tmp_path, leaf) == [
        ("Data Science", "World", 11),
        ("Data Science", "Hong Kong", 1),
        ("Marketing", "World", 17),
    ]


def test_the_place_of_a_rank_holds_its_subject(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9).row(60, {260: "Marketing", 400: "17th"})
    (page,) = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf").pages
    ledger = Ledger("0" * 64)
    read_facts(page, ledger)
    (rank,) = (r for r in ledger.readings if r.column == "rank")
    assert rank.text == "Marketing 17th"
    assert rank.place.x0 == pytest.approx(260, abs=1) and rank.place.x1 > 400


def test_a_rank_that_runs_into_the_next_subject_is_refused(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9)
    leaf.row(60, {40: "Data Science", 150: "11th 1st in Hong Kong Marketing", 400: "17th"})
    with pytest.raises(UnknownValue, match="a rank stands in the name of a subject"):
        subject_ranks(tmp_path, leaf)
