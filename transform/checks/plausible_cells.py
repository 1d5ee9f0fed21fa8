"""Cells against the rows they stand in, and remarks against their other printing.

Input: readings. Output: rows of `audit.checks`. Grain: one table column of a document's page.
Nothing here raises.

A value merged over several programmes still begins and ends where rows do. A cell that begins or
ends in the middle of a row has lost a rule or got one too many, and may give its value to the
wrong programme: every layout met so far keeps this to a hundredth of a point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.headers.vocabulary import letters
from transform.checks.findings import Row, finding
from transform.checks.plausible_left import left_rows
from transform.readings import Reading, Reject

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
        *left_rows(readings, rejects),
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
