"""Declared phrases in running text: those that date a table, name a scale, speak of its scores.

Input: the text of a line or of several; phrases and words of `lookups.toml`. Output: where phrases
stand, the years and scales that they give, what a title speaks of. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from extract.headers.vocabulary import CHINESE, LATIN, SHORT_YEAR, letters, phrase_of
from transform.lookups import declared

TOP_LEVEL = re.compile(r"5\s?\*\s?\*\s*(?:=|:|is|to|as)\s*(8\.5|7)(?!\d|\.\d)")  # '5** = 8.5'
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
YEARS = re.compile(rf"{YEAR.pattern}(?:(?:\s|and|to|[,&/–-])*{YEAR.pattern})*")
SENTENCE_END = re.compile(r"[.;!?](?=\s)|[•●▪]|\s(?=\d{1,2}\.\s)")
# A line runs on where it ends or the next one starts in lower case.
STARTS = re.compile(rf"{SENTENCE_END.pattern}|\n(?=[A-Z\n])|(?<!\S)[^a-z\s]\S*\n")


class Mention(NamedTuple):
    """Where a declared phrase stands in a text: from and to which character, and its years."""

    start: int
    end: int
    years: dict[str, int]


class NamedScale(NamedTuple):
    """A conversion scale that a text names, by the score of its top level, and the years beside.
    `plain`: False where only a sentence on a change of scale names it."""

    scale: float
    years: frozenset[int]
    plain: bool


def years_in(kind: str, text: str) -> list[Mention]:
    """Every place where a declared phrase of a kind stands in a text, in printed order."""
    found = [
        Mention(start, end, {name: int(year) for name, year in words.items()})
        for phrase in declared()["years"][kind]
        for start, end, words in _places(phrase, text)
    ]
    return sorted(found, key=lambda mention: mention[:2])


def points_elsewhere(text: str) -> bool:
    """Whether a sentence sends its reader to another place: 'See the brochure for ...'."""
    return _has_word("pointers", text)


def names_own_scores(text: str) -> bool:
    """Whether a title speaks of scores, expected ones perhaps, and of nothing else but their year
    and scale."""
    for _, start, end, _ in _scales(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return _has_only("score_title_words", text)


def years_of(text: str) -> set[int]:
    """The years that a text prints; '2025/26', a pair, is its first: students enter in it."""
    return {int(year) for year in YEAR.findall(text)}


def names_scores_of_years(text: str) -> bool:
    """Whether a title over figures of several years speaks of those of students admitted."""
    words = [word for word in text.split() if word.casefold() not in declared()["of_years_words"]]
    return "expected" not in text.casefold() and _has_only("score_title_words", " ".join(words))


def speaks_of_own_scores(text: str) -> bool:
    """Whether a title over scores has no other words than those on the scores of students admitted,
    their scale and the names of schools."""
    words = {word for school in declared()["schools"] for word in _words(school)}
    return _words(text) <= words.union(declared()["score_title_words"], declared()["scale_words"])


def _has_only(entry: str, text: str) -> bool:
    return _words(text) <= set(declared()[entry])


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


def point_scales_in(text: str) -> list[NamedScale]:
    """The conversion scales that a text names, in a line or sentence with the words of admission
    scores alone: 'Interviews are marked on an 8.5 scale' names none."""
    return [
        NamedScale(
            scale,
            frozenset(_years_near(text, start, end)),
            not _has_word("changes", sentence(text, start, end)),
        )
        for scale, start, end, in_words in _scales(text)
        if not in_words or _has_only("scale_words", _rest(text, start, end))
    ]


def of_year(named: Iterable[NamedScale], year: int | None) -> dict[float, bool]:
    """Whether each scale is plainly named; scales of other years than `year` are left out."""
    plain: dict[float, bool] = {}
    for one in named:
        if year is None or not one.years or year in one.years:
            plain[one.scale] = plain.get(one.scale, False) or one.plain
    return plain


def _scales(text: str) -> Iterator[tuple[float, int, int, bool]]:
    """The scales that a text names, from and to which character, by a phrase or by the score of
    the highest level."""
    for scale, phrases in declared()["point_scales"].items():
        for phrase in phrases:
            for start, end, _ in _places(phrase, text):
                yield float(scale), start, end, True
    for match in TOP_LEVEL.finditer(text):
        yield float(match[1]), *match.span(), False


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """From and to where the line or sentence around a place goes."""
    first = max((m.end() for m in STARTS.finditer(text, 0, start)), default=0)
    last = STARTS.search(text, end)
    return first, last.end() if last else len(text)


def _rest(text: str, start: int, end: int) -> str:
    """The words around a place in its line or sentence."""
    first, last = _bounds(text, start, end)
    return f"{text[first:start]} {text[end:last]}"


def _years_near(text: str, start: int, end: int) -> set[int]:
    """The years that a sentence gives last before a place, with no other words between them; else
    the first ones behind it."""
    first, last = _bounds(text, start, end)
    before = list(YEARS.finditer(text, first, start))
    named = before[-1] if before else YEARS.search(text, end, last)
    return {int(year) for year in YEAR.findall(named[0])} if named else set()


def sentence(text: str, start: int, end: int) -> str:
    """The sentence of a text that holds the characters from `start` to `end`."""
    first = max((m.end() for m in SENTENCE_END.finditer(text, 0, start)), default=0)
    last = SENTENCE_END.search(text, end)
    return text[first : last.start() if last else len(text)]


def _has_word(entry: str, text: str) -> bool:
    words = "|".join(re.escape(word) for word in declared()[entry])
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
    """From and to which character of a text a declared phrase stands, with its years: those that
    start where a number does, '20/21' in '2020/21' is none."""
    spelled = _spelled(text)
    for match in _pattern(phrase).finditer(spelled.letters):
        start, end = spelled.places[match.start()], spelled.places[match.end() - 1] + 1
        firsts = [spelled.places[match.start(name)] for name in match.groupdict()]
        if not any(text[max(at - 1, 0) : at].isdigit() for at in firsts):
            yield start, end, match.groupdict()
