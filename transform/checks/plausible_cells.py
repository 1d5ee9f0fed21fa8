"""Cells against the rows they stand in, and remarks against their other printing.

Input: readings. Output: rows of `audit.checks`. Grain: one table column of a document's page.
Nothing here raises.

A value merged over several programmes still begins and ends where rows do. A cell that begins or
ends in the middle of a row has lost a rule or got one too many, and may give its value to the
wrong programme: every layout met so far keeps this to a hundredth of a point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.headers.vocabulary import letters
from transform.brochure.big_figures import YEAR
from transform.brochure.ranks import RANK_IN_TEXT
from transform.checks.findings import Row, finding
from transform.checks.plausible_grades import grade_rank
from transform.lookups import heads
from transform.pages.quantities import leading_quantity, whole_quantity
from transform.pages.ranks import (
    is_subject,
    may_be_subject,
    rank_claims,
    ranking_named,
    ranks_beside,
)
from transform.pages.words import is_sentence
from transform.readings import Reading, Reject
from transform.rules.conversions import QUALIFICATION
from transform.scores.marked_figures import UNEXPLAINED
from transform.unkept import BESIDE, OUTSIDE

FEW_WORDS = 8  # a longer text that holds a figure is prose
PAGE_NUMBERS = 4  # bare numbers a sheet may have at its feet, two up and facing
LAST = re.compile(r"(?<=\s)\S*\d\S*(?:\s*[+%]|\s[mb]illion)*$")
EDGE_POINTS = 2.5  # half of the thinnest row seen is more than twice that
Edges = tuple[float, float]
Rows = dict[tuple[str, int], dict[str, list[Edges]]]


def cell_rows(
    readings: Sequence[Reading], rejects: Sequence[Reject], names: Mapping[str, str]
) -> Iterator[Row]:
    """Checks of where values stand. `names`: document name by sha256."""
    rows = _rows(readings)
    for check in (
        *_edges(readings, rows),
        *_options(readings, rows),
        *_remarks(readings),
        *_ranks_read(readings, rejects),
        *_figures_read(readings, rejects),
        *_marks_explained(readings, rejects),
    ):
        document, rest = str(check["subject"]).split(" ", 1)
        # Two documents may have one name: the first digits of the sha256 tell them apart.
        yield {**check, "subject": f"{names[document]} ({document[:8]}) {rest}"}


def _rows(readings: Sequence[Reading]) -> Rows:
    """Top and bottom of each programme's row, by document and page: its name's cell."""
    rows: Rows = defaultdict(lambda: defaultdict(list))
    for reading in readings:
        edges = _span(reading)
        if reading.table == "programme_names" and reading.column == "title" and edges:
            rows[_page(reading)][_code(reading)].append(edges)
    return rows


def _span(reading: Reading) -> Edges | None:
    top, bottom = reading.place.top, reading.place.bottom
    return None if top is None or bottom is None else (top, bottom)


def _page(reading: Reading) -> tuple[str, int]:
    return reading.document, reading.place.page or 0


def _code(reading: Reading) -> str:
    return str(dict(reading.key).get("jupas_code", ""))


def _edges(readings: Sequence[Reading], rows: Rows) -> Iterator[Row]:
    """Every value of a programme begins and ends where rows do, and spans the programme's row."""
    ends = {
        page: sorted({edge for spans in by_code.values() for span in spans for edge in span})
        for page, by_code in rows.items()
    }
    odd: dict[tuple[str, int, str], dict[str, str]] = defaultdict(dict)
    for reading in readings:
        span, code = _span(reading), _code(reading)
        if span is None or not code or code not in rows.get(_page(reading), {}):
            continue
        if reading.table in ("programme_names", "study_options") or reading.column == "school":
            continue
        off = max(min(abs(edge - end) for edge in ends[_page(reading)]) for end in span)
        spanned = any(
            span[0] <= (top + bottom) / 2 <= span[1] for top, bottom in rows[_page(reading)][code]
        )
        misfits = odd[(*_page(reading), f"{reading.table}.{reading.column}")]
        if off > EDGE_POINTS or not spanned:
            misfits[code] = f"{code}, {' '.join(reading.text.split())[:40]!r}: {off:.1f} points off"
    for (document, page, column), misfits in odd.items():
        yield finding(
            "cells begin and end where rows do",
            f"{document} page {page} {column}",
            not misfits,
            detail="; ".join(misfits.values()) or None,
        )


def _options(readings: Sequence[Reading], rows: Rows) -> Iterator[Row]:
    """The study options of a programme fill its row, one under the other."""
    options: dict[tuple[str, int], dict[str, list[Edges]]] = defaultdict(lambda: defaultdict(list))
    for reading in readings:
        span = _span(reading)
        if reading.table == "study_options" and reading.column == "title" and span:
            options[_page(reading)][_code(reading)].append(span)
    for page, by_code in options.items():
        misfits = []
        for code, spans in by_code.items():
            named = rows.get(page, {}).get(code, [])
            if not named:
                continue
            spans.sort()
            row = named[0]
            ends = [row[0], *(edge for span in spans for edge in span), row[1]]
            gaps = [abs(a - b) for a, b in zip(ends[::2], ends[1::2], strict=True)]
            if max(gaps) > EDGE_POINTS:
                misfits.append(f"{code}: {max(gaps):.1f} points")
        yield finding(
            "study options fill their programme's row",
            f"{page[0]} page {page[1]}",
            not misfits,
            detail="; ".join(misfits) or None,
        )


def _remarks(readings: Sequence[Reading]) -> Iterator[Row]:
    """A remark that a document prints on several pages reads the same on each."""
    texts: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for reading in readings:
        if reading.table == "remarks" and reading.column == "text":
            mark = str(dict(reading.key)["mark"])
            texts[reading.document, mark][reading.place.page or 0] = str(reading.value)
    for (document, mark), by_page in texts.items():
        same = len({letters(text) for text in by_page.values()}) == 1
        yield finding(
            "a remark reads the same on every page", f"{document} {mark}", same,
            detail=None if same else "; ".join(f"page {p}: {t}" for p, t in by_page.items()),
        )  # fmt: skip


def _ranks_read(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """No rank is left over on a page of a brochure: '17th' belongs to some ranking. A ranking that
    is named, with its year perhaps, has ranks; a text that names it beside a rank was read."""
    left: dict[tuple[str, int], list[str]] = {
        (reading.document, reading.place.page): []
        for reading in readings
        if reading.table == "rankings" and reading.place.page is not None
    }
    ranked = {
        (reading.document, key["ranking"], year)
        for reading in readings
        if reading.table == "rankings" and (key := dict(reading.key))
        for year in (key["year"], None)
    }
    by_subject = {r.document for r in readings if r.table == "rankings" and dict(r.key)["subject"]}
    for reject in rejects:
        if reject.place.page is None or is_sentence(reject.text):
            continue
        named, beside = ranking_named(reject.text), ranks_beside(reject.text)
        if (
            rank_claims(reject.text)
            or (reject.document in by_subject and is_subject(reject.text))
            or (beside and (may_be_subject(beside[1]) or ranking_named(beside[1])))
            or (named and (reject.document, named.name, named.year) not in ranked)
            or (RANK_IN_TEXT.search(reject.text) and "ranking" in reject.text.casefold())
        ):
            left.setdefault((reject.document, reject.place.page), []).append(reject.text)
    for (document, page), texts in left.items():
        yield finding(
            "every rank belongs to a ranking", f"{document} page {page}", not texts,
            detail="; ".join(texts) or None,
        )  # fmt: skip


def _figures_read(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """No figure or grade is left over beside or outside the tables: it stands in a row or is a
    fact. Page numbers, years and a single letter are none. Nor is a qualification, where the
    alternatives in Chinese are tabled."""
    tabled = {r.document for r in readings if r.table == "chinese_alternatives"}
    texts: dict[tuple[str, int], list[str]] = {_page(reading): [] for reading in readings}
    for reject in rejects:
        if reject.reason in (BESIDE, OUTSIDE) and reject.place.page is not None:
            texts.setdefault((reject.document, reject.place.page), []).append(reject.text)
    for (document, page), said in texts.items():
        contents = any(heads("contents", text) for text in said)
        figures = [text for text in said if not contents and _counts_something(text)]
        numbers = [text for text in said if text.isdigit() and not YEAR.fullmatch(text)]
        grades = [text for text in said if not text.isdigit() and grade_rank(text)]
        figures += numbers if len(numbers) > PAGE_NUMBERS and not contents else []
        figures += grades if len(grades) > 1 else []
        if document in tabled:
            short = [text for text in said if len(text.split()) <= FEW_WORDS]
            figures += [x for x in short if QUALIFICATION.search(x) and not is_sentence(x)]
        yield finding(
            "every figure outside tables is a fact", f"{document} page {page}", not figures,
            detail="; ".join(figures) or None,
        )  # fmt: skip


def _marks_explained(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """A mark beside a score figure has a note that leaves the figure what its column says."""
    marked: dict[str, list[str]] = {r.document: [] for r in readings if r.table == "scores"}
    for reject in rejects:
        if reject.reason.startswith(UNEXPLAINED):
            marked.setdefault(reject.document, []).append(f"{reject.text!r}: {reject.reason}")
    for document, said in marked.items():
        yield finding(
            "a mark beside a figure has a known note", f"{document} scores", not said,
            detail="; ".join(said) or None,
        )  # fmt: skip


def _counts_something(text: str) -> bool:
    """Whether a text is a quantity, or one with a few words that say what it counts, and shows by
    a sign, a unit or its decimals that it numbers no page."""
    if is_sentence(text) or len(text.split()) > FEW_WORDS:
        return False
    found, end = leading_quantity(text), LAST.search(text)
    quantities = [whole_quantity(text), whole_quantity(end[0]) if end else None]
    quantities += [found[0]] if found and found[1][:1].isalnum() else []
    return any(
        quantity is not None
        and not re.search(rf"{YEAR.pattern}$", quantity.text)
        and (quantity.qualifier or quantity.unit or re.search(r"\d[.,]\d", quantity.text))
        for quantity in quantities
    )
