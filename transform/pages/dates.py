"""Dates as pages print them; day before month; times are Hong Kong's.

Input: text such as '10/07/2025', '(1 October 2025)' in a title,
'January 26 - January 31, 2026 08:00 am - 04:00 pm'. Output: dates, and for events `Span`s.
Grain: one date or span. Raises: nothing; what is no date is None.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from transform.pages.words import folded

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

_MONTHS = tuple(calendar.month_name[number].casefold() for number in range(1, 13))
_MONTH = r"(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in _MONTHS) + r"|sept)\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}})\s*[/.-]\s*({_YEAR})")
_ISO = re.compile(rf"({_YEAR})-(\d\d)-(\d\d)")
_IN_PARENTHESES = re.compile(r"\(([^()]{6,30})\)")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+"


def _side(n: int) -> str:
    """A day with its month, and perhaps its year."""
    return (
        rf"(?:(?P<day{n}>{_DAY})\s+(?P<month{n}>{_MONTH})"
        rf"|(?P<month_{n}>{_MONTH})\s+(?P<day_{n}>{_DAY}))(?:,?\s+(?P<year{n}>{_YEAR}))?"
    )


def _time(n: int) -> str:
    return rf"(?P<hour{n}>\d{{1,2}}):(?P<minute{n}>\d\d)(?:\s*(?P<half{n}>[ap])\.?m\b\.?)?"


_SPAN = re.compile(
    rf"(?:{_WEEKDAY})?(?:(?P<from>{_DAY})\s*-\s*(?={_DAY}\s+{_MONTH}))?{_side(1)}"
    rf"(?:\s*-\s*(?:{_WEEKDAY})?"
    rf"(?:{_side(2)}|(?P<last>{_DAY})(?!\s*:|\d)(?:,?\s+(?P<last_year>{_YEAR}))?))?"
    rf"(?:,?\s+{_time(1)}(?:\s*-\s*{_time(2)})?)?$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The printed time of an event. `year` is None where none is printed; the last day's month
    and day equal the first's where one day is printed. `years_on` is 1 over New Year."""

    month: int
    day: int
    year: int | None
    last_month: int
    last_day: int
    years_on: int
    opens: time | None
    closes: time | None


def date_printed(text: str) -> date | None:
    """The full date that `text` is as a whole, or None: '10/07/2025', '1 October 2025'."""
    plain = folded(text)
    numeric, iso = _NUMERIC.fullmatch(plain), _ISO.fullmatch(plain)
    if numeric:
        return _date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    span = span_printed(text)
    if span is None or span.year is None or span.opens is not None:
        return None
    one_day = (span.month, span.day, 0) == (span.last_month, span.last_day, span.years_on)
    return _date(span.year, span.month, span.day) if one_day else None


def date_in_title(title: str) -> date | None:
    """The one full date in parentheses in a title, or None: '... (1 October 2025)'."""
    printed = {date_printed(inner) for inner in _IN_PARENTHESES.findall(title)} - {None}
    return printed.pop() if len(printed) == 1 else None


def month_and_day(text: str) -> tuple[int | None, int | None]:
    """What a calendar badge prints: 'Nov' is (11, None), '28' (None, 28), 'Nov28' (11, 28)."""
    badge = re.fullmatch(rf"(?P<month>{_MONTH})?\s*(?P<day>\d{{1,2}})?", folded(text))
    if badge is None:
        return None, None
    return _month(badge["month"]) if badge["month"] else None, (
        int(badge["day"]) if badge["day"] else None
    )


def span_printed(text: str) -> Span | None:
    """The span that `text` is as a whole, or None."""
    found = _SPAN.match(folded(text))
    if found is None:
        return None
    month, day = (
        _month(found["month1"] or found["month_1"]),
        _number(found["day1"] or found["day_1"]),
    )
    last_month, last_day = month, day
    if found["from"]:
        day = _number(found["from"])
    elif found["last"]:
        last_day = _number(found["last"])
    elif found["month2"] or found["month_2"]:
        last_month = _month(found["month2"] or found["month_2"])
        last_day = _number(found["day2"] or found["day_2"])
    over_new_year = (last_month, last_day) < (month, day)
    if over_new_year and last_month == month:
        return None
    year: int | None
    first_year, last_year = found["year1"], found["year2"] or found["last_year"]
    if first_year and last_year:
        years_on = int(last_year) - int(first_year)
        if years_on < over_new_year:
            return None
        year = int(first_year)
    else:
        years_on = int(over_new_year)
        year = int(first_year) if first_year else int(last_year) - years_on if last_year else None
    try:
        opens, closes = _clock(found, 1), _clock(found, 2)
        (
            date(year or 2024, month, day),
            date(2024 if year is None else year + years_on, last_month, last_day),
        )
    except ValueError:
        return None
    return Span(month, day, year, last_month, last_day, years_on, opens, closes)


def years_of(spans: Sequence[Span], captured_on: date) -> list[int | None]:
    """The year of each span, printed or resolved.

    A span without a year takes it from its neighbours in the list, which runs forward in time:
    the last such day not after the next dated one, and the first not before the one before it.
    Where they disagree it stays None. Without neighbours it is the day nearest to the capture
    that is at most a month past, since pages announce what is to come.
    """
    dated = [_date(s.year, s.month, s.day) if s.year else None for s in spans]
    known = [day for day in dated if day]
    in_order = known == sorted(known)
    return [
        span.year if span.year else _resolved(index, span, dated if in_order else [], captured_on)
        for index, span in enumerate(spans)
    ]


def moments(span: Span, year: int) -> tuple[datetime, datetime | None]:
    """Start and end in Hong Kong. Without printed times an event takes whole days: it starts at
    midnight, and its end is known (the last minute of the last day) only where two days are."""
    first = date(year, span.month, span.day)
    last = date(year + span.years_on, span.last_month, span.last_day)
    starts = datetime.combine(first, span.opens or time(), HONG_KONG)
    if span.opens is None:
        return starts, datetime.combine(last, time(23, 59), HONG_KONG) if last > first else None
    if span.closes is None:
        return starts, None
    ends = datetime.combine(last, span.closes, HONG_KONG)
    return starts, ends if ends >= starts else ends + timedelta(days=1)


def _resolved(
    index: int, span: Span, dated: Sequence[date | None], captured_on: date
) -> int | None:
    before = next((day for day in reversed(dated[:index]) if day), None)
    after = next((day for day in dated[index + 1 :] if day), None)
    month_day = (span.month, span.day)
    years = set()
    if after:
        years.add(after.year - (month_day > (after.month, after.day)))
    if before:
        years.add(before.year + (month_day < (before.month, before.day)))
    if not years:
        earliest = captured_on - timedelta(days=31)
        years.add(earliest.year + (month_day < (earliest.month, earliest.day)))
    year = years.pop()
    first = _date(year, span.month, span.day)
    last = _date(year + span.years_on, span.last_month, span.last_day)
    return year if first and last and not years else None


def _clock(found: re.Match[str], side: int) -> time | None:
    if found[f"hour{side}"] is None:
        return None
    hour, half = int(found[f"hour{side}"]), found[f"half{side}"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[f"minute{side}"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(printed: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == printed[:3])


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))
