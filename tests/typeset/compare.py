"""Truth against what was read.

Input: two {table: [row]}. Output: one line a difference. Grain: one value, or one row.
Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.typeset.truth import Row, Tables

KEYS: dict[str, tuple[str, ...]] = {
    "programmes": ("edition", "jupas_code"),
    "study_options": ("edition", "jupas_code", "position"),
    "minimum_requirements": ("edition", "jupas_code", "requirement"),
    "subject_requirements": ("edition", "jupas_code", "subject"),
    "formulas": ("edition", "jupas_code"),
    "weightings": ("edition", "jupas_code", "alternative", "slot", "subject"),
    "scores": ("scores_year", "jupas_code", "basis"),
    "expected_scores": ("entry_year", "jupas_code", "basis"),
    "preferred_levels": ("scores_year", "jupas_code", "position"),
    "conversions": ("edition", "scale", "level"),
    "bonuses": ("edition", "category", "converted_score"),
    "chinese_alternatives": ("edition", "qualification"),
    "remarks": ("edition", "mark"),
    "scholarships": ("edition", "stars_min"),
    "rankings": ("source", "ranking", "year", "subject", "region"),
    "facts": ("source", "label"),
    "listings": ("source", "list", "position"),
}


def differences(
    truth: Tables,
    found: Tables,
    tables: Iterable[str] | None = None,
    skip: frozenset[str] = frozenset(),
) -> list[str]:
    """What `found` lacks, has too much, or has otherwise than `truth`.

    Compared are the columns that the truth has, but for `skip` ('table.column'). Text is compared
    without its spaces: where a line was broken is no fact.
    """
    lines: list[str] = []
    for table in tables or truth:
        key = KEYS[table]
        right = {_key(row, key): row for row in truth.get(table, [])}
        read = {_key(row, key): row for row in found.get(table, [])}
        lines += [f"{table} {_shown(k)}: missing" for k in right if k not in read]
        lines += [f"{table} {_shown(k)}: not printed" for k in read if k not in right]
        for k in right:
            if k not in read:
                continue
            for column, value in right[k].items():
                if f"{table}.{column}" in skip or column in key:
                    continue
                other = read[k].get(column)
                if _plain(other) != _plain(value):
                    lines.append(f"{table} {_shown(k)} {column}: {value!r} read as {other!r}")
    return lines


def _key(row: Row, key: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(_plain(row.get(column)) for column in key)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return round(float(value), 6)
    return value


def _shown(key: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in key)
