"""Columns that documents print and the warehouse has no place for: places offered, upper quartiles.

Input: a table. Output: rejects: what such columns hold is listed. Grain: one cell.
Raises nothing.

Which columns these are is data: those of `vocabulary.toml` whose names begin with `not_kept`.
"""

from __future__ import annotations

from extract.cells import Table
from transform.readings import Ledger

NOT_KEPT = "not_kept"


def reject_unkept(table: Table, ledger: Ledger) -> None:
    """List the texts of a table's columns that are not kept, a merged cell once."""
    for header in table.headers:
        if not header.column.startswith(NOT_KEPT):
            continue
        cells = {
            cell.place: cell for row in table.rows for cell in row.cells.get(header.column, ())
        }
        for cell in cells.values():
            if cell.text:
                ledger.reject(cell, f"column that the warehouse has no place for: {header.text}")
