"""Find the headers of tables among the words of a page.

Input: the words of a page, the vocabulary. Output: `HeaderBand`s, one for each table that starts
on the page: which kind it is, where each column's header stands, which words of the band are
unknown and which required columns are missing.
Grain: one band a table. Nothing here raises: what to do with an incomplete band is for the
caller, who knows the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.vocabulary import Column, Phrase, TableWords, Vocabulary, consumed, letters
from extract.words import Word, chunk_extents, upright

JOINTS = "+/="  # a symbol beside a match that shows the text runs on


@dataclass(slots=True)
class Match:
    """A phrase found on the page: its words (by index) and its box."""

    column: Column
    words: tuple[int, ...]
    years: dict[str, str]
    x0: float
    top: float
    x1: float
    bottom: float
    group: bool = False

    @property
    def xmid(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class HeaderBand:
    """The header of one table: matched columns left to right, groups above them, what is odd."""

    words: TableWords
    columns: list[Match]
    groups: list[Match]
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    title: Match | None = None

    @property
    def matches(self) -> list[Match]:
        return self.columns + self.groups

    @property
    def x0(self) -> float:
        return min(match.x0 for match in self.matches)

    @property
    def x1(self) -> float:
        return max(match.x1 for match in self.matches)

    @property
    def top(self) -> float:
        return min(match.top for match in self.matches)

    @property
    def bottom(self) -> float:
        return max(match.bottom for match in self.matches)


def header_bands(words: Sequence[Word], vocabulary: Vocabulary) -> list[HeaderBand]:
    """Every table header on the page, top to bottom, left to right; complete or not.

    Where several kinds claim the same words, the one that explains them best wins:
    complete before incomplete, then the most words, then the title that stands above.
    """
    finder = _Finder(words)
    candidates: list[HeaderBand] = []
    for table in vocabulary.tables:
        columns = [m for column in table.columns for m in finder.matches(column)]
        groups = [m for group in table.groups for m in finder.matches(group)]
        for group in groups:
            group.group = True
        matches = finder.standing_alone(_longest(columns + groups))
        titles = [m for title in table.titles for m in finder.phrase(title, table.columns[0])]
        for band in _bands(table, matches, words):
            band.title = _title_above(band, titles)
            if band.title is not None or not table.title_required:
                candidates.append(band)
    chosen: list[HeaderBand] = []
    taken: set[int] = set()
    for band in sorted(candidates, key=_merit, reverse=True):
        used = {i for match in band.matches for i in match.words}
        if not used & taken:
            chosen.append(band)
            taken |= used
    return sorted(chosen, key=lambda band: (band.top, band.x0))


def _merit(band: HeaderBand) -> tuple[bool, int, int, float]:
    used = sum(len(match.words) for match in band.matches)
    whole = not band.missing and not band.unknown
    near = 1 / (1 + max(band.top - band.title.bottom, 0.0)) if band.title else 0.0
    return whole, used - len(band.unknown), -len(band.missing), near


def _title_above(band: HeaderBand, titles: Sequence[Match]) -> Match | None:
    """The nearest title of the band's kind that stands above it."""
    above = [
        title
        for title in titles
        if title.top < band.top + 1 and title.x0 < band.x1 + 40 and title.x1 > band.x0 - 400
    ]
    return max(above, key=lambda title: title.bottom, default=None)


class _Finder:
    """Looks phrases up among words; keeps the letters of each word."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.letters = [letters(word.text) for word in words]
        self.fields: list[_Field] = []
        for angle in sorted({word.angle for word in words}):
            indices = [i for i, word in enumerate(words) if word.angle == angle]
            turned = upright([words[i] for i in indices])
            self.fields.append(_Field(indices, turned, [self.letters[i] for i in indices]))

    def matches(self, column: Column) -> list[Match]:
        return [match for phrase in column.phrases for match in self.phrase(phrase, column)]

    def standing_alone(self, matches: list[Match]) -> list[Match]:
        """Matches that are a whole text, not words inside a longer one ('English + Math + ...')."""
        used = {i for match in matches for i in match.words}
        return [match for match in matches if not self._runs_on(match, used)]

    def _runs_on(self, match: Match, used: set[int]) -> bool:
        for i, word in enumerate(self.words):
            if i in used or not (self.letters[i] or word.text in JOINTS):
                continue
            if match.x0 <= word.xmid <= match.x1 and match.top <= word.ymid <= match.bottom:
                continue
            for member in (self.words[j] for j in match.words):
                if abs(word.bottom - member.bottom) > 0.2 * member.size or word.angle:
                    continue
                gap = max(word.x0 - member.x1, member.x0 - word.x1)
                if -0.3 * member.size < gap < 0.5 * member.size:
                    return True
        return False

    def phrase(self, phrase: Phrase, column: Column) -> list[Match]:
        found = []
        for field_ in self.fields:
            for places, years in field_.chains(phrase):
                members = tuple(field_.indices[i] for i in places)
                boxes = [self.words[i] for i in members]
                found.append(
                    Match(
                        column,
                        members,
                        years,
                        min(w.x0 for w in boxes),
                        min(w.top for w in boxes),
                        max(w.x1 for w in boxes),
                        max(w.bottom for w in boxes),
                    )  # fmt: skip
                )
        return found


class _Field:
    """Words of one direction, turned upright, indexed by height and by first letter."""

    def __init__(self, indices: list[int], words: list[Word], texts: list[str]) -> None:
        order = sorted(range(len(words)), key=lambda i: words[i].top)
        self.indices = [indices[i] for i in order]
        self.words = [words[i] for i in order]
        self.texts = [texts[i] for i in order]
        self.tops = [word.top for word in self.words]
        self.extents = chunk_extents(self.words)
        self.by_first: dict[str, list[int]] = {}
        for i, text in enumerate(self.texts):
            if text:
                self.by_first.setdefault(text[0], []).append(i)

    def chains(self, phrase: Phrase) -> Iterator[tuple[list[int], dict[str, str]]]:
        """Every run of words that spells the phrase, with the years it fills in."""
        first = phrase.atoms[0]
        starts = (
            [i for digit in "12" for i in self.by_first.get(digit, [])]  # a year
            if first.startswith("{")
            else self.by_first.get(first, [])
        )
        for start in starts:
            step = consumed(phrase.atoms, 0, self.texts[start])
            chain = self._chain(phrase, [start], *step) if step else None
            if chain is not None:
                yield chain

    def _chain(
        self, phrase: Phrase, chain: list[int], done: int, years: dict[str, str]
    ) -> tuple[list[int], dict[str, str]] | None:
        """Go on word by word, nearest first, until the phrase is used up."""
        if done == len(phrase.atoms):
            return chain, years
        for i in self._next_words(chain):
            step = consumed(phrase.atoms, done, self.texts[i]) if self.texts[i] else None
            if step is None:
                continue
            found = self._chain(phrase, [*chain, i], step[0], {**years, **step[1]})
            if found is not None:
                return found
        return None

    def _next_words(self, chain: list[int]) -> list[int]:
        """Words that may follow: to the right on the line, or on the next line below."""
        last = self.words[chain[-1]]
        left = min(self.words[i].x0 for i in chain)
        right = max(self.words[i].x1 for i in chain)
        size = max(self.words[i].size for i in chain)
        nearby: list[tuple[float, int]] = []
        start = bisect_left(self.tops, last.top - 2 * size)
        end = bisect_right(self.tops, last.bottom + 1.3 * size)
        for i in range(start, end):
            word = self.words[i]
            if i in chain:
                continue
            overlap = min(word.bottom, last.bottom) - max(word.top, last.top)
            same_line = overlap > 0.3 * min(word.size, last.size)
            gap = word.x0 - last.x1
            if same_line:
                if -0.3 * size <= gap <= 1.3 * size:
                    nearby.append((max(gap, 0.0), i))
                continue
            drop = word.top - last.bottom
            below = -0.45 * size <= drop <= 1.3 * size and word.ymid > last.ymid
            chunk_x0, chunk_x1 = self.extents[i]
            if below and chunk_x1 > left and chunk_x0 < right and word.x0 < right:
                nearby.append((1000.0 + drop * 10 + abs(word.xmid - (left + right) / 2), i))
        return [i for _, i in sorted(nearby)]


def _longest(matches: list[Match]) -> list[Match]:
    """Matches that do not share words, longest first ('Lower Quartile Score' over 'Score')."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (-sum(1 for _ in m.words), m.top, m.x0)):
        if not taken & set(match.words):
            kept.append(match)
            taken |= set(match.words)
    return kept


def _bands(table: TableWords, matches: list[Match], words: Sequence[Word]) -> list[HeaderBand]:
    """Group matches into header bands: near each other in height, no column twice."""
    bands: list[HeaderBand] = []
    for cluster in _clusters(matches):
        for members in _instances(table, cluster):
            columns = sorted((m for m in members if not m.group), key=lambda m: m.x0)
            if not columns:
                continue
            band = HeaderBand(table, columns, [m for m in members if m.group])
            band.missing = _missing(table, columns)
            required = sum(column.required for column in table.columns)
            if band.missing and len(columns) < max(2, 0.4 * required):
                continue  # a word or two of prose, no header
            band.unknown = _unknown_words(band, words)
            bands.append(band)
    return bands


def _clusters(matches: list[Match]) -> list[list[Match]]:
    """Matches whose heights overlap or nearly touch, chained."""
    clusters: list[list[Match]] = []
    bottom = 0.0
    for match in sorted(matches, key=lambda m: m.top):
        if clusters and match.top <= bottom + 14:
            clusters[-1].append(match)
            bottom = max(bottom, match.bottom)
        else:
            clusters.append([match])
            bottom = match.bottom
    return clusters


def _instances(table: TableWords, cluster: list[Match]) -> list[list[Match]]:
    """Part a cluster into tables side by side: no column name may stand twice in one.

    Of all ways to cut the row of headers, the one with the most headers in complete tables wins,
    then the one with the fewest tables, the widest gaps, the same first column.
    """
    columns = sorted((m for m in cluster if not m.group), key=lambda m: m.x0)
    best: list[tuple[tuple[int, float, int], list[list[Match]]]] = [((0, 0.0, 0), [])]
    for end in range(1, len(columns) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            part = columns[start:end]
            names = [match.column.name for match in part]
            if len(set(names)) < len(names):
                break
            gap = part[0].x0 - max(m.x1 for m in columns[:start]) if start else 0.0
            before, parts = best[start]
            score = (
                before[0] + (0 if _missing(table, part) else len(part)),
                before[1] + gap,
                before[2] + (names[0] == columns[0].column.name),
            )
            options.append((score, [*parts, part]))
        best.append(
            max(options, key=lambda option: (option[0][0], -len(option[1]), *option[0][1:]))
        )
    parts = best[-1][1]
    for match in cluster:
        if not match.group or not parts:
            continue
        home = max(
            range(len(parts)),
            key=lambda i: (
                min(match.x1, max(m.x1 for m in parts[i]) + 30)
                - max(match.x0, min(m.x0 for m in parts[i]) - 30)
            ),
        )
        parts[home].append(match)
    return parts


def _missing(table: TableWords, columns: Sequence[Match]) -> list[str]:
    """Names of the columns that a table of this kind must have and these do not give."""
    names = {match.column.name for match in columns}
    missing = [
        column.name for column in table.columns if column.required and column.name not in names
    ]
    if table.require_any and not names & set(table.require_any):
        missing.append(" or ".join(table.require_any))
    return missing


def _unknown_words(band: HeaderBand, words: Sequence[Word]) -> list[str]:
    """Texts inside the band's box that no phrase explains; symbols alone are marks."""
    used = {i for match in band.matches for i in match.words}
    pad = 2.0
    return [
        word.text
        for i, word in enumerate(words)
        if i not in used
        and band.x0 - pad <= word.xmid <= band.x1 + pad
        and band.top - pad <= word.ymid <= band.bottom + pad
        and letters(word.text)
    ]
