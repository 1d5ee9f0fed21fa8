"""The header of one table, as it was found on a page.

Input: nothing; this is the type that `bands` makes and the reading of tables starts from.
Grain: one header. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.headers.phrase_search import Match
from extract.headers.vocabulary import TableKind


@dataclass(slots=True)
class HeaderBand:
    """The header of one table: matched columns left to right, groups above them, what is odd."""

    kind: TableKind
    columns: list[Match]
    groups: list[Match]
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    title: Match | None = None

    @property
    def matches(self) -> list[Match]:
        return self.columns + self.groups

    @property
    def x0(self) -> float:
        return min(match.x0 for match in self.matches)

    @property
    def x1(self) -> float:
        return max(match.x1 for match in self.matches)

    @property
    def top(self) -> float:
        return min(match.top for match in self.matches)

    @property
    def bottom(self) -> float:
        return max(match.bottom for match in self.matches)
