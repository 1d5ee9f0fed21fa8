"""Rankings agree or explain: ranks that differ for the same ranking, year, subject and region.

Input: rows of `rankings`. Output: `RankingContradiction`s. Grain: one per ranking, year, subject
and region on which sources differ. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RankingContradiction:
    """`ranks` pairs each source with the rank it prints, sorted."""

    ranking: str
    year: int
    subject: str
    region: str
    ranks: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        subject = f", {self.subject}" if self.subject else ""
        printed = ", ".join(f"{source} prints {rank}" for source, rank in self.ranks)
        return f"{self.ranking} {self.year}{subject}, {self.region}: {printed}"


def ranking_contradictions(rows: Iterable[Mapping[str, Any]]) -> list[RankingContradiction]:
    """Contradictions among rows of `rankings`, sorted. Other years or regions differ."""
    printed: dict[tuple[str, int, str, str], set[tuple[str, int]]] = {}
    for row in rows:
        key = (row["ranking"], row["year"], row["subject"], row["region"])
        printed.setdefault(key, set()).add((row["source"], row["rank"]))
    return [
        RankingContradiction(*key, tuple(sorted(ranks)))
        for key, ranks in sorted(printed.items())
        if len({rank for _, rank in ranks}) > 1
    ]
