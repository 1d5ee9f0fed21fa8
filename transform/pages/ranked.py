"""Groups of lines that state ranks: each with where it holds, the ranking's name and its year.

Input: neighbouring lines. Output: `RankGroup`s, in whatever order a page prints rank and name.
Grain: one group per ranking printed. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transform.pages.lines import Line
from transform.pages.ranks import (
    NamedRanking,
    RankClaim,
    rank_claims,
    ranking_named,
    region_named,
    year_named,
)


@dataclass
class RankGroup:
    """The lines of one ranking. `ranks` pairs each claim with the line it was read at."""

    lines: list[Line] = field(default_factory=list)
    ranks: list[tuple[RankClaim, Line]] = field(default_factory=list)
    ranking: NamedRanking | None = None
    named_at: Line | None = None
    details: list[Line] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The year beside the ranking's name, else the one year among the details."""
        if self.ranking and self.ranking.year:
            return self.ranking.year
        return year_named(" ".join(line.text for line in self.details))

    @property
    def text(self) -> str:
        return " / ".join(line.text for line in self.lines)

    def regional_ranks(self) -> dict[str, tuple[int, Line]] | None:
        """The rank and its line by region; None where the group contradicts itself.

        A rank printed without a region ('# 25') holds in the ranking's own scope.
        """
        found: dict[str, tuple[int, Line]] = {}
        for claim, line in self.ranks:
            region = claim.region or (self.ranking.scope if self.ranking else "World")
            if region in found and found[region][0] != claim.rank:
                return None
            found.setdefault(region, (claim.rank, line))
        return found

    def add(self, line: Line) -> None:
        claims, region, named = (
            rank_claims(line.text),
            region_named(line.text),
            ranking_named(line.text),
        )
        if claims:
            self.ranks.extend((claim, line) for claim in claims)
        elif region and self.ranks and self.ranks[-1][0].region is None and self._ends_in_rank():
            self.ranks[-1] = (RankClaim(self.ranks[-1][0].rank, region), self.ranks[-1][1])
        elif named and self.ranking is None:
            self.ranking, self.named_at = named, line
        else:
            self.details.append(line)
        self.lines.append(line)

    def _ends_in_rank(self) -> bool:
        return self.lines[-1] is self.ranks[-1][1]


def rank_groups(lines: Sequence[Line]) -> tuple[list[RankGroup], list[Line]]:
    """The groups among lines, and the lines before the first.

    What comes first, a name, a '# 19' or another rank, starts every group of the same lines.
    """
    leader = next((_leads(line) for line in lines if _leads(line)), None)
    groups: list[RankGroup] = []
    before: list[Line] = []
    for line in lines:
        kind, group = _leads(line), groups[-1] if groups else None
        if kind == leader is not None and (group is None or _is_new(kind, line, group)):
            groups.append(RankGroup())
        if groups:
            groups[-1].add(line)
        else:
            before.append(line)
    return groups, before


def starts_ranks(lines: Sequence[Line], index: int) -> bool:
    """Whether ranks begin at a line: one itself, or a ranking's name right above one."""
    kind = _leads(lines[index])
    below = _leads(lines[index + 1]) if index + 1 < len(lines) else None
    return kind in ("sign", "rank") or (kind == "name" and below in ("sign", "rank"))


def _leads(line: Line) -> str | None:
    if rank_claims(line.text):
        return "sign" if line.text.lstrip().startswith("#") else "rank"
    return "name" if ranking_named(line.text) else None


def _is_new(kind: str | None, line: Line, group: RankGroup) -> bool:
    if kind == "name":  # the same name once more belongs to the group
        named = ranking_named(line.text)
        return named is not None and group.ranking is not None and named.name != group.ranking.name
    return kind == "sign" or group.ranking is not None
