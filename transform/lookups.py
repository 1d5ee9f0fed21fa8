"""Declared lookups: what printed words and marks mean.

Input: `lookups.toml` beside this module. Output: functions from printed text to meaning.
Raises: `UnknownValue` for a word that no entry covers, naming it and the file to extend.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from errors import UnknownValue
from extract.vocabulary import CHINESE, LATIN, SHORT_YEAR, letters, phrase_of

FILE = "transform/lookups.toml"
SENTENCE_END = re.compile(r"[.;!?](?=\s)|[•●▪]|\s(?=\d{1,2}\.\s)")
AT_ENDS = re.compile(r"^[#@*^∆◊†‡§~\s]+|[#@*^∆◊†‡§~\s]+$")  # marks beside a withheld figure's words
NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Meaning(NamedTuple):
    """What a remark means: a declared key, and the years it speaks of where it does."""

    key: str
    years: int | None


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("lookups.toml").read_text("utf-8"))


@cache
def mark_table() -> dict[int, str]:
    """What each look-alike of a footnote mark is stored as, for `str.translate`."""
    return {ord(like): mark for mark, likes in _declared()["marks"].items() for like in likes}


def mark_pattern(*, but: str = "") -> str:
    """A regular expression for one footnote mark or look-alike, `but` for these marks."""
    marks = {mark: likes for mark, likes in _declared()["marks"].items() if mark not in but}
    return f"[{re.escape(''.join(mark + likes for mark, likes in marks.items()))}]"


def is_declared_mark(char: str) -> bool:
    """Whether a character is a footnote mark other than a digit."""
    return plain_mark(char) in _declared()["marks"]


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
    for school in _declared()["schools"]:
        if letters(school) == letters(text.replace("&", " and ")):
            return str(school)
    raise UnknownValue("unknown school", text=text, todo=f"Add it to `schools` in {FILE}")


def is_school(text: str) -> bool:
    """Whether a text is the name of a declared school."""
    return any(letters(school) == letters(text) for school in _declared()["schools"])


def heads_scores(text: str) -> bool:
    """Whether a text is the label of the row of scores in a conversion table."""
    return any(letters(text) == letters(known) for known in _declared()["score_rows"])


def speaks_of_scores(text: str) -> bool:
    """Whether a label starts as that of scores does: 'Score (2026)', 'Score 8.5'."""
    words = "|".join(_declared()["score_rows"])
    return bool(re.match(rf"(?:{words})\b", " ".join(text.split()), re.IGNORECASE))


def is_withheld(text: str) -> bool:
    """Whether a text stands in the place of a figure that is not given."""
    folded = " ".join(plain_marks(text).casefold().split())
    declared = {entry.casefold() for entry in _declared()["withheld"]}
    words = AT_ENDS.sub("", folded)
    # Marks alone: whatever a footnote says of them, no figure is there.
    return folded in declared or words in declared or (bool(folded) and not words)


def asks_nothing(text: str) -> bool:
    """Whether a text says that no specific subject is required."""
    return letters(text) in {letters(entry) for entry in _declared()["no_subject"]} and (
        bool(letters(text)) or " ".join(text.split()) in _declared()["no_subject"]
    )


def general_level(edition: int, requirement: str) -> str:
    """The level that the University asks of everyone for one of `schemas.names.REQUIREMENTS`."""
    declared = sorted(_declared()["general_requirement"], key=lambda one: int(one["since"]))
    in_force = [one for one in declared if one["since"] <= edition] or declared
    return str(in_force[-1][requirement])


def names_subjects(text: str) -> bool:
    """Whether a text stands for several subjects: 'Science subjects'."""
    return letters(text) in map(letters, _declared()["subject_groups"])


def heads(what: str, text: str) -> bool:
    """Whether a line is declared to head `what`: 'remark', 'contents', 'fact_column'."""
    return letters(text) in map(letters, _declared()[f"{what}_headings"])


def heads_facts(text: str) -> bool:
    """Whether a line heads facts: 'Facts and Figures 2026', 'HKUST at a Glance'."""
    words = " ".join(re.findall(r"[^\W\d_]+", text.casefold()))
    declared = _declared()
    for entry in declared["facts_headings"]:
        rest = re.sub(rf"\b{entry}\b", "", words)
        if rest != words and set(rest.split()) <= set(declared["facts_heading_words"]):
            return True
    return False


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


def begins_no_name(word: str) -> bool:
    """Whether a word, even with a capital, only goes on with a name that began before it."""
    return word.casefold() in _declared()["goes_on"]


def listing_named(heading: str) -> str | None:
    """The name of the list under a heading, None where it heads no declared list."""
    for name, headings in _declared()["listings"].items():
        if any(letters(heading) == letters(known) for known in headings):
            return str(name)
    return None


class Mention(NamedTuple):
    """Where a declared phrase stands in a text: from and to which character, and its years."""

    start: int
    end: int
    years: dict[str, int]


def years_in(kind: str, text: str) -> list[Mention]:
    """Every place where a declared phrase of a kind stands in a text, in printed order."""
    found = [
        Mention(start, end, {name: int(year) for name, year in words.items()})
        for phrase in _declared()["years"][kind]
        for start, end, words in _places(phrase, text)
    ]
    return sorted(found, key=lambda mention: mention[:2])


def points_elsewhere(text: str) -> bool:
    """Whether a sentence sends its reader to another place: 'See the brochure for ...'."""
    return _has_word("pointers", text)


def names_own_scores(text: str) -> bool:
    """Whether a title speaks of scores, expected ones perhaps, and of nothing else but its year."""
    return _has_only("score_title_words", text)


def of_two_years(text: str) -> bool:
    """Whether a text prints several years; '2025/26' is one."""
    return len(set(re.findall(r"(?<!\d)20\d\d(?!\d)", text))) > 1


def names_scores_of_years(text: str) -> bool:
    """Whether a title over figures of several years speaks of those of students admitted."""
    words = [word for word in text.split() if word.casefold() not in _declared()["of_years_words"]]
    return "expected" not in text.casefold() and _has_only("score_title_words", " ".join(words))


def _has_only(entry: str, text: str) -> bool:
    return set(re.findall(r"[a-z]+", text.casefold())) <= set(_declared()[entry])


def point_scales_in(text: str) -> dict[float, bool]:
    """The conversion scales that a text names, by the score of their top level.

    True where it plainly says so, False where only a sentence on a change of scale names it.
    """
    named: dict[float, bool] = {}
    for scale, phrases in _declared()["point_scales"].items():
        for phrase in phrases:
            for start, end, _ in _places(phrase, text):
                plain = not _has_word("changes", sentence(text, start, end))
                named[float(scale)] = named.get(float(scale), False) or plain
    return named


def sentence(text: str, start: int, end: int) -> str:
    """The sentence of a text that holds the characters from `start` to `end`."""
    first = max((m.end() for m in SENTENCE_END.finditer(text, 0, start)), default=0)
    last = SENTENCE_END.search(text, end)
    return text[first : last.start() if last else len(text)]


def _has_word(entry: str, text: str) -> bool:
    words = "|".join(re.escape(word) for word in _declared()[entry])
    return bool(re.search(rf"\b(?:{words})\b", " ".join(text.split()), re.IGNORECASE))


class _Spelled(NamedTuple):
    """The letters and digits of a text, each with the place of its character; without the Chinese
    beside English, as `letters`."""

    letters: str
    places: list[int]


@lru_cache(maxsize=1024)
def _spelled(text: str) -> _Spelled:
    glosses = {i for m in CHINESE.finditer(text) for i in range(*m.span()) if LATIN.search(text)}
    pairs = [(char, i) for i, c in enumerate(text) if i not in glosses for char in letters(c)]
    return _Spelled("".join(char for char, _ in pairs), [i for _, i in pairs])


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            r"\d\d"
            if atom == SHORT_YEAR
            else rf"(?P<{atom[1:-1]}>20\d\d)"
            if atom.startswith("{")
            else re.escape(atom)
            for atom in phrase_of(phrase).atoms
        )
    )


def _places(phrase: str, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    """From and to which character of a text a declared phrase stands, with its years."""
    spelled = _spelled(text)
    for match in _pattern(phrase).finditer(spelled.letters):
        start, end = spelled.places[match.start()], spelled.places[match.end() - 1] + 1
        yield start, end, match.groupdict()
