"""A release's database, opened for reading.

Input: the folder of a release, a query. Output: rows as {column: value}. Grain: the query's.
Raises what DuckDB raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import duckdb

from warehouse.current import DATABASE

Row = dict[str, Any]


def connected(release_folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection for reading; whoever asks for it closes it."""
    # One thread: handing out so little work costs more than doing it.
    return duckdb.connect(release_folder / DATABASE, read_only=True, config={"threads": 1})


class OpenWarehouse:
    """The warehouse of one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def of(cls, release_folder: Path) -> Iterator[Self]:
        """Closed again afterwards."""
        with connected(release_folder) as connection:
            yield cls(connection)

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """The rows of a query, in its order."""
        found = self._connection.execute(query, parameters)
        columns = [name for name, *_ in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def value(self, query: str, *parameters: object) -> Any:
        """The one value of a query."""
        (row,) = self.rows(query, *parameters)
        (value,) = row.values()
        return value
