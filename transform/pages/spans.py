"""The time of an event as pages print it; all times are Hong Kong's.

Input: text such as 'January 26 - January 31, 2026 08:00 am - 04:00 pm', '3-5 Nov 2025'.
Output: `Span`s, and start and end. Grain: one span. Raises: nothing; what is no span is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from transform.pages.clock import TIME, TIMES, Times, plain_times, times_printed
from transform.pages.dates import DAY, MONTH, YEAR, Order, date_or_none, month_number, spelt

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
NEAR_DAYS = 183  # a neighbour further away than half a year tells nothing of a day's year


def _side(n: int) -> str:
    """A day with its month, and perhaps its year."""
    return (
        rf"(?:(?P<day{n}>{DAY})\s+(?P<month{n}>{MONTH})"
        rf"|(?P<month_{n}>{MONTH})\s+(?P<day_{n}>{DAY}))(?:,?\s+(?P<year{n}>{YEAR}))?"
    )


_DAYS = re.compile(
    rf"(?:(?P<from>{DAY})\s*-\s*(?={DAY}\s+{MONTH}))?{_side(1)}"
    rf"(?:\s*-\s*(?:{_side(2)}|(?P<last>{DAY})(?:,?\s+(?P<last_year>{YEAR}))?))?"
)
_BETWEEN = r"(?:[\s,]*[|·•@;,]?\s*)(?:\b(?:at|from)\s+)?"  # what stands between day and time
_WITH_TIMES = re.compile(rf"(?P<days>.*?\w){_BETWEEN}(?<!\d)(?P<times>{TIMES})")
_TWO_MOMENTS = re.compile(
    rf"(?P<first>.*?\w){_BETWEEN}(?P<opens>{TIME})\s*-\s*"
    rf"(?P<last>.*?[a-z].*?\w){_BETWEEN}(?P<closes>{TIME})"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The printed time of an event. `year` is None where none is printed; the last day's month
    and day equal the first's where one day is printed. `years_on` is 1 over New Year. `weekday`
    is that of the first day where it is printed, Monday 0."""

    month: int
    day: int
    year: int | None
    last_month: int
    last_day: int
    years_on: int
    opens: time | None
    closes: time | None
    weekday: int | None = None


def span_printed(text: str, order: Order | None = "day") -> Span | None:
    """The span that `text` is as a whole, or None. `order` is how numeric days are to be read."""
    plain, weekdays = spelt(text, order)
    plain = re.sub(r"\s+(?:to|until|till)\s+", " - ", plain_times(plain))
    plain = re.sub(r"^from\s+", "", plain).strip(" ,;|·•")
    span = _between_moments(plain) or _on_days(plain)
    if span is None or len(weekdays) > 2:
        return None
    if weekdays:
        span = replace(span, weekday=weekdays[0])
    return span if _is_on(span, weekdays) else None


def with_times(span: Span, text: str) -> Span | None:
    """A span whose times stand on a line of their own ('Time: 2:30 pm'), or None."""
    plain, _ = spelt(text, None)
    times = times_printed(plain)
    if times is None or span.opens is not None:
        return None
    return replace(span, opens=times.opens, closes=times.closes)


def span_marked(span: Span | None, moment: str | None) -> Span | None:
    """A span with the year its markup has (<time datetime>); None where that is another day."""
    if span is None or not moment:
        return span
    try:
        at = datetime.fromisoformat(moment.strip())
    except ValueError:
        return span
    on = (at.astimezone(HONG_KONG) if at.tzinfo else at).date()
    same = (on.month, on.day) == (span.month, span.day) and span.year in (None, on.year)
    return replace(span, year=on.year) if same else None


def years_of(spans: Sequence[Span], captured_on: date | None) -> list[int | None]:
    """The year of each span, printed or resolved.

    A span without a year takes it from its neighbours in the list, which runs forward in time:
    the last such day not after the next dated one, and the first not before the one before it,
    where that is within half a year. Where they disagree, or its weekday does, it stays None.
    Without neighbours a printed weekday tells, else the day of the capture: the day nearest to it
    that is at most a month past, since pages announce what is to come. `captured_on` is None where
    nobody knows when the page was as it is.
    """
    dated = [date_or_none(s.year, s.month, s.day) if s.year else None for s in spans]
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


def _on_days(plain: str) -> Span | None:
    """One day or several, with the same times on each."""
    if (days := _DAYS.fullmatch(plain)) is not None:
        return _span(days, None)
    found = _WITH_TIMES.fullmatch(plain)
    days = _DAYS.fullmatch(found["days"]) if found else None
    times = times_printed(found["times"]) if found else None
    return _span(days, times) if days and times else None


def _between_moments(plain: str) -> Span | None:
    """'10 Jul 2026 2:30 pm - 11 Jul 2026 4:00 pm': each day with its own time."""
    found = _TWO_MOMENTS.fullmatch(plain)
    if found is None:
        return None
    opens, closes = times_printed(found["opens"]), times_printed(found["closes"])
    days = _DAYS.fullmatch(f"{found['first']} - {found['last']}")
    if days is None or opens is None or closes is None:
        return None
    return _span(days, Times(opens.opens, closes.opens))


def _span(found: re.Match[str], times: Times | None) -> Span | None:
    month = month_number(found["month1"] or found["month_1"])
    day = _number(found["day1"] or found["day_1"])
    last_month, last_day = month, day
    if found["from"]:
        day = _number(found["from"])
    elif found["last"]:
        last_day = _number(found["last"])
    elif found["month2"] or found["month_2"]:
        last_month = month_number(found["month2"] or found["month_2"])
        last_day = _number(found["day2"] or found["day_2"])
    over_new_year = (last_month, last_day) < (month, day)
    first_year, last_year = found["year1"], found["year2"] or found["last_year"]
    if over_new_year and last_month == month and not (first_year and last_year):
        return None
    year: int | None
    if first_year and last_year:
        years_on = int(last_year) - int(first_year)
        if years_on < over_new_year:
            return None
        year = int(first_year)
    else:
        years_on = int(over_new_year)
        year = int(first_year) if first_year else int(last_year) - years_on if last_year else None
    ends_in = 2024 if year is None else year + years_on
    if not date_or_none(year or 2024, month, day) or not date_or_none(
        ends_in, last_month, last_day
    ):
        return None
    opens, closes = times or (None, None)
    return Span(month, day, year, last_month, last_day, years_on, opens, closes)


def _is_on(span: Span, weekdays: Sequence[int]) -> bool:
    """Whether the printed weekdays are those of the first and the last day."""
    if span.year is None or not weekdays:
        return True
    last = date_or_none(span.year + span.years_on, span.last_month, span.last_day)
    days = (date_or_none(span.year, span.month, span.day), last)
    return all(day and day.weekday() == at for day, at in zip(days, weekdays, strict=False))


def _resolved(
    index: int, span: Span, dated: Sequence[date | None], captured_on: date | None
) -> int | None:
    before = next((day for day in reversed(dated[:index]) if day), None)
    after = next((day for day in dated[index + 1 :] if day), None)
    month_day = (span.month, span.day)
    years = set()
    if after:
        years.add(after.year - (month_day > (after.month, after.day)))
    if before:
        years.add(before.year + (month_day < (before.month, before.day)))
    if not years and span.weekday is not None:
        years = _years_by_weekday(span, captured_on)
    if not years and captured_on and span.weekday is None:
        earliest = captured_on - timedelta(days=31)
        years.add(earliest.year + (month_day < (earliest.month, earliest.day)))
    if len(years) != 1:
        return None
    year = years.pop()
    first = date_or_none(year, span.month, span.day)
    last = date_or_none(year + span.years_on, span.last_month, span.last_day)
    if first is None or last is None or not _is_on(replace(span, year=year), _weekdays(span)):
        return None
    near = [abs((day - first).days) <= NEAR_DAYS for day in (before, after) if day]
    return year if any(near) or not near else None


def _years_by_weekday(span: Span, captured_on: date | None) -> set[int]:
    """The years within two of the capture in which the day falls on the printed weekday."""
    if captured_on is None:
        return set()
    years = range(captured_on.year - 2, captured_on.year + 3)
    return {year for year in years if _is_on(replace(span, year=year), _weekdays(span))}


def _weekdays(span: Span) -> list[int]:
    return [] if span.weekday is None else [span.weekday]


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))
