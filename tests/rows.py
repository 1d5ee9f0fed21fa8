"""Rows of tables, written in tests as tables are printed.

Input: names of columns, rows of values. Output: dictionaries. Grain: one row. Raises `ValueError`
for a row of another length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def rows_of(columns: str, *rows: Sequence[object]) -> list[dict[str, Any]]:
    """Rows under the names of their columns, which blanks part."""
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]
