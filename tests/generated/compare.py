"""Invented documents through the whole reading, held against their truth.

Input: PDFs of `tests.typeset` and the tables they must give. Output: `Outcome`s.
Grain: one document. Nothing here raises but errors that are no `AdmissionsError`.

RIGHT: every value as in the truth. REFUSED: an `AdmissionsError`, or a check that blocks the
release. WRONG: anything else, which must never be.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import schemas
import transform
from errors import AdmissionsError
from extract.document import document_cells
from extract.headers.vocabulary import Vocabulary, load_vocabulary
from tests.typeset.brochure import typeset_brochure
from tests.typeset.compare import differences
from tests.typeset.edition import Edition
from tests.typeset.layout import Layout
from tests.typeset.leaflet import LEAFLETS, typeset_leaflet
from tests.typeset.truth import Tables, truth
from transform.checks.reconcile import check_rows
from transform.merge import Merged, merge
from transform.read import ReadDocument, read_cells

# Declared names, for which the generator has its own: the rest of these rows is compared.
SKIP = frozenset({"remarks.meaning", "rankings.publisher"})
RANKINGS = {"THE and HR Consultancy Emerging": "Global Employability University Ranking"}
LISTS = {"Extended majors": "extended majors", "Global Recruiters and Employers": "recruiters"}
# The generator draws the figures of facts by chance, this one too.
DRAWN_BY_CHANCE = {"a list is as long as its figure says"}
DOCUMENTS = ("brochure", *LEAFLETS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: 'RIGHT', 'REFUSED' or 'WRONG', and the reasons."""

    document: str
    verdict: str
    reasons: tuple[str, ...] = ()


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")


def readings_of(path: Path) -> ReadDocument:
    """One document through extraction and transformation."""
    cells = document_cells(path, vocabulary(), path.name)
    return read_cells(cells, hashlib.sha256(path.read_bytes()).hexdigest())


def blocking_checks(merged: Merged, ignored: Collection[str] = DRAWN_BY_CHANCE) -> list[str]:
    """The checks that stop a release of these rows."""
    return [
        f"{row['check_name']}: {row['subject']}: {row['expected']} / {row['actual']}"
        for row in check_rows(merged, {})
        if row["severity"] == "block"
        and row["status"] == "failed"
        and row["check_name"] not in ignored
    ]


def refused_by_model(tables: Tables) -> str | None:
    """What the tables' models say against the rows: a release refuses those too."""
    try:
        for name, model in schemas.TABLES.items():
            schemas.frame_of(model, tables.get(name, []))
    except AdmissionsError as error:
        return str(error)
    return None


def outcome(name: str, path: Path, right: Tables, edition: Edition) -> Outcome:
    """What becomes of one PDF whose truth is known."""
    for row in right.get("listings", []):
        row["list"] = LISTS[str(row["list"])]
    for row in right.get("rankings", []):
        row["ranking"] = RANKINGS.get(str(row["ranking"]), row["ranking"])
    ignored = set(DRAWN_BY_CHANCE)
    for row in right.get("scores", []):
        # A June leaflet prints the highest score of this year's formula beside figures of last
        # year's: where the median is above it, the highest is left out.
        if _upside_down(row) and row["basis"] == "admitted":
            row["highest_attainable"] = None
        elif _upside_down(row):
            ignored.add("lower quartile <= median <= highest attainable")
    try:
        merged = merge(readings_of(path).readings)
    except AdmissionsError as error:
        return Outcome(name, "REFUSED", (f"{type(error).__name__}: {error}",))
    found = merged.tables
    wrong = differences(right, found, skip=SKIP)
    wrong += [
        f"{table}: {len(rows)} rows, none of them printed"
        for table, rows in found.items()
        if rows and table not in {*right, "programme_names", "programmes"}
    ]
    wrong += list(_misnamed(found, edition))
    blocked = blocking_checks(merged, ignored)
    if wrong and not blocked:
        blocked = [refused] if (refused := refused_by_model(found)) else []
    if blocked:
        return Outcome(name, "REFUSED", ("blocked", *blocked, *wrong))
    return Outcome(name, "WRONG" if wrong else "RIGHT", tuple(wrong))


def _upside_down(row: Mapping[str, object]) -> bool:
    """Whether chance has drawn a median above the highest attainable score."""
    median, highest = row.get("median"), row.get("highest_attainable")
    return isinstance(median, float) and isinstance(highest, float) and median > highest


def _misnamed(found: Tables, edition: Edition) -> Iterator[str]:
    """Names and schools that are not the programme's, in whichever table they were printed."""
    programmes = {p.code: p for p in edition.programmes}
    for row in (*found.get("programme_names", []), *found.get("programmes", [])):
        p = programmes[str(row["jupas_code"])]
        for column, value in (("title", p.name.title), ("school", p.school)):
            if row.get(column) is not None and "".join(str(row[column]).split()) != "".join(
                value.split()
            ):
                yield f"name of {p.code}, {column}: {value!r} read as {row[column]!r}"


def outcomes(
    edition: Edition, layout: Layout, kinds: Sequence[str] = DOCUMENTS, folder: Path | None = None
) -> Iterator[Outcome]:
    """What becomes of an edition's documents, each read by itself. `folder` keeps the PDFs."""
    with tempfile.TemporaryDirectory() as aside:
        place = folder or Path(aside)
        place.mkdir(parents=True, exist_ok=True)
        for kind in kinds:
            path = place / f"{kind}-{edition.year}.pdf"
            if kind == "brochure":
                shown = typeset_brochure(edition, layout, path)
            else:
                shown = typeset_leaflet(kind, edition, layout, path)
            yield outcome(kind, path, truth(edition, shown), edition)
