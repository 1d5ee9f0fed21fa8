"""Checks: what the documents print is held against itself, other documents and arithmetic.

Input: merged rows and contradictions. Output: rows of `audit.checks`, passed ones included.
Grain: one row a check and subject.
Nothing here raises: the release is stopped by the rows that say 'block' and 'failed'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from transform.checks import reconcile_figures, reconcile_names
from transform.checks.findings import Row, Tables, identity
from transform.merge import Contradiction, Merged


def check_rows(merged: Merged, names: Mapping[str, str]) -> list[Row]:
    """All checks over the rows of a release. `names`: document name by sha256, for messages."""
    tables: Tables = defaultdict(list, merged.tables)
    rows = [_contradiction(found, names) for found in merged.contradictions]
    for check in (*reconcile_figures.CHECKS, *reconcile_names.CHECKS):
        rows.extend(check(tables))
    return rows


def _contradiction(found: Contradiction, names: Mapping[str, str]) -> Row:
    key = " ".join(str(value) for _, value in found.key)
    said = "; ".join(
        f"{names.get(r.document, r.document[:8])}"
        f"{f', page {r.place.page}' if r.place.page else ''}: "
        f"{' '.join(r.text.split())!r} = {r.value!r}"
        for r in found.readings
    )
    values = [str(reading.value) for reading in found.readings]
    return identity(
        "documents agree", f"{found.table} {key} {found.column}", False,
        expected=values[0], actual=values[-1], detail=said,
    )  # fmt: skip
