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
from transform.brochure.rank_headings import (
    HEADS,
    heading_over,
    headings_of,
    of_other,
    own_column,
    under_other_words,
)
from transform.brochure.rank_subjects import level, subjects_of
from transform.brochure.stated_ranks import add_ranking, read_stated
from transform.pages.ranking_words import may_be_subject
from transform.pages.ranks import (
    NamedRanking,
    RankClaim,
    rank_claims,
    ranks_beside,
    region_named,
    year_named,
)
from transform.pages.words import folded
from transform.readings import Ledger
from transform.values import spot_around

RANK_IN_TEXT = re.compile(r"\b\d+(st|nd|rd|th)\b")
OF_RANKS = re.compile(r"(?:(?P<region>.*) )?(?:rankings?|ranks?|positions?)")
FOLLOWS = 4.0  # times its size: a bare rank stands at most so far below the one above, or its head
BARE = re.compile(r"\d{1,3}")
YEAR = r"(?:19|20)\d\d"


def read_rank_rows(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    """Reads the rows of ranks among the lines of a page that no tile has."""
    heads = [line for line in lines if HEADS.fullmatch(folded(line.text)) or _head(line)]
    ranks = [line for line in lines if rank_claims(line.text) is not None]
    ranks += _bare_ranks(lines, heads)
    plain = [rank for rank in ranks if _claims(rank)[0].region is None]
    used = read_stated(lines, page, ledger)
    headings = [(line, found) for line, found in headings_of(lines) if id(line) not in used]
    apart = [*ranks, *heads, *(line for line, _ in headings)]
    texts = [line for line in lines if line not in apart and id(line) not in used]
    overall = [(line, found) for line, found in headings if found and not found.by_subject]
    tables = [(line, found) for line, found in headings if not found or found.by_subject]
    names = [line for line, _ in overall]
    right = any(_right_of(line, plain, names) for line in names)
    for line, ranking in overall:
        row = _right_of(line, plain, names) if right else _left_of(line, plain)
        if len(row) == 1 or all(_head_of(rank, heads) for rank in row):
            for rank in (x for x in row if own_column(x, [line], ranks, lines)):
                if of_other(line, rank, ranking, lines):
                    continue
                used |= _add(ranking, "", [line], rank, ranks, heads, page, ledger)
    for heading, found in tables:
        if found is None:
            continue
        under = [
            x for x in plain if id(x) not in used and heading_over(x, tables, lines) is heading
        ]
        below = [text for text in texts if text.top > heading.top]
        subjects = subjects_of(under, below, lambda rank: _head_of(rank, heads) is not None)
        inside = {id(line) for _, named in subjects for line in named}
        between = [
            x for x in lines
            if id(x) not in inside and not any(level(x, rank) for rank in ranks)
            and ranks_beside(x.text) is None
        ]  # fmt: skip
        for rank, named in subjects:
            if under_other_words([rank, *named], heading, between, under):
                continue
            subject = " ".join(line.text for line in named)
            if RANK_IN_TEXT.search(subject):
                raise UnknownValue(
                    "a rank stands in the name of a subject", page=page, text=subject,
                    todo="Look at the page: the rank and the subject right of it run together",
                )  # fmt: skip
            if not may_be_subject(subject) or not own_column(rank, named, under, lines):
                continue
            used |= _add(found, subject, named, rank, ranks, heads, page, ledger)
    return used


def _bare_ranks(lines: Sequence[Line], heads: Sequence[Line]) -> list[Line]:
    """Numbers under each other below the head of a column of ranks: 'World Rank', 'Asia'."""
    columns = [
        head for head in heads
        if OF_RANKS.fullmatch(folded(head.text)) or region_named(head.text) is not None
    ]  # fmt: skip
    found: list[Line] = []
    for line in lines:
        if BARE.fullmatch(line.text) is None:
            continue
        over = [x for x in lines if x.bottom <= line.top + 1 and x.x0 < line.x1 and x.x1 > line.x0]
        over = [x for x in over if BARE.fullmatch(x.text) is None]
        nearest = max(over, key=lambda x: x.top, default=None)
        over = [x for x in (nearest, *found) if x and x.x0 < line.x1 and x.x1 > line.x0]
        low = max((x.bottom for x in over if x.bottom <= line.top + 1), default=0.0)
        if any(nearest is head for head in columns) and line.top - low < FOLLOWS * line.size:
            found.append(line)
    return found


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


def _left_of(line: Line, ranks: Sequence[Line]) -> list[Line]:
    """The one rank left of the name of a ranking, where the next text left of it is a rank."""
    left = [
        rank for rank in ranks
        if rank.x1 <= line.x0 and abs(rank.middle - line.middle) < 0.8 * line.size
    ]  # fmt: skip
    return [max(left, key=lambda rank: rank.x1)] if left else []


def _add(
    ranking: NamedRanking, subject: str, named: Sequence[Line], rank: Line,
    ranks: Sequence[Line], heads: Sequence[Line], page: int, ledger: Ledger,
) -> set[int]:  # fmt: skip
    """A rank and what stands right of it with a region; which lines were read."""
    head = _head_of(rank, heads)
    region = _region(head) if head else None
    beside = [int(x.text) for x in heads if re.fullmatch(YEAR, x.text) and level(x, rank)]
    year = (year_named(head.text) if head else None) or ranking.year
    if year is None and len(beside) == 1:
        year = beside[0]
    if year is None or (len(beside) == 1 and beside[0] != year):
        return set()
    regional = [
        other for other in ranks
        if _claims(other)[0].region is not None and 0 < other.x0 - rank.x0 < 120
        and abs(other.middle - rank.middle) < other.size
    ]  # fmt: skip
    for line in (rank, *regional):
        for claim in _claims(line):
            where = claim.region or region
            source = spot_around([*named, line], page, f"{subject} {line.text}".strip())
            dated = replace(ranking, year=year)
            add_ranking(dated, RankClaim(claim.rank, where), subject, source, ledger)
    return {id(line) for line in (rank, *regional, *named)}


def _claims(rank: Line) -> tuple[RankClaim, ...]:
    if BARE.fullmatch(rank.text):
        return (RankClaim(int(rank.text), None),)
    return rank_claims(rank.text) or ()


def _head(line: Line) -> bool:
    return _region(line) is not None or re.fullmatch(YEAR, line.text) is not None


def _region(head: Line) -> str | None:
    """The region of a column: 'Hong Kong', 'Hong Kong Rank'."""
    ranked = OF_RANKS.fullmatch(folded(head.text))
    return region_named((ranked["region"] or "") if ranked else head.text)


def _head_of(rank: Line, heads: Sequence[Line]) -> Line | None:
    """The year or region that heads the column of a rank."""
    over = [
        head for head in heads
        if _head(head) and head.bottom <= rank.top + 1
        and (head.x0 < rank.x1 and head.x1 > rank.x0)
    ]  # fmt: skip
    return max(over, key=lambda head: head.top, default=None)
