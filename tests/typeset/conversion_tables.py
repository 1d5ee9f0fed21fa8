"""Conversion tables, bonus table and alternatives to Chinese: pages 14 and 15 of the brochure.

Input: `Edition`, a `Flow`. Output: tables on its sheets. Grain: one row a scale, a converted
score, a qualification. Raises nothing.
"""

from __future__ import annotations

from tests.typeset.edition import Conversion, Edition
from tests.typeset.faces import WHITE, Run
from tests.typeset.flow import Flow, paint_header
from tests.typeset.grid import Cell, Grid
from tests.typeset.layout import Layout
from tests.typeset.score_tables import heading


def typeset_conversion(flow: Flow, edition: Edition) -> None:
    """All of it, in the order of the brochure."""
    heading(flow, "CONVERSION OF HKDSE LEVELS / GRADES TO SCORES")
    main, languages, chinese = edition.conversions
    _conversion(flow, main)
    _conversion(flow, languages)
    _bonus(flow, edition)
    flow.next_half()
    heading(flow, "ALTERNATIVE QUALIFICATION IN CHINESE LANGUAGE")
    _alternatives(flow, edition)
    _conversion(flow, chinese)
    flow.text(
        [Run(f"# For {edition.year - 1} onwards, please refer to the conversion table on P.14.")],
        5.5,
    )


def typeset_leaflet_conversion(flow: Flow, edition: Edition) -> None:
    """The last page of the June leaflet: no alternatives to Chinese."""
    heading(flow, "Conversion of HKDSE Levels / Grades to Scores", size=13)
    main, languages, _ = edition.conversions
    _conversion(flow, main)
    _conversion(flow, languages)
    flow.next_half()
    _bonus(
        flow,
        edition,
        "Extra Bonus for the Best 6th Subject",
        "Subject Category",
        "Category {} subjects",
    )


def _widths(flow: Flow, shares: list[float]) -> list[float]:
    x0, x1 = flow.bounds
    return [share * (x1 - x0) / sum(shares) for share in shares]


def _header(flow: Flow, widths: list[float], heads: list[tuple[int, int, str]]) -> Grid:
    """A white on dark header row: (column, columns spanned, text)."""
    layout: Layout = flow.layout
    cells = [
        Cell(
            0,
            col,
            [Run(text, bold=True, color=WHITE)],
            cols=cols,
            fill=layout.palette.band,
            align="center",
            ruled=False,
        )
        for col, cols, text in heads
    ]
    return Grid(widths, cells, frozenset(), {0: 16.0})


def _conversion(flow: Flow, conversion: Conversion, upper: bool = False) -> None:
    heading(flow, conversion.heading, size=9)
    count = len(conversion.scores)
    widths = _widths(flow, [2.2, *[1.0] * count])
    header = _header(flow, widths, [(0, 1, "Category"), (1, count, "Level/Grade")])
    body = Grid(widths, [], frozenset())
    for row, (name, scale, cells) in enumerate(conversion.rows):
        levels = [cell.replace("Level", "LEVEL") if upper else cell for cell in cells]
        runs = [Run(name)]
        if scale.startswith("ACL: HKDSE Category C"):
            runs.append(Run("#", raised=True))
        body.cells.append(Cell(row, 0, runs))
        body.cells += [
            Cell(row, col, [Run(level)], align="center") for col, level in enumerate(levels, 1)
        ]
    last = len(conversion.rows)
    body.cells.append(Cell(last, 0, [Run("Score", bold=True)], heavy=True))
    body.cells += [
        Cell(last, col, [Run(score, bold=True)], align="center", heavy=True)
        for col, score in enumerate(conversion.scores, 1)
    ]
    flow.table(header, body, [last + 1], paint_header)


def _bonus(
    flow: Flow,
    edition: Edition,
    title: str = "EXTRA BONUS FOR THE BEST 6TH SUBJECT",
    first: str = "Category",
    name: str = "Cat. {} Subjects",
) -> None:
    heading(flow, title, size=13)
    text = (
        "The bonus is the percentage below times the Highest Attainable Score of the best 5 "
        "subjects; it is added to their sum."
    )
    flow.text([Run(text)], 8, after=6)
    widths = _widths(flow, [1.0, 2.2, 2.2])
    heads = [
        (0, 1, "Category"),
        (1, 1, f"{edition.year} Converted Score"),
        (2, 1, "Extra Bonus (%)*"),
    ]
    header = _header(flow, widths, heads)
    body = Grid(widths, [], frozenset())
    bonuses = edition.bonuses()
    for category in "ABC":
        rows = [i for i, (c, _, _) in enumerate(bonuses) if c == category]
        body.cells.append(Cell(rows[0], 0, [Run(name.format(category))], rows=len(rows)))
    for row, (_, score, percent) in enumerate(bonuses):
        body.cells += [
            Cell(row, 1, [Run(score)], align="center"),
            Cell(row, 2, [Run(percent)], align="center"),
        ]
    flow.table(header, body, [len(bonuses)], paint_header, after=4)
    flow.text([Run("* The bonus % shown is rounded to 2 decimal places.")], 5.5, after=10)


def _alternatives(flow: Flow, edition: Edition) -> None:
    widths = _widths(flow, [1.5, 1.0])
    title = (
        "Alternative Qualifications for JUPAS applicants to fulfill\n"
        "the University general requirement for Chinese Language"
    )
    header = _header(flow, widths, [(0, 1, title), (1, 1, "Level/Grade")])
    body = Grid(widths, [], frozenset())
    for row, (qualification, level) in enumerate(edition.chinese_alternatives.items()):
        body.cells += [Cell(row, 0, [Run(qualification)]), Cell(row, 1, [Run(level)])]
    flow.table(header, body, [len(edition.chinese_alternatives)], paint_header)
