"""Programmes held against their lists, where one of the lists is empty."""

from __future__ import annotations

import schemas
from transform.checks.reconcile import check_rows
from transform.merge import Merged


def test_required_subjects_beside_a_formula_that_picks_from_none_are_a_finding() -> None:
    required = [
        {"edition": 2026, "jupas_code": "JS5311", "subject": subject}
        for subject in ("Physics", "Economics")
    ]
    rows = check_rows(Merged({"subject_requirements": required}, []), {})
    (row,) = (r for r in rows if str(r["check_name"]).startswith("required subjects are those"))
    assert (row["status"], row["expected"], row["actual"]) == ("failed", "Economics, Physics", None)
    schemas.frame_of(schemas.AUDIT["checks"], [row])  # no empty text, which would stop a release
