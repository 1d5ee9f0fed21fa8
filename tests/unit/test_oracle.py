"""All 18 applicants x 33 programmes of HKUST's own calculator: exact scorer and batch alike."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pytest

from scoring.eligibility import unmet_requirements
from scoring.exact import exact_score
from scoring.partition import score_partition
from scoring.plan import plan_of
from tests.unit.rules_2026 import golden_rules

SHARED = Path(os.environ.get("SHARED") or Path(__file__).parents[3] / "shared")
TOLERANCE = 0.011  # the calculator rounds each term

pytestmark = pytest.mark.skipif(
    not (SHARED / "oracle").is_dir(), reason="the calculator's figures are not on this machine"
)


def rows_of(name: str) -> list[dict[str, str]]:
    with (SHARED / "oracle" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_exact_scores_and_eligibility_are_the_calculators():
    rules = golden_rules()
    results = defaultdict(list)
    for row in rows_of("applicants.csv"):
        results[row["applicant_id"]].append(
            rules.levels.result(row["category"], row["subject"], row["level"])
        )
    right = rows_of("scores-2026.csv")
    assert len(right) == 594
    for row in right:
        programme = rules.programme(row["jupas_code"])
        own = results[row["applicant_id"]]
        total = exact_score(programme.formula, rules.bonus, own).total
        assert abs(float(total) - float(row["score"])) < TOLERANCE, row
        unmet = unmet_requirements(programme.minimums, own)
        assert (not unmet) == (row["eligible"] == "true"), (row, unmet)


def test_batch_scores_and_eligibility_are_the_calculators():
    applicants = pa.RecordBatch.from_pylist(rows_of("applicants.csv"))
    scored = score_partition(applicants, plan_of(golden_rules()))
    ours = {(r["applicant_id"], r["jupas_code"]): r for r in scored.scores.to_pylist()}
    right = rows_of("scores-2026.csv")
    assert len(ours) == len(right) == 594
    for row in right:
        own = ours[row["applicant_id"], row["jupas_code"]]
        assert abs(own["score"] - float(row["score"])) < TOLERANCE, row
        assert own["eligible"] == (row["eligible"] == "true"), (row, own)
