"""All documents' readings to the rows of every table.

Input: readings of all documents, in any order. Output: rows by table, observations, and what the
documents contradict each other in.
Grain: one row a key; one contradiction a value.
Nothing here raises: contradictions become checks (`transform.checks.reconcile`).

The order of documents never matters: where several print a fact, they must agree; where only the
wording may differ, the longest text is taken, then the first in the alphabet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from transform.readings import Key, Reading

# Prose and spacing, in which documents that state the same fact may differ.
WORDING = {
    ("formulas", "formula_text"),
    ("formulas", "notes"),
    ("programmes", "remarks"),
    ("remarks", "text"),
    ("scholarships", "description"),
    ("rankings", "publisher"),
    ("facts", "text"),
}

ValueKey = tuple[str, Key, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One value for which documents print different things."""

    table: str
    key: Key
    column: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows of every table that was read, and the contradictions between documents."""

    tables: dict[str, list[dict[str, object]]]
    contradictions: list[Contradiction]


def merge(readings: Iterable[Reading]) -> Merged:
    """Rows from readings: a row is the union of the readings that have its key."""
    values: dict[ValueKey, list[Reading]] = defaultdict(list)
    for reading in readings_in_rows(readings):
        values[reading.table, reading.key, reading.column].append(reading)
    tables: dict[str, dict[Key, dict[str, object]]] = defaultdict(dict)
    contradictions: list[Contradiction] = []
    for (table, key, column), group in values.items():
        own = [reading for reading in group if not reading.standby] or group
        row = tables[table].setdefault(key, dict(key))
        row[column], agreed = _agreed(table, column, own)
        if not agreed:
            own.sort(key=lambda reading: (str(reading.value), reading.document, reading.place[:5]))
            contradictions.append(Contradiction(table, key, column, tuple(own)))
    return Merged(
        {table: list(rows.values()) for table, rows in tables.items()},
        sorted(contradictions, key=lambda c: (c.table, str(c.key), c.column)),
    )


def readings_in_rows(readings: Iterable[Reading]) -> list[Reading]:
    """The readings without `fills` ones whose row no other reading creates.

    A score table names the school of a programme (`fills`). Where no brochure and no leaflet of
    that edition lists the programme, there is no row of `programmes` for the school to stand in.
    """
    every = list(readings)
    made = {(reading.table, reading.key) for reading in every if not reading.fills}
    return [reading for reading in every if (reading.table, reading.key) in made]


def _agreed(table: str, column: str, readings: list[Reading]) -> tuple[object, bool]:
    distinct = {reading.value for reading in readings}
    if len(distinct) == 1:
        return readings[0].value, True
    if (table, column) in WORDING:
        texts = [str(value) for value in distinct if value is not None]
        return min(texts, key=lambda text: (-len(text), text)), True
    return min(distinct, key=str), False
