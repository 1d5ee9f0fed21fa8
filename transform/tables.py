"""From all documents of a release to its frames: merge, check, observe.

Input: readings and rejects of all documents; what is known of each document.
Output: a frame for every table of `schemas.TABLES`, and the audit frames but `runs`, `dictionary`.
Grain: one release.
Raises: `UnknownValue` where a row breaks its model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

import schemas
from transform.checks.explanations import explained, explanations
from transform.checks.plausibility import plausibility_rows
from transform.checks.reconcile import check_rows
from transform.merge import merge, readings_in_rows
from transform.readings import Reading, Reject


@dataclass(frozen=True, slots=True)
class Frames:
    """Everything a release is written from: frames by table name."""

    tables: dict[str, pd.DataFrame]
    audit: dict[str, pd.DataFrame]


def frames_of(
    readings: Sequence[Reading],
    rejects: Iterable[Reject],
    documents: Sequence[Mapping[str, object]],
    findings: Iterable[Mapping[str, object]] = (),
) -> Frames:
    """Frames of a release. `documents`: rows of `audit.documents`; `findings`: further checks."""
    names = {str(row["sha256"]): str(row["name"]) for row in documents}
    merged, rejects = merge(readings), tuple(rejects)
    plausible = plausibility_rows(merged, readings, rejects, names)
    found = [*check_rows(merged, names), *plausible, *findings]
    checks = explained(found, explanations())
    tables = {
        name: schemas.frame_of(model, merged.tables.get(name, []))
        for name, model in schemas.TABLES.items()
    }
    audit = {
        "observations": schemas.frame_of(
            schemas.AUDIT["observations"],
            (_observation(reading) for reading in readings_in_rows(readings)),
        ),
        "checks": schemas.frame_of(schemas.AUDIT["checks"], checks),
        "rejects": schemas.frame_of(schemas.AUDIT["rejects"], (_reject(r) for r in rejects)),
        "documents": schemas.frame_of(schemas.AUDIT["documents"], documents),
    }
    return Frames(tables, audit)


def _observation(reading: Reading) -> dict[str, object]:
    return {
        "table_name": reading.table,
        "key": schemas.key_json(schemas.TABLES[reading.table], dict(reading.key)),
        "column_name": reading.column,
        "document_sha256": reading.document,
        "text": reading.text,
        "rule": reading.rule,
        **reading.place._asdict(),
    }


def _reject(reject: Reject) -> dict[str, object]:
    return {
        "document_sha256": reject.document,
        "text": reject.text,
        "reason": reject.reason,
        **reject.place._asdict(),
    }
