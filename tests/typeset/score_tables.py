"""Score tables: pages 12 and 13 of the brochure, the scores leaflet, competitive ranges.

Input: `Edition`, `Layout`. Output: several tables side by side on sheets.
Grain: one body row a programme. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.typeset.edition import Edition, Programme, Score
from tests.typeset.faces import WHITE, Run
from tests.typeset.flow import Flow, header_style, paint_header
from tests.typeset.formulas import highest_with_bonus
from tests.typeset.grid import Cell, Grid
from tests.typeset.layout import RGB, Layout
from tests.typeset.requirement_table import NAVY

HEADERS = {
    "upper": {
        "highest": "HIGHEST\nATTAINABLE",
        "median": "MEDIAN",
        "lower_quartile": "LOWER\nQUARTILE",
    },
    "title": {
        "highest": "Highest\nAttainable Score",
        "median": "Median",
        "lower_quartile": "Lower\nQuartile",
    },
}
UNKNOWN_HEADER = "MIDPOINT"
ENGINEERING = "School of Engineering"


def typeset_scores(flow: Flow, edition: Edition) -> None:
    """The admitted scores of the year before, and the simulated engineering scores."""
    year = edition.year - 1
    heading(flow, f"{year} HKUST JUPAS ADMISSIONS SCORES")
    flow.text([Run("POINTS TO NOTE:", bold=True)], 10)
    notes = (
        f"1. Weighted scores follow the {year} program-specific formulae.\n"
        "2. Scores are those of local students, for reference only.\n"
        f"3. All scores are on the {edition.full_mark}-point scale; "
        f"the conversion scale is on pages {flow.folio} and {flow.folio + 1}."
    )
    flow.text([Run(notes)], 8, after=10)
    admitted = [p for p in edition.programmes if p.admitted]
    split = [p for p in admitted if p.preferred and p.school != ENGINEERING]
    per_subject = [p for p in admitted if not p.preferred]
    engineering = [p for p in admitted if p.school == ENGINEERING]
    title = "WEIGHTED SCORE\n(Best 5 subjects + 6th subject bonus)"
    score_table(flow, edition, split, title, "preferred")
    _preferred_note(flow)
    score_table(flow, edition, per_subject, title, "per_subject")
    flow.next_half()
    calculated = (
        f"WEIGHTED SCORE calculated based on\n{year} program-specific formulae\n"
        "(Best 5 subjects + 6th subject bonus)"
    )
    score_table(flow, edition, engineering, calculated, "preferred")
    _preferred_note(flow)


def typeset_simulated(flow: Flow, edition: Edition) -> None:
    """Engineering scores of last year's entrants under this year's formulas."""
    simulated = [p for p in edition.programmes if p.simulated]
    heading(flow, "SCHOOL OF ENGINEERING SIMULATED SCORES")
    text = (
        f"Simulated with {edition.year - 1} admission data and the {edition.year} score formula "
        "of each choice."
    )
    flow.text([Run(text)], 8, after=8)
    title = (
        "SIMULATED SCORE\n"
        "[English x2 + Math x2 + 3 subjects in specific weighting + 6th subject bonus]*"
    )
    score_table(flow, edition, simulated, title, "simulated")
    flow.text([Run(f"* Details of the {edition.year} score formulae can be found on page 9.")], 6)


def typeset_competitive(flow: Flow, edition: Edition) -> None:
    """Competitive score ranges of the new programmes, a footnote mark at each range."""
    new = [p for p in edition.programmes if p.competitive]
    if not new:
        return
    heading(flow, "Competitive Score Range for the new programs", size=11)
    layout = flow.layout
    style = header_style(layout)
    widths = _scaled([46, 290, 190], flow)
    header = Grid(widths, [], frozenset())
    title = "Competitive Score Range\n(Best 5 subjects + 6th subject bonus)"
    for col, text in enumerate(["JUPAS\ncode", "JUPAS Choice", title]):
        runs = [Run(text, bold=True, color=NAVY)]
        header.cells.append(Cell(0, col, runs, align="left" if col < 2 else "center", **style))  # type: ignore[arg-type]
    body = Grid(widths, [], frozenset())
    for row, p in enumerate(new):
        low, high = p.competitive or (0, 0)
        body.cells += [
            Cell(row, 0, [Run(p.code)]),
            Cell(row, 1, [Run(p.name.title)]),
            Cell(row, 2, [Run(f"{low}-{high}"), Run("#@"[row % 2], raised=True)], align="center"),
        ]
    flow.table(header, body, list(range(1, len(new) + 1)), paint_header)
    notes = (
        "# The score range is estimated from past program scores\n"
        "@ The score range is estimated from similar programs"
    )
    flow.text([Run(notes)], 5.5)


def heading(flow: Flow, text: str, size: float = 15) -> None:
    if flow.room < 90:
        flow.next_column()
    flow.text([Run(text, bold=True, color=NAVY)], size, after=6)


def _preferred_note(flow: Flow) -> None:
    note = (
        "^ Average level of preferred HKDSE exam subjects of admitted students. "
        "Science subjects refer to HKDSE subjects Biology, Chemistry and Physics."
    )
    flow.text([Run(note)], 5.5, after=12)


def _scaled(widths: Sequence[float], flow: Flow) -> list[float]:
    x0, x1 = flow.bounds
    return [w * (x1 - x0) / sum(widths) for w in widths]


def score_table(
    flow: Flow, edition: Edition, programmes: list[Programme], title: str, kind: str
) -> None:
    """One table of `kind` 'preferred', 'per_subject' or 'simulated', schools as coloured bands."""
    if not programmes:
        return
    layout = flow.layout
    order = layout.score_order
    tail = {"preferred": ["preferred", "level"], "per_subject": ["per_subject"], "simulated": []}[
        kind
    ]
    columns = ["code", "title"]
    for name in (*tail, *order) if layout.figures_last else (*order, *tail):
        columns += ["", name]
    sizes = {
        "code": 37.0,
        "title": 147.0,
        "": layout.spacer,
        "preferred": 98.0,
        "level": 43.0,
        "per_subject": 107.0,
    }
    columns = [c for c in columns if c or layout.spacer]
    widths = _scaled([sizes.get(c, 51.0) for c in columns], flow)
    spacers = frozenset(i for i, c in enumerate(columns) if not c)
    header = Grid(widths, _header_cells(columns, title, kind, layout), spacers, {0: 26.0, 1: 22.0})
    body = Grid(widths, [], spacers, decoys=True)
    breaks: list[int] = []
    row = 0
    school = ""
    for index, p in enumerate(programmes):
        if p.school != school and kind != "simulated":
            band = [Run(p.school, color=WHITE, scale=1.1)]
            body.cells.append(
                Cell(row, 0, band, cols=len(columns), fill=layout.palette.band, ruled=False)
            )
            school, row = p.school, row + 1
        last = index + 1 == len(programmes) or (
            programmes[index + 1].school != school and kind != "simulated"
        )
        body.cells += _score_row(edition, p, row, columns, kind, layout, last)
        row += 1
        breaks.append(row)
    flow.table(header, body, breaks, paint_header)
    withheld = any(p.admitted and p.admitted.median is None for p in programmes)
    if withheld and layout.withheld_as == "∆" and kind != "simulated":
        flow.text([Run("∆"), Run(" Figures are not shown because of small intake.")], 5.5)


def _header_cells(columns: Sequence[str], title: str, kind: str, layout: Layout) -> list[Cell]:
    style = header_style(layout)
    names = HEADERS[layout.score_headers]
    program = "PROGRAM" if layout.american else "PROGRAMME"
    if kind == "simulated":
        program = "SCHOOL OF ENGINEERING PROGRAM"
    cells: list[Cell] = []

    def head(
        row: int, col: int, text: str, rows: int = 1, cols: int = 1, align: str = "center"
    ) -> None:
        first, _, rest = text.partition("\n")
        runs = [
            Run(first, bold=True, color=NAVY),
            *([Run("\n" + rest, bold=True, color=NAVY)] if rest else []),
        ]
        cells.append(Cell(row, col, runs, rows=rows, cols=cols, align=align, **style))  # type: ignore[arg-type]

    if layout.score_headers == "title" and not layout.code_and_title_in_one_cell:
        head(0, 0, "JUPAS\nCode", rows=2, align="left")
        choice = "JUPAS Choice" if layout.american else "Programme"
        head(0, 1, choice, rows=2, align="left")
    else:
        head(0, 0, program, rows=2, cols=2, align="left")
    figures = [columns.index(name) for name in layout.score_order]
    head(0, figures[0], title, cols=figures[-1] - figures[0] + 1)
    for name, col in zip(layout.score_order, figures, strict=True):
        text = UNKNOWN_HEADER if name == "median" and layout.changed_header else names[name]
        head(1, col, text)
    if kind == "preferred":
        first = columns.index("preferred")
        cols = columns.index("level") - first + 1
        text = "AVERAGE LEVEL OF\nPREFERRED HKDSE SUBJECTS ^"
        head(0, first, text, rows=2, cols=cols, align="left")
    if kind == "per_subject":
        head(0, columns.index("per_subject"), "LOWER QUARTILE\nPER-SUBJECT-AVERAGE\nSCORE", rows=2)
    return cells


def _score_row(
    edition: Edition,
    p: Programme,
    row: int,
    columns: Sequence[str],
    kind: str,
    layout: Layout,
    last: bool,
) -> list[Cell]:
    palette = layout.palette
    fills: dict[str, RGB] = {
        "highest": palette.first_column,
        "median": palette.tint,
        "lower_quartile": palette.last_column,
    }
    zebra = palette.tint if layout.zebra and row % 2 else None
    cells: list[Cell] = []

    def add(name: str, runs: Sequence[Run], align: str = "center", cols: int = 1) -> None:
        fill = zebra if layout.zebra else fills.get(name)
        cells.append(
            Cell(
                row,
                columns.index(name),
                runs,
                cols=cols,
                fill=fill,
                align=align,
                heavy=last and not layout.zebra,
            )
        )

    if layout.code_and_title_in_one_cell:
        add("code", [Run(f"{p.code} {p.name.title}")], "left", cols=2)
    else:
        add("code", [Run(p.code)], "left")
        add("title", [Run(p.name.title)], "left")
    score = p.simulated if kind == "simulated" else p.admitted
    formula = p.formula if kind == "simulated" else p.formula_before
    if score is None or formula is None:
        raise ValueError(f"{p.code} has no score to print in a {kind} table")
    add("highest", [Run(f"{highest_with_bonus(formula, edition.full_mark)}")])
    _figures(add, score, columns, layout)
    if kind == "preferred":
        add("preferred", [Run("\n".join(subjects for subjects, _ in p.preferred))], "left")
        add("level", [Run("\n".join(f"Level {level}" for _, level in p.preferred))], "left")
    if kind == "per_subject":
        add("per_subject", [Run(p.per_subject or "-")])
    return cells


def _figures(add: object, score: Score, columns: Sequence[str], layout: Layout) -> None:
    """Median and lower quartile; a withheld pair as a sign in each cell or words over both."""
    put = add
    if not callable(put):
        raise TypeError(add)
    if score.median is not None:
        put("median", [Run(score.median)])
        put("lower_quartile", [Run(score.lower_quartile or "")])
        return
    first, second = sorted(("median", "lower_quartile"), key=columns.index)
    between = columns.index(second) - columns.index(first)
    neighbours = all(not c for c in columns[columns.index(first) + 1 : columns.index(second)])
    if layout.withheld_as == "∆" or not neighbours:
        put("median", [Run("∆")])
        put("lower_quartile", [Run("∆")])
    else:
        put(first, [Run("small intake")], "center", between + 1)
