"""The June leaflet: formulas, last year's or reference scores, expected scores.

Input: `Edition`, `Layout`. Output: landscape pages, the header repeated on each.
Grain: one body row a programme, or a group of codes stacked in one cell. Raises nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.typeset.conversion_tables import typeset_leaflet_conversion
from tests.typeset.document import Document
from tests.typeset.edition import Edition, Programme
from tests.typeset.faces import Run
from tests.typeset.flow import LANDSCAPE, Flow, header_style, paint_header
from tests.typeset.formulas import formula_lines, highest_with_bonus
from tests.typeset.grid import Cell, Grid, merged_runs
from tests.typeset.layout import Layout
from tests.typeset.requirement_table import UNKNOWN_HEADER, formula_runs
from tests.typeset.score_tables import heading
from tests.typeset.sheet import Sheet

WIDTHS = {
    "code": 50.0,
    "choice": 300.0,
    "formula": 215.0,
    "highest": 56.0,
    "median": 56.0,
    "lower_quartile": 56.0,
    "expected": 60.0,
}
FIGURES = ("highest", "median", "lower_quartile", "expected")


def typeset_expected(document: Document, edition: Edition) -> None:
    """All pages of the leaflet, conversion and bonus last."""
    flow = Flow(document, 1, columns=1, size=LANDSCAPE)
    layout = document.layout
    heading(flow, f"{edition.year} HKUST JUPAS ADMISSIONS", size=18)
    flow.text([Run("Expected Scores and Flexible Admissions Arrangement")], 12)
    note = (
        "Applicants who meet the Expected Score are considered competitive under Band A for the "
        f"{edition.year} Entry."
    )
    flow.text([Run(note)], 7, after=8)
    columns = ["code", "choice", "formula", *figure_order(layout)]
    x0, x1 = flow.bounds
    total = sum(WIDTHS[c] for c in columns)
    widths = [WIDTHS[c] * (x1 - x0) / total for c in columns]
    groups = _groups(edition, layout, flow.sheet, widths[1])
    body = _body(edition, groups, columns, widths, layout)
    header = Grid(
        widths, _header(edition, columns, layout), minimum_heights={0: 14.0, 1: 30.0, 2: 20.0}
    )
    flow.table(header, body, list(range(1, len(groups) + 1)), paint_header)
    _notes(flow, edition)
    flow.close()
    last = Flow(document, 2, columns=2, size=LANDSCAPE)
    typeset_leaflet_conversion(last, edition)
    last.close()


def figure_order(layout: Layout) -> list[str]:
    """The four figures: median and quartile stay neighbours, 2023 had the highest last."""
    pair = [name for name in layout.score_order if name != "highest"]
    if layout.score_order[0] == "highest":
        return ["highest", *pair, "expected"]
    rng = random.Random(f"figures {layout.seed}")
    return [*pair, "expected", "highest"] if rng.random() < 0.6 else ["expected", *pair, "highest"]


def _header(edition: Edition, columns: Sequence[str], layout: Layout) -> list[Cell]:
    style = header_style(layout)
    year = edition.year
    cells: list[Cell] = []

    def head(row: int, col: int, runs: list[Run], rows: int, cols: int = 1) -> None:
        cell = Cell(row, col, runs, rows=rows, cols=cols, align="center")
        cells.append(replace(cell, **style))  # type: ignore[arg-type]

    at, raised = Run("@", raised=True), Run("◊", raised=True)
    head(0, 0, [Run("JUPAS\nCode", bold=True)], 3)
    head(0, 1, [Run("JUPAS Choice", bold=True)], 3)
    formula = UNKNOWN_HEADER if layout.changed_header else "Best 5 Subjects Score Formulae"
    head(0, 2, [Run(formula, bold=True), Run(" "), at], 3)
    head(0, 3, [Run("Best 5 subjects + 6th subject bonus"), Run(" "), at], 1, cols=4)
    pair = min(columns.index("median"), columns.index("lower_quartile"))
    reference = f"{year - 1} Admissions Score/\nReference Score for\n{year} New Programs"
    head(1, pair, [Run(reference, bold=True), raised], 1, cols=2)
    head(1, columns.index("highest"), [Run("Highest\nAttainable\nScore", bold=True)], 2)
    head(1, columns.index("expected"), [Run(f"{year}\nExpected\nScore", bold=True)], 2)
    head(2, columns.index("median"), [Run("Median", bold=True)], 1)
    head(2, columns.index("lower_quartile"), [Run("Lower\nQuartile", bold=True)], 1)
    return cells


def _groups(edition: Edition, layout: Layout, sheet: Sheet, width: float) -> list[list[Programme]]:
    """Programmes a row; stacked where the layout does and every figure is the same."""

    def figures(p: Programme) -> tuple[object, ...]:
        return (p.school, p.formula, p.admitted, p.reference, p.expected)

    groups: list[list[Programme]] = []
    for p in edition.programmes:
        one_line = sheet.width_of(p.name.title, Run(p.name.title), layout.body_size) < width - 8
        same = groups and figures(groups[-1][-1]) == figures(p)
        fits = (
            groups
            and sheet.width_of(groups[-1][-1].name.title, Run(""), layout.body_size) < width - 8
        )
        if layout.stacked_codes and same and one_line and fits and not p.is_new:
            groups[-1].append(p)
        else:
            groups.append([p])
    return groups


def _body(
    edition: Edition,
    groups: list[list[Programme]],
    columns: Sequence[str],
    widths: list[float],
    layout: Layout,
) -> Grid:
    rng = random.Random(f"expected {layout.seed}")
    palette = layout.palette
    grid = Grid(widths, decoys=True)
    grid.minimum_heights = dict.fromkeys(range(len(groups)), 20.0)
    heads = [group[0] for group in groups]

    def allowed() -> list[bool]:
        if layout.merge == "some":
            return [rng.random() < 0.5 for _ in heads]
        return [layout.merge == "all"] * len(heads)

    def add(row: int, rows: int, name: str, runs: Sequence[Run], cols: int = 1) -> None:
        figure = name in FIGURES
        fill = palette.tint if figure and not layout.zebra else None
        if layout.zebra and row % 2:
            fill = palette.tint
        align = "center" if figure or name == "code" else "left"
        grid.cells.append(Cell(row, columns.index(name), runs, rows, cols, fill=fill, align=align))

    for row, group in enumerate(groups):
        add(row, 1, "code", [Run("\n".join(p.code for p in group))])
        titles: list[Run] = [Run("\n".join(p.name.title for p in group))]
        if group[0].is_new:
            titles += [Run(" "), Run("NEW", boxed=True, scale=0.8)]
        add(row, 1, "choice", titles)
        add(row, 1, "highest", [Run(f"{highest_with_bonus(group[0].formula, edition.full_mark)}")])
    for row, rows in merged_runs([p.formula for p in heads], allowed()):
        lines = formula_lines(heads[row].formula, edition.leaflet_wording)
        add(
            row,
            rows,
            "formula",
            [replace(r, scale=r.scale * 0.85) for r in formula_runs(lines, layout)],
        )
    # Scores of one programme each; reference scores over both columns, merged downwards too.
    references = [p.reference or p.code for p in heads]
    left = min("median", "lower_quartile", key=columns.index)
    for row, rows in merged_runs(references, allowed()):
        p = heads[row]
        if p.reference:
            runs = [Run(p.reference), Run("◊", raised=True), Run(" (Reference Score)", scale=0.7)]
            add(row, rows, left, runs, cols=2)
        elif p.admitted and p.admitted.median:
            add(row, 1, "median", [Run(p.admitted.median)])
            add(row, 1, "lower_quartile", [Run(p.admitted.lower_quartile or "")])
        elif layout.withheld_as == "∆":
            add(row, 1, "median", [Run("∆")])
            add(row, 1, "lower_quartile", [Run("∆")])
        else:
            add(row, 1, left, [Run("small intake")], cols=2)
    for row, rows in merged_runs([p.expected for p in heads], allowed()):
        low, high = heads[row].expected
        if low == high:
            add(row, rows, "expected", [Run(f"{low}")])
        else:
            words = Run("\n(Expected Score\nRange)", scale=0.7)
            add(row, rows, "expected", [Run(f"{low} - {high}"), Run("△", raised=True), words])
    return grid


def _notes(flow: Flow, edition: Edition) -> None:
    year = edition.year
    notes = [
        (
            "◊",
            f"For the {year} new programs: reference scores stand in for a {year - 1} median.",
        ),
        ("△", "A range is given: applicants whose scores meet it will be considered."),
        ("∆", "Figures are not shown because of small intake."),
        ("@", "An extra bonus is given for the best 6th subject: see the last page."),
    ]
    for sign, text in notes:
        flow.text([Run(sign, scale=0.9), Run(" " + text)], 6.5, after=2)
