"""Whether a choice is school-based or program-based: the fill under it, by the page's legend.

Input: the cell of a choice, the legend's colours. Output: the kind of choice.
Grain: one cell.
Raises: `UnknownValue` for a fill that the legend does not explain.
"""

from __future__ import annotations

from collections.abc import Mapping

from errors import UnknownValue
from extract.cells import Cell

SAME_COLOR = 12  # of 255, per channel: one paint, printed twice


def choice_type_of(choice: Cell, legend: Mapping[str, str]) -> str:
    """The kind of choice that the legend gives for the cell's fill."""
    for color, kind in legend.items():
        if choice.fill is not None and _alike(color, choice.fill):
            return kind
    raise UnknownValue(
        f"the legend explains no fill of colour {choice.fill}",
        page=choice.page, text=choice.text,
        todo=f"Colours explained: {', '.join(f'{k} {v}' for k, v in legend.items()) or 'none'}",
    )  # fmt: skip


def _alike(one_color: str, other: str) -> bool:
    if not (one_color.startswith("#") and other.startswith("#")):
        return one_color == other
    pairs = ((int(one_color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return all(abs(a - b) <= SAME_COLOR for a, b in pairs)
