"""The years and the point scale that a table of scores is for.

Input: what a table's surroundings say. Output: `Years`. Grain: one table.
Raises: `LayoutChanged` where a year that is needed is not given.
"""

from __future__ import annotations

from dataclasses import dataclass

from errors import LayoutChanged
from extract.cells import Table


@dataclass(frozen=True, slots=True)
class Years:
    """Years that a table's surroundings give; None where they give none."""

    scores_year: int | None
    formula_year: int | None
    entry_year: int | None
    point_scale: float | None


def needed_year(year: int | None, what: str, table: Table) -> int:
    """The year, or `LayoutChanged` where no words give it."""
    if year is None:
        raise LayoutChanged(
            f"no words give the {what} of a score table",
            page=table.page,
            text=", ".join(header.text for header in table.headers),
            todo="Add the phrase that dates it to `years` in transform/lookups.toml",
        )
    return year
