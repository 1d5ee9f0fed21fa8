"""Printed quantities: a number with what qualifies it and what it counts.

Input: text such as '1,800 +', 'US$ 8.3 + million', 'Nearly 100 %', '2-3', '>US$1 billion'.
Output: a `Quantity`. Grain: one quantity.
Raises: `UnknownValue` where the text is not one quantity (`quantity`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from errors import UnknownValue

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

GROUPED = re.compile(r"\d{1,3}\.\d{3}")  # '9.000' may be nine thousand

# What a word or sign before the number means. The print's own words stay in `Quantity.text`.
_QUALIFIERS = {
    "almost": "about",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "approx.": "about",
    "roughly": "about",
    "close to": "about",
    "nearly": "about",
    "some": "about",
    "~": "about",
    "≈": "about",
    "over": ">",
    "well over": ">",
    "just over": ">",
    "exceeding": ">",
    "more than": ">",
    ">": ">",
    "at least": ">=",
    "no fewer than": ">=",
    "no less than": ">=",
    "≥": ">=",
    "up to": "<=",
    "as many as": "<=",
    "≤": "<=",
    "less than": "<",
    "fewer than": "<",
    "under": "<",
    "just under": "<",
    "<": "<",
}
_SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion"}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋％，．＞＜＄", "0123456789+%,.><$")
_WORDS = "|".join(
    re.escape(word).replace(r"\ ", r"\s+") + (r"\b" if word[-1].isalpha() else "")
    for word in sorted(_QUALIFIERS, key=len, reverse=True)
)
_QUANTITY = re.compile(
    rf"""\s*(?P<before>{_WORDS})?\s*
    (?P<currency>US\$|HK\$|HKD|USD|RMB|\$|€|£)?\s*
    (?P<low>{_NUMBER})(?![\d,.]*\d)
    (?:\s*[-–—]\s*(?P<high>{_NUMBER})(?![\d,.]*\d))?
    (?:\s*(?P<plus>\+)(?!\s*\d))?
    (?:\s*(?P<scale>thousand|million|billion|trillion)\b|(?P<short>k|mn|m|bn|b)(?![^\W_]))?
    (?:\s*(?P<late_plus>\+)(?!\s*\d))?
    (?:\s*(?P<percent>%)(?:\s*(?P<last_plus>\+)(?!\s*\d))?)?""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number.

    `value` is the number as printed ('8.3 million' is 8.3, unit 'million'); of a range the lower
    end, with `high` the upper. `qualifier` is '+', 'about', '>', '>=', '<', '<=', 'to 3' for a
    range up to 3, '%' for a bare percentage, else None. `unit` joins currency, scale and '%':
    'US$ million', 'US$ billion', '%', else None. `text` is what was read.
    """

    value: float
    high: float | None
    qualifier: str | None
    unit: str | None
    text: str


def quantity(text: str) -> Quantity:
    """The quantity that `text` is, as a whole. Raises `UnknownValue` on anything else."""
    found = whole_quantity(text)
    if found is None:
        raise UnknownValue("not a number with qualifier and unit", text=text)
    return found


def whole_quantity(text: str) -> Quantity | None:
    """The quantity that `text` is as a whole, or None."""
    found = leading_quantity(text)
    return None if found is None or found[1] else found[0]


def leading_quantity(text: str) -> tuple[Quantity, str] | None:
    """The quantity at the start of `text` and the words after it, or None.

    '260 + institutions' is (260 '+', 'institutions'). A number glued to letters ('4C', '24th') or
    to a slash ('2026/27') is a name, no quantity.
    """
    text = text.translate(_FULL_WIDTH)
    match = _QUANTITY.match(text)
    if match is None or re.match(r"[^\W_]|/\d", text[match.end() :]):
        return None
    if any(GROUPED.fullmatch(number) for number in (match["low"], match["high"]) if number):
        return None
    low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
    if high is not None and high <= low:
        return None
    if (match["plus"] or match["late_plus"]) and _means(match) in ("about", "<", "<="):
        return None  # 'Nearly 100' and '8.3 +' that run together
    scale = match["scale"].casefold() if match["scale"] else None
    if match["short"]:
        scale = _SCALES[match["short"].casefold()]
    unit = " ".join(part for part in (match["currency"], scale, match["percent"]) if part) or None
    read = Quantity(low, high, _qualifier(match, high), unit, match.group().strip())
    return read, text[match.end() :].strip()


def _qualifier(match: re.Match[str], high: float | None) -> str | None:
    if high is not None:
        return f"to {high:g}"
    if match["before"]:
        return _means(match)
    if match["plus"] or match["late_plus"] or match["last_plus"]:
        return "+"
    return "%" if match["percent"] else None


def _means(match: re.Match[str]) -> str | None:
    before = match["before"]
    return _QUALIFIERS[re.sub(r"\s+", " ", before.casefold())] if before else None


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))
