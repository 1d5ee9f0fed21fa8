"""Cells, lines, tables and pages as the extraction hands them over, made of a few words."""

from __future__ import annotations

from extract.cells import Cell, Header, Line, PageCells, Run, Table


def line(text: str, top: float = 0.0, x0: float = 10.0, size: float = 7.0) -> Line:
    run = Run(text, x0, top, x0 + 4 * len(text), top + size, size, False, "#000000", False)
    return Line((run,))


def cell(*lines: str, width: float = 200.0) -> Cell:
    printed = tuple(line(text, 10.0 * i) for i, text in enumerate(lines))
    return Cell(("median",), 1, 6.0, 0.0, 6.0 + width, 10.0 * len(lines), printed, None)


def table(top: float, *headers: tuple[str, dict[str, str]], page: int = 1) -> Table:
    made = tuple(Header("median", text, words, page, 0, top, 9, top + 9) for text, words in headers)
    return Table("scores", page, 0, top, 300, top + 50, made, (), ())


def page(number: int, tables: tuple[Table, ...], *lines: Line) -> PageCells:
    return PageCells(number, 500, 400, tables, lines, ())
