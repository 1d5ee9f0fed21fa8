"""What changed since the edition before, ordered for a reader: programmes, formulae, the rest.

Input: `audit.changes`. Output: one section a table, of its newest pair of years. Grain: one entry a
change. Raises nothing. Wording alone is kept apart from rules, titles spelt otherwise from new
names, and long texts come with their differences marked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from reports.rows import Row, Warehouse

# What a formula says and how it is worded: a change of the first explains those of the others.
RULE, WORDING = "formula", ("formula_text", "notes")
# What is compared as one: of a formula its terms ('Biology x2'), of other texts their words.
TERMS = r"\s*[/+()|]\s*|[^/+()|]*[^/+()|\s]"
WORDS = r"\s+|\S+"
SPELLING = "spelt otherwise"


class Piece(NamedTuple):
    """Some words, and whether they are 'same', 'old' only or 'new' only."""

    text: str
    state: str


def is_wording(change: Row) -> bool:
    """Whether a change is one of how a formula is printed, not of what it says."""
    return change["table_name"] == "formulas" and change["column_name"] in WORDING


def change_sections(warehouse: Warehouse) -> list[Row]:
    """The changes of every table between its two newest years; tables of rules first."""
    rows = warehouse.rows(
        """SELECT * FROM audit.changes AS changes
           WHERE to_edition = (SELECT max(to_edition) FROM audit.changes AS newer
                               WHERE newer.table_name = changes.table_name)
           ORDER BY table_name, rank NULLS LAST, key, column_name"""
    )
    sections: dict[tuple[str, bool], Row] = {}
    for row in rows:
        name, wording = row["table_name"], is_wording(row)
        section = sections.setdefault(
            (name, wording),
            {
                "table": name,
                "name": name.replace("_", " ") + (", as printed" if wording else ""),
                "from": row["from_edition"],
                "to": row["to_edition"],
                "open": name == "programmes" or (name == "formulas" and not wording),
                "entries": [],
            },
        )
        section["entries"].append(_entry(row))
    for section in sections.values():
        # a stable sort: what is merely spelt otherwise comes last
        section["entries"].sort(key=lambda entry: entry["change"] == SPELLING)
        section["summary"] = _summary(section["entries"])
    return sorted(sections.values(), key=lambda section: (not section["open"], section["name"]))


def _entry(row: Row) -> Row:
    key = json.loads(row["key"])
    old, new = row["old_value"], row["new_value"]
    long = old is not None and new is not None and max(len(old), len(new)) > 24
    parts = TERMS if row["column_name"] == RULE else WORDS
    return {
        "code": key.pop("jupas_code", None),
        "key": ", ".join(f"{value:g}" if isinstance(value, float) else str(value)
                         for value in key.values()),
        "column": row["column_name"],
        "change": SPELLING if row["cause"] == "respelt" else row["change"],
        "old": old,
        "new": new,
        "pieces": differences(old, new, parts) if long else None,
        "size": row["size"],
        "rank": row["rank"],
        "cause": row["cause"],
    }  # fmt: skip


def _summary(entries: list[Row]) -> str:
    counts = Counter(entry["change"] for entry in entries)
    return ", ".join(
        f"{count} title{'s' if count > 1 else ''} {change}"
        if change == SPELLING
        else f"{count} {change}"
        for change, count in counts.items()
    )


def differences(old: str, new: str, parts: str) -> list[Piece]:
    """Both texts in one, part by part; `parts` is the pattern of a part."""
    before, after = (re.findall(parts, text) for text in (old, new))
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, b0, b1, a0, a1 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(before[b0:b1]), "same"))
            continue
        if b1 > b0:
            pieces.append(Piece("".join(before[b0:b1]), "old"))
        if a1 > a0:
            pieces.append(Piece("".join(after[a0:a1]), "new"))
    return pieces
