"""What is drawn on a sheet and can belong to tables: rules and filled areas.

Input: nothing; these are the types that `extract.page.sheets` fills and the table engine reads.
Output: `HRule`, `VRule` and the `Drawing` that holds a sheet's, with its `Area`s.
Grain: one object a mark. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.cells import Area
from extract.page.heights import Heights, at_height, by_height


@dataclass(frozen=True, slots=True)
class HRule:
    """A horizontal rule: height `y`, from `x0` to `x1`, in points."""

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class VRule:
    """A vertical rule."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Drawing:
    """The rules and fills of a page that can belong to tables."""

    hrules: tuple[HRule, ...]
    vrules: tuple[VRule, ...]
    areas: tuple[Area, ...]

    @cached_property
    def hrules_by_height(self) -> Heights[HRule]:
        return at_height(self.hrules, lambda rule: rule.y)

    @cached_property
    def vrules_by_height(self) -> Heights[VRule]:
        return by_height(self.vrules)

    @cached_property
    def areas_by_height(self) -> Heights[Area]:
        return by_height(self.areas)

    def beside(self, other: Drawing, across: float, down: float) -> Drawing:
        """This drawing with that of another page, moved."""
        hrules = (HRule(r.y + down, r.x0 + across, r.x1 + across) for r in other.hrules)
        vrules = (VRule(r.x + across, r.top + down, r.bottom + down) for r in other.vrules)
        areas = (
            Area(a.x0 + across, a.top + down, a.x1 + across, a.bottom + down, a.color)
            for a in other.areas
        )
        return Drawing((*self.hrules, *hrules), (*self.vrules, *vrules), (*self.areas, *areas))


def length_of(parts: Sequence[tuple[float, float]]) -> float:
    """How much of a line these parts of it cover together."""
    total, reached = 0.0, float("-inf")
    for x0, x1 in sorted(parts):
        total += max(0.0, x1 - max(x0, reached))
        reached = max(reached, x1)
    return total
