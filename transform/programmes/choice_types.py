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
UNPAINTED = "no colour"  # where words of a legend stand beside no fill
BOTH = "both"  # what a colour stands for that the legend gives to both kinds


def choice_type_of(choice: Cell, legend: Mapping[str, str]) -> str | None:
    """The kind of choice that the legend gives for the colour nearest to the cell's fill; None
    where no legend is printed and no fill asks for one."""
    if not legend and choice.fill is None:
        return None
    near: dict[str, int] = {}
    for color, kind in legend.items():
        apart = None if choice.fill is None else _apart(color, choice.fill)
        if apart is not None and apart <= SAME_COLOR:
            near[kind] = min(apart, near.get(kind, apart))
    kinds = [kind for kind, apart in near.items() if apart == min(near.values())]
    if len(kinds) == 1 and kinds[0] != BOTH:
        return kinds[0]
    raise UnknownValue(
        f"the legend explains {'both kinds by a' if kinds else 'no'} fill of colour {choice.fill}",
        page=choice.page, text=choice.text,
        todo=f"Colours explained: {', '.join(f'{k} {v}' for k, v in legend.items()) or 'none'}",
    )  # fmt: skip


def _apart(one_color: str, other: str) -> int | None:
    """The widest difference of a channel of two colours; None where they can't be compared."""
    if not (one_color.startswith("#") and other.startswith("#")):
        return 0 if one_color == other else None
    return max(abs(int(one_color[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (1, 3, 5))
