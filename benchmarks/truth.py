"""What is right: the reviewed golden rows of the samples, and how rows read by anyone are judged.

Input: `tests/golden/samples/*.csv`, rows of printed cells. Output: `Expected` groups and a share.
Grain: a group is one programme in one table of one document; a fact is one printed cell of it.
Raises nothing.

The same judge for all: a fact is *in the row* if a row that holds the programme's code holds the
printed text too, blanks aside; figures and levels as whole words, as often as the page prints them
in that row. It is *in a cell of its own* if a cell of that row begins with it and goes on with
nothing but marks and notes. A cell merged over several programmes counts for each of them: that is
what the page says.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from benchmarks.contenders import ROOT, Row

GOLDEN = ROOT / "tests" / "golden" / "samples"
BROCHURE, LEAFLET = "brochure-2026.pdf", "expected-scores-2025.pdf"
DOCUMENTS = (BROCHURE, LEAFLET)
_FIGURES = ("highest_attainable", "median", "lower_quartile", "lower_quartile_per_subject")
_CODE = re.compile(r"JS\d{4}")
_WORD = re.compile(r"\d\*+|[^\W_]+(?:\.\d+)?")


@dataclass
class Expected:
    """The printed cells of one programme in one table: texts, and counted words."""

    code: str
    texts: list[str] = field(default_factory=list)
    words: list[frozenset[str]] = field(default_factory=list)  # each in its possible spellings

    @property
    def facts(self) -> int:
        return len(self.texts) + len(self.words)


@dataclass(frozen=True)
class Share:
    """Facts of a document found."""

    facts: int
    in_row: int
    in_own_cell: int

    def __add__(self, other: Share) -> Share:
        return Share(
            self.facts + other.facts,
            self.in_row + other.in_row,
            self.in_own_cell + other.in_own_cell,
        )


@cache
def expected(document: str) -> tuple[Expected, ...]:
    """The groups of one sample."""
    groups: dict[tuple[str, str], Expected] = {}

    def of(table: str, code: str) -> Expected:
        return groups.setdefault((table, code), Expected(code))

    edition = "2026" if document == BROCHURE else "2025"
    table = "requirements" if document == BROCHURE else "expected scores"
    for row in _golden("programme_names"):
        if (row["edition"], row["printed_in"]) in _LISTS[document]:
            of(row["printed_in"].removesuffix(" scores"), row["jupas_code"]).texts.append(
                row["title"]
            )
    table = table.removesuffix(" scores")
    for row in _golden("formulas"):
        if row["edition"] == edition:
            of(table, row["jupas_code"]).texts.append(row["formula_text"])
            if document == BROCHURE:
                of(table, row["jupas_code"]).words.append(_figure(row["highest_attainable"]))
    for row in _golden("scores"):
        basis = row["basis"]
        if document == LEAFLET and row["scores_year"] == "2024":
            group = of("expected", row["jupas_code"])
        elif document == BROCHURE and row["scores_year"] == "2025":
            group = of(basis, row["jupas_code"])
        else:
            continue
        group.words += [_figure(row[name]) for name in _FIGURES if row[name]]
    if document == LEAFLET:
        for row in _golden("expected_scores"):
            group = of("expected", row["jupas_code"])
            if row["low"] == row["high"]:
                group.words.append(_figure(row["low"]))
            else:
                group.texts.append(f"{float(row['low']):g}-{float(row['high']):g}")
    else:
        for row in _golden("minimum_requirements"):
            of(table, row["jupas_code"]).words.append(frozenset([row["level"]]))
    return tuple(groups.values())


_LISTS = {
    BROCHURE: {("2026", "requirements"), ("2025", "admitted scores")},
    LEAFLET: {("2025", "expected scores")},
}


def _golden(table: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _figure(value: str) -> frozenset[str]:
    """A figure as it may be printed: 36.5 or 36.50, 33 or 33.0."""
    number = float(value)
    spellings = [f"{number:g}", f"{number:.1f}", f"{number:.2f}", repr(number)]
    return frozenset(spelling for spelling in spellings if float(spelling) == number)


def share(document: str, rows: Sequence[Row]) -> Share:
    """How many facts of a sample the rows hold, each programme by its best row."""
    by_code: dict[str, list[_Judged]] = defaultdict(list)
    for row in rows:
        judged = _Judged(row)
        for code in judged.codes:
            by_code[code].append(judged)
    total = Share(0, 0, 0)
    for group in expected(document):
        nothing = Share(group.facts, 0, 0)
        found = [row.holds(group) for row in by_code[group.code]]
        total += max(found, key=lambda s: (s.in_row, s.in_own_cell), default=nothing)
    return total


class _Judged:
    """A row, ready to be asked."""

    def __init__(self, row: Row) -> None:
        self.codes = set(_CODE.findall("\n".join(row)))
        # A code in the middle of a title's height stands between its lines.
        self.cells = [_squeezed(_CODE.sub("", cell)) for cell in row]
        self.codes_of_cells = [len(_CODE.findall(cell)) for cell in row]
        self.joined = "\n".join(self.cells)
        self.words = Counter(_WORD.findall("\n".join(row)))

    def holds(self, group: Expected) -> Share:
        texts = [_squeezed(text) for text in group.texts]
        in_row = sum(text in self.joined for text in texts)
        own = sum(self._own([text]) > 0 for text in texts)
        for spellings, count in Counter(group.words).items():
            in_row += min(count, sum(self.words[spelling] for spelling in spellings))
            own += min(count, self._own(spellings))
        return Share(group.facts, in_row, own)

    def _own(self, spellings: Iterable[str]) -> int:
        """Cells that begin with one of the spellings, at a word's end, and hold no second row."""
        begins = re.compile("|".join(map(_begins, spellings)))
        return sum(
            codes < 2 and begins.match(cell) is not None
            for cell, codes in zip(self.cells, self.codes_of_cells, strict=True)
        )


def _begins(spelling: str) -> str:
    """A pattern for cells that begin with it; a figure must end there, a title may have a mark."""
    return re.escape(spelling) + (r"(?![\d.])" if spelling[-1].isdigit() else "")


def _squeezed(text: str) -> str:
    return "".join(text.split())
