"""Admission scores over the years: newest ones by school, and how they moved.

Input: `scores`, `formulas`, the programmes' schools. Output: years as columns, programmes as rows.
Grain: one `Cell` a programme and column. Raises nothing.

Medians of two columns are subtracted only where both are medians and stand on one point scale, and
the difference is marked where the formula changed in between: it then doesn't compare like with
like. A reference score, which the university sets, is no median.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from reports import charts
from reports.places import Places
from reports.programmes import NO_SCHOOL, Figure
from reports.rows import Row, Warehouse
from scoring.standing import same_formula

MOST_YEARS = 4
KEY = ("scores_year", "jupas_code", "basis", "formula_year", "point_scale")


@dataclass(frozen=True, slots=True)
class Column:
    """Scores of one year, as admitted or as simulated with another year's formula."""

    scores_year: int
    simulated_for: int | None

    @property
    def name(self) -> str:
        if self.simulated_for is None:
            return str(self.scores_year)
        return f"{self.scores_year} by the {self.simulated_for} formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One programme's scores in one column. `like`: comparable with the cell before, by formula and
    kind (None: one of the formulae is not known)."""

    basis: str
    formula_year: int
    point_scale: float
    highest: Figure
    median: Figure
    lower_quartile: Figure
    withheld: str | None
    change: float | None = None
    like: bool | None = None

    @property
    def decimals(self) -> int:
        """Simulated and reference scores are printed as whole numbers."""
        return 2 if self.basis == "admitted" else 0

    def has_other_highest(self, other: Cell) -> bool:
        """Another highest attainable score tells of another formula, whoever printed it."""
        ours, theirs = self.highest.value, other.highest.value
        return ours is not None and theirs is not None and ours != theirs


def score_columns(warehouse: Warehouse) -> list[Column]:
    """The newest years with scores, oldest first, then the newest simulation."""
    years = warehouse.rows(
        "SELECT DISTINCT scores_year AS year FROM scores WHERE basis = 'admitted' ORDER BY year"
    )
    simulated = warehouse.rows(
        """SELECT DISTINCT scores_year, formula_year FROM scores WHERE basis = 'simulated'
           ORDER BY formula_year, scores_year"""
    )
    return [Column(row["year"], None) for row in years[-MOST_YEARS:]] + [
        Column(row["scores_year"], row["formula_year"]) for row in simulated[-1:]
    ]


def score_rows(
    warehouse: Warehouse, places: Places, programmes: list[Row], columns: list[Column]
) -> list[Row]:
    """One row a programme that has scores in any column: its title, school and cells."""
    formulas = formulas_by_year(warehouse)
    names, offered = newest_names(warehouse), {row["code"]: row for row in programmes}
    found: dict[tuple[str, Column], Row] = {}
    # of the bases of one year, what was admitted goes before a reference score
    for row in warehouse.rows("FROM scores ORDER BY basis, formula_year DESC, point_scale DESC"):
        for column in columns:
            if _belongs(row, column):
                found.setdefault((row["jupas_code"], column), row)
    rows = []
    for code in sorted({code for code, _ in found}):
        cells = [
            _cell(found[code, column], places) if (code, column) in found else None
            for column in columns
        ]
        title, school = names.get(code, ("", None))
        if code in offered:  # its names are those of the edition's requirements
            title = offered[code]["title"].value
            school = offered[code]["school"].value or school
        rows.append(
            {
                "code": code,
                "title": title,
                "school": school or NO_SCHOOL,
                "offered": code in offered,
                "cells": _with_changes(code, cells, formulas),
            }
        )
    return rows


def formulas_by_year(warehouse: Warehouse) -> dict[tuple[int, str], str]:
    """Canonical formulae by edition and JUPAS code."""
    return {
        (row["edition"], row["jupas_code"]): row["formula"]
        for row in warehouse.rows("SELECT edition, jupas_code, formula FROM formulas")
    }


def _belongs(row: Row, column: Column) -> bool:
    if row["scores_year"] != column.scores_year:
        return False
    if column.simulated_for is not None:
        return bool(row["basis"] == "simulated" and row["formula_year"] == column.simulated_for)
    return row["basis"] in ("admitted", "reference")


def newest_names(warehouse: Warehouse) -> dict[str, tuple[str, str | None]]:
    """Title and school of every code as last printed, also of those no longer offered."""
    return {
        row["jupas_code"]: (row["title"], row["school"])
        for row in warehouse.rows(
            """SELECT jupas_code, max_by(title, edition) AS title,
                      max_by(school, edition) FILTER (school IS NOT NULL) AS school
               FROM programme_names GROUP BY ALL"""
        )
    }


def _cell(row: Row, places: Places) -> Cell:
    key = tuple(row[name] for name in KEY)

    def at(column: str) -> Figure:
        return Figure(row[column], places.number("scores", key, column))

    return Cell(
        row["basis"],
        row["formula_year"],
        row["point_scale"],
        at("highest_attainable"),
        at("median"),
        at("lower_quartile"),
        row["withheld"],
    )


def _with_changes(
    code: str, cells: list[Cell | None], formulas: dict[tuple[int, str], str]
) -> list[Cell | None]:
    """The cells with what changed since the cell before."""
    changed: list[Cell | None] = cells[:1]
    for before, cell in pairwise(cells):
        if (
            before is None
            or cell is None
            or before.median.value is None
            or cell.median.value is None
            or before.point_scale != cell.point_scale
        ):
            changed.append(cell)
            continue
        like = same_formula(formulas, code, before.formula_year, cell.formula_year)
        if before.basis == "reference":
            changed.append(replace(cell, like=False))
            continue
        if like is None and cell.has_other_highest(before):
            like = False
        change = round(cell.median.value - before.median.value, 2)
        changed.append(replace(cell, change=change, like=like))
    return changed


def with_drawings(rows: list[Row]) -> list[Row]:
    """The rows with their moves drawn, where there is more than one cell to draw."""
    series = [
        (
            [cell.median.value if cell else None for cell in row["cells"]],
            [cell.lower_quartile.value if cell else None for cell in row["cells"]],
        )
        for row in rows
    ]
    unit = charts.move_unit([_spread([*medians, *lower]) for medians, lower in series])
    for row, (medians, lower) in zip(rows, series, strict=True):
        like = [cell.like if cell else None for cell in row["cells"]]
        row["drawing"] = ""
        if sum(value is not None for value in medians) > 1:
            label = f"{row['code']}: medians over the years"
            row["drawing"] = charts.move(medians, lower, like, unit, label)
    return rows


def school_intervals(rows: list[Row], column: int) -> Row:
    """Lower quartile to median of one column as shares of the highest attainable, in percent.

    `axis` is the lowest share shown, a multiple of ten. `by_code` has a programme's (lower
    quartile, median), `by_school` a school's (lowest quartile, middle median, highest median).
    """
    by_code: dict[str, tuple[float | None, float]] = {}
    by_school: dict[str, tuple[float, float, float]] = {}
    for school in dict.fromkeys(row["school"] for row in rows):
        shares = {
            row["code"]: ends
            for row in rows
            if row["school"] == school and (ends := _shares(row["cells"][column])) is not None
        }
        by_code |= shares
        if len(shares) > 1:
            medians = [high for _, high in shares.values()]
            lowest = min(high if low is None else low for low, high in shares.values())
            by_school[school] = (lowest, median(medians), max(medians))
    known = [value for ends in by_code.values() for value in ends if value is not None]
    axis = int(max(min(known, default=0) - 2, 0)) // 10 * 10
    return {"axis": axis, "by_code": by_code, "by_school": by_school}


def _shares(cell: Cell | None) -> tuple[float | None, float] | None:
    if cell is None or not cell.highest.value or cell.median.value is None:
        return None
    low = cell.lower_quartile.value
    top = cell.highest.value
    return (None if low is None else 100 * low / top), 100 * cell.median.value / top


def _spread(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return max(known) - min(known) if known else 0
