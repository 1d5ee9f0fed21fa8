"""Findings that a person has explained, and what is never explained away."""

from __future__ import annotations

from transform.checks.explanations import explained, explanations
from transform.checks.findings import finding
from transform.checks.reconcile import check_rows
from transform.merge import Merged

KNOWN = {("programmes agree", "2025", "no longer offered: JS5200"): "replaced by departments"}


def status(
    holds: bool, severity: str = "warn", detail: str = "no longer offered: JS5200"
) -> object:
    row = finding("programmes agree", "2025", holds, severity, detail=detail)
    (found,) = explained([row], KNOWN)
    return found["status"]


def test_only_the_very_finding_is_explained() -> None:
    assert status(holds=False) == "explained"
    assert status(holds=True) == "passed"
    assert status(holds=False, detail="no longer offered: JS5200, JS5212") == "failed"


def test_what_stops_a_release_is_never_explained_away() -> None:
    assert status(holds=False, severity="block") == "failed"


def test_each_declared_explanation_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in explanations().values())


def test_a_remark_explains_a_renamed_programme() -> None:
    names = [
        {"edition": edition, "jupas_code": "JS5711", "title": title, "printed_in": "requirements"}
        for edition, title in ((2025, "BSc in Integrative Systems"), (2026, "BSc in Innovation"))
    ]
    remark = {"edition": 2026, "mark": "*", "meaning": "renamed"}
    for text, wanted in (
        ("Renamed from BSc in Integrative Systems, subject to approval.", "explained"),
        ("Renamed from BSc in Something Else.", "failed"),
    ):
        tables = {"programme_names": names, "remarks": [{**remark, "text": text}]}
        (title, _) = check_rows(Merged(tables, []), {})
        assert (title["check_name"], title["status"]) == ("one title in all tables", wanted)
        assert (text in str(title["detail"])) == (wanted == "explained")
