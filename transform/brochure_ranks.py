"""Rows of ranks on the brochure's pages without tables: 'Marketing  29th', 'THE Impact 2025  # 19'.

Input: lines of one page. Output: readings of `rankings` with source 'brochure'; which lines were
read. Grain: one rank, in one region and year.
Raises: `UnknownValue` where a rank and the subject beside it run together.

Subjects stand under a heading that names a ranking by subject. The year is the heading's or the
column's, the region the rank's own or the column's. Ranks that this does not tell are left over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from errors import UnknownValue
from extract.cells import Line
from transform.pages.ranks import (
    NamedRanking,
    RankClaim,
    rank_claims,
    ranking_named,
    region_named,
    year_named,
)
from transform.pages.words import folded, is_sentence
from transform.readings import Ledger
from transform.values import Spot, spot_around

SOURCE = "brochure"
RANK_IN_TEXT = re.compile(r"\b\d+(st|nd|rd|th)\b")
HEADS = re.compile(r"(?:world |global )?(?:subjects?|subject areas?|rankings?|ranks?|areas?)")
FAR = 300.0  # points: between a rank and its subject
HIGH = 2.5  # times its size: a line of a subject is at most so far above or below its rank
YEAR = r"(?:19|20)\d\d"
TOUCHING = 0.7  # times its size: between the lines of one subject


def add_ranking(
    ranking: NamedRanking, claim: RankClaim, subject: str, source: Spot, ledger: Ledger
) -> None:
    """One row of `rankings`; the ranking has its year."""
    key = {
        "source": SOURCE,
        "ranking": ranking.name,
        "year": ranking.year,
        "subject": subject,
        "region": claim.region or ranking.scope,
    }
    ledger.add("rankings", key, "rank", claim.rank, source, "rank as printed")
    ledger.add(
        "rankings", key, "publisher", ranking.publisher, source, "declared publisher of the ranking"
    )


def read_rank_rows(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    """Reads the rows of ranks among the lines of a page that no tile has."""
    heads = [line for line in lines if HEADS.fullmatch(folded(line.text)) or _head(line)]
    ranks = [line for line in lines if rank_claims(line.text) is not None]
    plain = [rank for rank in ranks if _claims(rank)[0].region is None]
    headings = _headings(lines)
    apart = [*ranks, *heads, *(line for line, _ in headings)]
    texts = [line for line in lines if line not in apart]
    overall = [(line, found) for line, found in headings if found and not found.by_subject]
    tables = [(line, found) for line, found in headings if not found or found.by_subject]
    used: set[int] = set()
    for line, ranking in overall:
        row = _right_of(line, plain, [other for other, _ in overall])
        if len(row) == 1 or all(_head_of(rank, heads) for rank in row):
            for rank in row:
                used |= _add(ranking, "", [line], rank, ranks, heads, page, ledger)
    for heading, found in tables:
        if found is None:
            continue
        under = [x for x in plain if id(x) not in used and _over(x, tables) is heading]
        subjects = _subjects(under, [text for text in texts if text.top > heading.top], heads)
        for rank, named in subjects:
            subject = " ".join(line.text for line in named)
            if RANK_IN_TEXT.search(subject):
                raise UnknownValue(
                    "a rank stands in the name of a subject", page=page, text=subject,
                    todo="Look at the page: the rank and the subject right of it run together",
                )  # fmt: skip
            used |= _add(found, subject, named, rank, ranks, heads, page, ledger)
    return used


def _right_of(line: Line, ranks: Sequence[Line], names: Sequence[Line]) -> list[Line]:
    """The ranks beside the name of a ranking, as far as the next name."""
    return [
        rank for rank in ranks
        if line.x0 < rank.x0 and abs(rank.middle - line.middle) < 0.8 * line.size
        and not any(
            line.x0 < other.x0 <= rank.x0 and abs(other.middle - line.middle) < line.size
            for other in names
        )
    ]  # fmt: skip


def _add(
    ranking: NamedRanking, subject: str, named: Sequence[Line], rank: Line,
    ranks: Sequence[Line], heads: Sequence[Line], page: int, ledger: Ledger,
) -> set[int]:  # fmt: skip
    """A rank and what stands right of it with a region; which lines were read."""
    head = _head_of(rank, heads)
    region = region_named(head.text) if head else None
    year = (year_named(head.text) if head else None) or ranking.year
    if year is None:
        return set()
    beside = [
        other for other in ranks
        if _claims(other)[0].region is not None and 0 < other.x0 - rank.x0 < 120
        and abs(other.middle - rank.middle) < other.size
    ]  # fmt: skip
    for line in (rank, *beside):
        for claim in _claims(line):
            where = claim.region or region
            source = spot_around([*named, line], page, f"{subject} {line.text}".strip())
            dated = replace(ranking, year=year)
            add_ranking(dated, RankClaim(claim.rank, where), subject, source, ledger)
    return {id(line) for line in (rank, *beside, *named)}


def _claims(rank: Line) -> tuple[RankClaim, ...]:
    return rank_claims(rank.text) or ()


def _headings(lines: Sequence[Line]) -> list[tuple[Line, NamedRanking | None]]:
    """Lines that name a ranking, alone or with the next one; None for one that is not declared."""
    found = []
    for line in lines:
        ranking = ranking_named(line.text)
        if "ranking" not in folded(line.text) and ranking is None:
            continue
        if is_sentence(line.text) or HEADS.fullmatch(folded(line.text)):
            continue
        below = line_below(line, lines)
        if below is not None and (ranking is None or not ranking.by_subject):
            both = ranking_named(f"{line.text} {below.text}")
            if both is not None and abs(below.size - line.size) < 0.1 * line.size:
                line, ranking = below, both
        found.append((line, ranking))
    return found


def line_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line under this one with the same left edge."""
    near = [
        other for other in lines
        if abs(other.x0 - line.x0) < 3 and other.middle > line.middle
        and -0.3 * other.size < other.top - line.bottom < other.size
    ]  # fmt: skip
    return min(near, key=lambda other: other.top, default=None)


def _over(rank: Line, headings: Sequence[tuple[Line, NamedRanking | None]]) -> Line | None:
    """The heading that a rank stands under: the lowest, the rightmost; None in doubt."""
    above = [line for line, _ in headings if line.top < rank.top]
    left = [line for line in above if line.x0 <= rank.x0 + 3] if len(above) > 1 else above
    kept = [
        line for line in left
        if not any(
            other is not line and other.top >= line.top - line.size and other.x0 >= line.x0 - 3
            for other in left
        )
    ]  # fmt: skip
    return kept[0] if len(kept) == 1 else None


def _head(line: Line) -> bool:
    return region_named(line.text) is not None or re.fullmatch(YEAR, line.text) is not None


def _head_of(rank: Line, heads: Sequence[Line]) -> Line | None:
    """The year or region that heads the column of a rank."""
    over = [
        head for head in heads
        if _head(head) and head.bottom <= rank.top + 1
        and (head.x0 < rank.x1 and head.x1 > rank.x0)
    ]  # fmt: skip
    return max(over, key=lambda head: head.top, default=None)


def _subjects(
    ranks: Sequence[Line], texts: Sequence[Line], heads: Sequence[Line]
) -> list[tuple[Line, list[Line]]]:
    """Each rank with its subject, which stands left of all of them or right of all; none in doubt.

    A rank under a year or a region may share the subject of the rank left of it.
    """
    for left in (True, False):
        near: dict[int, list[Line]] = {id(rank): [] for rank in ranks}
        for text in texts:
            beside = [rank for rank in ranks if _stands_by(text, rank, ranks, left)]
            if beside:
                nearest = min(beside, key=lambda rank: abs(rank.middle - text.middle))
                near[id(nearest)].append(text)
        found: list[tuple[Line, list[Line]]] = []
        for rank in sorted(ranks, key=lambda rank: rank.x0):
            named = _name(rank, near[id(rank)])
            if not named and left and _head_of(rank, heads):
                named = next((n for r, n in reversed(found) if _level(r, rank)), [])
            found.append((rank, named))
        if all(named for _, named in found):
            return found
    return []


def _level(one: Line, other: Line) -> bool:
    return abs(one.middle - other.middle) < 0.5 * one.size


def _stands_by(text: Line, rank: Line, ranks: Sequence[Line], left: bool) -> bool:
    if abs(rank.middle - text.middle) >= HIGH * text.size:
        return False
    if left:
        return 0 < rank.x0 - text.x0 < FAR and not any(
            text.x0 < other.x0 < rank.x0 for other in ranks
        )
    return 0 < text.x0 - rank.x0 < FAR and not any(rank.x0 < other.x0 <= text.x0 for other in ranks)


def _name(rank: Line, texts: Sequence[Line]) -> list[Line]:
    """Of the texts beside a rank those that run on without a gap, in its middle or from its top."""
    lines = sorted(texts, key=lambda line: line.top)
    level = [i for i, x in enumerate(lines) if abs(x.middle - rank.middle) < x.size]
    if not level:
        return []
    first, last = level[0], level[-1]
    while first and _touch(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _touch(lines[last], lines[last + 1]):
        last += 1
    name = lines[first : last + 1]
    middle = (name[0].middle + name[-1].middle) / 2
    size = max(rank.size, name[0].size)
    if min(abs(middle - rank.middle), abs(name[0].middle - rank.middle)) > 0.5 * size:
        return []
    return name


def _touch(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom < TOUCHING * lower.size
