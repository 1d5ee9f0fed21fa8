"""`DocumentCells` to JSON and back: how cells leave the child process, and how they are cached.

Input and output: bytes. Grain: one document. Cells that stand in several rows are written once.
Raises: `ValueError`, `KeyError` on bytes that `cells_json` did not write.
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from typing import Any

from extract.cells import Area, Cell, DocumentCells, Header, Line, PageCells, Row, Run, Table
from extract.places import Seam, Turn, Unseen

FORMAT = 4


def cells_json(document: DocumentCells) -> bytes:
    """The document as JSON; equal documents give equal bytes."""
    pages = (  # one at a time: all of them as lists take as much memory as the document
        json.dumps(_page(page), ensure_ascii=False, separators=(",", ":")).encode()
        for page in document.pages
    )
    return b'{"format":%d,"pages":[%b]}' % (FORMAT, b",".join(pages))


def cells_from_json(content: bytes) -> DocumentCells:
    """The document that `cells_json` wrote."""
    read = json.loads(content)
    if read["format"] != FORMAT:
        raise ValueError(f"cells in format {read['format']}, not {FORMAT}")
    return DocumentCells(tuple(_read_page(page) for page in read["pages"]))


def _page(page: PageCells) -> dict[str, Any]:
    plain = {field.name: getattr(page, field.name) for field in fields(page)}
    return plain | {
        "tables": [_table(table) for table in page.tables],
        "lines": [_line(line) for line in page.lines],
        "fills": [astuple(fill) for fill in page.fills],
    }


def _read_page(page: dict[str, Any]) -> PageCells:
    read = {
        "tables": tuple(_read_table(table) for table in page["tables"]),
        "lines": tuple(_read_line(line) for line in page["lines"]),
        "fills": tuple(Area(*fill) for fill in page["fills"]),
        "outside": tuple(page["outside"]),
        "seam": None if page["seam"] is None else Seam(*page["seam"]),
        "turns": tuple(Turn(*turn) for turn in page["turns"]),
        "unseen": tuple(Unseen(*text) for text in page["unseen"]),
    }
    return PageCells(**page | read)


def _table(table: Table) -> dict[str, Any]:
    cells: list[Cell] = []
    places: dict[int, int] = {}

    def place(cell: Cell) -> int:
        if id(cell) not in places:
            places[id(cell)] = len(cells)
            cells.append(cell)
        return places[id(cell)]

    rows = [
        {
            "cells": {name: [place(cell) for cell in group] for name, group in row.cells.items()},
            "section": None if row.section is None else place(row.section),
        }
        for row in table.rows
    ]
    return {
        "kind": table.kind,
        "box": [table.page, table.x0, table.top, table.x1, table.bottom],
        "headers": [[getattr(h, f.name) for f in fields(h)] for h in table.headers],
        "rows": rows,
        "loose": [place(cell) for cell in table.loose],
        "cells": [_cell(cell) for cell in cells],
    }


def _read_table(table: dict[str, Any]) -> Table:
    cells = [_read_cell(cell) for cell in table["cells"]]
    page, x0, top, x1, bottom = table["box"]
    headers = tuple(_read_header(*header) for header in table["headers"])
    rows = tuple(
        Row(
            {name: tuple(cells[i] for i in group) for name, group in row["cells"].items()},
            None if row["section"] is None else cells[row["section"]],
        )
        for row in table["rows"]
    )
    loose = tuple(cells[i] for i in table["loose"])
    return Table(table["kind"], page, x0, top, x1, bottom, headers, rows, loose)


def _read_header(*values: Any) -> Header:
    column, text, words, page, x0, top, x1, bottom, marks = values
    return Header(column, text, words, page, x0, top, x1, bottom, tuple(marks))


def _cell(cell: Cell) -> list[Any]:
    return [
        cell.columns, cell.page, cell.x0, cell.top, cell.x1, cell.bottom,
        [_line(line) for line in cell.lines], cell.fill,
    ]  # fmt: skip


def _read_cell(cell: list[Any]) -> Cell:
    columns, page, x0, top, x1, bottom, lines, fill = cell
    return Cell(
        tuple(columns), page, x0, top, x1, bottom,
        tuple(_read_line(line) for line in lines), fill,
    )  # fmt: skip


def _line(line: Line) -> list[Any]:
    return [astuple(run) for run in line.runs]


def _read_line(line: list[Any]) -> Line:
    return Line(tuple(Run(*run) for run in line))
