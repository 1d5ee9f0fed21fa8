"""Figures of several years in one table: 'Median 2024 | Lower Quartile 2024 | Median 2025 | ...'.

Input: the matches of a header, then the table read under it. Output: columns named with their
years, then a table a year. Grain: one table. Nothing here raises.

The year stands in each header, or once over the columns of a year. What the years share, the
table of the last year has; the others have the names of their rows alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.cells import Cell, Header, Row, Table
from extract.headers.phrase_search import Match
from extract.headers.vocabulary import TableKind, letters
from extract.page.words import Word

if TYPE_CHECKING:
    from extract.headers.bands import HeaderBand

YEAR = "scores_year"
OVER = "year"  # the group that is a year and no more, over the columns of that year
PRINTED = re.compile(r"(?<![\d.])20\d\d(?![\d.])")
NAMED = re.compile(r"(.+) (20\d\d)")
UNDER = 40.0  # points: the columns under a year end at most so far below it
LEVEL = 2.0  # points: headers side by side start at one height
SPACE = 30.0  # points: a year behind the words of a header ends at most so far behind them


def without_lone_years(matches: Sequence[Match]) -> list[Match]:
    """The matches; a year by itself counts beside another one only."""
    lone = lone_years(matches)
    return [
        m
        for m in matches
        if m.column.name != OVER
        or (m in lone and any(abs(m.top - o.top) < LEVEL and m.years != o.years for o in lone))
    ]


def lone_years(matches: Sequence[Match]) -> list[Match]:
    """The years that stand by themselves."""
    return [m for m in matches if m.column.name == OVER and PRINTED.search(m.text)]


def under_a_year(band: HeaderBand, years: Sequence[Match], words: Sequence[Word]) -> None:
    """Give a band the year that stands over its figures alone, if nothing else is on its line."""
    used = {i for match in (*band.matches, *years) for i in match.indices}
    for year in years:
        level = any(
            year.top - LEVEL < word.ymid < year.bottom + LEVEL and letters(word.text)
            for i, word in enumerate(words)
            if i not in used
        )
        if not level and year not in band.groups and _over_figures(band.kind, year, band.columns):
            band.groups.append(year)


def _over_figures(table: TableKind, year: Match, matches: Sequence[Match]) -> bool:
    """Whether a year stands over the joint of two columns of figures of a year."""
    below = [m for m in matches if not m.group and 0 < m.bottom - year.bottom < UNDER]
    left = max((m for m in below if m.xmid < year.xmid), key=lambda m: m.xmid, default=None)
    right = min((m for m in below if m.xmid > year.xmid), key=lambda m: m.xmid, default=None)
    return (
        left is not None
        and right is not None
        and ({left.column.name, right.column.name} <= set(table.of_a_year))
    )


def dated_by_groups(table: TableKind, cluster: Sequence[Match]) -> list[Match]:
    """The columns of a header from left to right, those with a year over or beside them with it."""
    columns = sorted((m for m in cluster if not m.group), key=lambda m: m.x0)
    groups = [m for m in cluster if m.group and YEAR in m.years]
    names = [column.column.name for column in columns]
    several = [
        m for m in columns if names.count(m.column.name) > 1 and m.column.name not in table.of_rows
    ]
    if len({group.years[YEAR] for group in groups}) < 2 or any(YEAR in m.years for m in several):
        return columns
    over = [g for g in groups if all(g.bottom <= m.top + LEVEL for m in several)]
    homes = {id(m): _year_of(m, over or groups) for m in several}
    for group in groups:
        mine = [i for i, m in enumerate(columns) if homes.get(id(m)) is group]
        if (
            not mine
            or mine[-1] - mine[0] >= len(mine)
            or (len(mine) > 1 and not over)
            or not columns[mine[0]].x0 - LEVEL <= group.xmid <= columns[mine[-1]].x1 + SPACE
        ):
            return columns  # cannot tell which of them a year is of
    return [
        replace(m, years={**m.years, YEAR: homes[id(m)].years[YEAR]}) if id(m) in homes else m
        for m in columns
    ]


def _year_of(column: Match, groups: Sequence[Match]) -> Match:
    return min(groups, key=lambda g: abs(g.xmid - column.xmid))


def twice(table: TableKind, columns: Sequence[Match]) -> bool:
    """Whether a column stands twice among these, not for two years; or once for one of them."""
    found: dict[str, set[str | None]] = {}
    for match in columns:
        years = found.setdefault(match.column.name, set())
        year = match.years.get(YEAR)
        if year in years or (years and None in {*years, year}):
            return True
        years.add(year)
    several = any(len(years) > 1 for years in found.values())
    return several and any(None in found.get(name, ()) for name in table.of_a_year)


def named_by_year(band: HeaderBand) -> None:
    """Give columns that a band has for several years their years as part of their names."""
    names = [match.column.name for match in band.columns]
    several = any(names.count(name) > 1 for name in names)
    if not several:
        band.groups = [m for m in band.groups if m.column.name != OVER]
        return
    band.columns = [
        replace(m, column=replace(m.column, name=f"{m.column.name} {m.years[YEAR]}"))
        if YEAR in m.years
        else m
        for m in band.columns
    ]


def without_year(column: str) -> str:
    """The name of a column as the vocabulary has it."""
    match = NAMED.fullmatch(column)
    return match[1] if match else column


def tables_by_year(table: Table, words: TableKind) -> list[Table]:
    """A table a year, where its columns are named with years; else the table itself."""
    years = sorted({match[2] for h in table.headers if (match := NAMED.fullmatch(h.column))})
    return [_of_year(table, words, year, year == years[-1]) for year in years] or [table]


def _of_year(table: Table, words: TableKind, year: str, last: bool) -> Table:
    def name_of(column: str) -> str | None:
        match = NAMED.fullmatch(column)
        if match is None:
            return column if last or column in words.of_rows else None
        return match[1] if match[2] == year else None

    def header_of(header: Header) -> Header | None:
        name = name_of(header.column)
        dated = header.words.get(YEAR, year) == year
        return replace(header, column=name) if name is not None and dated else None

    def cell_of(cell: Cell) -> Cell:
        return replace(cell, columns=tuple(name_of(c) or c for c in cell.columns))

    def row_of(row: Row) -> Row:
        named = {name_of(column): cells for column, cells in row.cells.items()}
        return Row({n: tuple(map(cell_of, c)) for n, c in named.items() if n}, row.section)

    headers = tuple(h for header in table.headers if (h := header_of(header)) is not None)
    rows = tuple(row_of(row) for row in table.rows)
    return replace(table, headers=headers, rows=rows, loose=table.loose if last else ())
