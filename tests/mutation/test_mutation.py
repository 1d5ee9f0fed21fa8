"""A small sample of mutants: no larger share stays silent than docs/mutations.md says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.mutation import figures
from tests.mutation.__main__ import DOCUMENT
from tests.mutation.decidable import undecidable
from tests.mutation.harness import (
    BLOCKED,
    HARMLESS,
    REFUSED,
    SILENT,
    WARNED,
    Baseline,
    Change,
    Outcome,
    remembering,
)
from tests.mutation.mutants import OPERATIONS, Mutant, Thing, mutants_of, sample_of
from tests.mutation.report import report, silent_share, verdict_of

pytestmark = pytest.mark.slow  # dozens of mutants

COUNT, SEED = 36, 20
BROCHURE = "brochure-2026.pdf"


@pytest.fixture(scope="module")
def samples() -> Baseline:
    return figures.samples()


@pytest.fixture(scope="module")
def small() -> list[Outcome]:
    return figures.outcomes(COUNT, SEED, workers=1)


def test_no_more_mutants_are_silent_than_published(small: list[Outcome]) -> None:
    published = re.search(r"\*\*([\d.]+)%\*\*", DOCUMENT.read_text(encoding="utf-8"))
    assert published is not None
    silent = [str(o.changes[0]) for o in small if verdict_of(o) == SILENT]
    assert silent_share(small) <= float(published[1]) / 100, silent


def test_the_small_sample_has_every_kind_of_mutant(small: list[Outcome]) -> None:
    every = {
        (kind, operation) for kind, operations in OPERATIONS.items() for operation in operations
    }
    assert {(o.mutant.kind, o.mutant.operation) for o in small} == every
    assert {o.verdict for o in small} >= {HARMLESS, REFUSED, WARNED}


def mutant_of(samples: Baseline, page: int, kind: str, operation: str, text: str) -> Mutant:
    """The first mutant of a page whose thing has the text."""
    things: list[Thing] = samples.samples[BROCHURE].things[page][kind]
    index = next(i for i, thing in enumerate(things) if thing.text == text)
    return Mutant(BROCHURE, page, kind, index, operation)


def test_a_figure_that_the_formula_gives_is_blocked(samples: Baseline) -> None:
    """63.75, the highest attainable of JS5312, without its last digit."""
    found = samples.outcome(mutant_of(samples, 6, "character", "drop last", "63.75"))
    assert found.verdict == BLOCKED
    assert {(c.table, c.key[1], c.column, c.now) for c in found.changes} == {
        ("formulas", "JS5312", "highest_attainable", 63.7)
    }


def test_a_programme_code_taken_away_is_refused(samples: Baseline) -> None:
    assert samples.outcome(mutant_of(samples, 7, "word", "delete", "JS5101")).verdict == REFUSED


def test_a_word_moved_a_little_is_harmless(samples: Baseline) -> None:
    assert samples.outcome(mutant_of(samples, 7, "word", "nudge", "44.63")).verdict == HARMLESS


def test_what_is_remembered_changes_no_outcome(samples: Baseline) -> None:
    mutant = Mutant("expected-scores-2025.pdf", 2, "rule", 40, "a row")
    plain = samples.outcome(mutant)
    with remembering():
        assert [samples.outcome(mutant) for _ in range(2)] == [plain, plain]


def test_samples_of_mutants_are_the_same_each_time(samples: Baseline) -> None:
    everything = [m for name, pages in samples.pages() for m in mutants_of(name, pages)]
    assert len(everything) > 50_000
    assert sample_of(everything, 100, 1) == sample_of(list(reversed(everything)), 100, 1)
    assert sample_of(everything, 100, 1) != sample_of(everything, 100, 2)


MARK = Mutant(BROCHURE, 5, "mark", 3, "delete")
MAJOR = Change("study_options", (2026, "JS5102", 1), "ai_major", True, False)
HIGHEST = Change("scores", (2025, "JS5102", "admitted"), "highest_attainable", 66.94, 66.9)


def test_only_a_misprint_of_what_stands_once_is_undecidable() -> None:
    silent = Outcome(MARK, "requirements", SILENT, changes=(MAJOR,))
    assert undecidable(silent) is not None
    assert undecidable(replace(silent, changes=(MAJOR, HIGHEST))) is None
    assert undecidable(replace(silent, verdict=WARNED)) is None
    assert undecidable(replace(silent, mutant=replace(MARK, operation="duplicate"))) is None


def test_report_counts_silent_mutants_apart_from_undecidable_ones() -> None:
    some = [
        Outcome(MARK, "requirements", SILENT, changes=(MAJOR,)),
        Outcome(MARK, "scores", SILENT, changes=(HIGHEST,)),
        Outcome(MARK, "scores", REFUSED),
        Outcome(MARK, "scores", HARMLESS),
    ]
    assert silent_share(some) == 0.5
    assert "| mark, delete | 4 | 1 | 1 | 0 | 0 | 0 | 1 | 1 |" in report(some)
