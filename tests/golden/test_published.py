"""HKUST's own PDFs, where they are at hand: the same facts as in the reviewed samples."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.golden.reading import PUBLISHED, SAMPLES, csv_of, failed, frames

EXTRACTS = tuple(
    PUBLISHED / f"{name}.pdf"
    for name in (
        "bonus-2026",
        "chinese-alternatives-2026",
        "conversion-2026",
        "requirements-2026",
        "scores-2025",
    )
)
LEAFLET, SCORES_2024 = PUBLISHED / "expected-scores-2025.pdf", PUBLISHED / "scores-2024.pdf"
BROCHURE = SAMPLES / "brochure-2026.pdf"

pytestmark = [
    pytest.mark.slow,  # reads all published documents
    pytest.mark.skipif(
        not PUBLISHED.is_dir(),
        reason="HKUST's PDFs are not in the project; set SHARED to their folder",
    ),
]
# Our samples paraphrase HKUST's prose; everything else is equal, cell by cell.
PROSE = {"programmes": {"remarks"}, "remarks": {"text"}, "formulas": {"formula_text", "notes"}}
SAME_IN_BROCHURE = (
    "bonuses",
    "chinese_alternatives",
    "conversions",
    "formulas",
    "minimum_requirements",
    "preferred_levels",
    "programme_names",
    "programmes",
    "remarks",
    "scores",
    "study_options",
    "subject_requirements",
    "weightings",
)


def rows_without_prose(text: str, table: str) -> list[dict[str, str]]:
    return [
        {name: value for name, value in row.items() if name not in PROSE.get(table, set())}
        for row in csv.DictReader(io.StringIO(text))
    ]


@pytest.mark.parametrize("table", SAME_IN_BROCHURE)
def test_five_extracts_equal_the_brochure(table: str) -> None:
    extracts = csv_of(frames(*EXTRACTS), table)
    brochure = csv_of(frames(BROCHURE), table)
    assert rows_without_prose(extracts, table) == rows_without_prose(brochure, table)


def test_extracts_and_brochure_together_are_no_contradiction() -> None:
    both = frames(*EXTRACTS, BROCHURE, LEAFLET, SCORES_2024, SAMPLES / "expected-scores-2025.pdf")
    assert not [check for check in failed(both) if check.startswith("documents agree")]


@pytest.mark.parametrize("table", ["expected_scores", "scores", "formulas", "weightings"])
def test_leaflet_equals_its_sample(table: str) -> None:
    golden = csv_of(frames(SAMPLES / "expected-scores-2025.pdf"), table)
    assert rows_without_prose(csv_of(frames(LEAFLET), table), table) == rows_without_prose(
        golden, table
    )


@pytest.mark.parametrize("table", ["scores", "expected_scores", "preferred_levels", "conversions"])
def test_scores_of_2024(table: str) -> None:
    golden = Path(__file__).with_name("published") / f"scores-2024.{table}.csv"
    assert csv_of(frames(SCORES_2024), table) == golden.read_text(encoding="utf-8")


def test_findings_of_everything_published_are_explained_changes() -> None:
    everything = frames(*EXTRACTS, LEAFLET, SCORES_2024)
    checks = everything.audit["checks"]
    explained = checks[checks["status"] == "explained"]
    assert failed(everything) == []
    assert sorted(zip(explained["check_name"], explained["subject"], strict=True)) == [
        ("one title in all tables", "JS5711"),
        ("programmes of the edition and of last year's scores", "2025"),
    ]
