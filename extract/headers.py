"""Find the headers of tables among the words of a page.

Input: the words of a page, the vocabulary. Output: `HeaderBand`s, one for each table that starts
on the page: which kind it is, where each column's header stands, which words of the band are
unknown and which required columns are missing.
Grain: one band a table. Nothing here raises: what to do with an incomplete band is for the
caller, who knows the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.phrase_search import Finder, Match
from extract.vocabulary import TableWords, Vocabulary, letters
from extract.words import Word

ASIDE = 0.25  # a title starts at the table's left edge, often far left of the first header


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


@dataclass(frozen=True, slots=True)
class PageHeaders:
    """The headers of a page, and where titles of tables stand on it, by kind of table."""

    bands: list[HeaderBand]
    titles: dict[str, list[Match]]

    def left_over(self) -> dict[str, Match]:
        """The last title of the page, by its kind, where no table follows it there."""
        lowest = max((band.top for band in self.bands), default=0.0)
        below = [
            (title.top, kind, title)
            for kind, found in self.titles.items()
            for title in found
            if title.top > lowest
        ]
        return {kind: title for _, kind, title in sorted(below, key=lambda t: t[0])[-1:]}


def header_bands(words: Sequence[Word], vocabulary: Vocabulary) -> list[HeaderBand]:
    """Every table header on the page, top to bottom, left to right; complete or not."""
    return page_headers(words, vocabulary).bands


def page_headers(
    words: Sequence[Word], vocabulary: Vocabulary, overleaf: Mapping[str, Match] | None = None
) -> PageHeaders:
    """Headers and titles of one page. `overleaf`: titles by kind that stand over its top edge.

    Where several kinds claim the same words, the one that explains them best wins:
    complete before incomplete, then the most words, then the title that stands nearest above.
    A title serves one table; a table that needs one and has none left lacks it.
    """
    finder = Finder(words)
    candidates: list[HeaderBand] = []
    titles: dict[str, list[Match]] = {}
    for table in vocabulary.tables:
        columns = [m for column in table.columns for m in finder.matches(column)]
        groups = [m for group in table.groups for m in finder.matches(group)]
        for group in groups:
            group.group = True
        matches = finder.standing_alone(_longest(columns + groups))
        bands = _bands(table, matches, words)
        titles[table.kind] = titles_of(table, finder)
        above = [overleaf[table.kind]] if overleaf and table.kind in overleaf else []
        candidates += _titled(bands, [*titles[table.kind], *above])
    chosen: list[HeaderBand] = []
    taken: set[int] = set()
    for band in sorted(candidates, key=_merit, reverse=True):
        used = {i for match in band.matches for i in match.words}
        if not used & taken:
            chosen.append(band)
            taken |= used
    return PageHeaders(sorted(chosen, key=lambda band: (band.top, band.x0)), titles)


def titles_of(table: TableWords, finder: Finder) -> list[Match]:
    """Where a title of this kind of table stands as a text of its own."""
    titles = [m for title in table.titles for m in finder.phrase(title, table.columns[0])]
    return finder.standing_alone(_longest(titles))


def _titled(bands: list[HeaderBand], titles: list[Match]) -> list[HeaderBand]:
    """The bands of one kind, each with its title: the nearest pairs first, no title twice."""
    pairs = sorted(
        (
            (distance, i, j)
            for i, band in enumerate(bands)
            for j, title in enumerate(titles)
            if (distance := _distance(band, title)) is not None
        ),
    )
    used: set[int] = set()
    for _, i, j in pairs:
        if bands[i].title is None and j not in used:
            bands[i].title = titles[j]
            used.add(j)
    for band in bands:
        if band.title is None and band.words.title_required:
            band.missing.append(f"a title such as {band.words.titles[0].text!r}")
    return bands


def _distance(band: HeaderBand, title: Match) -> float | None:
    """How far above the band a title stands, steps aside included; None where it is not above."""
    aside = max(band.x0 - title.x1, title.x0 - band.x1, 0.0)
    if title.top >= band.top + 1 or title.x0 > band.x1 + 40 or aside > 400:
        return None
    return max(band.top - title.bottom, 0.0) + ASIDE * aside


def _merit(band: HeaderBand) -> tuple[bool, int, int, float]:
    used = sum(len(match.words) for match in band.matches)
    whole = not band.missing and not band.unknown
    distance = _distance(band, band.title) if band.title else None
    near = 0.0 if distance is None else 1 / (1 + distance)
    return whole, used - len(band.unknown), -len(band.missing), near


def _longest(matches: list[Match]) -> list[Match]:
    """Matches that do not share words, longest first ('Lower Quartile Score' over 'Score').

    Of two as long, the one over fewer lines: its words belong together.
    """
    kept: dict[tuple[int, ...], Match] = {}
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (-len(m.words), m.bottom - m.top, m.top, m.x0)):
        if not taken & set(match.words):
            kept[match.words] = match
            taken |= set(match.words)
        elif match.words in kept and kept[match.words].column is not match.column:
            kept[match.words].otherwise = match.column
    return list(kept.values())


def _bands(table: TableWords, matches: list[Match], words: Sequence[Word]) -> list[HeaderBand]:
    """Group matches into header bands: near each other in height, no column twice."""
    bands: list[HeaderBand] = []
    for cluster in _clusters(matches):
        for members in _instances(table, _told_apart(_above_their_like(cluster))):
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


def _above_their_like(cluster: list[Match]) -> list[Match]:
    """The cluster without words of the first body row that read like the header above them.

    Of two matches of one column, one under the other, the one beside more headers stays.
    """

    def beside(match: Match) -> int:
        return sum(
            other.column.name != match.column.name
            and other.top < match.bottom
            and other.bottom > match.top
            for other in cluster
        )

    kept: list[Match] = []
    for match in sorted(cluster, key=lambda m: (-beside(m), m.top)):
        if not any(
            other.column.name == match.column.name and other.x0 < match.x1 and other.x1 > match.x0
            for other in kept
        ):
            kept.append(match)
    return kept


def _told_apart(cluster: list[Match]) -> list[Match]:
    """Words that may head two columns, by their neighbour: beside one of them it is the other.

    'Programme' heads the codes and names of a table, but the names alone beside 'JUPAS Code'.
    """
    columns = sorted((m for m in cluster if not m.group), key=lambda m: m.x0)
    told: list[Match] = []
    for i, match in enumerate(columns):
        beside = [columns[j] for j in (i - 1, i + 1) if 0 <= j < len(columns)]
        taken = any(m.column is match.column and m.otherwise is None for m in beside)
        if taken and match.otherwise is not None:
            match = replace(match, column=match.otherwise, otherwise=None)
        told.append(match)
    return told + [m for m in cluster if m.group]


def _instances(table: TableWords, cluster: list[Match]) -> list[list[Match]]:
    """Part a cluster into tables side by side: no column name may stand twice in one.

    Of all ways to cut the row of headers, the one with the most headers in complete tables wins,
    then the one with the fewest tables, with most that start with the kind's first column, with
    the widest gaps.
    """
    columns = sorted((m for m in cluster if not m.group), key=lambda m: m.x0)
    best: list[tuple[tuple[int, int, float], list[list[Match]]]] = [((0, 0, 0.0), [])]
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
                before[1] + (names[0] == table.columns[0].name),
                before[2] + gap,
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
