"""Groups of lines that state ranks: each with where it holds, the ranking's name and its year.

Input: neighbouring lines. Output: `RankGroup`s, in whatever order a page prints rank and name.
Grain: one group per ranking printed. Raises: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transform.pages.lines import Line
from transform.pages.ranking_words import is_subject
from transform.pages.ranks import (
    NamedRanking,
    RankClaim,
    is_band,
    rank_claims,
    ranking_named,
    region_named,
    year_named,
)
from transform.pages.words import folded


@dataclass
class RankGroup:
    """The lines of one ranking. `ranks` pairs each claim with the line it was read at."""

    lines: list[Line] = field(default_factory=list)
    ranks: list[tuple[RankClaim, Line]] = field(default_factory=list)
    ranking: NamedRanking | None = None
    named_at: Line | None = None
    details: list[Line] = field(default_factory=list)
    year_above: int | None = None  # a year that heads several rankings
    doubt: str | None = None  # why the ranks may not be this ranking's

    @property
    def year(self) -> int | None:
        """The year beside the ranking's name, else the one year among the details. A name with
        several years beside it has none."""
        if self.ranking and self.ranking.year:
            return self.ranking.year
        if self.named_at and re.search(r"\d{4}", self.named_at.text):
            return None
        if self.year_above:
            return self.year_above
        return year_named(" ".join(line.text for line in self.details))

    @property
    def text(self) -> str:
        return " / ".join(line.text for line in self.lines)

    @property
    def subject(self) -> str | None:
        """The subject the ranks hold for: '' for the university overall, None where a ranking by
        subject prints none, or more lines than one that could be it."""
        if self.ranking is None or not self.ranking.by_subject:
            return ""
        if self.ranking.subject:
            return self.ranking.subject
        candidates = [line for line in self.details if not self._is_known(line)]
        return candidates[0].text if len(candidates) == 1 else None

    def in_doubt(self) -> str | None:
        """Why the ranks may not be this ranking's, or None."""
        overall = self.ranking is not None and not self.ranking.by_subject
        if overall and any(is_subject(line.text) for line in self.details):
            return "a rank of one subject in a ranking of universities"
        return self.doubt

    def _is_known(self, line: Line) -> bool:
        """Whether a detail is the ranking's year or names its publisher."""
        publisher = self.ranking.publisher if self.ranking else ""
        is_year = re.fullmatch(r"\(?\d{4}\)?", line.folded) is not None
        return is_year or bool(publisher and folded(publisher) in line.folded)

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
            if self.ranking and not self.ranks and not self.ranking.by_subject:
                self._doubt_details("a ranking and its rank")
            self.ranks.extend((claim, line) for claim in claims)
        elif region and self.ranks and self.ranks[-1][0].region is None and self._ends_in_rank():
            self.ranks[-1] = (RankClaim(self.ranks[-1][0].rank, region), self.ranks[-1][1])
        elif named and self.ranking is None:
            self.ranking, self.named_at = named, line
            if self.ranks and not named.by_subject:
                self._doubt_details("a rank and its ranking")
        else:
            self.details.append(line)
            if named and self.ranking and named.name != self.ranking.name:
                self.doubt = "two rankings beside one rank"
        self.lines.append(line)

    def _doubt_details(self, between: str) -> None:
        if any(not self._is_known(line) for line in self.details):
            self.doubt = f"a line nobody knows stands between {between}"

    def _ends_in_rank(self) -> bool:
        return self.lines[-1] is self.ranks[-1][1]


def rank_groups(lines: Sequence[Line]) -> tuple[list[RankGroup], list[Line]]:
    """The groups among lines, and the lines before the first.

    What comes first, a name, a '# 19' or another rank, starts every group of the same lines.
    """
    kinds = [kind for line in lines if (kind := _leads(line))]
    leader = kinds[0] if kinds else None
    if leader == "band":
        leader = "sign" if "sign" in kinds else "rank" if "rank" in kinds else "band"
    groups: list[RankGroup] = []
    before: list[Line] = []
    heads = _year_heads(lines)
    year_above: int | None = None
    closed = False
    for index, line in enumerate(lines):
        if index in heads:
            year_above, closed = year_named(line.text), True
            before.append(line)
            continue
        kind, group = _leads(line), groups[-1] if groups else None
        if kind == "band" and leader != "name":
            kind = leader
        if kind == leader is not None and (closed or group is None or _is_new(kind, line, group)):
            groups.append(RankGroup(year_above=year_above))
            closed = False
        if groups and not closed:
            groups[-1].add(line)
        else:
            before.append(line)
    return groups, before


def _year_heads(lines: Sequence[Line]) -> set[int]:
    """Where bare years head the rankings below them: marked up as headings, or one before any
    rank or name, as then the others stand above theirs too."""
    years = [n for n, line in enumerate(lines) if re.fullmatch(r"(?:19|20)\d\d", line.folded)]
    first = next((n for n, line in enumerate(lines) if _leads(line)), len(lines))
    lead = bool(years) and years[0] < first
    return {n for n in years if lead or lines[n].is_heading}


def starts_ranks(lines: Sequence[Line], index: int) -> bool:
    """Whether ranks begin at a line: one itself, or a ranking's name right above one."""
    kind = _leads(lines[index])
    below = _leads(lines[index + 1]) if index + 1 < len(lines) else None
    return kind in ("sign", "rank") or (kind == "name" and below in ("sign", "rank"))


def _leads(line: Line) -> str | None:
    if rank_claims(line.text):
        return "sign" if line.text.lstrip().startswith("#") else "rank"
    if is_band(line.text):
        return "band"
    return "name" if ranking_named(line.text) else None


def _is_new(kind: str | None, line: Line, group: RankGroup) -> bool:
    if kind == "name":  # the same name once more belongs to the group
        named, known = ranking_named(line.text), group.ranking
        if named is None or known is None:
            return False
        other_year = named.year and known.year and named.year != known.year
        return named.name != known.name or bool(other_year)
    return kind == "sign" or group.ranking is not None


def mark_contradictions(groups: Sequence[RankGroup]) -> None:
    """Puts the groups in doubt that print different ranks for one ranking, year and region."""
    printed: dict[tuple[object, ...], list[tuple[int, RankGroup]]] = {}
    for group in groups:
        name = group.ranking.name if group.ranking else None
        for region, (rank, _) in (group.regional_ranks() or {}).items():
            place = (name, group.year, group.subject, region)
            printed.setdefault(place, []).append((rank, group))
    for key, ranks in printed.items():
        if key[0] and len({rank for rank, _ in ranks}) > 1:
            for _, group in ranks:
                group.doubt = "several ranks of one ranking, year and region"
