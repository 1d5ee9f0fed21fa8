"""The admissions requirements: spreads as on pages 8 to 11 of the 2026 brochure.

Input: `Document`, `Edition`. Output: the table with its remarks and legend on sheets.
Grain: one spread some schools. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.typeset.document import Document
from tests.typeset.edition import Edition
from tests.typeset.faces import WHITE, Run
from tests.typeset.flow import MARGIN, Flow, paint_header
from tests.typeset.grid import Grid
from tests.typeset.layout import Layout
from tests.typeset.requirement_table import (
    MINIMUMS,
    NAVY,
    WIDTHS,
    column_order,
    requirement_body,
    requirement_header,
)
from tests.typeset.sheet import Sheet

REMARK_SIGN = 0.73  # size of a disc before its remark, in sizes of the remark


def typeset_requirements(document: Document, edition: Edition, folio: int) -> int:
    """Draw the requirement spreads; returns the next folio."""
    layout = document.layout
    flow = Flow(document, folio, columns=1)
    columns = column_order(layout)
    schools = list(edition.schools)
    for index, part in enumerate(_parts(edition, schools, columns, flow)):
        if index:
            flow.next_column()
        _masthead(flow, edition)
        body, breaks = requirement_body(edition, part, columns, layout)
        widths = _fitted(columns, flow, layout)
        header = requirement_header(columns, layout)
        for grid in (header, body):
            grid.widths = widths
        flow.table(header, body, breaks, _header_painter(columns))
        _remarks(flow, edition)
        _legend(flow, edition)
    return flow.close()


def _parts(
    edition: Edition, schools: list[str], columns: Sequence[str], flow: Flow
) -> list[list[str]]:
    """Schools a spread, so that table, remarks and legend stand together; tall pages run on."""
    if not flow.spread:
        return [schools]
    layout = flow.layout
    header = requirement_header(columns, layout)
    header.widths = _fitted(columns, flow, layout)
    room = flow.size[1] - sum(header.heights(flow.sheet)) - 280
    parts: list[list[str]] = [[]]
    used = 0.0
    for school in schools:
        body, _ = requirement_body(edition, [school], columns, layout)
        body.widths = header.widths
        height = sum(body.heights(flow.sheet))
        first_is_full = len(parts) == 1 and len(parts[0]) == 2
        if first_is_full or (parts[-1] and used + height > room):
            parts.append([])
            used = 0.0
        parts[-1].append(school)
        used += height
    return parts


def _fitted(columns: Sequence[str], flow: Flow, layout: Layout) -> list[float]:
    """Widths that fill the sheet; where it is cut in halves a column edge falls on the gutter."""
    widths = [WIDTHS[name] if name else layout.spacer for name in columns]
    x0, x1 = flow.bounds
    if not (flow.spread and layout.sheet in {"halves", "offset halves"}):
        return [w * (x1 - x0) / sum(widths) for w in widths]
    middle = flow.size[0] / 2
    edges = [sum(widths[:i]) for i in range(len(widths) + 1)]
    half = sum(widths) / 2
    # The six minimums stand under one heading: the cut goes beside them, not through them.
    inside = {i for i in range(1, len(columns)) if {columns[i - 1], columns[i]} <= set(MINIMUMS)}
    cut = min({*range(4, len(widths))} - inside, key=lambda i: (abs(edges[i] - half), i))
    left, right = (middle - x0) / edges[cut], (x1 - middle) / (edges[-1] - edges[cut])
    return [w * (left if i < cut else right) for i, w in enumerate(widths)]


def _header_painter(columns: Sequence[str]) -> Callable[[Sheet, Grid, float, float], float]:
    def paint(sheet: Sheet, header: Grid, x: float, top: float) -> float:
        bottom = paint_header(sheet, header, x, top)
        first = columns.index(next(c for c in columns if c in MINIMUMS))
        middle = top + header.heights(sheet)[0]
        for col in range(first, first + len(MINIMUMS)):
            left = x + sum(header.widths[:col])
            sheet.line(left, middle, left + header.widths[col], middle, 0.5, WHITE)
        return bottom

    return paint


def _masthead(flow: Flow, edition: Edition) -> None:
    title = f"UNDERGRADUATE PROGRAMS & {edition.year} JUPAS ADMISSIONS REQUIREMENTS"
    general = (
        "4C + 2X (4 core subjects + 2 electives) or\n"
        "4C + 1X + M1 / M2 (4 core subjects + 1 elective, plus Mathematics Extended Part Module 1 "
        'or Module 2), minimum attainment levels "332A33".'
    )
    runs = [Run("GENERAL REQUIREMENTS\n", bold=True), Run(general)]
    title_run = [Run(title, bold=True, color=NAVY)]
    if not flow.spread:
        flow.text(title_run, 14)
        flow.text(runs, 8, after=8)
        return
    middle = flow.size[0] / 2
    _, x1 = flow.bounds
    left = flow.sheet.paragraph(title_run, MARGIN, flow.y, middle - 10, 14)
    right = flow.sheet.paragraph(runs, middle + 34, flow.y, x1 - 60, 8)
    flow.sheet.qr(x1 - 44, flow.y, 44)
    flow.y = max(left, right, flow.y + 46) + 8


def _remarks(flow: Flow, edition: Edition) -> None:
    """Columns of sign and text; on a spread none crosses the gutter."""
    remarks = edition.remarks()
    x0, x1 = flow.bounds
    columns = 4 if flow.spread else 2
    if flow.room < 120:
        flow.next_column()
    per_column = -(-len(remarks) // columns)
    flow.text([Run("REMARKS", bold=True)], 7)
    top = flow.y
    bottoms = []
    lefts = [x0 + column * (x1 - x0) / columns for column in range(columns)]
    if flow.spread:
        middle = flow.size[0] / 2
        lefts = [x0, x0 + (middle - x0) / 2, middle + 8, middle + (x1 - middle) / 2]
    for column, left in enumerate(lefts):
        right = [*lefts, x1 + 16][column + 1] - 16
        y = top
        for _, sign, text in remarks[column * per_column : (column + 1) * per_column]:
            sign_run = Run(sign, disc=sign.isdigit(), scale=REMARK_SIGN / flow.layout.mark_ratio)
            flow.sheet.show(left, y + 5.5, sign, sign_run if sign_run.disc else Run(sign), 5.5)
            y = flow.sheet.paragraph([Run(text)], left + 14, y, right, 5.5) + 2
        bottoms.append(y)
    flow.y = max(bottoms) + 6


def _legend(flow: Flow, edition: Edition) -> None:
    palette = flow.layout.palette
    boxes = [
        (
            palette.school_based,
            "SCHOOL-BASED\nAPPLICATION CHOICES",
            "Admission to a School, the major declared later.",
        ),
        (
            palette.program_based,
            "PROGRAM-BASED /\nDEPARTMENT-BASED\nAPPLICATION CHOICES",
            "Direct admission.",
        ),
    ]
    if flow.room < 60:
        flow.next_column()
    for index, (color, title, text) in enumerate(boxes):
        left = MARGIN + index * 182
        flow.sheet.fill(left, flow.y, left + 157, flow.y + 54, color)
        runs = [Run(title, bold=True, scale=1.2), Run("\n" + text)]
        flow.sheet.paragraph(runs, left + 8, flow.y + 4, left + 150, 7)
    flow.y += 60
