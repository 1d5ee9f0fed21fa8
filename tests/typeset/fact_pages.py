"""Cover, rankings, facts and scholarships: the pages of the brochure that are no rule tables.

Input: `Edition`. Output: sheets with big figures, labels, lists and one small table.
Grain: one figure, one rank, one list item. Raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.typeset.document import Document
from tests.typeset.edition import Edition
from tests.typeset.faces import WHITE, Run
from tests.typeset.flow import A4, MARGIN, Flow, paint_header
from tests.typeset.grid import Cell, Grid


def typeset_cover(document: Document, edition: Edition) -> None:
    sheet = document.sheet(*A4)
    sheet.show(MARGIN, 100, "HKUST", Run("", bold=True), 42)
    sheet.show(MARGIN, 150, f"{edition.year} ADMISSIONS JUPAS", Run("", bold=True), 12)
    document.add(sheet)


def typeset_facts(document: Document, edition: Edition, folio: int) -> int:
    """Rankings, study facts, opportunities: three spreads."""
    flow = Flow(document, folio)
    _running_head(flow, edition)
    flow.text([Run("Your Global Hub", bold=True)], 13, after=10)
    overall = [r for r in edition.rankings if not r.subject]
    x0, x1 = flow.bounds
    step = (x1 - x0) / 4
    bottoms = []
    for index, r in enumerate(overall):
        left = x0 + index * step
        _ordinal(flow, left, flow.y + 24, r.rank, 24)
        bottom = flow.sheet.paragraph([Run(r.label)], left, flow.y + 36, left + step - 6, 7.5)
        bottoms.append(
            flow.sheet.paragraph(
                [Run(f"{r.ranking} {r.year}")], left, bottom + 6, left + step - 6, 6
            )
        )
    flow.y = max(bottoms) + 14
    flow.next_column()
    _subject_rankings(flow, edition)
    flow.next_column()
    _running_head(flow, edition)
    flow.text([Run("Your Path Your Way", bold=True)], 13)
    flow.next_column()
    flow.text([Run("Mix n' Match", bold=True)], 13, after=10)
    _figures(flow, edition.facts["mix"])
    _list(flow, "Extended majors", edition.listings["Extended majors"], columns=1)
    flow.next_column()
    _running_head(flow, edition)
    flow.text([Run("HKUST Opportunities", bold=True)], 13, after=10)
    _figures(flow, edition.facts["opportunities"])
    flow.next_column()
    _figures(flow, edition.facts["startups"])
    name = "Global Recruiters and Employers"
    _list(flow, name, edition.listings[name], columns=4)
    return flow.close()


def _running_head(flow: Flow, edition: Edition) -> None:
    flow.text([Run(f"{edition.year} Admissions Jupas")], 6, after=8)


def _ordinal(flow: Flow, x: float, baseline: float, rank: int, size: float) -> None:
    """44th with the suffix raised."""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(
        rank % 10 if rank % 100 not in {11, 12, 13} else 0, "th"
    )
    run = Run("", bold=True)
    flow.sheet.show(x, baseline, str(rank), run, size)
    end = x + flow.sheet.width_of(str(rank), run, size)
    flow.sheet.show(end, baseline - size * 0.35, suffix, run, size * 0.42)


def _subject_rankings(flow: Flow, edition: Edition) -> None:
    by_subject = [r for r in edition.rankings if r.subject and r.region == "World"]
    first = {r.subject for r in edition.rankings if r.region == "Hong Kong"}
    flow.text(
        [Run(f"Top {max(10, -(-max(r.rank for r in by_subject) // 10) * 10)}", bold=True)], 11
    )
    flow.text([Run(f"{by_subject[0].year} {by_subject[0].ranking}", bold=True)], 9, after=8)
    x0, x1 = flow.bounds
    half = -(-len(by_subject) // 2)
    step = (x1 - x0) / 2
    for index, r in enumerate(by_subject):
        left = x0 + (index // half) * step
        top = flow.y + (index % half) * 22
        flow.sheet.paragraph([Run(r.subject)], left, top, left + 150, 7)
        _ordinal(flow, left + 160, top + 8, r.rank, 12)
        if r.subject in first:
            flow.sheet.show(left + 190, top + 7, "1st in Hong Kong", Run("", italic=True), 7)
    flow.y += half * 22 + 10


def _figures(flow: Flow, facts: Sequence[tuple[str, str]]) -> None:
    """Big figures with a label under each, four a row."""
    x0, x1 = flow.bounds
    step = (x1 - x0) / 4
    for start in range(0, len(facts), 4):
        bottoms = []
        for index, (label, text) in enumerate(facts[start : start + 4]):
            left = x0 + index * step
            bottom = flow.sheet.paragraph([Run(text, bold=True)], left, flow.y, left + step - 8, 20)
            bottoms.append(
                flow.sheet.paragraph([Run(label)], left, bottom + 2, left + step - 10, 7)
            )
        flow.y = max(bottoms) + 14


def _list(flow: Flow, name: str, items: Sequence[str], columns: int) -> None:
    flow.text([Run(name, bold=True)], 9, after=6)
    x0, x1 = flow.bounds
    step = (x1 - x0) / 4
    per_column = -(-len(items) // columns)
    for index, item in enumerate(items):
        flow.sheet.show(
            x0 + (index // per_column) * step,
            flow.y + 8 + (index % per_column) * 11,
            item,
            Run(""),
            7,
        )
    flow.y += per_column * 11 + 12


def typeset_scholarships(document: Document, edition: Edition, folio: int) -> None:
    """The last page: a two-column table."""
    flow = Flow(document, folio, columns=1, size=A4)
    layout = flow.layout
    span = f"{edition.year}/{(edition.year + 1) % 100:02d}"
    flow.text([Run("SCHOLARSHIPS & SPECIAL SCHEMES", bold=True)], 13)
    scheme = f"University Admissions Scholarship Scheme for HKDSE Holders (for {span} intake)"
    flow.text([Run(scheme, bold=True)], 9, after=6)
    x0, x1 = flow.bounds
    widths = [(x1 - x0) * 0.25, (x1 - x0) * 0.75]
    heads = ["Total number of * attained ^+", "Scholarship Amount"]
    header = Grid(
        widths,
        [
            Cell(
                0,
                col,
                [Run(text, color=WHITE)],
                fill=layout.palette.band,
                align="center",
                ruled=False,
            )
            for col, text in enumerate(heads)
        ],
    )
    body = Grid(widths)
    for row, s in enumerate(edition.scholarships):
        body.cells += [
            Cell(row, 0, [Run(re.sub(r" - ", "-", s.stars_text) if row % 2 else s.stars_text)]),
            Cell(row, 1, [Run(s.description)], align="center"),
        ]
    flow.table(header, body, [len(edition.scholarships)], paint_header)
    note = (
        "+ (Level 5** and 5* combined) = No. of subjects with 5** x 2 + No. of subjects with 5*. "
        "M1 and M2 count as subjects; Category B and C results do not."
    )
    flow.text([Run(note)], 6)
    flow.close()
