"""Rankings and facts: the figures a page states about the university.

Input: the lines of a rankings or a facts section. Output: readings of `rankings` and `facts`;
lines of neither to the rejects. Grain: one row per ranking, year and region; one per fact.
A rank among the facts ('Patent Influence Metric', # 1 in China) is a row of both tables.
Raises: nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transform.pages.lines import Line, Notes
from transform.pages.quantities import Quantity, leading_quantity
from transform.pages.ranked import RankGroup, rank_groups, starts_ranks
from transform.pages.sections import Section
from transform.pages.words import folded, is_sentence, word_count

LABEL_WORDS = 10  # a line that opens with a number and runs longer is prose


@dataclass(frozen=True)
class _Fact:
    """A figure: its quantity, the words after it on its line, that line and those below."""

    quantity: Quantity
    rest: str
    lines: list[Line]


def read_rankings(section: Section, notes: Notes) -> None:
    """Reads every rank of a rankings section into `rankings`."""
    groups, before = rank_groups(section.lines)
    for line in before:
        notes.leave_out(line, "lead of the section") if groups else notes.unread(line, "no rank")
    for group in groups:
        if _note_ranks(group, notes):
            for line in group.details:
                _account_for(line, group, notes)


def read_facts(section: Section, notes: Notes) -> None:
    """Reads every figure of a facts section into `facts`, ranks into `rankings` as well."""
    lines, index = section.lines, 0
    while index < len(lines):
        start, opened = index, _fact_at(lines[index])
        index += 1
        if starts_ranks(lines, start):
            while index < len(lines) and _fact_at(lines[index]) is None:
                index += 1
            for group in rank_groups(lines[start:index])[0]:
                _note_rank_facts(group, notes)
        elif opened:
            while (
                index < len(lines) and not _fact_at(lines[index]) and not starts_ranks(lines, index)
            ):
                index += 1
            _note_fact(_Fact(*opened, lines[start:index]), notes)
        else:
            notes.leave_out(lines[start], "lead of the section")


def _fact_at(line: Line) -> tuple[Quantity, str] | None:
    """The quantity that a fact opens with, and the words of its label on the same line."""
    found = leading_quantity(line.text)
    if found is None:
        return None
    quantity, rest = found
    if not rest:
        return found
    is_year = quantity.qualifier is None and re.fullmatch(r"(?:19|20)\d\d", quantity.text)
    is_label = rest[0].isalpha() and word_count(rest) <= LABEL_WORDS and not is_sentence(rest)
    return found if is_label and not is_year else None


def _note_fact(fact: _Fact, notes: Notes) -> None:
    """'27 %', 'of Faculty Members', 'World's Top 2% Scientists': what the percentage is of belongs
    to the unit, the first other line is the label, the rest stands in `text`."""
    at, *below = fact.lines
    printed = [text for text in (fact.rest, *(line.text for line in below)) if text]
    of_what = printed.pop(0) if printed and folded(printed[0]).startswith("of ") else None
    if not printed:
        for line in fact.lines:
            notes.unread(line, "a figure without a label")
        return
    unit = " ".join(part for part in (fact.quantity.unit, of_what) if part) or None
    text = " / ".join(line.text for line in fact.lines)
    _row(printed[0], at, text, notes, fact.quantity, unit)


def _row(
    label: str,
    at: Line,
    text: str,
    notes: Notes,
    quantity: Quantity | None,
    unit: str | None,
    value: float | None = None,
) -> None:
    if not notes.is_new("facts", label):
        notes.unread(at, f"a second figure for {label!r}")
        return
    key: dict[str, object] = {"source": notes.source, "label": label}
    if quantity:
        values = {"value": quantity.value, "qualifier": quantity.qualifier, "unit": unit}
        notes.row("facts", key, at, "number with qualifier and unit", values, quantity.text)
    else:
        notes.row("facts", key, at, "rank", {"value": value, "qualifier": "#"}, at.text)
    notes.row("facts", key, at, "lines of the figure", {"text": text}, text)


def _note_rank_facts(group: RankGroup, notes: Notes) -> None:
    ranks = group.regional_ranks()
    if not _note_ranks(group, notes) or not ranks or not group.ranking:
        return
    for region, (rank, line) in ranks.items():
        label = f"{group.ranking.name}, {region}"
        _row(label, line, group.text, notes, None, None, float(rank))


def _note_ranks(group: RankGroup, notes: Notes) -> bool:
    """Notes the group's rows of `rankings`; where it has none, its lines go to the rejects."""
    ranks, ranking, year, named_at = (
        group.regional_ranks(),
        group.ranking,
        group.year,
        group.named_at,
    )
    if not ranks or ranking is None or year is None or named_at is None:
        reason = (
            "two ranks for one region"
            if ranks is None
            else "ranks of no declared ranking: declare it in rankings.toml"
            if ranking is None
            else "a ranking without a rank"
            if not ranks
            else "a ranking without a year"
        )
        for line in group.lines:
            notes.unread(line, reason)
        return False
    for region, (rank, line) in ranks.items():
        if not notes.is_new("rankings", ranking.name, year, region):
            notes.unread(line, "a second rank of the same ranking, year and region")
            continue
        key: dict[str, object] = {
            "source": notes.source,
            "ranking": ranking.name,
            "year": year,
            "subject": "",
            "region": region,
        }
        notes.row("rankings", key, line, "rank with its region", {"rank": rank})
        publisher = {"publisher": ranking.publisher}
        notes.row("rankings", key, named_at, "declared for this ranking", publisher)
    return True


def _account_for(line: Line, group: RankGroup, notes: Notes) -> None:
    if group.ranking and folded(group.ranking.publisher) in line.folded:
        notes.leave_out(line, "names the publisher")
    else:
        notes.unread(line, "neither rank, region nor a declared ranking")
