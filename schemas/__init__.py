"""The tables of the warehouse: one pandera model each, the only column list in the project.

Input: nothing. Output: `TABLES` (schema `main`) and `AUDIT` (schema `audit`), by table name, and
the helpers to describe (`columns_of`, `key_of`) and fill (`frame_of`) them.
Raises: see `frames`.

Names are imported when first asked for: pandera takes a second to import, and the scorer, which
wants only `schemas.subjects`, has no use for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schemas.catalogue import AUDIT, TABLES
    from schemas.columns import Table
    from schemas.description import (
        Check,
        Column,
        arrow_schema_of,
        columns_of,
        description_of,
        key_of,
        name_of,
        order_of,
        row_checks_of,
    )
    from schemas.frames import arrow_table_of, frame_of, key_json, rows_from
    from schemas.refusal import RowRefused

__all__ = [
    "AUDIT",
    "TABLES",
    "Check",
    "Column",
    "RowRefused",
    "Table",
    "arrow_schema_of",
    "arrow_table_of",
    "columns_of",
    "description_of",
    "frame_of",
    "key_json",
    "key_of",
    "name_of",
    "order_of",
    "row_checks_of",
    "rows_from",
]

_HOMES = (
    "schemas.catalogue",
    "schemas.columns",
    "schemas.description",
    "schemas.frames",
    "schemas.refusal",
)


def __getattr__(name: str) -> Any:
    """A name of `__all__`, from the module that has it."""
    if name in __all__:
        for home in _HOMES:
            module = import_module(home)
            if name in vars(module):
                globals()[name] = vars(module)[name]
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
