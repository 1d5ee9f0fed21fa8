"""Which lines of an events section make an event: category, title, day, time.

Input: the lines of a section. Output: `Announced`; lines of no event go to the rejects.
Grain: one event. Raises: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transform.pages.dates import Order, looks_dated, month_and_day
from transform.pages.lines import Line, Notes
from transform.pages.spans import Span, span_marked, span_printed, with_times
from transform.pages.vocabulary import place_words
from transform.pages.words import is_sentence, word_count

CATEGORY_WORDS = 5


@dataclass(frozen=True)
class Announced:
    """An event as its lines announce it."""

    category: Line | None
    title: Line
    when: Line
    span: Span


@dataclass(frozen=True)
class _Day:
    """A line with a day; its span is None where the line cannot be read for certain."""

    line: Line
    span: Span | None


_Part = _Day | Line


def announced_events(lines: Sequence[Line], notes: Notes) -> list[Announced]:
    """The events of a section. Days stand under their titles; over them where nothing but the
    lead stands over the first day and something under the last."""
    parts = _parts(lines, notes)
    at = [index for index, part in enumerate(parts) if isinstance(part, _Day)]
    if not at:
        for part in parts:
            if isinstance(part, Line):
                notes.unread(part, "an event without a day")
        return []
    over = [part for part in parts[: at[0]] if isinstance(part, Line)]
    under = [part for part in parts[at[-1] + 1 :] if isinstance(part, Line)]
    days_lead = bool(under) and all(is_sentence(line.text) for line in over)
    if days_lead:
        for line in over:
            notes.leave_out(line, "lead of the section")
        bounds = [*at, len(parts)]
        groups = [parts[a:b] for a, b in pairwise(bounds)]
    else:
        for line in under:
            notes.unread(line, "under the last event, without a day")
        bounds = [0, *(index + 1 for index in at)]
        groups = [parts[a:b] for a, b in pairwise(bounds)]
    events: list[Announced] = []
    for group in groups:
        event = _event(group, days_lead, not events and group is groups[0], notes)
        if event:
            events.append(event)
    return events


def _parts(lines: Sequence[Line], notes: Notes) -> list[_Part]:
    """The lines with the days read: without badges and places, and times joined to their days."""
    parts: list[_Part] = []
    last: _Day | None = None
    for line in lines:
        span = _span_of(line, notes.order)
        if month_and_day(line.text) != (None, None):
            notes.leave_out(line, "calendar badge of an event")
        elif last and last.span and (timed := with_times(last.span, line.text)):
            last = parts[-1] = _Day(last.line, timed)
            notes.leave_out(line, "time of the day above")
        elif span or (looks_dated(line.text) and not line.is_heading):
            last = _Day(line, span)
            parts.append(last)
        elif re.match(place_words().labels, line.folded):
            notes.leave_out(line, "place or particulars of an event")
        else:
            last = None
            parts.append(line)
    return parts


def _event(
    group: Sequence[_Part], days_lead: bool, is_first: bool, notes: Notes
) -> Announced | None:
    day = next(part for part in group if isinstance(part, _Day))
    lines = [part for part in group if isinstance(part, Line)]
    if day.span is None:
        for line in (*lines, day.line):
            notes.unread(line, "an event on a day that cannot be read for certain")
        return None
    if not lines:
        notes.unread(day.line, "a day without an event")
        return None
    category: Line | None = None
    headings = [line for line in lines if line.is_heading]
    if len(headings) == 1:
        title = headings[0]
        others = lines[: lines.index(title)]
        if others and _is_category(others[-1]) and (days_lead or not _is_place(others[-1])):
            category = others.pop()
        others += lines[lines.index(title) + 1 :]
    elif days_lead:
        first, *rest = lines
        for line in [line for line in rest if _is_place(line)]:
            rest.remove(line)
            notes.unread(line, "place of an event")
        if (
            rest
            and _is_category(first)
            and not first.is_heading
            and word_count(rest[0].text) > word_count(first.text)
        ):
            category, (title, *others) = first, rest
        else:
            title, others = first, rest
    else:
        while len(lines) > 1 and not is_first and _is_place(lines[0]):
            notes.unread(lines.pop(0), "place of the event above or category of the next")
        *others, title = lines
        category = others.pop() if others and _is_category(others[-1]) else None
    for line in others:
        if is_first and is_sentence(line.text):
            notes.leave_out(line, "lead of the section")
        else:
            notes.unread(line, "beside an event, neither its category nor its title")
    return Announced(category, title, day.line, day.span)


def _span_of(line: Line, order: Order | None) -> Span | None:
    return span_marked(span_printed(line.text, order), line.block.moment)


def _is_place(line: Line) -> bool:
    """'Lecture Theater A': where an event may be."""
    is_short = word_count(line.text) <= CATEGORY_WORDS
    return is_short and re.search(place_words().places, line.folded) is not None


def _is_category(line: Line) -> bool:
    """A category is a label of a few words; the lead of the section is a sentence."""
    return word_count(line.text) <= CATEGORY_WORDS and not is_sentence(line.text)
