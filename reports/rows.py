"""Rows of a release's warehouse, fit to be shown on a page.

Input: `warehouse.duckdb` of a release. Output: rows as {column: value}. Grain: the query's.
Raises what DuckDB raises. Text loses its control characters here, once for every way it is shown.
"""

from __future__ import annotations

import re
from typing import Any

from warehouse.opened import OpenWarehouse, Row

__all__ = ["Row", "Warehouse", "showable"]

# C0 and C1 but tab and newline; what turns the direction of text around or can't be seen
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Warehouse(OpenWarehouse):
    """The warehouse of one release, its text fit to be shown."""

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """The rows of a query, in its order."""
        found = super().rows(query, *parameters)
        return [{column: showable(value) for column, value in row.items()} for row in found]


def showable(value: Any) -> Any:
    """A value without characters that can't be shown: each becomes U+FFFD, which can be seen."""
    if isinstance(value, str):
        return _UNSHOWABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {showable(name): showable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [showable(item) for item in value]
    return value
