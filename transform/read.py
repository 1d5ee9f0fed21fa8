"""One document's cells to readings: which kinds of tables it has, for which years.

Input: `DocumentCells`, the document's sha256. Output: `ReadDocument`.
Grain: one document.
Raises: `LayoutChanged` where no table is known or a year cannot be told; `UnknownValue` from the
readers of each kind of table.

A document tells from its own words what it is. Years come from the nearest words: a table's own
headers, then its page, then the document; words outside the visible page are asked last, and only
for the year (an extract cut from a spread may not print it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from errors import AdmissionsError, LayoutChanged
from extract.cells import DocumentCells, PageCells, Table
from transform.brochure_facts import read_facts
from transform.conversions import (
    read_bonus,
    read_chinese_alternatives,
    read_conversion,
    read_stated_conversions,
)
from transform.dated import DatedWords
from transform.lookups import point_scales_in, years_in
from transform.point_scale import point_scale_by
from transform.readings import Ledger, Reading, Reject
from transform.remarks import Remark, legend_of, remarks_of
from transform.requirements import read_requirements
from transform.scholarships import read_scholarships
from transform.scores import Years, flags_new, read_scores
from transform.unkept import reject_unkept, reject_unseen
from transform.values import spot

Item = TypeVar("Item", Reading, Reject)
CONVERSIONS = ("conversion_hkdse", "conversion_category_c", "conversion_acl")


@dataclass(slots=True)
class ReadDocument:
    """What one document says: readings, rejects, and what it is."""

    document: str  # sha256
    kind: str
    title: str
    year: int | None
    readings: list[Reading]
    rejects: list[Reject]


def read_cells(cells: DocumentCells, document: str) -> ReadDocument:
    """All readings of one PDF."""
    ledger = Ledger(document)
    reader = _Reader(cells, ledger)
    reader.read()
    return ReadDocument(
        document, reader.kind(), reader.title(), reader.year(), ledger.readings, ledger.rejects
    )


class _Reader:
    """Reads the pages of one document in order, with what the whole document says at hand."""

    def __init__(self, cells: DocumentCells, ledger: Ledger) -> None:
        self.cells = cells
        self.ledger = ledger
        self.words = {page.number: _words(page) for page in cells.pages}
        self.dated = DatedWords(cells)
        self.legend = legend_of(cells.pages)
        self.top_score = self._stated_conversions()
        self.flagged = any(flags_new(table) for table in cells.tables("scores"))

    def read(self) -> None:
        if not any(page.tables for page in self.cells.pages):
            raise LayoutChanged(
                "no table of a known kind stands in it", page=None,
                text=self.title(),
                todo="Is it the right document? `admissions detect` shows what was looked for",
            )  # fmt: skip
        for page in self.cells.pages:
            try:
                self._read_page(page)
            except AdmissionsError as error:
                raise error.at(page=page.number) from error.__cause__
        self._send_home()

    def _send_home(self) -> None:
        """Places of joined and of turned pages get the number and coordinates of the print."""
        moved = {page.number: page for page in self.cells.pages if page.seam or page.turns}
        if not moved:
            return
        ledger = self.ledger
        ledger.readings = [_at_home(reading, moved) for reading in ledger.readings]
        ledger.rejects = [_at_home(reject, moved) for reject in ledger.rejects]

    def _read_page(self, page: PageCells) -> None:
        if not page.tables:
            read_facts(page, self.ledger)
            return
        remarks = self._remarks(page)
        for table in page.tables:
            if table.kind == "requirements":
                read_requirements(table, self.edition(table), remarks, self.legend, self.ledger)
            elif table.kind == "scores":
                read_scores(table, self._years(table), remarks, self.flagged, self.ledger)
            elif table.kind in CONVERSIONS:
                read_conversion(table, self.edition(table), self.ledger)
            elif table.kind == "bonus":
                read_bonus(table, self.edition(table), self.ledger)
            elif table.kind == "chinese_alternatives":
                read_chinese_alternatives(table, self.edition(table), self.ledger)
            elif table.kind == "scholarships":
                read_scholarships(table, self.edition(table), self.ledger)
            else:
                raise LayoutChanged(f"no reader for tables of kind {table.kind}", page=page.number)
            reject_unkept(table, self.ledger)
        self._reject_prose(page)
        reject_unseen(page, self.ledger)

    def _reject_prose(self, page: PageCells) -> None:
        """Titles, notes and footnotes beside the tables: listed, so that nothing is lost."""
        read = {
            (place.x0, place.top, place.x1, place.bottom)
            for place in (reading.place for reading in self.ledger.readings)
            if place.page == page.number
        }
        for line in page.lines:
            middle = (line.x0 + line.x1) / 2
            if not any(
                x0 <= middle <= x1 and top <= line.middle <= bottom
                for x0, top, x1, bottom in read
                if x0 is not None and top is not None and x1 is not None and bottom is not None
            ):
                self.ledger.reject(
                    spot(line, page.number), "text beside tables: title, note or footnote"
                )

    def _remarks(self, page: PageCells) -> dict[str, Remark]:
        """The remarks of the page, completed by those of the other pages."""
        remarks = remarks_of(page)
        for other in self.cells.pages:
            for mark, remark in remarks_of(other).items():
                remarks.setdefault(mark, remark)
        return remarks

    def edition(self, table: Table) -> int:
        """The intake year a table is for."""
        year = self.dated.year("edition", table)
        return self._unknown_year("edition", table) if year is None else year

    def _unknown_year(self, name: str, table: Table) -> int:
        raise LayoutChanged(
            f"no words give the {name} of a {table.kind} table", page=table.page,
            text=self.title(),
            todo="Add the phrase that dates it to `years` in transform/lookups.toml",
        )  # fmt: skip

    def _years(self, table: Table) -> Years:
        scale = self._point_scale(table)
        if table.has("simulated_score"):
            everywhere = " ".join(self.words[number] for number in sorted(self.words))
            found: list[dict[str, int]] = []
            for words in (self.words[table.page], everywhere):
                for mention in years_in("simulated", words):
                    if mention.years not in found:
                        found.append(mention.years)
                if found:
                    break
            if len(found) != 1:
                raise LayoutChanged(
                    f"{len(found) or 'no'} sentences say which year's data and formula simulated "
                    "scores are made with",
                    page=table.page, text=" ".join(header.text for header in table.headers),
                    todo="One is needed: add the phrase to `years.simulated` in "
                    "transform/lookups.toml",
                )  # fmt: skip
            return Years(found[0]["scores_year"], found[0]["formula_year"], None, scale)
        entry_year = self.dated.year("entry_year", table)
        scores_year = self.dated.year("scores_year", table)
        return Years(scores_year, self._formula_year(table, scores_year), entry_year, scale)

    def _formula_year(self, table: Table, scores_year: int | None) -> int | None:
        """The year whose formulae a table's scores follow, where its own words say so."""
        own = "formula_year" in table.words()
        if table.has("formula") and not own:
            return None
        year = self.dated.year("formula_year", table)
        if year is None or own or year == scores_year:
            return year
        if not self.dated.on_scores("formula_year", year):
            raise LayoutChanged(
                f"cannot tell whether the {scores_year} scores follow the {year} formulae",
                page=table.page, text=" | ".join(header.text for header in table.headers),
                todo="Formulae of another year are named, in no sentence on scores: look at the "
                "page. A pointer to another document needs its word in `pointers` in "
                "transform/lookups.toml",
            )  # fmt: skip
        return year

    def _point_scale(self, table: Table) -> float | None:
        """The scale of a table's scores: said, converted to, or shown by its highest figures."""
        named = point_scales_in(self.words[table.page])
        if not named and self.top_score is not None:
            named = {self.top_score: True}
        every = self.cells.tables("scores")
        near = [other for other in every if other.page == table.page]
        own = _highest([table]) or _highest(near if named else every)
        return point_scale_by(named, own, _highest(near if named else every), table.page)

    def _stated_conversions(self) -> float | None:
        tops = []
        for page in self.cells.pages:
            editions = self.dated.editions(page)
            tried = Ledger(self.ledger.document)
            tops.append(read_stated_conversions(page, next(iter(editions), None), tried))
            if tried.readings and len(editions) > 1:
                raise LayoutChanged(
                    "two years stand over stated conversions", page=page.number,
                    text=", ".join(map(str, editions)), todo="Look at the page's titles",
                )  # fmt: skip
            self.ledger.readings += tried.readings
        return max((top for top in tops if top is not None), default=None)

    def kind(self) -> str:
        """What the document is: 'brochure' with several kinds of tables, else the kind itself."""
        kinds = {table.kind for page in self.cells.pages for table in page.tables}
        if "requirements" in kinds and "scores" in kinds:
            return "brochure"
        if "requirements" in kinds:
            return "requirements"
        tables = self.cells.tables("scores")
        if tables:
            return "expected scores" if any(t.has("expected") for t in tables) else "scores"
        if kinds & set(CONVERSIONS):
            return "alternatives in Chinese" if "chinese_alternatives" in kinds else "conversion"
        return sorted(kinds)[0].replace("_", " ")

    def title(self) -> str:
        """The biggest line of the first page."""
        lines = [line for page in self.cells.pages[:1] for line in page.lines if line.text]
        return max(lines, key=lambda line: line.size).text if lines else ""

    def year(self) -> int | None:
        """The latest year that a reading of an edition, an entry or scores is for."""
        years = [
            value
            for reading in self.ledger.readings
            for name, value in reading.key
            if name in ("edition", "entry_year", "scores_year") and isinstance(value, int)
        ]
        return max(years, default=None)


def _at_home(item: Item, moved: Mapping[int, PageCells]) -> Item:
    page = moved.get(item.place.page) if item.place.page is not None else None
    return item if page is None else replace(item, place=page.home(item.place))


def _words(page: PageCells) -> str:
    parts = [line.text for line in sorted(page.lines, key=lambda x: (round(x.top), x.x0))]
    parts += [header.text for table in page.tables for header in table.headers]
    return " ".join(parts)


def _highest(tables: Iterable[Table]) -> list[float]:
    """Figures of 'highest attainable' that read as figures."""
    values = []
    for table in tables:
        for row in table.rows:
            for cell in row.cells.get("highest_attainable", ()):
                try:
                    values.append(float(cell.text))
                except ValueError:
                    continue
    return values
