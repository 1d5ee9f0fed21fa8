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
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from errors import LayoutChanged
from extract.cells import Cell, Line, Row, Table
from extract.vocabulary import letters
from transform.formula_rows import formula_readings
from transform.formulae import Formula, highest_attainable
from transform.lookups import is_withheld, plain_marks, school_named
from transform.point_scale import with_bonus
from transform.readings import Ledger
from transform.remarks import Remark
from transform.requirements import one
from transform.values import (
    JUPAS_CODE,
    TO,
    Title,
    code_and_rest,
    figure,
    figure_range,
    title_of,
    unknown,
)

FIGURES = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
SPAN = rf"(\d+(?:\.\d+)?(?:{TO}\d+(?:\.\d+)?)?)[^\w(]*"
REFERENCE = re.compile(rf"{SPAN}\(Reference Score\)", re.IGNORECASE)
EXPECTED_RANGE = re.compile(rf"{SPAN}\(Expected Score Range\)", re.IGNORECASE)
LEVEL = re.compile(r"Level\s*(5\s?\*\s?\*|5\s?\*|[1-5])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Years:
    """Years that a table's surroundings give; None where they give none."""

    scores_year: int | None
    formula_year: int | None
    entry_year: int | None
    point_scale: float | None


def read_scores(
    table: Table, years: Years, remarks: Mapping[str, Remark], flagged: bool, ledger: Ledger
) -> dict[str, Formula]:
    """Readings of one table; formulae it prints by JUPAS code.

    `flagged`: the document flags new programmes, so those without the flag are not new.
    """
    basis = _basis(table)
    formulas: dict[str, Formula] = {}
    for row in table.rows:
        programme = one(row, "programme", table)
        code, rest = code_and_rest(programme.lines, programme)
        named = one(row, "title", table) if table.has("title") else programme
        title = title_of(named.lines if named is not programme else rest)
        if not title.text or JUPAS_CODE.search(title.text):
            raise unknown(f"no name beside {code}", named)
        for note in title.notes:
            ledger.reject(named, f"note under the name of {code}, no figure: {note}")
        school = school_named(row.section.text) if row.section is not None else None
        _name(table, basis, code, title, named, school, row, years, ledger)
        if table.has("formula"):
            formulas[code] = _leaflet_formula(
                code, row, table, title, named, flagged, years, remarks, ledger
            )
        if table.has("median") or table.has("lower_quartile"):
            _figures(code, row, table, basis, years, ledger)
        if table.has("preferred"):
            _preferred(code, row, table, years, ledger)
        if table.has("expected"):
            _expected(
                code,
                row,
                table,
                "expected",
                "expected",
                _need(years.entry_year, "entry year", table),
                ledger,
            )
        if table.has("competitive_range"):
            entry = _need(years.scores_year, "scores year", table) + 1
            _expected(code, row, table, "competitive_range", "competitive", entry, ledger)
    for cell in table.loose:
        raise LayoutChanged(
            "a cell stands in no row of a score table", page=cell.page, text=cell.printed,
            todo="Look at the page: is a rule or a JUPAS code missing?",
        )  # fmt: skip
    return formulas


def flags_new(table: Table) -> bool:
    """Whether a programme of the table carries the flag NEW."""
    return any("NEW" in cell.printed.split() for row in table.rows for cell in _name_cells(row))


def _name_cells(row: Row) -> Iterable[Cell]:
    return (
        cell for name in ("programme", "title") if name in row.cells for cell in row.cells[name]
    )


def _basis(table: Table) -> str:
    return "simulated" if table.has("simulated_score") else "admitted"


def _need(year: int | None, what: str, table: Table) -> int:
    if year is None:
        raise LayoutChanged(
            f"no words give the {what} of a score table",
            page=table.page,
            text=", ".join(header.text for header in table.headers),
            todo="Add the phrase that dates it to `years` in transform/lookups.toml",
        )
    return year


def _name(
    table: Table, basis: str, code: str, title: Title, cell: Cell, school: str | None,
    row: Row, years: Years, ledger: Ledger,
) -> None:  # fmt: skip
    if table.has("expected") or table.has("formula"):
        printed_in, edition = "expected scores", _need(years.entry_year, "entry year", table)
    elif table.has("competitive_range"):
        printed_in, edition = (
            "competitive ranges",
            _need(years.scores_year, "scores year", table) + 1,
        )
    else:
        printed_in, edition = f"{basis} scores", _need(years.scores_year, "scores year", table)
    key = {"edition": edition, "printed_in": printed_in, "jupas_code": code}
    ledger.add("programme_names", key, "title", title.text, cell, "text without marks")
    if school is not None and row.section is not None:
        ledger.add("programme_names", key, "school", school, row.section, "band above the row")
        if printed_in == "admitted scores":
            # The score table says which school a programme of that year belongs to.
            ledger.add(
                "programmes", {"edition": edition, "jupas_code": code}, "school", school,
                row.section, "band above the row of the year's scores", standby=True, fills=True,
            )  # fmt: skip


def _leaflet_formula(
    code: str, row: Row, table: Table, title: Title, named: Cell, flagged: bool, years: Years,
    remarks: Mapping[str, Remark], ledger: Ledger,
) -> Formula:  # fmt: skip
    """A leaflet that prints formulae also says which programmes its edition has."""
    key: dict[str, object] = {
        "edition": _need(years.entry_year, "entry year", table), "jupas_code": code,
    }  # fmt: skip
    ledger.add("programmes", key, "title", title.text, named, "text without marks", standby=True)
    if flagged:
        ledger.add("programmes", key, "is_new", title.is_new, named, "flag NEW beside the name")
    cell = one(row, "formula", table)
    formula = formula_readings(key, cell, remarks, ledger)
    if table.has("highest_attainable"):
        printed = one(row, "highest_attainable", table)
        best5 = _best5(formula, figure(printed), years)
        if best5 is not None:
            ledger.add(
                "formulas", key, "highest_attainable", best5, printed,
                "recomputed from the formula; 1.05 x it is the printed figure", standby=True,
            )  # fmt: skip
    return formula


def _best5(formula: Formula, printed: float, years: Years) -> float | None:
    """The best-5 figure behind a figure with bonus; None where the identity does not hold."""
    top = Fraction(str(years.point_scale)) if years.point_scale else Fraction("8.5")
    best5 = highest_attainable(formula, top)
    return float(best5) if with_bonus(best5) == Decimal(str(printed)) else None


def _figures(code: str, row: Row, table: Table, basis: str, years: Years, ledger: Ledger) -> None:
    scores_year = _need(years.scores_year, "scores year", table)
    formula_year = years.formula_year or scores_year
    cells = {name: one(row, name, table) for name in FIGURES if table.has(name)}
    median = cells.get("median")
    merged = median is not None and len(median.columns) > 1
    reference = REFERENCE.fullmatch(median.text) if median is not None else None
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
        basis, formula_year = "reference", _need(years.entry_year, "entry year", table)
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
                low, high = figure_range(reference[1], cell)
                if low != high:
                    raise unknown("a reference score that is a range", cell)
                ledger.add("scores", key, name, low, cell, "reference score in place of the median")
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
        ledger.add("scores", key, name, figure(cell), cell, "figure", standby=by_the_way)
    if withheld:
        text = " ".join(
            dict.fromkeys(" ".join(plain_marks(cell.printed).split()) for cell in withheld)
        )
        ledger.add("scores", key, "withheld", text, withheld[0], "text in place of a figure")


def _may_be_reference(median: Cell, cells: Mapping[str, Cell], table: Table) -> bool:
    """A lone median under headers that speak of reference scores too."""
    quartile = cells.get("lower_quartile")
    return (
        quartile is not None
        and is_withheld(quartile.printed)
        and not is_withheld(median.printed)
        and any("referencescore" in letters(header.text) for header in table.headers)
    )


def _is_above(median: Cell, highest: Cell) -> bool:
    """Whether a median is above a highest score: then they belong to two formulae."""
    return not is_withheld(median.printed) and figure(median) > figure(highest)


def _need_scale(scale: float | None, table: Table) -> float:
    if scale is None:
        raise LayoutChanged(
            "cannot tell whether scores are on the 8.5-point or the 7-point scale",
            page=table.page,
            todo="Add the words that say it to `point_scales` in transform/lookups.toml",
        )
    return scale


def _expected(
    code: str, row: Row, table: Table, column: str, basis: str, entry_year: int, ledger: Ledger
) -> None:
    cell = one(row, column, table)
    key = {"entry_year": entry_year, "jupas_code": code, "basis": basis}
    if is_withheld(cell.printed):
        ledger.reject(cell, f"no {basis} score is given for {code}")
        return
    match = EXPECTED_RANGE.fullmatch(cell.text)
    low, high = figure_range(match[1] if match else cell.text, cell)
    ledger.add("expected_scores", key, "low", low, cell, "lower end")
    ledger.add("expected_scores", key, "high", high, cell, "upper end")


def _preferred(code: str, row: Row, table: Table, years: Years, ledger: Ledger) -> None:
    cell = one(row, "preferred", table)
    if is_withheld(cell.printed):
        return
    for position, (subjects, level) in enumerate(preferred_pairs(cell), 1):
        key = {
            "scores_year": _need(years.scores_year, "scores year", table),
            "jupas_code": code,
            "position": position,
        }
        ledger.add("preferred_levels", key, "subjects", subjects, cell, "line of subjects")
        ledger.add("preferred_levels", key, "level", level, cell, "level beside it")


def preferred_pairs(cell: Cell) -> list[tuple[str, str]]:
    """(subjects, level) of a cell: lines of subjects on the left, 'Level 5*' on the right."""
    subjects: list[str] = []
    levels: list[str] = []
    ordered: list[Line] = sorted(cell.lines, key=lambda line: (round(line.middle), line.x0))
    for line in ordered:
        text = plain_marks(line.printed)
        match = re.fullmatch(rf"(.*?)\s*\b{LEVEL.pattern}", text, re.IGNORECASE)
        if match is None:
            subjects.append(text)
            continue
        if match[1]:
            subjects.append(match[1].rstrip(" :："))
        levels.append(match[2].replace(" ", ""))
    if len(subjects) > len(levels):
        subjects = _rejoined(subjects, len(levels))
    if len(subjects) != len(levels) or not levels:
        raise unknown("preferred subjects and levels do not pair up", cell)
    return list(zip(subjects, levels, strict=True))


def _rejoined(lines: list[str], wanted: int) -> list[str]:
    """Lines that go on after a '/' joined; all of them where only one level is given."""
    joined: list[str] = []
    for line in lines:
        if joined and (joined[-1].endswith("/") or wanted == 1):
            joined[-1] += ("" if joined[-1].endswith("/") else " ") + line
        else:
            joined.append(line)
    return joined
