"""The row of `audit.checks` that a plausibility check yields.

Input: what was held against what. Output: one row. Grain: one check and subject.
Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, object]
Tables = Mapping[str, Sequence[Row]]


def finding(
    check: str, subject: str, holds: bool, severity: str = "warn",
    expected: object = None, actual: object = None, detail: str | None = None,
) -> Row:  # fmt: skip
    """One row of `audit.checks`. 'warn': look at the page; 'block': no release."""
    return {
        "check_name": check,
        "subject": subject,
        "severity": severity,
        "status": "passed" if holds else "failed",
        "expected": None if expected is None else str(expected),
        "actual": None if actual is None else str(actual),
        "detail": detail,
    }


def identity(
    check: str, subject: str, holds: bool,
    expected: object = None, actual: object = None, detail: str | None = None,
) -> Row:  # fmt: skip
    """One row for what must hold in every document: no release where it does not."""
    return finding(check, subject, holds, "block", expected, actual, detail)


def findings(
    check: str, subject: str, failures: Iterable[tuple[str, str]], severity: str = "warn"
) -> list[Row]:
    """One failed row for each (subject, detail), or one passed row for `subject` where none is."""
    failed = [finding(check, who, False, severity, detail=detail) for who, detail in failures]
    return failed or [finding(check, subject, True, severity)]


def number(row: Row, column: str) -> float | None:
    """A figure of a row; None where it has none."""
    value = row.get(column)
    return None if value is None else float(str(value))


def programme(row: Row) -> str:
    """'2026 JS5102': how checks name a programme of an edition."""
    return f"{row['edition']} {row['jupas_code']}"
