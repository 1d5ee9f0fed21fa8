"""How pages write days, and the one spelling that all of them are brought to.

Input: text such as '10/07/2025', 'Posted on 10 Jul 2025', '2025年7月10日'.
Output: the text with its dates spelt '10 july 2025'; which of day and month a page prints first.
Grain: one text. Raises: nothing.
Numeric days: '25/07/2025' can be read one way only; '03/04/2025' needs the page's `Order`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from transform.pages.words import bare, folded

Order = Literal["day", "month"]  # what a page prints first in '03/04/2025'

_MONTHS = tuple(calendar.month_name[number].casefold() for number in range(1, 13))
MONTH = r"(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in _MONTHS) + r"|sept)\.?"
YEAR = r"(?:19|20)\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BEFORE = r"(?<![\w/.-])"
_NUMERIC = re.compile(
    rf"{_BEFORE}(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*({YEAR})(?!\d|[/.-]\d)"
)
_ISO = re.compile(rf"{_BEFORE}({YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d|[/.-]\d)")
_CHINESE = re.compile(rf"(?<!\d)({YEAR})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号號]")
_HYPHENED = re.compile(rf"{_BEFORE}({DAY})-({MONTH})-({YEAR})(?!\d)")
_DAY_AND_MONTH = re.compile(rf"\b(?:{DAY}\s+{MONTH}(?!\w)|{MONTH}\s+{DAY}\b)")
_FULL = re.compile(rf"(?:{DAY}\s+{MONTH}|{MONTH}\s+{DAY}),?\s+{YEAR}(?!\d)")
_UNTOLD = re.compile(rf"{MONTH},?\s+{YEAR}|tb[ac]|to be (?:confirmed|announced|advised)")
_LABEL = re.compile(
    r"^(?:(?:posted|published|released|issued|when|time)(?: (?:on|at|date))?"
    r"|(?:publication |release |event )?date(?: and time| of publication)?"
    r"|發[佈布]日期|日期)\s*:?\s*(?=\S)"
)
_WEEKDAY = re.compile(
    r"\(?(?:\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|r|rs|ur)?(?:day)?\b\.?|(?:星期|週|周)([一二三四五六日]))\)?,?"
)
_WEEKDAYS = ("mon一", "tue二", "wed三", "thu四", "fri五", "sat六", "sun日")
_TIME_WORDS = re.compile(r"\b(?:[ap]\.?m|hkt|hong kong time|noon|to|from|at|and|until|till)\b\.?")


def spelt(text: str, order: Order | None) -> tuple[str, list[int]]:
    """`text` folded, its full dates as '10 july 2025', without a label in front; and the weekdays
    taken out of it, Monday 0. An ambiguous numeric date stays where no order tells."""
    plain = _LABEL.sub("", bare(folded(text)))
    plain = _ISO.sub(lambda m: _spelt(m[1], m[3], m[4]) or m[0], plain)
    plain = _CHINESE.sub(lambda m: f"{_spelt(m[1], m[2], m[3]) or m[0]} ", plain)
    plain = _NUMERIC.sub(lambda m: _numeric(m, order) or m[0], plain)
    plain = _HYPHENED.sub(r"\1 \2 \3", plain)
    weekdays = [
        next(n for n, names in enumerate(_WEEKDAYS) if (m[1] or m[2]) in names)
        for m in _WEEKDAY.finditer(plain)
    ]
    plain = re.sub(r"\s+", " ", _WEEKDAY.sub(" ", plain))
    return plain.strip(" ,;|·•"), weekdays


def is_ambiguous(text: str) -> bool:
    """Whether `text` prints a numeric date that reads as two days: '03/04/2025'."""
    return any(
        int(m[1]) <= 12 and int(m[3]) <= 12 and int(m[1]) != int(m[3])
        for m in _NUMERIC.finditer(folded(text))
    )


def order_of(texts: Iterable[str], declared: Order | None) -> Order | None:
    """What the numeric dates of a page print first: told by those that read one way only, else
    `declared`. None where they differ among themselves or from it, or nothing tells."""
    told: set[Order] = set()
    for text in texts:
        for found in _NUMERIC.finditer(folded(text)):
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                told.add("day")
            elif second > 12 >= first:
                told.add("month")
    if declared:
        told.add(declared)
    return told.pop() if len(told) == 1 else None


def looks_dated(text: str) -> bool:
    """Whether a line is about a day and hardly anything else: '10 Jul 2025, Online'. A line that
    opens with a full date may say where as well; one that puts the day off ('TBC', 'July 2026')
    is about it too."""
    plain, _ = spelt(text, "day")
    if _UNTOLD.fullmatch(plain):
        return True
    outside = re.sub(r"\([^()]*\)", " ", plain).strip() or plain  # a title's date is in parentheses
    if not any(pattern.search(outside) for pattern in (_DAY_AND_MONTH, _NUMERIC, _ISO)):
        return False
    rest = _TIME_WORDS.sub(" ", re.sub(MONTH + r"(?!\w)", " ", plain))
    more = 6 if _FULL.match(plain) or _NUMERIC.match(plain) or _ISO.match(plain) else 1
    chinese = len(re.findall(r"[\u4e00-\u9fff]", rest)) // 2
    return len(re.findall(r"[a-z]{2,}", rest)) + chinese <= more


def month_and_day(text: str) -> tuple[int | None, int | None]:
    """What a calendar badge prints: 'Nov' is (11, None), '28' (None, 28), 'Nov28' (11, 28)."""
    plain = folded(text)
    badge = re.fullmatch(rf"(?P<month>{MONTH})?\s*(?P<day>\d{{1,2}})?", plain) or re.fullmatch(
        rf"(?P<day>\d{{1,2}})\s*(?P<month>{MONTH})", plain
    )
    if badge is None:
        return None, None
    return month_number(badge["month"]) if badge["month"] else None, (
        int(badge["day"]) if badge["day"] else None
    )


def month_number(printed: str) -> int:
    """1 to 12 of a month's name or its first three letters, folded."""
    return next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == printed[:3])


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date; None for a day that no calendar has."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(found: re.Match[str], order: Order | None) -> str | None:
    first, second, year = found[1], found[3], found[4]
    by_order = {"day": _spelt(year, second, first), "month": _spelt(year, first, second)}
    if order and int(first) <= 12 and int(second) <= 12:
        return by_order[order]
    possible = {spelling for spelling in by_order.values() if spelling}
    return possible.pop() if len(possible) == 1 else None


def _spelt(year: str, month: str, day: str) -> str | None:
    if date_or_none(int(year), int(month), int(day)) is None:
        return None
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
