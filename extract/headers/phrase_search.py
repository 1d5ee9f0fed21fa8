"""Look declared phrases up among the words of a page.

Input: words, phrases of the vocabulary. Output: `Match`es.
Grain: one match a place where a phrase is spelt, over one line or several, turned or not.
Nothing here raises.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.headers.glosses import Glosses
from extract.headers.vocabulary import Column, Phrase, consumed, letters
from extract.page.heights import at_height
from extract.page.lines import askew, chunk_extents
from extract.page.words import Word, upright

JOINTS = "+/=×÷✕"  # a symbol beside a match that shows the text runs on
YEAR = re.compile(r"20\d\d")
ASKEW = 3.0  # points: lines of one text are flush or centred, but for so much
BLANK_EM = 1.3  # words of one phrase on one line stand at most this many times the size apart
OVER_EM = 2.0  # times the size: between two lines of a phrase with one of a symbol between them


@dataclass(slots=True)
class Match:
    """A phrase found on the page: its words and its box."""

    column: Column
    indices: tuple[int, ...]  # of its words on the page
    text: str
    years: dict[str, str]
    x0: float
    top: float
    x1: float
    bottom: float
    group: bool = False
    otherwise: Column | None = None  # another column that the same words may head

    @property
    def xmid(self) -> float:
        return (self.x0 + self.x1) / 2


class Finder:
    """Looks phrases up among words; keeps the letters of each word."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.letters = [letters(word.text) for word in words]
        self.glosses = Glosses(words, self.letters)
        self.fields: list[_Field] = []
        for angle in sorted({word.angle for word in words}):
            indices = [i for i, word in enumerate(words) if word.angle == angle]
            turned = upright([words[i] for i in indices])
            self.fields.append(_Field(indices, turned, [self.letters[i] for i in indices]))
        self._standing = at_height(range(len(words)), lambda i: words[i].bottom)

    def matches(self, column: Column) -> list[Match]:
        """Everywhere one of a column's phrases is spelt."""
        return [match for phrase in column.phrases for match in self.phrase(phrase, column)]

    def phrase(self, phrase: Phrase, column: Column) -> list[Match]:
        found = []
        for field in self.fields:
            for places, years in field.chains(phrase):
                spelt = tuple(field.indices[i] for i in places)
                members = (*spelt, *self.glosses.of(spelt, column))
                boxes = [self.words[i] for i in members]
                found.append(
                    Match(
                        column,
                        members,
                        " ".join(self.words[i].text for i in spelt),
                        years,
                        min(w.x0 for w in boxes),
                        min(w.top for w in boxes),
                        max(w.x1 for w in boxes),
                        max(w.bottom for w in boxes),
                    )
                )
        return found

    def standing_alone(self, matches: list[Match]) -> list[Match]:
        """Matches that are a whole text, not words inside a longer one ('English + Math + ...')."""
        used = {i for match in matches for i in match.indices}
        return [m for m in matches if self._closed(m) and not self._runs_on(m, used)]

    def unbroken(self, match: Match) -> bool:
        """Whether no other words stand between those of the match, as where it takes the end of
        one line and the start of the next."""
        return not any(
            match.x0 <= word.xmid <= match.x1 and match.top <= word.ymid <= match.bottom
            for i, word in enumerate(self.words)
            if i not in match.indices and self.letters[i] and not word.angle
        )

    def _closed(self, match: Match) -> bool:
        """Whether every bracket that opens in the match closes in it."""
        text = "".join(self.words[i].text for i in match.indices)
        return text.count("(") == text.count(")") and text.count("[") == text.count("]")

    def _runs_on(self, match: Match, used: set[int]) -> bool:
        """Whether words that no phrase uses stand on a line of the match, a blank away."""
        for j in match.indices:
            member = self.words[j]
            if member.angle:
                if any(i not in used for field in self.fields for i in field.beside(j)):
                    return True
                continue
            near = 0.2 * member.size
            for i in self._standing.between(member.bottom - near, member.bottom + near):
                word = self.words[i]
                if i in used or word.angle or not (self.letters[i] or word.text in JOINTS):
                    continue
                if match.x0 <= word.xmid <= match.x1 and match.top <= word.ymid <= match.bottom:
                    continue
                gap = max(word.x0 - member.x1, member.x0 - word.x1)
                if -0.3 * member.size < gap < 0.5 * member.size:
                    return True
        return False


class _Field:
    """Words of one direction, turned upright, indexed by height and by first letters."""

    def __init__(self, indices: list[int], words: list[Word], texts: list[str]) -> None:
        order = sorted(range(len(words)), key=lambda i: words[i].top)
        self.indices = [indices[i] for i in order]
        self.places = {index: at for at, index in enumerate(self.indices)}
        self.words = [words[i] for i in order]
        self.texts = [texts[i] for i in order]
        self.tops = [word.top for word in self.words]
        self.extents = chunk_extents(self.words)
        self._following: dict[tuple[int, ...], list[int]] = {}
        self._by_start: dict[str, list[int]] = {}
        for i, text in enumerate(self.texts):
            self._by_start.setdefault(text[:2], []).append(i)

    def beside(self, index: int) -> Iterator[int]:
        """The words a blank away from one of this field, on its line."""
        if index not in self.places:
            return
        one = self.words[self.places[index]]
        start = bisect_left(self.tops, one.top - one.size)
        for at in range(start, bisect_right(self.tops, one.bottom)):
            word = self.words[at]
            gap = max(word.x0 - one.x1, one.x0 - word.x1)
            level = abs(word.bottom - one.bottom) < 0.2 * one.size
            if level and self.texts[at] and -0.3 * one.size < gap < 0.5 * one.size:
                yield self.indices[at]

    def chains(self, phrase: Phrase) -> Iterator[tuple[list[int], dict[str, str]]]:
        """Every run of words that spells the phrase, with the years it fills in."""
        for start in self._starts(phrase):
            step = consumed(phrase, 0, self.texts[start])
            chain = self._chain(phrase, [start], *step) if step else None
            if chain is not None and (
                not phrase.ends_in_brackets or self.words[chain[0][-1]].text.startswith("(")
            ):
                yield chain

    def _starts(self, phrase: Phrase) -> list[int]:
        """Words that may begin the phrase, by their first two letters."""
        first, *rest = phrase.atoms[:2]
        begins = self._by_start.keys()
        if first.startswith("{"):
            keys = [key for key in begins if key[:1] in ("1", "2")]  # a year
        elif rest and rest[0].startswith("{"):
            keys = [key for key in begins if key[:1] == first]
        else:
            keys = [first, "".join((first, *rest))] if rest else [first]
        return sorted(i for key in keys for i in self._by_start.get(key, []))

    def _chain(
        self, phrase: Phrase, chain: list[int], done: int, years: dict[str, str]
    ) -> tuple[list[int], dict[str, str]] | None:
        """Go on word by word, nearest first, until the phrase is used up."""
        if done == len(phrase.atoms):
            return chain, years
        for i in self._next_words(tuple(chain)):
            if self.texts[i]:
                step = consumed(phrase, done, self.texts[i])
            else:  # one symbol between two words ('&', '+') is part of the text, not of the phrase
                step = (done, {}) if self.texts[chain[-1]] else None
            if step is None or self._over_two_lines(chain, i):
                continue
            found = self._chain(phrase, [*chain, i], step[0], {**years, **step[1]})
            if found is not None:
                return found
        return None

    def _over_two_lines(self, chain: list[int], i: int) -> bool:
        """Whether a symbol alone on its line would join lines that are not set as one text."""
        if self.texts[chain[-1]]:
            return False
        above, here = self.words[chain[-2]], self.words[i]
        return here.top - above.bottom > OVER_EM * here.size

    def _next_words(self, chain: tuple[int, ...]) -> list[int]:
        """Words that may follow: to the right on the line, or on the next line below. Phrases that
        begin alike ask for the same."""
        if chain not in self._following:
            self._following[chain] = self._found_next(chain)
        return self._following[chain]

    def _found_next(self, chain: tuple[int, ...]) -> list[int]:
        last = self.words[chain[-1]]
        left = min(self.words[i].x0 for i in chain)
        right = max(self.words[i].x1 for i in chain)
        size = max(self.words[i].size for i in chain)
        top, bottom, em = last.top, last.bottom, last.size
        nearby: list[tuple[float, int]] = []
        start = bisect_left(self.tops, top - 2 * size)
        end = bisect_right(self.tops, bottom + 1.3 * size)
        for i in range(start, end):
            if i in chain:
                continue
            word = self.words[i]
            # min() and max(), written out: the innermost loop of the search
            overlap = (word.bottom if word.bottom < bottom else bottom) - (
                word.top if word.top > top else top
            )
            if overlap > 0.3 * (word.size if word.size < em else em):
                gap = word.x0 - last.x1
                if -0.3 * size <= gap <= BLANK_EM * size:
                    nearby.append((max(gap, 0.0), i))
                continue
            drop = word.top - bottom
            below = -0.45 * size <= drop <= 1.3 * size and word.ymid > last.ymid
            chunk_x0, chunk_x1 = self.extents[i]
            if below and chunk_x1 > left and chunk_x0 < right and word.x0 < right:
                if (
                    len(chain) == 1
                    and YEAR.fullmatch(last.text)
                    and askew(self.extents[chain[0]], self.extents[i]) >= ASKEW
                ):
                    continue  # a year over several columns
                nearby.append((1000.0 + drop * 10 + abs(word.xmid - (left + right) / 2), i))
        return [i for _, i in sorted(nearby)]
