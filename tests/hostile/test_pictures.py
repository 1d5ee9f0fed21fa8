"""Every hostile document is drawn or refused by name: none hangs, none blocks the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errors import DocumentRefused
from extract.sandbox.jobs import Job, Limits, run_many
from tests.hostile.corpus import CASES

pytestmark = pytest.mark.slow  # waits for limits

LIMITS = Limits(memory_mb=1500, cpu_seconds=5, wall_seconds=120)


def test_hostile_documents_are_drawn_or_refused(tmp_path: Path) -> None:
    jobs = []
    for name, case in CASES.items():
        path = tmp_path / f"{len(jobs)}.pdf"
        path.write_bytes(case.make())
        jobs.append(
            Job("extract.pictures:pictures_json", path, name, {"wanted": [(1, 10.0, 290.0)]})
        )
    ended = {outcome.job.document: outcome for outcome in run_many(jobs, limits=LIMITS)}
    assert set(ended) == set(CASES)
    for name, outcome in ended.items():
        if outcome.error is None:
            told = json.loads(outcome.output)
            assert len(told["pictures"]) + len(told["without"]) == 1, name
        else:
            assert isinstance(outcome.error, DocumentRefused), name
            assert str(outcome.error).startswith(f"{name}"), name
        if CASES[name].says is not None:  # what is read can also be looked at
            assert outcome.error is None, (name, outcome.error)
