"""500 broken copies of the samples: refused with the reason, or read as if they were whole.

ADMISSIONS_HOSTILE_TARGET ('module:function') runs another reader over the same copies, for example
the whole extraction; ADMISSIONS_HOSTILE_COPIES says how many copies of each sample.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from extract.sandbox.jobs import Job, Limits, run_limited, run_many
from tests.hostile.corpus import broken_copies

pytestmark = pytest.mark.slow  # a process a document

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))
TARGET = os.environ.get("ADMISSIONS_HOSTILE_TARGET", "tests.hostile.readers:pages_print")
# A copy of the brochure that is read takes three times as long as one of the leaflet.
COPIES = {"brochure-2026.pdf": 40, "expected-scores-2025.pdf": 460}
LIMITS = Limits(memory_mb=1000, cpu_seconds=30, wall_seconds=60)


def outcomes_of(sample: Path, copies: int, seed: int, folder: Path) -> Counter[str]:
    """How the copies ended; fails on a bug of ours, on a wrong reading, on a limit."""
    whole = run_limited(TARGET, sample, document=sample.name)
    jobs = []
    for number, (what, broken) in enumerate(broken_copies(sample.read_bytes(), copies, seed)):
        path = folder / f"{number}.pdf"
        path.write_bytes(broken)
        jobs.append(Job(TARGET, path, f"{sample.name}, {what}"))
    ended: Counter[str] = Counter()
    wrong: list[str] = []
    for outcome in run_many(jobs, limits=LIMITS):
        error = outcome.error
        if error is None:
            ended["read"] += 1
            if outcome.output != whole:
                wrong.append(f"{outcome.job.document}: read differently")
        else:
            ended["refused"] += 1
            if any(bad in str(error) for bad in ("makes the reader fail", "needs more than")):
                wrong.append(str(error))
    assert not wrong
    assert sum(ended.values()) == copies
    return ended


def test_there_are_five_hundred() -> None:
    assert set(COPIES) == {sample.name for sample in SAMPLES}
    assert sum(COPIES.values()) >= 500


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_many_broken_copies(sample: Path, tmp_path: Path) -> None:
    copies = int(os.environ.get("ADMISSIONS_HOSTILE_COPIES", COPIES[sample.name]))
    outcomes_of(sample, copies, 2026, tmp_path)
