"""Rows of a release's warehouse, fit to be shown on a page.

Input: `warehouse.duckdb` of a release. Output: rows as {column: value}. Grain: the query's.
Raises what DuckDB raises. Text loses its control characters here, once for every way it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.current import DATABASE

Row = dict[str, Any]

# C0 and C1 but tab and newline; what turns the direction of text around or can't be seen
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Warehouse:
    """The warehouse of one release, open for reading."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """The rows of a query, in its order."""
        found = self._connection.execute(query, parameters)
        columns = [name for name, *_ in found.description or ()]
        return [dict(zip(columns, map(showable, row), strict=True)) for row in found.fetchall()]

    def value(self, query: str, *parameters: object) -> Any:
        """The one value of a query."""
        (row,) = self.rows(query, *parameters)
        (value,) = row.values()
        return value


@contextmanager
def opened_warehouse(release_folder: Path) -> Iterator[Warehouse]:
    """The warehouse of a release, closed again afterwards."""
    with duckdb.connect(release_folder / DATABASE, read_only=True) as connection:
        yield Warehouse(connection)


def showable(value: Any) -> Any:
    """A value without characters that can't be shown: each becomes U+FFFD, which can be seen."""
    if isinstance(value, str):
        return _UNSHOWABLE.sub("\ufffd", value)
    if isinstance(value, list | tuple):
        return [showable(item) for item in value]
    return value
