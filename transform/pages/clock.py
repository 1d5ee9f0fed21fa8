"""Times of day as pages print them: '14:30 - 16:00', '2:00 - 4:00 pm', '9 a.m.', '12 noon'.

Input: folded text. Output: opening and closing times. Grain: one time or two.
Raises: nothing; what is no time, or could be morning as well as afternoon, is None.
"""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

_HALF = r"\s*(?:a\.?\s?m\b|p\.?\s?m\b)\.?"
_TIME = rf"(?:\d{{1,2}}:\d\d(?::\d\d)?(?:{_HALF})?|\d{{1,2}}(?:\.\d\d)?{_HALF})"
TIME = rf"(?:{_TIME})(?![\w:])"
# Before a closing time with its half of the day an opening one may stand bare: '2 - 4 pm'.
TIMES = rf"(?:{TIME}|\d{{1,2}}(?=\s*-\s*\d{{1,2}}(?:[:.]\d\d)?{_HALF}))(?:\s*-\s*{TIME})?"
_PARTS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?\s*([ap])?")
_HERE = re.compile(
    r"[\s,]*\(?\b(?:hkt|hong kong time|hk time|(?:gmt|utc)\s?\+\s?0?8(?::00)?)(?!\w)\)?"
)
_EARLY = 6  # an event that opens at 6 without a.m. is as likely one of the evening


class Times(NamedTuple):
    """Opening time, and closing time where one is printed."""

    opens: time
    closes: time | None


class _Printed(NamedTuple):
    hour: int
    minute: int
    half: str | None
    padded: bool

    def at(self, half: str | None) -> time | None:
        hour = self.hour
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "p" else 0)
        return time(hour, self.minute) if hour < 24 and self.minute < 60 else None


def plain_times(text: str) -> str:
    """`text` with noon as 12:00 pm and without 'Hong Kong time', which all times are."""
    text = re.sub(r"\b12\s?noon\b|\bnoon\b|\b12\s?nn\b", "12:00 pm", text)
    return _HERE.sub("", text)


def times_printed(text: str) -> Times | None:
    """The time or two that `text` is as a whole, or None."""
    plain = re.sub(r"\s+(?:to|until|till)\s+", " - ", plain_times(text)).strip(" ,;|·•")
    if not re.fullmatch(TIMES, plain):
        return None
    opens, *rest = map(_part, re.split(r"\s*-\s*", plain))
    if rest:
        return _two(opens, rest[0])
    if opens.half is None and _is_early(opens):
        return None
    at = opens.at(opens.half)
    return Times(at, None) if at else None


def _two(opens: _Printed, closes: _Printed) -> Times | None:
    """A half of the day printed once holds for both, or as the order of the two demands."""
    last: time | None
    if opens.half or not closes.half:
        first = opens.at(opens.half)
        last = closes.at(closes.half)
        if first is None or last is None:
            return None
        if opens.half and not closes.half and closes.hour <= 12:
            later = [at for half in "ap" if (at := closes.at(half)) and at > first]
            last = min(later, default=closes.at("a"))
        elif not opens.half and (
            (_is_early(opens) and closes.hour <= 12) or (last < first and opens.hour <= 12)
        ):
            return None
        return Times(first, last) if last else None
    last = closes.at(closes.half)
    if last is None:
        return None
    if opens.hour > 12 or opens.hour == 0:
        only = opens.at(None)
        return Times(only, last) if only else None
    earlier = [at for half in "ap" if (at := opens.at(half)) and at < last]
    begins = max(earlier, default=opens.at("p"))
    return Times(begins, last) if begins else None


def _is_early(printed: _Printed) -> bool:
    return 1 <= printed.hour <= _EARLY or (printed.hour == _EARLY + 1 and not printed.padded)


def _part(text: str) -> _Printed:
    found = _PARTS.match(text)
    if found is None:  # TIMES has matched
        raise ValueError(text)
    return _Printed(int(found[1]), int(found[2] or 0), found[3], found[1].startswith("0"))
