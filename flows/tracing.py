"""`admissions trace`: from a value back to the box on the page where it was printed.

Input: table and key of a row, the current release, the archive. Output: text on stdout; a PNG crop.
Raises: `AdmissionsError` for an unknown table, column or row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import schemas
from errors import AdmissionsError, DocumentRefused, WrongUsage
from extract.archive import Archive, damaged_copy, holds
from extract.sandbox.jobs import run_limited
from flows.console import PlainConsole
from flows.releases import needed_release
from warehouse.opened import OpenWarehouse


def show_trace(
    data: Path, table: str, keys: Sequence[str], column: str | None, png: Path | None
) -> None:
    """Print where the values of a row were read; write the crop of the first box as PNG."""
    places = traced_places(data, table, keys, column)
    if png is not None and png.suffix.lower() != ".png":
        raise WrongUsage("crops are written as .png", text=str(png))
    console = PlainConsole()
    rows = {place["key"] for place in places}
    last: str | None = None
    for place in places:
        if len(rows) > 1 and place["key"] != last:
            last = place["key"]
            key = " ".join(f"{name}={value}" for name, value in json.loads(last).items())
            console.print(f"{table} {key}", soft_wrap=True)
        box = f"block {place['block']}"
        if place["page"] is not None:
            edges = " ".join(f"{place[edge]:.1f}" for edge in ("x0", "top", "x1", "bottom"))
            box = f"page {place['page']}, box {edges}"
        console.print(f"{place['column_name']} = {place['value']}", soft_wrap=True)
        printed = " / ".join(str(place["text"]).splitlines())
        console.print(f"    {place['name']}, {box}: {printed!r} ({place['rule']})", soft_wrap=True)
    if png is not None:
        first = places[0]
        write_crop(data, first, png)
        drawn = f"{first['column_name']} = {first['value']}"
        console.print(f"{png}: {drawn}, {first['name']}, page {first['page']}", soft_wrap=True)


def traced_places(
    data: Path, table: str, keys: Sequence[str], column: str | None
) -> list[dict[str, Any]]:
    """Observations of one row, with the value and the document's name; at least one."""
    release = needed_release(data)
    model = _known(table, schemas.TABLES, "table")
    columns = {c.name: c for c in schemas.columns_of(schemas.TABLES[model])}
    wanted: dict[str, str] = {}
    for name, value in (_pair(key, columns) for key in keys):
        if wanted.setdefault(name, value) != value:
            raise WrongUsage(f"two values of {name}", text=" ".join(keys), todo="Give one of them")
    if column is not None:
        _known(column, columns, "column")
    with OpenWarehouse.of(release) as warehouse:
        found = warehouse.rows(
            """SELECT o.*, d.name FROM audit.observations o
               JOIN audit.documents d ON d.sha256 = o.document_sha256
               WHERE table_name = ? AND column_name = coalesce(?, column_name)
               ORDER BY key, column_name, d.name""",
            table,
            column,
        )
        rows = warehouse.rows(f"FROM main.{model}")
    key_columns = schemas.key_of(schemas.TABLES[model])
    values = {_key_text(row, key_columns): row for row in rows}
    places = []
    for place in found:
        key = json.loads(place["key"])
        row = values.get(_key_text(key, key_columns), {})
        if _fits({**key, **row}, wanted):
            places.append({**place, "value": row.get(place["column_name"])})
    if places:
        return places
    if column is not None and any(_fits(row, wanted) for row in rows):
        what, see = f"no document gives {column} in this row of {table}", "what was read of it"
        if column in key_columns:
            what = f"{column} names the row of {table} and has no place of its own"
            see = "where the row was read"
        raise AdmissionsError(what, text=" ".join(keys), todo=f"Leave --column out to see {see}")
    raise AdmissionsError(
        f"no such row of {table}", text=" ".join(keys), todo=_hint(wanted, rows, key_columns)
    )


def _fits(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    return all(
        str(row.get(name)).casefold() == value.casefold() or _same(row.get(name), value)
        for name, value in wanted.items()
    )


def _hint(
    wanted: dict[str, str], rows: Sequence[dict[str, Any]], key_columns: Sequence[str]
) -> str:
    """Close spellings of a value that no row has, else what the keys are."""
    for name, value in wanted.items():
        known = sorted({str(row[name]) for row in rows if row[name] is not None})
        if value not in known and not any(_same(one, value) for one in known):
            near = [one for one in known if sorted(one) == sorted(value)]
            near = near or get_close_matches(value, known, 3, 0.8)
            if near:
                return f"Did you mean {name}={' or '.join(near)}?"
    return f"Its key columns are {', '.join(key_columns)}"


def _key_text(row: dict[str, Any], key_columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in key_columns)


def _same(value: object, text: str) -> bool:
    try:
        return float(str(value)) == float(text)
    except ValueError:
        return False


def _pair(key: str, columns: dict[str, Any]) -> tuple[str, str]:
    name, equals, value = key.partition("=")
    if not equals or not name:
        raise WrongUsage("not KEY=VALUE", text=key, todo="Write jupas_code=JS5240")
    return _known(name, columns, "column"), value


def _known(name: str, known: Any, what: str) -> str:
    if name in known:
        return name
    near = get_close_matches(name, list(known), 1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}"
    raise WrongUsage(f"unknown {what}", text=name, todo=hint)


def write_crop(data: Path, place: dict[str, Any], png: Path) -> None:
    """The part of the page around a box, with the box drawn, as a PNG."""
    if place["page"] is None:
        raise DocumentRefused("a web page has no box to draw", document=place["name"])
    path = Archive(data / "archive").path(place["document_sha256"])
    if not holds(path, place["document_sha256"]):
        raise damaged_copy(path, place["name"])
    crop = run_limited(
        "extract.crop:crop_png",
        path,
        document=place["name"],
        page=place["page"],
        box=[place[edge] for edge in ("x0", "top", "x1", "bottom")],
    )
    png.write_bytes(crop)
