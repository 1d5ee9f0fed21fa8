"""Where every value was printed, numbered so that a figure on the page carries one small number.

Input: `audit.observations` and `audit.documents`. Output: `Places`: the number of a value by table,
key and column, and the values the page's script needs to tell the place. Grain: one number a value
of the warehouse; a value printed twice has two places. Raises nothing.

Values of a merged cell share their place, and rows share keys: each is stored once and named by
its position, a third of the size. Boxes go out to whole points.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from itertools import chain
from typing import Any

from reports.pictures import PageId
from reports.rows import Row, Warehouse, showable

Key = tuple[object, ...]


class _Numbered(dict[Any, int]):
    """Things in the order in which they came, each once."""

    def number(self, thing: Any) -> int:
        return self.setdefault(thing, len(self))


class Places:
    """Numbers of the values of a release that were read somewhere."""

    def __init__(self, observations: list[Row], documents: list[Row]) -> None:
        self._values: dict[tuple[str, Key, str], int] = {}
        self._readings: list[list[list[int]]] = []
        self._names = _Numbered()
        self._keys = _Numbered()
        self._texts = _Numbered()
        self._spots = _Numbered()
        self._documents = documents
        self.pages: Counter[PageId] = Counter()  # values read, by page
        self.document_numbers = {row["sha256"]: n for n, row in enumerate(documents)}
        parsed: dict[str, Key] = {}
        for row in observations:
            if row["key"] not in parsed:
                parsed[row["key"]] = tuple(json.loads(row["key"]).values())
            key = parsed[row["key"]]
            value = (row["table_name"], key, row["column_name"])
            if value not in self._values:
                self._values[value] = len(self._readings)
                self._readings.append([])
                self._names.number(row["table_name"])
                self._keys.number(row["key"])
            box: tuple[int | None, ...] = (None,) * 4
            if row["page"] is not None:
                self.pages[row["document_sha256"], row["page"]] += 1
                box = (
                    *(math.floor(row[edge]) for edge in ("x0", "top")),
                    *(math.ceil(row[edge]) for edge in ("x1", "bottom")),
                )
            spot = (
                self.document_numbers[row["document_sha256"]],
                row["page"],
                row["block"],
                *box,
                self._texts.number(row["text"]),
            )
            self._readings[self._values[value]].append(
                [self._spots.number(spot), self._texts.number(row["rule"])]
            )
        self._json_key = {key: text for text, key in parsed.items()}

    def number(self, table: str, key: Key, column: str) -> int | None:
        """Number of a value; None for one that was read nowhere (computed, or absent)."""
        return self._values.get((table, key, column))

    def island(self) -> Row:
        """What the page's script needs, as JSON values."""
        columns = _Numbered()
        tables = list(self._names)
        return {
            "documents": [
                {"name": row["name"], "sha256": row["sha256"], "pages": row["pages"]}
                for row in self._documents
            ],
            "tables": tables,
            "keys": [showable(text) for text in self._keys],
            "texts": list(self._texts),
            "spots": [list(spot) for spot in self._spots],
            "values": [
                [
                    self._names[table],
                    self._keys[self._json_key[key]],
                    columns.number(column),
                    *chain.from_iterable(self._readings[number]),
                ]
                for (table, key, column), number in self._values.items()
            ],
            "columns": list(columns),
        }


def places_of(warehouse: Warehouse) -> Places:
    """The places of all values of a release."""
    return Places(
        warehouse.rows("FROM audit.observations"),
        warehouse.rows("SELECT sha256, name, pages FROM audit.documents ORDER BY sha256"),
    )
