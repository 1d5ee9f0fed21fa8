"""Ranks in one text with what they are for: '# 44 QS World University Rankings 2026', 'Law: 43rd'.

Input: lines of one page. Output: readings of `rankings` with source 'brochure'; which lines were
read. Grain: one rank, in one region and year. Nothing here raises: a rank in doubt is left over.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Line
from transform.brochure.lists import BULLET, SOURCE
from transform.brochure.rank_headings import heading_over, headings_of, under_other_words
from transform.brochure.rank_subjects import TOUCHING, level
from transform.pages.ranking_words import may_be_subject
from transform.pages.ranks import NamedRanking, RankClaim, rank_claims, ranking_named, ranks_beside
from transform.pages.words import is_sentence
from transform.readings import Ledger
from transform.values import Spot, spot


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


def read_stated(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    """Reads the texts that hold both a rank and what it is for; which lines were read."""
    tables = headings_of(lines)
    stated = {id(x): found for x in lines if (found := ranks_beside(BULLET.sub("", x.text)))}
    rows = [line for line in lines if id(line) in stated or rank_claims(line.text)]
    texts = [line for line in lines if line not in rows]
    used: set[int] = set()
    for line in (x for x in lines if id(x) in stated):
        claims, words = stated[id(line)]
        ranking, subject = ranking_named(words), ""
        if ranking is None and not any(level(x, line) for x in lines if x is not line):
            heading = heading_over(line, tables, lines)
            ranking = next((found for x, found in tables if x is heading), None)
            subject = words if ranking and ranking.by_subject else ""
            if not may_be_subject(subject) or is_sentence(line.text) or heading is None:
                continue
            if _runs_on(line, heading, texts) or under_other_words([line], heading, texts, rows):
                continue
        elif ranking is not None and ranking.by_subject:
            subject = ranking.subject or ""
        if ranking and ranking.alone and ranking.year and bool(subject) == ranking.by_subject:
            for claim in claims:
                add_ranking(ranking, claim, subject, spot(line, page), ledger)
            used.add(id(line))
    return used


def _runs_on(line: Line, heading: Line, texts: Sequence[Line]) -> bool:
    """Whether words of a subject touch a line from above or below: it may be of two lines."""
    return any(
        line.x0 < x.x1 and x.x0 < line.x1 and x.top > heading.top
        and max(x.top - line.bottom, line.top - x.bottom) < TOUCHING * line.size
        and may_be_subject(x.text)
        for x in texts
    )  # fmt: skip
