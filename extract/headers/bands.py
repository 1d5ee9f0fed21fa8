"""Header cells to header bands: which of the words that head columns make one table's header.

Input: the matches of one kind of table on a page, its words. Output: `HeaderBand`s, complete or
not. Grain: one band a table. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.headers.columns_by_year import (
    dated_by_groups,
    lone_years,
    named_by_year,
    twice,
    under_a_year,
    without_lone_years,
)
from extract.headers.phrase_search import Match
from extract.headers.vocabulary import NOT_KEPT, TableKind, letters
from extract.page.marks import Box
from extract.page.words import FIGURE, Word, is_raised_mark

APART, APART_EM = 14.0, 1.8  # points, times the size: between the rows of one header
PAD = 2.0  # points around a header in which words are its own


@dataclass(slots=True)
class HeaderBand:
    """The header of one table: matched columns left to right, groups above them, what is odd."""

    kind: TableKind
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


def bands_of(table: TableKind, matches: list[Match], words: Sequence[Word]) -> list[HeaderBand]:
    """Group matches into header bands: near each other in height, no column twice."""
    bands: list[HeaderBand] = []
    years = lone_years(matches)
    for cluster in _clusters(without_lone_years(matches), words):
        for members in _instances(table, _above_their_like(cluster)):
            columns = sorted((m for m in members if not m.group), key=lambda m: m.x0)
            if not columns or (table.side_by_side and _stacked(columns)):
                continue
            band = HeaderBand(table, columns, [m for m in members if m.group])
            band.missing = _missing(table, columns)
            required = sum(column.required for column in table.columns)
            telling = [m for m in columns if not m.column.name.startswith(NOT_KEPT)]
            if band.missing and len(telling) < max(2, 0.4 * required):
                continue  # a word or two of prose, no header
            named_by_year(band)
            under_a_year(band, years, words)
            band.unknown = _unknown_words(band, words)
            if table.side_by_side and any(FIGURE.fullmatch(text) for text in band.unknown):
                continue  # labels of two bodies with the scores between them, no header
            bands.append(band)
    return bands


def _clusters(matches: list[Match], words: Sequence[Word]) -> list[list[Match]]:
    """Matches whose heights overlap or nearly touch, chained."""
    clusters: list[list[Match]] = []
    bottom = 0.0
    for match in sorted(matches, key=lambda m: m.top):
        apart = max(APART, APART_EM * max(words[i].size for i in match.indices))
        if clusters and match.top <= bottom + apart:
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


def _told_apart(columns: Sequence[Match]) -> list[Match]:
    """Words that may head two columns, by the others of their table: beside one of them they are
    the other.

    'Programme' heads the codes and names of a table, but the names alone where 'JUPAS Code' heads
    another column.
    """
    certain = {m.column.name for m in columns if m.otherwise is None}
    return [
        replace(m, column=m.otherwise, otherwise=None)
        if m.otherwise is not None and m.column.name in certain
        else m
        for m in columns
    ]


def _instances(table: TableKind, cluster: list[Match]) -> list[list[Match]]:
    """Part a cluster into tables side by side: no column name may stand twice in one.

    Of all ways to cut the row of headers, the one with the most headers in complete tables wins,
    then the one with the fewest tables, with most that start with the kind's first column, with
    the widest gaps.
    """
    columns = dated_by_groups(table, cluster)
    best: list[tuple[tuple[int, int, float], list[list[Match]]]] = [((0, 0, 0.0), [])]
    for end in range(1, len(columns) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            part = _told_apart(columns[start:end])
            names = [match.column.name for match in part]
            if twice(table, part):
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


def _stacked(columns: Sequence[Match]) -> bool:
    """Whether a header stands under another one."""
    return any(a.x0 < b.x1 and b.x0 < a.x1 for i, a in enumerate(columns) for b in columns[i + 1 :])


def _missing(table: TableKind, columns: Sequence[Match]) -> list[str]:
    """Names of the columns that a table of this kind must have and these do not give."""
    names = {match.column.name for match in columns}
    missing = [
        column.name for column in table.columns if column.required and column.name not in names
    ]
    if table.require_any and not names & set(table.require_any):
        missing.append(" or ".join(table.require_any))
    return missing


def _unknown_words(band: HeaderBand, words: Sequence[Word]) -> list[str]:
    """Texts inside the band's box that no phrase explains."""
    box = Box(band.x0 - PAD, band.top - PAD, band.x1 + PAD, band.bottom + PAD)
    unknown = unexplained(words, band.matches, box)
    return [word.text for word in unknown if not is_raised_mark(word, words)]


def unexplained(words: Sequence[Word], matches: Iterable[Match], box: Box) -> list[Word]:
    """Words in a box that belong to none of the matches; symbols alone are marks."""
    used = {i for match in matches for i in match.indices}
    return [
        word
        for i, word in enumerate(words)
        if i not in used and box.holds(word.xmid, word.ymid) and letters(word.text)
    ]
