"""Tables of score figures: admitted, simulated, reference, expected and competitive scores.

Input: `scores` tables of one document, with the years its words give. Output: readings of
`scores`, `expected_scores`, `preferred_levels`, `programme_names`; from leaflets that print
formulae also of `programmes`, `formulas`, `weightings`.
Grain: one row a JUPAS code and table.
Raises: `UnknownValue` for a figure outside its domain, `LayoutChanged` where the years or the
point scale cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from errors import LayoutChanged
from extract.cells import Cell, Row, Table
from extract.headers.vocabulary import letters
from transform.lookups import is_withheld, plain_marks, school_named
from transform.programmes.remarks import Remark
from transform.readings import Ledger
from transform.scores.expected import SPAN, expected_readings
from transform.scores.leaflet_formulae import leaflet_formula
from transform.scores.preferred import preferred_pairs, preferred_readings
from transform.scores.years import Years, needed_year
from transform.values import (
    JUPAS_CODE,
    Title,
    code_and_rest,
    figure,
    figure_range,
    only_cell,
    title_of,
    unknown,
    without_flag,
)

__all__ = ["Years", "flags_new", "preferred_pairs", "read_scores"]

FIGURES = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
REFERENCE = re.compile(
    rf"{SPAN}\((?:Reference|Ref\.?)(?: scores?)?\)|Reference score:?\s*{SPAN}", re.IGNORECASE
)


def read_scores(
    table: Table, years: Years, remarks: Mapping[str, Remark], flagged: bool, ledger: Ledger
) -> None:
    """Readings of one table.

    `flagged`: the document flags new programmes, so those without the flag are not new.
    """
    basis = _basis(table)
    for row in table.rows:
        programme = only_cell(row, "programme", table)
        code, rest = code_and_rest(programme.lines, programme)
        named = only_cell(row, "title", table) if table.has("title") else programme
        title = title_of(named.lines if named is not programme else rest)
        if not title.text or JUPAS_CODE.search(title.text):
            raise unknown(f"no name beside {code}", named)
        for note in title.notes:
            ledger.reject(named, f"note under the name of {code}, no figure: {note}")
        _name(table, basis, code, title, named, _school(row, table), years, ledger)
        if table.has("formula"):
            leaflet_formula(code, row, table, title, named, flagged, years, remarks, ledger)
        if table.has("median") or table.has("lower_quartile"):
            _figures(code, row, table, basis, years, ledger)
        if table.has("preferred"):
            preferred_readings(code, row, table, years, ledger)
        if table.has("expected"):
            entry = needed_year(years.entry_year, "entry year", table)
            expected_readings(code, row, table, "expected", "expected", entry, ledger)
        if table.has("competitive_range"):
            entry = needed_year(years.scores_year, "scores year", table) + 1
            expected_readings(code, row, table, "competitive_range", "competitive", entry, ledger)
    for cell in table.loose:
        raise LayoutChanged(
            "a cell stands in no row of a score table", page=cell.page, text=cell.printed,
            todo="Look at the page: is a rule or a JUPAS code missing?",
        )  # fmt: skip


def _school(row: Row, table: Table) -> Cell | None:
    """Where a row's school is named: in a column, or in the band above it."""
    if "school" not in row.cells:
        return row.section
    school = only_cell(row, "school", table)
    if row.section is not None and school_named(row.section.text) != school_named(school.text):
        raise unknown("another school beside the row than in the band above it", school)
    return school


def flags_new(table: Table) -> bool:
    """Whether a programme of the table carries the flag NEW."""
    return any(
        "NEW" in cell.printed.split() or without_flag(" ".join(cell.text.split()))[1]
        for row in table.rows
        for cell in _name_cells(row)
    )


def _name_cells(row: Row) -> Iterable[Cell]:
    return (
        cell for name in ("programme", "title") if name in row.cells for cell in row.cells[name]
    )


def _basis(table: Table) -> str:
    return "simulated" if table.has("simulated_score") else "admitted"


def _name(
    table: Table, basis: str, code: str, title: Title, cell: Cell, school: Cell | None,
    years: Years, ledger: Ledger,
) -> None:  # fmt: skip
    if table.has("expected") or table.has("formula"):
        printed_in, edition = "expected scores", needed_year(years.entry_year, "entry year", table)
    elif table.has("competitive_range"):
        printed_in, edition = (
            "competitive ranges",
            needed_year(years.scores_year, "scores year", table) + 1,
        )
    else:
        printed_in, edition = (
            f"{basis} scores",
            needed_year(years.scores_year, "scores year", table),
        )
    key = {"edition": edition, "printed_in": printed_in, "jupas_code": code}
    ledger.add("programme_names", key, "title", title.text, cell, "text without marks")
    if school is not None:
        name = school_named(school.text)
        where = "column beside the row" if "school" in school.columns else "band above the row"
        ledger.add("programme_names", key, "school", name, school, where)
        if printed_in == "admitted scores":
            # The score table says which school a programme of that year belongs to.
            ledger.add(
                "programmes", {"edition": edition, "jupas_code": code}, "school", name,
                school, f"{where} of the year's scores", standby=True, fills=True,
            )  # fmt: skip


def _figures(code: str, row: Row, table: Table, basis: str, years: Years, ledger: Ledger) -> None:
    scores_year = needed_year(years.scores_year, "scores year", table)
    formula_year = years.formula_year or scores_year
    cells = {name: only_cell(row, name, table) for name in FIGURES if table.has(name)}
    median = cells.get("median")
    merged = median is not None and len(median.columns) > 1
    reference = _reference(median, table) if median is not None else None
    if merged and reference is None and not is_withheld(median.text if median else ""):
        raise unknown(
            "one value over several columns that is no reference score",
            table.rows[0].cells["median"][0] if median is None else median,
        )
    if reference is None and median is not None and _may_be_reference(median, cells, table):
        raise unknown(
            "cannot tell whether this is a median or a reference score", median,
            "The headers allow both and no lower quartile stands beside it: look at the page. A "
            "reference score is read where '(Reference Score)' stands behind it",
        )  # fmt: skip
    if reference is not None and median is not None:
        basis, formula_year = "reference", needed_year(years.entry_year, "entry year", table)
    key = {
        "scores_year": scores_year,
        "jupas_code": code,
        "basis": basis,
        "formula_year": formula_year,
        "point_scale": _need_scale(years.point_scale, table),
    }
    withheld = []
    for name, cell in cells.items():
        if reference is not None and cell is median:
            if name == "median":
                low, high = figure_range(reference, cell)
                if low != high:
                    raise unknown("a reference score that is a range", cell)
                ledger.add("scores", key, name, low, cell, "reference score in place of the median")
            continue
        if not cell.lines:
            ledger.reject(cell, f"blank: no {name} is given for {code}")
            continue
        if is_withheld(cell.printed):
            withheld.append(cell)
            continue
        # In a leaflet the highest attainable is that of its own formula, not of last year's.
        leaflet = table.has("formula") or table.has("expected")
        by_the_way = name == "highest_attainable" and leaflet and basis == "admitted"
        if by_the_way and median is not None and _is_above(median, cell):
            ledger.reject(cell, f"highest attainable of another formula than {code}'s scores")
            continue
        rule = _rule(name, table, years)
        ledger.add("scores", key, name, figure(cell), cell, rule, standby=by_the_way)
    if withheld:
        text = " ".join(
            dict.fromkeys(" ".join(plain_marks(cell.printed).split()) for cell in withheld)
        )
        ledger.add("scores", key, "withheld", text, withheld[0], "text in place of a figure")


def _rule(name: str, table: Table, years: Years) -> str:
    """How a figure was read: one that its table prints once for several years is the last one's."""
    dated = any(h.column == name and "scores_year" in h.words for h in table.headers)
    if dated or not years.beside:
        return "figure"
    others = " and ".join(map(str, sorted(years.beside)))
    return f"figure; printed once for {others} too, whose formulae may differ"


def _reference(median: Cell, table: Table) -> str | None:
    """The figure of a reference score: said beside it, or by the header over the two columns that
    the one value stands in."""
    if match := REFERENCE.fullmatch(median.text):
        return match[1] or match[2]
    alone = set(median.columns) == {"median", "lower_quartile"}
    return median.text if alone and _allows_reference(table) and median.text[:1].isdigit() else None


def _allows_reference(table: Table) -> bool:
    return any("referencescore" in letters(header.text) for header in table.headers)


def _may_be_reference(median: Cell, cells: Mapping[str, Cell], table: Table) -> bool:
    """A lone median under headers that speak of reference scores too."""
    quartile = cells.get("lower_quartile")
    return (
        quartile is not None
        and (not quartile.lines or is_withheld(quartile.printed))
        and bool(median.lines)
        and not is_withheld(median.printed)
        and _allows_reference(table)
    )


def _is_above(median: Cell, highest: Cell) -> bool:
    """Whether a median is above a highest score: then they belong to two formulae."""
    return (
        bool(median.lines) and not is_withheld(median.printed) and figure(median) > figure(highest)
    )


def _need_scale(scale: float | None, table: Table) -> float:
    if scale is None:
        raise LayoutChanged(
            "cannot tell whether scores are on the 8.5-point or the 7-point scale",
            page=table.page,
            todo="Add the words that say it to `point_scales` in transform/lookups.toml, those "
            "around them to `scale_words`",
        )
    return scale
