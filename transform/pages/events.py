"""Events: calendar badge, category, title, and the line with day and time beside the title.

Input: the lines of an events section. Output: readings of `events`; other lines to the rejects.
Grain: one row per event. Raises: nothing.
"""

from __future__ import annotations

from transform.pages.announced import Announced, announced_events
from transform.pages.identity import item_id
from transform.pages.lines import Notes
from transform.pages.sections import Section
from transform.pages.spans import HONG_KONG, moments, years_of


def read_events(section: Section, notes: Notes) -> None:
    """Reads the events of a section. Years not printed come from the neighbours, the weekday or
    the capture; where none of them tells, start and end stay NULL."""
    events = announced_events(section.lines, notes)
    captured_on = notes.captured_at.astimezone(HONG_KONG).date()
    known = captured_on if notes.captured_for_certain else None
    years = years_of([event.span for event in events], known)
    for event, year in zip(events, years, strict=True):
        _note(event, year, notes)


def _note(event: Announced, year: int | None, notes: Notes) -> None:
    starts, ends = moments(event.span, year) if year else (None, None)
    if year is None:
        notes.unread(event.when, "a day whose year nothing on the page tells")
    name = item_id(event.title.text, starts.date() if starts else None)
    if not notes.is_new("events", name):
        notes.leave_out(event.title, "the same event as above")
        return
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    notes.row("events", key, event.title, "line beside the day", {"title": event.title.text})
    if event.category:
        category = {"category": event.category.text}
        notes.row("events", key, event.category, "line above the title", category)
    rule = "day and time" if event.span.year else "day and time, year from the neighbours"
    notes.row("events", key, event.when, rule, {"starts_at": starts, "ends_at": ends})
