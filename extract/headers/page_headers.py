"""Find the headers of tables among the words of a page.

Input: the words of a page, the vocabulary. Output: `HeaderBand`s, one for each table that starts
on the page: which kind it is, where each column's header stands, which words of the band are
unknown and which required columns are missing.
Grain: one band a table. Nothing here raises: what to do with an incomplete band is for the
caller, who knows the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.headers.bands import HeaderBand, bands_of
from extract.headers.phrase_search import Finder, Match
from extract.headers.vocabulary import TableKind, Vocabulary
from extract.page.words import Word

ASIDE = 0.25  # a title starts at the table's left edge, often far left of the first header
FAR_ASIDE = 400.0  # points: farther left, other texts may part it from the table


@dataclass(frozen=True, slots=True)
class PageHeaders:
    """The headers of a page, and where titles of tables stand on it, by kind of table."""

    bands: list[HeaderBand]  # top to bottom, left to right; complete or not
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
        titles[table.name] = _titles_of(table, finder)
        columns = [
            match
            for column in table.columns
            for match in finder.matches(column)
            if not _in_title(match, titles[table.name])
        ]
        groups = [m for group in table.groups for m in finder.matches(group)]
        for group in groups:
            group.group = True
        alone = finder.standing_alone(columns + groups)
        matches = finder.standing_alone(_longest(alone))
        bands = bands_of(table, matches, words)
        above = [overleaf[table.name]] if overleaf and table.name in overleaf else []
        bands = _titled(bands, [*titles[table.name], *above], words)
        # The other setting of a kind is there whole, or the words belong to other tables.
        candidates += [band for band in bands if not (table.side_by_side and band.missing)]
    chosen: list[HeaderBand] = []
    taken: set[int] = set()
    for band in sorted(candidates, key=_merit, reverse=True):
        used = {i for match in band.matches for i in match.indices}
        if not used & taken:
            chosen.append(band)
            taken |= used
    return PageHeaders(sorted(chosen, key=lambda band: (band.top, band.x0)), titles)


def _in_title(match: Match, titles: Sequence[Match]) -> bool:
    """Whether words of a longer title are among a header's: 'Subject' in it, 'Category' below."""
    return any(
        len(title.indices) > len(match.indices) and set(title.indices) & set(match.indices)
        for title in titles
    )


def _titles_of(table: TableKind, finder: Finder) -> list[Match]:
    """Where a title of this kind of table stands as a text of its own."""
    titles = [m for title in table.titles for m in finder.phrase(title, table.columns[0])]
    fewest_lines = sorted(titles, key=lambda m: (round(m.bottom - m.top), -len(m.indices)))
    kept: list[Match] = []
    for match in fewest_lines:
        if not any(set(match.indices) & set(other.indices) for other in kept):
            kept.append(match)
    return [match for match in finder.standing_alone(kept) if finder.unbroken(match)]


def _titled(
    bands: list[HeaderBand], titles: list[Match], words: Sequence[Word]
) -> list[HeaderBand]:
    """The bands of one kind, each with its title: the nearest pairs first, no title twice."""
    pairs = sorted(
        (
            (distance, i, j)
            for i, band in enumerate(bands)
            for j, title in enumerate(titles)
            if (distance := _distance(band, title)) is not None and _leads(title, band, words)
        )
    )
    used: set[int] = set()
    for _, i, j in pairs:
        if bands[i].title is None and j not in used:
            bands[i].title = titles[j]
            used.add(j)
    for band in bands:
        if band.title is None and band.kind.title_required:
            band.missing.append(f"a title such as {band.kind.titles[0].text!r}")
    return bands


def _distance(band: HeaderBand, title: Match) -> float | None:
    """How far above the band a title stands, steps aside included; None where it is not above."""
    aside = max(band.x0 - title.x1, title.x0 - band.x1, 0.0)
    if title.top >= band.top + 1 or title.x0 > band.x1 + 40:
        return None
    return max(band.top - title.bottom, 0.0) + ASIDE * aside


def _leads(title: Match, band: HeaderBand, words: Sequence[Word]) -> bool:
    """Whether a title may be that of a band: close beside it, or nothing but paper lies between."""
    if max(band.x0 - title.x1, title.x0 - band.x1) <= FAR_ASIDE:
        return True
    return not any(
        title.x1 < word.xmid < band.x0 and word.bottom > title.top and word.top < title.bottom
        for word in words
    )


def _merit(band: HeaderBand) -> tuple[bool, int, int, float]:
    used = sum(len(match.indices) for match in band.matches)
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
    for match in sorted(matches, key=lambda m: (-len(m.indices), m.bottom - m.top, m.top, m.x0)):
        if not taken & set(match.indices):
            kept[match.indices] = match
            taken |= set(match.indices)
        elif match.indices in kept and kept[match.indices].column is not match.column:
            kept[match.indices].otherwise = match.column
    return list(kept.values())
