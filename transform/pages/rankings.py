"""Rankings: the ranks a page states about the university.

Input: the lines of a rankings section. Output: readings of `rankings`; other lines to the rejects.
Grain: one row per ranking, year, subject and region. Raises: nothing.
"""

from __future__ import annotations

import re

from transform.pages.lines import Line, Notes
from transform.pages.ranked import RankGroup, mark_contradictions, rank_groups
from transform.pages.sections import Section
from transform.pages.words import folded


def read_rankings(section: Section, notes: Notes) -> None:
    """Reads every rank of a rankings section into `rankings`."""
    groups, before = rank_groups(section.lines)
    mark_contradictions(groups)
    for line in before:
        notes.leave_out(line, "lead of the section") if groups else notes.unread(line, "no rank")
    for group in groups:
        if note_ranks(group, notes):
            for line in group.details:
                _account_for(line, group, notes)


def note_ranks(group: RankGroup, notes: Notes) -> bool:
    """Notes the group's rows of `rankings`; where it has none, its lines go to the rejects."""
    ranks, ranking, year, named_at = (
        group.regional_ranks(),
        group.ranking,
        group.year,
        group.named_at,
    )
    subject = group.subject
    if (
        not ranks
        or ranking is None
        or year is None
        or named_at is None
        or subject is None
        or group.in_doubt()
    ):
        reason = group.in_doubt() or (
            "two ranks for one region"
            if ranks is None
            else "ranks of no declared ranking: declare it in rankings.toml"
            if ranking is None
            else "a ranking without a rank"
            if not ranks
            else "a ranking without a year, or with several"
            if year is None
            else "a ranking by subject without its subject"
        )
        for line in group.lines:
            notes.unread(line, reason)
        return False
    for region, (rank, line) in ranks.items():
        if not notes.is_new("rankings", ranking.name, year, subject, region):
            notes.unread(line, "a second rank of the same ranking, year and region")
            continue
        key: dict[str, object] = {
            "source": notes.source,
            "ranking": ranking.name,
            "year": year,
            "subject": subject,
            "region": region,
        }
        notes.row("rankings", key, line, "rank with its region", {"rank": rank})
        publisher = {"publisher": ranking.publisher}
        notes.row("rankings", key, named_at, "declared for this ranking", publisher)
    return True


def _account_for(line: Line, group: RankGroup, notes: Notes) -> None:
    if group.ranking and folded(group.ranking.publisher) in line.folded:
        notes.leave_out(line, "names the publisher")
    elif line.text == group.subject or re.fullmatch(r"\(?\d{4}\)?", line.folded):
        return
    else:
        notes.unread(line, "neither rank, region nor a declared ranking")
