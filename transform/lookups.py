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
from extract.headers.vocabulary import letters

FILE = "transform/lookups.toml"
AT_ENDS = re.compile(r"^[#@*^∆◊†‡§~\s]+|[#@*^∆◊†‡§~\s]+$")  # marks beside a withheld figure's words
NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Meaning(NamedTuple):
    """What a remark means: a declared key, and the years it speaks of where it does."""

    key: str
    years: int | None


@cache
def declared() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(Path(__file__).with_name("lookups.toml").read_text("utf-8"))


@cache
def mark_table() -> dict[int, str]:
    """What each look-alike of a footnote mark is stored as, for `str.translate`."""
    return {ord(like): mark for mark, likes in declared()["marks"].items() for like in likes}


def mark_pattern(*, but: str = "") -> str:
    """A regular expression for one footnote mark or look-alike, `but` for these marks."""
    marks = {mark: likes for mark, likes in declared()["marks"].items() if mark not in but}
    return f"[{re.escape(''.join(mark + likes for mark, likes in marks.items()))}]"


def is_declared_mark(char: str) -> bool:
    """Whether a character is a footnote mark other than a digit."""
    return plain_mark(char) in declared()["marks"]


def plain_mark(char: str) -> str:
    """A footnote mark as it is stored: look-alikes joined, circled digits as digits."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return char.translate(mark_table())


def plain_marks(text: str) -> str:
    """A text with its marks as they are stored; digits stay as they are."""
    return text.translate(mark_table())


def school_named(text: str) -> str:
    """The declared name of a school. Raises `UnknownValue`."""
    for school in declared()["schools"]:
        if letters(school) == letters(text.replace("&", " and ")):
            return str(school)
    raise UnknownValue("unknown school", text=text, todo=f"Add it to `schools` in {FILE}")


def is_school(text: str) -> bool:
    """Whether a text is the name of a declared school."""
    return any(letters(school) == letters(text) for school in declared()["schools"])


def heads_scores(text: str) -> bool:
    """Whether a text is the label of the row of scores in a conversion table."""
    return any(letters(text) == letters(known) for known in declared()["score_rows"])


def speaks_of_scores(text: str) -> bool:
    """Whether a label starts as that of scores does: 'Score (2026)', 'Score 8.5'."""
    words = "|".join(declared()["score_rows"])
    return bool(re.match(rf"(?:{words})\b", " ".join(text.split()), re.IGNORECASE))


def is_withheld(text: str) -> bool:
    """Whether a text stands in the place of a figure that is not given."""
    folded = " ".join(plain_marks(text).casefold().split())
    withheld = {entry.casefold() for entry in declared()["withheld"]}
    words = AT_ENDS.sub("", folded)
    # Marks alone: whatever a footnote says of them, no figure is there.
    return folded in withheld or words in withheld or (bool(folded) and not words)


def leaves_figure(note: str) -> bool:
    """Whether the note of a mark beside a score figure leaves that what its column says."""
    folded = " ".join(note.casefold().split())
    return any(words in folded for words in declared()["figure_notes"])


def asks_nothing(text: str) -> bool:
    """Whether a text says that no specific subject is required."""
    return letters(text) in {letters(entry) for entry in declared()["no_subject"]} and (
        bool(letters(text)) or " ".join(text.split()) in declared()["no_subject"]
    )


def general_level(edition: int, requirement: str) -> str:
    """The level that the University asks of everyone for one of `schemas.names.REQUIREMENTS`."""
    levels = sorted(declared()["general_requirement"], key=lambda one: int(one["since"]))
    in_force = [one for one in levels if one["since"] <= edition] or levels
    return str(in_force[-1][requirement])


def names_subjects(text: str) -> bool:
    """Whether a text stands for several subjects: 'Science subjects'."""
    return letters(text) in map(letters, declared()["subject_groups"])


def heads(what: str, text: str) -> bool:
    """Whether a line is declared to head `what`: 'remark', 'contents', 'fact_column'."""
    return letters(text) in _headings(what)


@cache
def _headings(what: str) -> frozenset[str]:
    return frozenset(map(letters, declared()[f"{what}_headings"]))


def heads_facts(text: str) -> bool:
    """Whether a line heads facts: 'Facts and Figures 2026', 'HKUST at a Glance'."""
    words = " ".join(re.findall(r"[^\W\d_]+", text.casefold()))
    for entry in declared()["facts_headings"]:
        rest = re.sub(rf"\b{entry}\b", "", words)
        if rest != words and set(rest.split()) <= set(declared()["facts_heading_words"]):
            return True
    return False


def remark_meaning(text: str) -> Meaning:
    """What a remark means; key 'note' where no entry fits."""
    for entry in declared()["remark"]:
        match = re.search(entry["pattern"], " ".join(text.split()), re.IGNORECASE)
        if match:
            words = match.groupdict()
            years = NUMBER_WORDS[words["years"].casefold()] if words.get("years") else None
            return Meaning(entry["meaning"], years)
    return Meaning("note", None)


def choice_type_named(text: str) -> str | None:
    """The kind of choice that a legend text explains, None where it explains none."""
    for kind, beginnings in declared()["legend"].items():
        if any(letters(text).startswith(letters(beginning)) for beginning in beginnings):
            return str(kind)
    return None


def begins_no_name(word: str) -> bool:
    """Whether a word, even with a capital, only goes on with a name that began before it."""
    return word.casefold() in declared()["goes_on"]


def listing_named(heading: str) -> str | None:
    """The name of the list under a heading, None where it heads no declared list."""
    for name, headings in declared()["listings"].items():
        if any(letters(heading) == letters(known) for known in headings):
            return str(name)
    return None
