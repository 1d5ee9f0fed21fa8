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

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from errors import AdmissionsError, LayoutChanged
from extract.cells import DocumentCells, PageCells, Table
from transform.brochure.facts import read_facts
from transform.dated import DatedWords
from transform.programmes.remarks import Remark, legend_of, remarks_of
from transform.programmes.requirements import read_requirements
from transform.readings import Ledger, Reading, Reject
from transform.rules.bonuses import read_bonus
from transform.rules.conversions import read_chinese_alternatives, read_conversion
from transform.rules.scholarships import read_scholarships
from transform.rules.stated_conversions import read_stated_conversions
from transform.scores.marked_figures import hold_against_notes, tell_marks
from transform.scores.score_tables import flags_new, read_scores
from transform.scores.score_titles import hold_against_titles
from transform.scores.years import ScoreYears, needed_year, refuse_year_over
from transform.unkept import BESIDE, OUTSIDE, reject_unkept, reject_unseen
from transform.values import spot

Item = TypeVar("Item", Reading, Reject)
CONVERSIONS = ("conversion_hkdse", "conversion_category_c", "conversion_acl")


@dataclass(slots=True)
class ReadDocument:
    """What one PDF or page says: readings, rejects, and what it is."""

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
        self.dated = DatedWords(cells)
        self.legend = legend_of(cells.pages)
        self.score_years = ScoreYears(cells, self.dated, self._stated_conversions())
        self.flagged = any(flags_new(table) for table in cells.tables("scores"))

    def read(self) -> None:
        if not any(page.tables for page in self.cells.pages):
            raise LayoutChanged(
                "no table of a known kind stands in it", page=None,
                text=self.title(),
                todo="Is it the right document? `admissions detect` shows what was looked for",
            )  # fmt: skip
        for before, page in zip((None, *self.cells.pages), self.cells.pages, strict=False):
            try:
                self._read_page(page, before)
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

    def _read_page(self, page: PageCells, before: PageCells | None) -> None:
        read_facts(page.lines, page.number, self.ledger)
        remarks = self._remarks(page)
        for table in page.tables:
            if table.kind == "requirements":
                read_requirements(table, self.edition(table), remarks, self.legend, self.ledger)
            elif table.kind == "scores":
                years = self.score_years.of(table)
                hold_against_titles(table, page.lines, page.tables, self.ledger)
                hold_against_notes(table, self.cells.pages, years, self.ledger)
                read_scores(table, years, remarks, self.flagged, self.ledger)
            elif table.kind in CONVERSIONS:
                read_conversion(table, self.edition(table), self.ledger)
                tell_marks(table, self.cells.pages, self.ledger)
            elif table.kind == "bonus":
                read_bonus(table, self.edition(table), self.ledger)
                tell_marks(table, self.cells.pages, self.ledger)
            elif table.kind == "chinese_alternatives":
                read_chinese_alternatives(table, page, before, self.edition(table), self.ledger)
            elif table.kind == "scholarships":
                read_scholarships(table, self.edition(table), self.ledger)
            else:
                raise LayoutChanged(f"no reader for tables of kind {table.kind}", page=page.number)
            reject_unkept(table, self.ledger)
        self._reject_prose(page)
        reject_unseen(page, self.ledger)

    def _reject_prose(self, page: PageCells) -> None:
        """Titles, notes and footnotes beside the tables: listed, so that nothing is lost."""
        reason = BESIDE if page.tables else OUTSIDE
        read = {
            (place.x0, place.top, place.x1, place.bottom)
            for place in (reading.place for reading in self.ledger.readings)
            if place.page == page.number
        }
        listed = {reject.place for reject in self.ledger.rejects}
        for line in page.lines:
            middle = (line.x0 + line.x1) / 2
            if spot(line, page.number).place not in listed and not any(
                x0 <= middle <= x1 and top <= line.middle <= bottom
                for x0, top, x1, bottom in read
                if x0 is not None and top is not None and x1 is not None and bottom is not None
            ):
                self.ledger.reject(spot(line, page.number), reason)

    def _remarks(self, page: PageCells) -> dict[str, Remark]:
        """The remarks of the page, completed by those of the other pages."""
        remarks = dict(self._page_remarks[page.number])
        for others in self._page_remarks.values():
            for mark, remark in others.items():
                remarks.setdefault(mark, remark)
        return remarks

    @cached_property
    def _page_remarks(self) -> dict[int, dict[str, Remark]]:
        return {page.number: remarks_of(page) for page in self.cells.pages}

    def edition(self, table: Table) -> int:
        """The intake year a table is for."""
        own = [int(h.words["own_edition"]) for h in table.headers if "own_edition" in h.words]
        if own:
            return own[0]
        year = needed_year(self.dated.year("edition", table), "edition", table)
        refuse_year_over(table, self.dated.pages[table.page].lines, {year})
        return year

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
