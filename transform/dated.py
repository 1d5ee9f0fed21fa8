"""Which year a table is for: by its own headers, else by the nearest dated line above it.

Input: the cells of one document. Output: years by kind of phrase (`years` in `lookups.toml`).
Grain: one table.
Raises: `LayoutChanged` where the words around a table give two years.

A table that runs on over a page or a column has the year of the table that it goes on. Words of
the page, then of the document are asked next, then words outside the visible page: an extract cut
from a spread may not print them. Lines that name an intake by the way are asked last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from errors import LayoutChanged
from extract.cells import DocumentCells, Line, PageCells, Table
from transform.dated_lines import BY_THE_WAY, DatedLine, dated_lines, orders_of
from transform.pages.words import is_sentence
from transform.phrases import names_scores_of_years, years_in

SAME_TOP = 2.0  # points: titles and tables set side by side start at one height


class DatedWords:
    """The dated lines of one document, to be asked table by table."""

    def __init__(self, cells: DocumentCells) -> None:
        self.cells = cells
        self.pages = {page.number: page for page in cells.pages}
        self.tables = [table for page in cells.pages for table in page.tables]
        self._known: dict[tuple[str, str, int], list[DatedLine]] = {}
        self._orders: dict[int, tuple[list[Line], list[Line]]] = {}

    def year(self, kind: str, table: Table) -> int | None:
        """The year of a table; None where no words give it. `kind`: of the phrases that give it in
        `lookups.toml`, and the name of the year in them ('edition', 'scores_year')."""
        own = {int(h.words[kind]) for h in table.headers if kind in h.words}
        above = self._above(kind, table)
        origin = self._goes_on(table)
        if own:
            titles = [*above, *self._titles(kind, table)]
            near = {line.year for line in titles if not self._between(line, table)}
            others = self.beside(kind, table)
            if others - own:
                self._refuse_other_scores(table)
            near -= others
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
            self._nearest(above, table) | self._doubted(kind, above, table),
            {line.year for line in self._lines(kind, table.page) if line.plain},
            _years(kind, headers),
            {line.year for line in everywhere if line.plain} | _years(kind, all_headers),
            _years(kind, hidden),
            self._by_the_way(kind),
        ):
            if years:
                return _one(years, kind, table)
        return None

    def _by_the_way(self, kind: str) -> set[int]:
        """Editions that lines anywhere name together with an intake: 'Entry 2027' at an edge; years
        of scores that a title names in other words: 'JUPAS Scores 2025'."""
        if kind not in BY_THE_WAY:
            return set()
        name = kind if kind == "edition" else "year"
        lines = [x for n in self.pages for x in self._lines(BY_THE_WAY[kind], n, name)]
        if kind == "edition":
            return {line.year for line in lines if not line.on_scores}
        return {line.year for line in lines if line.on_expected == (kind == "entry_year")}

    def _doubted(self, kind: str, above: Sequence[DatedLine], table: Table) -> set[int]:
        """Years of titles over a table, where the dated lines above it have other words too."""
        if not above or any(line.plain for line in above):
            return set()
        return {line.year for line in self._titles(kind, table)}

    def _titles(self, kind: str, table: Table) -> list[DatedLine]:
        """Titles over a table that name its scores, or expected ones, and a year by the way."""
        if kind not in BY_THE_WAY or kind == "edition":
            return []
        return [
            x for x in self._lines(BY_THE_WAY[kind], table.page, "year")
            if x.on_expected == (kind == "entry_year")
            and x.top < table.top and x.x0 < table.x1 and table.x0 < x.x1
        ]  # fmt: skip

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

    def beside(self, kind: str, table: Table) -> set[int]:
        """Years of the other columns of figures that one printed table has."""
        return {
            int(header.words[kind])
            for other in self.pages[table.page].tables
            if other is not table and (other.x0, other.top) == (table.x0, table.top)
            for header in other.headers
            if kind in header.words
        }

    def _refuse_other_scores(self, table: Table) -> None:
        """A title over figures of several years must speak of the scores of those admitted."""
        for line in self.pages[table.page].lines:
            title = line.top < table.top and "score" in line.text.casefold()
            if title and not is_sentence(line.text) and not names_scores_of_years(line.text):
                raise LayoutChanged(
                    "a title over figures of several years may speak of other scores",
                    page=table.page,
                    text=line.text,
                    todo="Look at the page; words of such titles belong in transform/lookups.toml",
                )

    def _above(self, kind: str, table: Table) -> list[DatedLine]:
        return [x for x in self._lines(kind, table.page) if x.top < table.top]

    def _nearest(self, above: Sequence[DatedLine], table: Table) -> set[int]:
        """Years of the nearest lines above; of the nearest right above too, if it is another."""
        over = [x for x in above if x.x0 < table.x1 and table.x0 < x.x1]
        beside = [x for x in above if x not in over and any(_level(x, y) for y in over)]
        theirs = [x for x in beside if self._over_another(x, table)]
        years: set[int] = set()
        for lines in ([x for x in above if x not in theirs], over):
            if lines:
                least = min(self._between(line, table) for line in lines)
                years |= {x.year for x in lines if self._between(x, table) == least}
        return years

    def _over_another(self, line: DatedLine, table: Table) -> bool:
        """Whether a line is the title of a table beside this one."""
        return any(
            other is not table and other.kind == table.kind
            and abs(other.top - table.top) < SAME_TOP
            and line.x0 < other.x1 and other.x0 < line.x1
            for other in self.pages[table.page].tables
        )  # fmt: skip

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
        if number not in self._orders:
            self._orders[number] = orders_of(self.pages[number].lines)
        if key not in self._known:
            self._known[key] = dated_lines(kind, name, self._orders[number])
        return self._known[key]


def _level(one: DatedLine, other: DatedLine) -> bool:
    return abs(one.top - other.top) < SAME_TOP


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
