"""The day a line or a title of a page prints.

Input: a text, or a line with the machine-readable day of its markup, and the page's order of
numeric days. Output: dates and `Day`s. Grain: one day.
Raises: nothing; what is no day is None, a day that reads two ways a `Day` with its doubt.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from transform.pages.dates import Order, date_or_none, is_ambiguous
from transform.pages.lines import Line, Notes
from transform.pages.spans import HONG_KONG, span_printed

_IN_PARENTHESES = re.compile(r"\(([^()]{6,30})\)")


class Day(NamedTuple):
    """A day, or why it cannot be told."""

    on: date | None
    doubt: str | None = None


def date_printed(text: str, order: Order | None = "day") -> date | None:
    """The full date that `text` is as a whole, or None: '10/07/2025', '1 October 2025'. A time of
    day behind it does not matter; with another day's weekday it is none."""
    span = span_printed(text, order)
    if span is None or span.year is None:
        return None
    one_day = (span.month, span.day, 0) == (span.last_month, span.last_day, span.years_on)
    return date_or_none(span.year, span.month, span.day) if one_day else None


def day_in_title(title: str, order: Order | None) -> Day:
    """The one full date in parentheses in a title: '... (1 October 2025)'."""
    inner = [day for text in _IN_PARENTHESES.findall(title) if (day := _as_printed(text, order))]
    if any(day.doubt for day in inner):
        return Day(None, next(day.doubt for day in inner if day.doubt))
    printed = {day.on for day in inner}
    return Day(printed.pop()) if len(printed) == 1 else Day(None)


def day_of(line: Line, notes: Notes) -> Day | None:
    """The day of publication that a line is as a whole; None where it is none. Where its markup has
    a day (<time datetime>) that one counts, and must be one of those the line can be read as. A day
    that only the page's order tells must not lie after the capture."""
    order = notes.order
    printed = _as_printed(line.text, order)
    marked = _marked_up(line.block.moment)
    if marked is None:
        last = notes.captured_at.astimezone(HONG_KONG).date()
        if printed and printed.on and printed.on > last and is_ambiguous(line.text):
            return Day(None, f"read {order} first it lies after the capture")
        return printed
    if printed is None:
        span = span_printed(line.text, order)
        is_it = span and span.year is None and (span.month, span.day) == (marked.month, marked.day)
        return Day(marked) if is_it else None
    if marked in _readings(line.text):
        return Day(marked)
    return Day(None, f"prints another day than its markup, {marked}")


def _as_printed(text: str, order: Order | None) -> Day | None:
    readings = _readings(text)
    if not readings:
        return None
    if len(readings) == 1:
        return Day(readings.pop())
    at = date_printed(text, order)
    return Day(at) if at else Day(None, "day or month first: nothing on the page tells")


def _readings(text: str) -> set[date]:
    """The days that a text can be read as: two for an ambiguous '03/04/2025'."""
    orders: list[Order] = ["day", "month"] if is_ambiguous(text) else ["day"]
    return {day for order in orders if (day := date_printed(text, order))}


def _marked_up(moment: str | None) -> date | None:
    """The day in Hong Kong of a machine-readable moment."""
    if not moment:
        return None
    try:
        at = datetime.fromisoformat(moment.strip())
    except ValueError:
        return None
    return (at.astimezone(HONG_KONG) if at.tzinfo else at).date()
