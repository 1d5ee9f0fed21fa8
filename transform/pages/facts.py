"""Facts: the figures a page states about the university.

Input: the lines of a facts section. Output: readings of `facts` and, for ranks among them, of
`rankings`; lines of neither to the rejects. Grain: one row per fact.
A rank among the facts ('Patent Influence Metric', # 1 in China) is a row of both tables.
Raises: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transform.pages.lines import Line, Notes
from transform.pages.quantities import Quantity, leading_quantity
from transform.pages.ranked import RankGroup, rank_groups, starts_ranks
from transform.pages.rankings import note_ranks
from transform.pages.ranks import is_band
from transform.pages.sections import Section
from transform.pages.whole_figures import whole_figures
from transform.pages.words import folded, is_sentence, word_count

FIGURE_WORDS = 3  # a line that opens with a number and is no longer is a figure
_OF_SO_MANY = re.compile(r"(?:in|out of|of|per|to|by)\s+(?:every\s+)?\d")  # '1 in 4' is a share
LABEL_WORDS = 10  # a line that opens with a number and runs longer is prose


@dataclass(frozen=True)
class _Fact:
    """A figure: its quantity, the words after it on its line, that line and those below; the line
    above where its label stands there."""

    quantity: Quantity
    rest: str
    lines: list[Line]
    above: list[Line]

    @property
    def _printed(self) -> list[str]:
        lines = (*self.above, *self.lines[1:])
        return [text for text in (self.rest, *(line.text for line in lines)) if text]

    @property
    def of_what(self) -> str | None:
        """'27 %', 'of Faculty Members', 'World's Top 2% Scientists': what a percentage is of
        belongs to the unit."""
        printed = self._printed
        return printed[0] if printed and folded(printed[0]).startswith("of ") else None

    @property
    def label(self) -> str | None:
        """The first line that says what is counted."""
        printed = self._printed
        rest = printed[1:] if self.of_what else printed
        return rest[0] if rest else None


def read_facts(section: Section, notes: Notes) -> None:
    """Reads every figure of a facts section into `facts`, ranks into `rankings` as well. Labels
    stand under their figures, or over them where headings or the order of the lines tell."""
    lines, index = whole_figures(section.lines), 0
    leading = _leading_labels(lines)
    facts: list[_Fact] = []
    while index < len(lines):
        start, opened = index, _fact_at(lines[index])
        index += 1
        if start + 1 in leading:
            continue
        if starts_ranks(lines, start):
            while index < len(lines) and _fact_at(lines[index]) is None:
                index += 1
            for group in rank_groups(lines[start:index])[0]:
                _note_rank_facts(group, notes)
        elif opened:
            while index < len(lines) and index + 1 not in leading and not _opens(lines, index):
                index += 1
            label = [lines[start - 1]] if start in leading else []
            facts.append(_Fact(*opened, lines[start:index], label))
        elif _is_figure(lines[start]):
            while index < len(lines) and index + 1 not in leading and not _opens(lines, index):
                index += 1
            for line in lines[start:index]:
                notes.unread(line, "a figure of a kind that is not read")
        else:
            notes.leave_out(lines[start], "lead of the section")
    for fact in facts:
        same = [other for other in facts if other.label == fact.label]
        if any(other.quantity != fact.quantity for other in same):
            for line in fact.lines:
                notes.unread(line, "several figures with one label")
        elif fact.quantity.value == 0:
            for line in fact.lines:
                notes.unread(line, "nought: a counter that had not run when the page was saved")
        else:
            _note_fact(fact, notes)


def _opens(lines: Sequence[Line], index: int) -> bool:
    """Whether a figure or ranks begin at a line."""
    line = lines[index]
    return bool(_fact_at(line)) or starts_ranks(lines, index) or _is_figure(line)


def _is_figure(line: Line) -> bool:
    """Whether a line is hardly more than a number, of whatever kind: '3:1', '1 in 4', 'Top 50'."""
    plain = line.folded
    if word_count(plain) > FIGURE_WORDS or re.match(r"(?:19|20)\d\d\b", plain):
        return False
    return is_band(plain) or re.match(r"[+\-±#]?\s*[^\w\s]{0,2}\d", plain) is not None


def _leading_labels(lines: Sequence[Line]) -> frozenset[int]:
    """Where figures stand whose label is the line above: under headings of their own, or where
    labels and figures take turns and the last line is a figure."""
    opened = [_fact_at(line) for line in lines]
    at = [index for index, fact in enumerate(opened) if fact and not fact[1]]
    under_headings = [
        index
        for index in at
        if index and lines[index - 1].is_heading and not lines[index].is_heading
        and not _opens(lines, index - 1)
    ]  # fmt: skip
    if len(under_headings) == len(at):
        return frozenset(at)
    turns = at == list(range(1, len(lines), 2)) and len(lines) % 2 == 0
    return frozenset(at) if turns and not is_sentence(lines[0].text) else frozenset()


def _fact_at(line: Line) -> tuple[Quantity, str] | None:
    """The quantity that a fact opens with, and the words of its label on the same line."""
    found = leading_quantity(line.text)
    if found is None:
        return None
    quantity, rest = found
    if not rest:
        return found
    is_year = quantity.qualifier is None and re.fullmatch(r"(?:19|20)\d\d", quantity.text)
    is_label = (
        rest[0].isalpha()
        and not _OF_SO_MANY.match(rest)
        and word_count(rest) <= LABEL_WORDS
        and not is_sentence(rest)
    )
    return found if is_label and not is_year else None


def _note_fact(fact: _Fact, notes: Notes) -> None:
    """Notes a figure with its label and unit; the rest of its lines stands in `text`."""
    if fact.label is None:
        for line in fact.lines:
            notes.unread(line, "a figure without a label")
        return
    unit = " ".join(part for part in (fact.quantity.unit, fact.of_what) if part) or None
    text = " / ".join(line.text for line in (*fact.above, *fact.lines))
    _row(fact.label, fact.lines[0], text, notes, fact.quantity, unit)


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
    if not note_ranks(group, notes) or not ranks or not group.ranking:
        return
    for region, (rank, line) in ranks.items():
        label = f"{group.ranking.name}, {region}"
        _row(label, line, group.text, notes, None, None, float(rank))
