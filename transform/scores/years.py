"""The years and the point scale that a table of scores is for.

Input: the cells of a document, its dated words. Output: `Years`. Grain: one table.
Raises: `LayoutChanged` where a year that is needed is not given, or where words and figures give
several years or scales.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property

from errors import LayoutChanged
from extract.cells import DocumentCells, Line, PageCells, Table
from transform.dated import DatedWords
from transform.phrases import (
    YEAR,
    of_year,
    point_scales_in,
    speaks_of_own_scores,
    years_in,
    years_of,
)
from transform.scores.point_scale import point_scale_by

OVER_EM = 2.5  # times the size: a text this close above headers is one of them


@dataclass(frozen=True, slots=True)
class Years:
    """Years that a table's surroundings give; None where they give none."""

    scores_year: int | None
    formula_year: int | None
    entry_year: int | None
    point_scale: float | None
    beside: frozenset[int] = frozenset()  # years of the figures beside, in the same printed table


def needed_year(year: int | None, what: str, table: Table) -> int:
    """The year, or `LayoutChanged` where no words give it."""
    if year is None:
        raise LayoutChanged(
            f"no words give the {what} of a {table.kind} table",
            page=table.page,
            text=", ".join(header.text for header in table.headers),
            todo="Add the phrase that dates it to `years` in transform/lookups.toml",
        )
    return year


def refuse_year_over(table: Table, lines: Iterable[Line], years: Set[int | None]) -> None:
    """A year right over the headers, by itself or in a title, which is none of the table's."""
    top = min(header.top for header in table.headers)
    own = "scores_year" in table.words()
    for line in lines:
        if (
            not years_of(line.text) <= years
            and (YEAR.fullmatch(line.text) if own else speaks_of_own_scores(line.text))
            and 0 <= top - line.middle < OVER_EM * line.size
            and table.x0 <= line.x0
            and line.x1 <= table.x1
        ):
            raise LayoutChanged(
                f"a year over the headers of a {table.kind} table that is of another year",
                page=table.page, text=line.text,
                todo="Look at the page: which year are the figures under it of?",
            )  # fmt: skip


class ScoreYears:
    """What a document says of its tables of scores, together. `top_score`: of the conversions that
    it states in words."""

    def __init__(self, cells: DocumentCells, dated: DatedWords, top_score: float | None) -> None:
        self.dated, self.top_score = dated, top_score
        self.tables = cells.tables("scores")
        self.words = {page.number: _words(page) for page in cells.pages}
        self.scales = {number: point_scales_in(words) for number, words in self.words.items()}
        self.lines = {page.number: page.lines for page in cells.pages}

    @cached_property
    def years(self) -> dict[int, int | None]:
        """The scores year of each table, by its id."""
        return {id(table): self.dated.year("scores_year", table) for table in self.tables}

    def of(self, table: Table) -> Years:
        """The years and the scale of a table of scores."""
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
        scores_year = self.years[id(table)]
        if entry_year is not None and scores_year is not None and entry_year < scores_year:
            raise LayoutChanged(
                f"scores of {scores_year} beside expectations for {entry_year}",
                page=table.page, text=" | ".join(header.text for header in table.headers),
                todo="Look at the page: which year are they for? A phrase that speaks of another "
                "document is left out by a word of `pointers` in transform/lookups.toml",
            )  # fmt: skip
        formula_year = self._formula_year(table, scores_year)
        refuse_year_over(table, self.lines[table.page], {scores_year, entry_year, formula_year})
        beside = frozenset(self.dated.beside("scores_year", table))
        return Years(scores_year, formula_year, entry_year, scale, beside)

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
        year = self.years[id(table)]
        said = self.scales[table.page]
        if not said and (before := self._like_before(table)) is not None:
            said = self.scales[before.page]
        named = of_year(said, year)
        if self.top_score is not None and not said:
            named = {self.top_score: True}
        near = [
            other for other in self.tables
            if self.years[id(other)] == year and (other.page == table.page or not named)
        ]  # fmt: skip
        shown = _highest(near)
        return point_scale_by(named, _highest([table]) or shown, shown, table.page)

    def _like_before(self, table: Table) -> Table | None:
        """The first table with the same headers and year: overleaf its page's words count."""

        def known_by(one: Table) -> tuple[object, ...]:
            texts = tuple(header.text for header in one.headers)
            return (texts, self.years[id(one)])

        known = known_by(table)
        earlier = (other for other in self.tables if other.page < table.page)
        return next((other for other in earlier if known_by(other) == known), None)


def _words(page: PageCells) -> str:
    """The texts of a page, a line each, an empty one where paper is blank between them."""
    lines = sorted(page.lines, key=lambda x: (round(x.top), x.x0))
    ends = [0.0, *(line.bottom for line in lines)]
    parts = [
        f"\n{line.text}" if line.top - end > line.size else line.text
        for line, end in zip(lines, ends, strict=False)
    ]
    return "\n".join([*parts, *(h.text for table in page.tables for h in table.headers)])


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
