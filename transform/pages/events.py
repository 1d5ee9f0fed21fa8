"""Events: calendar badge, category, title, and the line with day and time that ends each.

Input: the lines of an events section. Output: readings of `events`; other lines to the rejects.
Grain: one row per event. Raises: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from transform.pages.dates import Span, moments, month_and_day, span_printed, years_of
from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.words import is_sentence, word_count

CATEGORY_WORDS = 5


@dataclass(frozen=True)
class _Event:
    category: Line | None
    title: Line
    when: Line
    span: Span


def read_events(section: Section, notes: Notes) -> None:
    """Reads the events of a section. Years not printed come from the neighbours or the capture."""
    events = _events(section, notes)
    years = years_of([event.span for event in events], notes.captured_at.date())
    for event, year in zip(events, years, strict=True):
        starts, ends = moments(event.span, year) if year else (None, None)
        name = item_id(event.title.text, starts.date() if starts else None)
        if not notes.is_new("events", name):
            notes.leave_out(event.title, "the same event as above")
            continue
        key: dict[str, object] = {"source": notes.source, "item_id": name}
        notes.row("events", key, event.title, "line above the day", {"title": event.title.text})
        if event.category:
            category = {"category": event.category.text}
            notes.row("events", key, event.category, "line above the title", category)
        rule = "day and time" if event.span.year else "day and time, year from the neighbours"
        notes.row("events", key, event.when, rule, {"starts_at": starts, "ends_at": ends})


def _events(section: Section, notes: Notes) -> list[_Event]:
    events: list[_Event] = []
    pending: list[Line] = []
    for line in section.lines:
        span = span_printed(line.text)
        badge = month_and_day(line.text)
        if badge != (None, None):
            notes.leave_out(line, "calendar badge of an event")
        elif span is None:
            pending.append(line)
        elif not pending:
            notes.unread(line, "a day without an event")
        else:
            *above, title = pending
            category = above.pop() if above and _is_category(above[-1]) else None
            for extra in above:
                if events:
                    notes.unread(extra, "above an event, neither its category nor its title")
                else:
                    notes.leave_out(extra, "lead of the section")
            events.append(_Event(category, title, line, span))
            pending = []
    for line in pending:
        notes.unread(line, "under the last event, without a day")
    return events


def _is_category(line: Line) -> bool:
    """A category is a label of a few words; the lead of the section is a sentence."""
    return word_count(line.text) <= CATEGORY_WORDS and not is_sentence(line.text)
