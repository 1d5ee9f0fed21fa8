"""The requirements table: its columns, header cells and body cells.

Input: `Edition`, `Layout`. Output: grids.
Grain: one body row a study option. Raises nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.typeset.edition import Edition, Named, Programme
from tests.typeset.faces import MARKS, Run
from tests.typeset.formulas import FormulaLine, formula_lines, highest_attainable, number
from tests.typeset.grid import Cell, Grid, merged_runs
from tests.typeset.layout import Layout

TEAL = (0.0, 0.6, 0.62)
NAVY = (0.05, 0.17, 0.4)
WIDTHS = {
    "school": 62.4,
    "code": 31.2,
    "choice": 135.5,
    "option": 194.2,
    "english": 28.3,
    "chinese": 28.3,
    "mathematics": 28.3,
    "citizenship": 42.5,
    "elective_1": 28.3,
    "elective_2": 28.3,
    "subjects": 93.5,
    "formula": 272.4,
    "highest": 39.7,
    "bonus": 87.6,
}
HEADERS = {
    "code": "JUPAS\nCode",
    "choice": "JUPAS Choice",
    "option": "Study Option",
    "english": "Eng.\nLang.",
    "chinese": "Chin.\nLang.",
    "mathematics": "Math\n(Comp.)",
    "citizenship": "Citizenship &\nSocial\nDevelopment",
    "elective_1": "1st\nElective",
    "elective_2": "2nd\nElective\nor M1/\nM2",
    "subjects": "School/\nProgram-specific\nSubject\nRequirements",
    "formula": "Best 5 Subjects Score Formulae",
    "highest": "Best 5\nSubjects\nHighest\nAttainable\nScore",
    "bonus": "6th Best Subject Bonus",
}
MINIMUMS = ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2")
BONUS_TEXT = {"A": "Category A", "AC": "Category A & C", "ABC": "Category A, B & C"}
UNKNOWN_HEADER = "Computation Rule"


def column_order(layout: Layout) -> list[str]:
    """Column names, '' for a spacer. Code, choice and option lead; the blocks after may move."""
    blocks = [["", *MINIMUMS], ["subjects"], ["formula"], ["", "highest"], ["bonus"]]
    first = ["code", "choice", "option"]
    if layout.column_order_seed is not None:
        rng = random.Random(f"columns {layout.column_order_seed}")
        minimums = rng.sample(MINIMUMS, len(MINIMUMS))
        blocks[0] = ["", *minimums]
        rng.shuffle(blocks)
        if rng.random() < 0.3:
            first = ["choice", "code", "option"]
    order = ["school", *first, *[name for block in blocks for name in block]]
    return [name for name in order if name or layout.spacer]


def requirement_header(columns: Sequence[str], layout: Layout) -> Grid:
    """Two header rows: the group over the six minimums, and the names."""
    fill = layout.palette.header if layout.header == "cells" else None
    ruled = layout.header == "ruled"
    size = layout.body_size * 0.95
    cells = []
    for col, name in enumerate(columns):
        if not name:
            continue
        text = HEADERS.get(name, "")
        if name == "formula" and layout.changed_header:
            text = UNKNOWN_HEADER
        runs = [Run(text, bold=True, color=NAVY)]
        if name == "bonus":
            runs.append(
                Run(
                    "\nA maximum of 5% of Best 5 Subjects Highest Attainable Score",
                    color=NAVY,
                    scale=0.9,
                )
            )
        minimum = name in MINIMUMS
        cells.append(
            Cell(
                1 if minimum else 0,
                col,
                runs if text else (),
                rows=1 if minimum else 2,
                fill=fill,
                align="left" if name in {"choice", "option", "formula"} else "center",
                size=size,
                ruled=ruled,
                upright=minimum and layout.rotated_headers,
            )
        )
    first = columns.index(next(c for c in columns if c in MINIMUMS))
    group = Run("Minimum Admissions Requirements", bold=True, color=NAVY)
    cells.append(
        Cell(
            0, first, [group], cols=len(MINIMUMS), fill=fill, align="center", size=size, ruled=ruled
        )
    )
    return Grid([], cells, _spacers(columns), {0: 16.0})


def _spacers(columns: Sequence[str]) -> frozenset[int]:
    return frozenset(i for i, name in enumerate(columns) if not name)


def requirement_body(
    edition: Edition, schools: Sequence[str], columns: Sequence[str], layout: Layout
) -> tuple[Grid, list[int]]:
    """Body cells and the rows where the table may be cut."""
    grid = Grid([], [], _spacers(columns), decoys=True)
    breaks: list[int] = []
    row = 0
    for school in schools:
        programmes = edition.of_school(school)
        first_row = row
        starts = []
        for programme in programmes:
            starts.append(row)
            row += len(programme.options)
            breaks.append(row)
        _school_cells(grid, edition, programmes, starts, row, columns, layout)
        for text in edition.later[school]:
            _closed_cells(grid, text, row, columns, layout)
            row += 1
        breaks[-1] = row
        _school_name(grid, school, first_row, row, columns, layout)
    return grid, breaks


def _school_name(
    grid: Grid, school: str, first: int, last: int, columns: Sequence[str], layout: Layout
) -> None:
    name = Run(school.upper(), bold=True, color=NAVY, scale=1.15)
    grid.cells.append(
        Cell(
            first,
            columns.index("school"),
            [name],
            rows=last - first,
            valign="top",
            heavy=True,
            qr=layout.qr_modules > 0,
        )
    )
    # Enough height for the name and its QR code in a school of one row.
    grid.minimum_heights[last - 1] = max(grid.minimum_heights.get(last - 1, 0.0), 24.0)


def _closed_cells(grid: Grid, text: str, row: int, columns: Sequence[str], layout: Layout) -> None:
    """A row that is no JUPAS choice: grey, only its option column has words."""
    grey = layout.palette.closed
    for col, name in enumerate(columns):
        if name == "school":
            continue
        runs = [Run(text, italic=True)] if name == "option" else ()
        grid.cells.append(
            Cell(row, col, runs, fill=None if name == "option" else grey, ruled=name == "option")
        )


def _school_cells(
    grid: Grid,
    edition: Edition,
    programmes: list[Programme],
    starts: list[int],
    end: int,
    columns: Sequence[str],
    layout: Layout,
) -> None:
    rng = random.Random(f"merge {layout.seed} {programmes[0].code}")
    palette = layout.palette
    edges = [*starts, end]
    tinted = {"english", "mathematics", "elective_1", "subjects"}

    def add(index: int, count: int, name: str, runs: Sequence[Run], **style: object) -> None:
        last = index + count == len(programmes) and not edition.later[programmes[0].school]
        zebra = palette.tint if layout.zebra and index % 2 == 0 else None
        tint = palette.tint if name in tinted and not layout.zebra else zebra
        cell = Cell(
            edges[index],
            columns.index(name),
            runs,
            rows=edges[index + count] - edges[index],
            fill=tint,
            heavy=last and not layout.zebra,
        )
        grid.cells.append(replace(cell, **style))  # type: ignore[arg-type]

    def allowed() -> list[bool]:
        if layout.merge == "some":
            return [rng.random() < 0.5 for _ in programmes]
        return [layout.merge == "all"] * len(programmes)

    for index, p in enumerate(programmes):
        choice = palette.school_based if p.choice == "school-based" else palette.program_based
        add(index, 1, "code", [Run(p.code)], fill=choice, align="center")
        add(index, 1, "choice", marked(edition, p.name), fill=choice)
        for position, option in enumerate(p.options):
            row = edges[index] + position
            last = row + 1 == end and not edition.later[p.school]
            grid.cells.append(
                Cell(
                    row,
                    columns.index("option"),
                    marked(edition, option),
                    fill=palette.tint if layout.zebra and index % 2 == 0 else None,
                    heavy=last and not layout.zebra,
                    always_ruled=True,
                )
            )
    minimums = [(p.minimums, p.category_c_second_elective) for p in programmes]
    for index, count in merged_runs(minimums, allowed()):
        p = programmes[index]
        for name, level in zip(MINIMUMS, p.minimums, strict=True):
            runs = [Run(level)]
            if name == "elective_2" and p.category_c_second_elective:
                runs.append(Run(" "))
                runs.append(Run(edition.signs["category_c_second_elective"], raised=True))
            add(index, count, name, runs, align="center")
    for index, count in merged_runs([p.subjects for p in programmes], allowed()):
        add(index, count, "subjects", _subjects(programmes[index]), align="center")
    formula_groups = merged_runs([p.formula for p in programmes], allowed())
    for index, count in formula_groups:
        p = programmes[index]
        add(
            index, count, "formula", formula_runs(formula_lines(p.formula, edition.wording), layout)
        )
        figure = number(float(highest_attainable(p.formula, edition.full_mark)))
        add(index, count, "highest", [Run(figure)], align="center")
    for index, count in merged_runs([p.bonus for p in programmes], allowed()):
        text = f"{BONUS_TEXT[programmes[index].bonus]}\nSubjects Applies"
        add(index, count, "bonus", [Run(text)], align="center")


def _subjects(programme: Programme) -> list[Run]:
    if not programme.subjects:
        return [Run("No specific subject\nrequirements")]
    return [Run("One of:", bold=True), Run("\n" + " / ".join(programme.subjects))]


def mark_runs(signs: Sequence[str]) -> list[Run]:
    """Signs as raised marks; a digit is white in a black disc after a space."""
    runs = []
    for sign in signs:
        if sign.isdigit():
            runs += [Run(" "), Run(sign, disc=True)]
        else:
            runs.append(Run(sign, raised=True))
    return runs


def marked(edition: Edition, named: Named) -> list[Run]:
    return [Run(named.title), *mark_runs(edition.marks(named))]


def formula_runs(lines: Sequence[FormulaLine], layout: Layout) -> list[Run]:
    """A formula's lines with their marks, coloured labels and notes."""
    runs: list[Run] = []
    for index, line in enumerate(lines):
        if index:
            runs.append(Run("\n"))
        for text, role in line.pieces:
            if role == "mark":
                runs.append(
                    Run(text, raised=layout.raise_formula_marks or text in MARKS, color=TEAL)
                )
            elif role == "label":
                runs.append(Run(text, bold=True, color=TEAL))
            elif role.startswith("note"):
                runs.append(Run(text, bold="strong" in role, color=TEAL, scale=0.85))
            else:
                runs.append(Run(text, bold=role == "strong"))
    return runs
