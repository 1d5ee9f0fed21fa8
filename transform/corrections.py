"""Declared corrections of values that a document prints wrongly.

Input: `corrections.toml` beside this module; readings. Output: readings with values replaced and
the reason as their rule. Grain: one value of one document.
Raises: `ReconciliationFailed` for a correction that matches nothing or whose guard no longer holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from errors import ReconciliationFailed
from schemas.audit import CORRECTION
from transform.readings import Reading

FILE = Path(__file__).with_name("corrections.toml")


@dataclass(frozen=True, slots=True)
class Correction:
    """One value to replace: `was` must be what the document is read to print."""

    document: str
    table: str
    key: tuple[tuple[str, object], ...]
    column: str
    was: object
    value: object
    reason: str


def corrections(path: Path = FILE) -> list[Correction]:
    """The declared corrections."""
    declared = tomllib.loads(path.read_text("utf-8")).get("correction", [])
    return [
        Correction(
            entry["document"], entry["table"], tuple(entry["key"].items()), entry["column"],
            entry["was"], entry["value"], entry["reason"],
        )
        for entry in declared
    ]  # fmt: skip


def corrected(
    readings: Sequence[Reading], declared: Sequence[Correction], documents: Collection[str]
) -> list[Reading]:
    """The readings with every correction applied whose document is among `documents`."""
    result = list(readings)
    for correction in declared:
        if correction.document not in documents:
            continue
        found = [
            i
            for i, reading in enumerate(result)
            if (reading.document, reading.table, reading.column)
            == (correction.document, correction.table, correction.column)
            and dict(reading.key) == dict(correction.key)
        ]
        where = f"{correction.table} {dict(correction.key)} {correction.column}"
        if not found:
            raise ReconciliationFailed(
                "a correction matches nothing", document=correction.document[:12], text=where,
                todo=f"Remove or mend it in {FILE.parent.name}/{FILE.name}",
            )  # fmt: skip
        for i in found:
            if result[i].value != correction.was:
                raise ReconciliationFailed(
                    f"the guard of a correction no longer holds: it expects {correction.was!r}",
                    document=correction.document[:12], page=result[i].place.page,
                    text=f"{where} is {result[i].value!r}",
                    todo=f"Look at the page; remove or mend it in {FILE.parent.name}/{FILE.name}",
                )  # fmt: skip
            result[i] = replace(
                result[i], value=correction.value, rule=f"{CORRECTION}{correction.reason}"
            )
    return result
