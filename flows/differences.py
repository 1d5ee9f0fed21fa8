"""`admissions diff`: what changed between two editions, value by value, with the cause.

Input: two years, the current release. Output: text or JSON on stdout.
Raises: `AdmissionsError` for a year that the release has nothing of.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.table import Table

import schemas
from errors import AdmissionsError
from flows.console import PlainConsole
from flows.plain_text import plain
from flows.releases import needed_release, stored_frames
from reports.edition_changes import is_wording
from scoring.effects import TABLES as EFFECT_TABLES
from scoring.effects import effects_between
from warehouse.causes import Causes, corrected_values
from warehouse.changes import changes_between, compared_tables, year_column


def show_diff(data: Path, from_edition: int, to_edition: int, as_json: bool) -> None:
    """Print the changes between two editions of the current release."""
    names = dict.fromkeys([*compared_tables(), "programmes", "formulas", "changes", "observations"])
    tables = stored_frames(needed_release(data), names)
    _refuse_incomparable(tables, from_edition, to_edition)
    changes = _changes(tables, from_edition, to_edition)
    if as_json:
        sys.stdout.write(
            json.dumps(plain(changes), ensure_ascii=False, indent=2, default=str) + "\n"
        )
        return
    _print(changes, from_edition, to_edition)
    rows = {name: schemas.rows_from(tables[name]) for name in EFFECT_TABLES}
    _print_effects(effects_between(rows, from_edition, to_edition))


def _changes(tables: dict[str, Any], from_edition: int, to_edition: int) -> list[dict[str, Any]]:
    """What differs. The cause is the release's own where it has compared the two years; of years
    further apart only corrections are known."""
    observations, recorded = tables["observations"], tables["changes"]
    causes = Causes(corrected=corrected_values(observations))
    changes = schemas.rows_from(changes_between(tables, from_edition, to_edition, causes))
    pair = recorded[
        (recorded["from_edition"] == from_edition) & (recorded["to_edition"] == to_edition)
    ]
    known = {_value(row): row["cause"] for row in schemas.rows_from(pair)}
    return [row | {"cause": known.get(_value(row), row["cause"])} for row in changes]


def _value(row: dict[str, Any]) -> tuple[str, str, str | None]:
    return row["table_name"], row["key"], row["column_name"]


def _refuse_incomparable(tables: dict[str, Any], from_edition: int, to_edition: int) -> None:
    """Raises `AdmissionsError` where no table has rows of both: no changes would be no answer."""
    held = [{int(year) for year in tables[name][year_column(name)]} for name in compared_tables()]
    years = sorted(set().union(*held))
    for edition in (from_edition, to_edition):
        if edition not in years:
            raise AdmissionsError(
                "the release has nothing of this edition", text=str(edition),
                todo=f"It has {', '.join(map(str, years))}",
            )  # fmt: skip
    if not any({from_edition, to_edition} <= own for own in held):
        others = set().union(*(own for own in held if from_edition in own)) - {from_edition}
        named = " or ".join(map(str, sorted(others))) or "no other"
        raise AdmissionsError(
            f"no table has both {from_edition} and {to_edition}",
            todo=f"{from_edition} can be compared with {named}",
        )


def _print(changes: list[dict[str, Any]], from_edition: int, to_edition: int) -> None:
    console = PlainConsole()
    console.print(f"{len(changes)} changes from {from_edition} to {to_edition}")
    for name, rows in _sections(changes).items():
        console.print(f"\n{name}: {len(rows)}")
        table = Table(box=None, pad_edge=False, show_header=False)
        for row in sorted(
            rows, key=lambda r: (r["rank"] or 10**6, r["key"], r["column_name"] or "")
        ):
            key = " ".join(str(v) for v in json.loads(row["key"]).values())
            size = f"{row['size']:+g} (rank {row['rank']})" if row["size"] is not None else ""
            table.add_row(
                key, row["column_name"] or "", row["change"],
                f"{_line(row['old_value'])} -> {_line(row['new_value'])}",
                size, row["cause"],
            )  # fmt: skip
        console.print(table)


def _sections(changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Changes by table, in the order of the dictionary; what a formula says and how it is printed
    stand apart, as in the report."""
    order = {name: place for place, name in enumerate(schemas.TABLES)}
    sections: dict[str, list[dict[str, Any]]] = {}
    for change in sorted(changes, key=lambda c: (order[c["table_name"]], is_wording(c))):
        as_printed = ", as printed" if is_wording(change) else ""
        sections.setdefault(f"{change['table_name']}{as_printed}", []).append(change)
    return sections


def _line(value: object) -> str:
    """A value on one line; '-' for none."""
    return "-" if value is None else " / ".join(str(value).splitlines())


def _print_effects(effects: list[dict[str, Any]]) -> None:
    """Changed formulae by what they do to the best fives of a fixed set of applicants."""
    if not effects:
        return
    console = PlainConsole()
    names = list(dict.fromkeys(row["profile"] for row in effects))
    table = Table("formula changed", *names, box=None, pad_edge=False)
    by_code: dict[str, dict[str, float]] = {}
    for row in effects:
        by_code.setdefault(row["jupas_code"], {})[row["profile"]] = row["difference"]
    for code, differences in by_code.items():
        table.add_row(code, *(f"{differences[name]:+g}" for name in names))
    console.print(
        "\nWhat the changed formulae do to best fives (profiles in scoring/profiles.toml)"
    )
    console.print(table)
