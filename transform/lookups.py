"""Declared lookups: what printed words and marks mean.

Input: `lookups.toml` beside this module. Output: functions from printed text to meaning.
Raises: `UnknownValue` for a word that no entry covers, naming it and the file to extend.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from errors import UnknownValue
from extract.vocabulary import letters, phrase_of, search

FILE = "transform/lookups.toml"
NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Meaning(NamedTuple):
    """What a remark means: a declared key, and the years it speaks of where it does."""

    key: str
    years: int | None


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("lookups.toml").read_text("utf-8"))


@cache
def _mark_table() -> dict[int, str]:
    return {ord(like): mark for mark, likes in _declared()["marks"].items() for like in likes}


def plain_mark(char: str) -> str:
    """A footnote mark as it is stored: look-alikes joined, circled digits as digits."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return char.translate(_mark_table())


def plain_marks(text: str) -> str:
    """A text with its marks as they are stored; digits stay as they are."""
    return text.translate(_mark_table())


def school_named(text: str) -> str:
    """The declared name of a school. Raises `UnknownValue`."""
    for school in _declared()["schools"]:
        if letters(school) == letters(text):
            return str(school)
    raise UnknownValue("unknown school", text=text, todo=f"Add it to `schools` in {FILE}")


def is_withheld(text: str) -> bool:
    """Whether a text stands in the place of a figure that is not given."""
    folded = " ".join(plain_marks(text).casefold().split())
    return folded in {entry.casefold() for entry in _declared()["withheld"]}


def remark_meaning(text: str) -> Meaning:
    """What a remark means; key 'note' where no entry fits."""
    for entry in _declared()["remark"]:
        match = re.search(entry["pattern"], " ".join(text.split()), re.IGNORECASE)
        if match:
            words = match.groupdict()
            years = NUMBER_WORDS[words["years"].casefold()] if words.get("years") else None
            return Meaning(entry["meaning"], years)
    return Meaning("note", None)


def choice_type_named(text: str) -> str | None:
    """The kind of choice that a legend text explains, None where it explains none."""
    for kind, beginnings in _declared()["legend"].items():
        if any(letters(text).startswith(letters(beginning)) for beginning in beginnings):
            return str(kind)
    return None


def listing_named(heading: str) -> str | None:
    """The name of the list under a heading, None where it heads no declared list."""
    for name, headings in _declared()["listings"].items():
        if any(letters(heading) == letters(known) for known in headings):
            return str(name)
    return None


def years_in(kind: str, text: str) -> list[dict[str, int]]:
    """Years that the declared phrases of a kind find in a text, in declared order, no doubles."""
    found: list[dict[str, int]] = []
    for phrase in _declared()["years"][kind]:
        words = search(phrase_of(phrase), text)
        if words is not None:
            years = {name: int(year) for name, year in words.items()}
            if years not in found:
                found.append(years)
    return found


def point_scale_in(text: str) -> float | None:
    """The conversion scale that a text names: the score of its top level, 8.5 or 7."""
    for scale, phrases in _declared()["point_scales"].items():
        if any(letters(phrase) in letters(text) for phrase in phrases):
            return float(scale)
    return None
