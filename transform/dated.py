"""Which year a table is for: by its own headers, else by the nearest dated line above it.

Input: the cells of one document. Output: years by kind of phrase (`years` in `lookups.toml`).
Grain: one table.
Raises: `LayoutChanged` where the words around a table give two years.

A table that runs on over a page or a column has the year of the table that it goes on. Words of
the page, then of the document are asked next, then words outside the visible page: an extract cut
from a spread may not print them. Lines that name an intake by the way are asked last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from errors import LayoutChanged
from extract.cells import DocumentCells, Line, PageCells, Table
from transform.lookups import points_elsewhere, sentence, years_in

BY_THE_WAY = "edition_by_the_way"
SMALL = frozenset({"for", "of", "the", "and", "to", "in"})  # words of a title without a capital

FIRST_OF_TWO = re.compile(r"\b(20\d\d)\s*(?:and|&|,|/|to|[-\u2010-\u2015])\s*$", re.IGNORECASE)
SECOND_OF_TWO = re.compile(r"\s*(?:and|&|/|to|[-\u2010-\u2015])\s*(20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line that a declared phrase dates. `on_scores`: its sentence speaks of scores."""

    year: int
    on_scores: bool
    top: float
    x0: float
    x1: float


class DatedWords:
    """The dated lines of one document, to be asked table by table."""

    def __init__(self, cells: DocumentCells) -> None:
        self.cells = cells
        self.pages = {page.number: page for page in cells.pages}
        self.tables = [table for page in cells.pages for table in page.tables]
        self._known: dict[tuple[str, str, int], list[DatedLine]] = {}

    def year(self, kind: str, table: Table) -> int | None:
        """The year of a table; None where no words give it. `kind`: of the phrases that give it in
        `lookups.toml`, and the name of the year in them ('edition', 'scores_year')."""
        own = {int(h.words[kind]) for h in table.headers if kind in h.words}
        above = self._above(kind, table)
        origin = self._goes_on(table)
        if own:
            near = {line.year for line in above if not self._between(line, table)}
            return _one(own | (near if origin is None else set()), kind, table)
        if origin is not None:
            year = self.year(kind, origin)
            if year is not None:
                here = {line.year for line in above} if origin.page != table.page else set()
                return _one({year} | here, kind, table)
        page = self.pages[table.page]
        everywhere = [x for number in self.pages for x in self._lines(kind, number)]
        headers = [header.text for other in page.tables for header in other.headers]
        all_headers = [header.text for other in self.tables for header in other.headers]
        hidden = [" ".join(text for other in self.cells.pages for text in other.outside)]
        for years in (
            self._nearest(above, table),
            {line.year for line in self._lines(kind, table.page)},
            _years(kind, headers),
            {line.year for line in everywhere} | _years(kind, all_headers),
            _years(kind, hidden),
            self._by_the_way(kind),
        ):
            if years:
                return _one(years, kind, table)
        return None

    def _by_the_way(self, kind: str) -> set[int]:
        """Editions that lines anywhere name together with an intake: 'Entry 2027' at an edge."""
        if kind != "edition":
            return set()
        lines = [x for n in self.pages for x in self._lines(BY_THE_WAY, n, kind)]
        return {line.year for line in lines if not line.on_scores}

    def on_scores(self, kind: str, year: int) -> bool:
        """Whether a sentence on scores gives this year."""
        return any(
            line.year == year and line.on_scores
            for number in self.pages
            for line in self._lines(kind, number)
        )

    def editions(self, page: PageCells) -> list[int]:
        """Editions that the lines of a page give, else those of the document."""
        here = {line.year for line in self._lines("edition", page.number)}
        texts = [header.text for table in self.tables for header in table.headers]
        return sorted(
            here
            or {x.year for n in self.pages for x in self._lines("edition", n)}
            | _years("edition", texts)
        )

    def _above(self, kind: str, table: Table) -> list[DatedLine]:
        return [x for x in self._lines(kind, table.page) if x.top < table.top]

    def _nearest(self, above: Sequence[DatedLine], table: Table) -> set[int]:
        """Years of the nearest lines above; of the nearest right above too, if it is another."""
        over = [x for x in above if x.x0 < table.x1 and table.x0 < x.x1]
        years: set[int] = set()
        for lines in (above, over):
            if lines:
                least = min(self._between(line, table) for line in lines)
                years |= {x.year for x in lines if self._between(x, table) == least}
        return years

    def _between(self, line: DatedLine, table: Table) -> int:
        """How many other tables start between a line and the table under it."""
        others = self.pages[table.page].tables
        return sum(line.top < other.top < table.top - 5 for other in others)

    def _goes_on(self, table: Table) -> Table | None:
        """The table whose headers this one has without printing them."""
        for other in self.tables:
            if other is table:
                return None
            if other.kind == table.kind and other.headers == table.headers:
                return other
        return None

    def _lines(self, kind: str, number: int, name: str = "") -> list[DatedLine]:
        """Dated lines of a page. `name`: of the year in the phrases, if not that of their kind."""
        name = name or kind
        key = (kind, name, number)
        if key not in self._known:
            self._known[key] = list(_dated(kind, name, self.pages[number]))
        return self._known[key]


def _dated(kind: str, name: str, page: PageCells) -> Iterable[DatedLine]:
    lines = sorted(page.lines, key=lambda x: (round(x.top), x.x0))
    starts, text = [], ""
    for line in lines:
        starts.append(len(text))
        text += line.text + " "
    for start, end, years in years_in(kind, text):
        first = max(i for i, at in enumerate(starts) if at <= start)
        last = max(i for i, at in enumerate(starts) if at < end)
        if last > first and text[starts[last] : end].isdigit():
            continue  # a year that starts a line is not that of the title above it
        before = starts[first]
        while before in starts and starts.index(before) > 0:
            i = starts.index(before)
            if not _runs_on(lines[i - 1], lines[i]):
                break
            before = starts[i - 1]
        after = starts[last] + len(lines[last].text)
        words = sentence(text[before:after], start - before, end - before)
        if kind == BY_THE_WAY and not _is_title(words, text[start:end]):
            continue
        if not points_elsewhere(words) and name in years:
            held = lines[first : last + 1]
            for year in (years[name], *_beside(text, start, end)):
                yield DatedLine(
                    year, "score" in words.casefold(), max(x.top for x in held),
                    min(x.x0 for x in held), max(x.x1 for x in held),
                )  # fmt: skip


def _beside(text: str, start: int, end: int) -> list[int]:
    """The years that a phrase shares its words with: '2026 and 2025 Admissions Scores'."""
    before = FIRST_OF_TWO.search(text[:start]) if text[start : start + 4].isdigit() else None
    after = SECOND_OF_TWO.match(text[end:]) if text[end - 4 : end].isdigit() else None
    return [int(found[1]) for found in (before, after) if found]


def _is_title(words: str, phrase: str) -> bool:
    """Whether nothing but names stands around a phrase: 'HKUST Admissions | 2027 Entry'."""
    rest = words.replace(phrase, " ")
    return not re.search(r"[.:;]|\bnon\b", rest, re.IGNORECASE) and all(
        word in SMALL or word[0].isupper() or not word[0].isalpha() for word in rest.split()
    )


def _runs_on(line: Line, below: Line) -> bool:
    """Whether two lines are set as one running text."""
    return (
        abs(line.size - below.size) < 0.3
        and abs(line.x0 - below.x0) < 3 * line.size
        and 0 < below.middle - line.middle < 1.8 * line.size
    )


def _years(kind: str, texts: Iterable[str]) -> set[int]:
    return {mention.years[kind] for text in texts for mention in years_in(kind, text)}


def _one(years: set[int], kind: str, table: Table) -> int:
    if len(years) > 1:
        raise LayoutChanged(
            f"two years stand over a {table.kind} table as its {kind.replace('_', ' ')}",
            page=table.page, text=", ".join(map(str, sorted(years))),
            todo="Look at the page's titles and headers: one table needs one year. A phrase that "
            "speaks of another document is left out by a word of `pointers` in "
            "transform/lookups.toml",
        )  # fmt: skip
    return years.pop()
