"""The pipeline run on a mutant of a sample, and what came of it.

Input: the sample PDFs, `Mutant`s of them. Output: `Outcome`s.
Grain: one mutant; both samples are read together, the other one unmutated.
Nothing here raises but errors that are no `AdmissionsError`.

The whole document is read for each mutant, since pages tell of each other. Under `remembering`,
what did not change costs nothing: tables of other pages, headers where no word moved, formulae.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import extract.document
import extract.page.sheets
import schemas
import transform.checks.reconcile_figures
import transform.programmes.formula_cells
import transform.read
from errors import AdmissionsError
from extract.cells import DocumentCells, PageCells
from extract.document import document_cells
from extract.headers.vocabulary import Vocabulary, load_vocabulary
from extract.page.marks import PageObjects
from extract.page.objects import open_pages
from tests.mutation.mutants import Mutant, Thing, mutated, things_of
from transform.checks.plausibility import plausibility_rows
from transform.checks.reconcile import check_rows
from transform.formulae import parse_canonical, parse_formula
from transform.merge import Merged, merge
from transform.read import ReadDocument, read_cells

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 200  # results a function keeps
# Functions without side effects, where they are called, and how many arguments their result
# depends on (the others follow from these, or never change).
REMEMBERED = (
    (extract.page.sheets, "words_of", 1),
    (extract.document, "sheet_of", 1),
    (extract.document, "page_headers", 1),
    (extract.document, "frame_of", 2),
    (extract.document, "table_of", 1),
    (transform.read, "remarks_of", 1),
)
SAMPLES = (ROOT / "samples" / "brochure-2026.pdf", ROOT / "samples" / "expected-scores-2025.pdf")

HARMLESS, REFUSED, BLOCKED, WARNED, REJECTED, SILENT = (
    "harmless", "refused", "blocked", "warned", "rejected", "silent",
)  # fmt: skip
VERDICTS = (HARMLESS, REFUSED, BLOCKED, WARNED, REJECTED, SILENT)


@dataclass(frozen=True, slots=True)
class Change:
    """One released value that differs; `column` is '' for a row that came or went."""

    table: str
    key: tuple[object, ...]
    column: str
    was: object
    now: object

    def __str__(self) -> str:
        key = " ".join(str(part) for part in self.key)
        return f"{self.table} {key} {self.column}: {self.was!r} -> {self.now!r}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant.

    harmless : every value of every table as before.
    refused : a reader raised an `AdmissionsError`. blocked : a check stops the release.
    warned : a check that only warns failed. rejected : nothing but a new row of `audit.rejects`.
    silent : a value differs and nothing says so.
    """

    mutant: Mutant
    table: str
    verdict: str
    reason: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class _Sample:
    path: Path
    pages: list[PageObjects]
    things: dict[int, dict[str, list[Thing]]]
    cells: DocumentCells
    read: ReadDocument


@dataclass(slots=True)
class Baseline:
    """The unmutated samples, read once."""

    vocabulary: Vocabulary
    samples: dict[str, _Sample]
    rows: dict[str, dict[tuple[object, ...], dict[str, object]]] = field(default_factory=dict)
    failed: frozenset[tuple[str, str]] = frozenset()
    rejects: frozenset[tuple[str, str]] = frozenset()

    def pages(self) -> Iterator[tuple[str, list[PageObjects]]]:
        for name, sample in self.samples.items():
            yield name, sample.pages

    def outcome(self, mutant: Mutant) -> Outcome:
        """What becomes of the samples when one of them is changed as the mutant says."""
        sample = self.samples[mutant.document]
        page = sample.pages[mutant.page - 1]
        things = sample.things[mutant.page]
        where = _table_of(things[mutant.kind][mutant.index], sample.cells.pages[mutant.page - 1])
        try:
            cells = self._cells(sample, mutated(page, things, mutant))
            if cells == sample.cells:
                return Outcome(mutant, where, HARMLESS, "the same cells")
            read = read_cells(cells, sample.read.document)
            return self._judged(mutant, where, read)
        except AdmissionsError as error:
            return Outcome(mutant, where, REFUSED, f"{type(error).__name__}: {error}")

    def _cells(self, sample: _Sample, page: PageObjects) -> DocumentCells:
        """The document's cells with one page in place of its original."""
        pages = [page if page.number == other.number else other for other in sample.pages]
        with _instead(extract.document, "open_pages", lambda path, document: iter(pages)):
            return document_cells(sample.path, self.vocabulary, sample.path.name)

    def _judged(self, mutant: Mutant, where: str, read: ReadDocument) -> Outcome:
        others = [s.read for name, s in self.samples.items() if name != mutant.document]
        merged, checks, rejects = _released([read, *others])
        changes = tuple(_changes(self.rows, _keyed(merged)))
        failed = {
            (str(row["check_name"]), str(row["subject"])): str(row["severity"])
            for row in checks
            if row["status"] == "failed"
        }
        new = {key: severity for key, severity in failed.items() if key not in self.failed}
        blocking = [key for key, severity in new.items() if severity == "block"]
        if blocking:
            return Outcome(mutant, where, BLOCKED, ": ".join(blocking[0]), changes)
        if not changes:
            return Outcome(mutant, where, HARMLESS, "other cells, the same values")
        for table in {change.table for change in changes}:
            # Raises where a row breaks its model: the release would be refused.
            schemas.frame_of(schemas.TABLES[table], merged.tables.get(table, []))
        if new:
            return Outcome(mutant, where, WARNED, ": ".join(next(iter(new))), changes)
        told = rejects - self.rejects
        if told:
            return Outcome(mutant, where, REJECTED, ": ".join(sorted(told)[0]), changes)
        return Outcome(mutant, where, SILENT, "", changes)


def baseline(paths: Sequence[Path] = SAMPLES, vocabulary: Path | None = None) -> Baseline:
    """The samples read once, with everything that a mutant is compared with."""
    words = load_vocabulary(
        vocabulary or Path(transform.read.__file__).with_name("vocabulary.toml")
    )
    samples = {}
    for path in paths:
        pages = list(open_pages(path))
        cells = document_cells(path, words, path.name)
        read = read_cells(cells, path.name)
        things = {page.number: things_of(page) for page in pages}
        samples[path.name] = _Sample(path, pages, things, cells, read)
    merged, checks, rejects = _released([sample.read for sample in samples.values()])
    failed = {
        (str(row["check_name"]), str(row["subject"])) for row in checks if row["status"] == "failed"
    }
    return Baseline(words, samples, _keyed(merged), frozenset(failed), frozenset(rejects))


def _released(
    read: Sequence[ReadDocument],
) -> tuple[Merged, list[dict[str, object]], set[tuple[str, str]]]:
    readings = [reading for one in read for reading in one.readings]
    rejects = [reject for one in read for reject in one.rejects]
    merged = merge(readings)
    names = {one.document: one.document for one in read}
    checks = [*check_rows(merged, names), *plausibility_rows(merged, readings, rejects, names)]
    return merged, checks, {(reject.text, reject.reason) for reject in rejects}


def _keyed(merged: Merged) -> dict[str, dict[tuple[object, ...], dict[str, object]]]:
    return {
        table: {
            tuple(row[name] for name in schemas.key_of(schemas.TABLES[table])): row for row in rows
        }
        for table, rows in merged.tables.items()
    }


def _changes(
    before: dict[str, dict[tuple[object, ...], dict[str, object]]],
    after: dict[str, dict[tuple[object, ...], dict[str, object]]],
) -> Iterator[Change]:
    for table in sorted(before.keys() | after.keys()):
        was, now = before.get(table, {}), after.get(table, {})
        for key in sorted(was.keys() | now.keys(), key=str):
            if key not in now:
                yield Change(table, key, "", "a row", None)
            elif key not in was:
                yield Change(table, key, "", None, "a row")
            elif was[key] != now[key]:
                for column in sorted(was[key].keys() | now[key].keys()):
                    old, new = was[key].get(column), now[key].get(column)
                    if _plain(old) != _plain(new):
                        yield Change(table, key, column, old, new)


def _plain(value: object) -> object:
    """Text without its blanks: where a line was broken is no fact."""
    return "".join(value.split()) if isinstance(value, str) else value


def _table_of(thing: Thing, page: PageCells) -> str:
    """The kind of table that the thing stands in, 'beside tables', or 'no table on the page'."""
    x, y = (thing.box.x0 + thing.box.x1) / 2, (thing.box.top + thing.box.bottom) / 2
    for table in page.tables:
        if table.x0 - 2 <= x <= table.x1 + 2 and table.top - 2 <= y <= table.bottom + 2:
            return table.kind
    return "beside tables" if page.tables else "no table on the page"


@contextmanager
def _instead(module: object, name: str, function: Callable[..., object]) -> Iterator[None]:
    old = getattr(module, name)
    setattr(module, name, function)
    try:
        yield
    finally:
        setattr(module, name, old)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, pure functions of the pipeline remember what they gave for the same input.

    Without it every page is read anew for every mutant: slower, and the same outcomes.
    """
    parse = cache(lambda text, said, page: parse_formula(text, dict(said), page=page))
    with ExitStack() as stack:
        for module, name, depth in REMEMBERED:
            stack.enter_context(_instead(module, name, _by_identity(getattr(module, name), depth)))
        stack.enter_context(
            _instead(
                transform.programmes.formula_cells, "parse_formula",
                lambda text, said, page: parse(text, tuple(said.items()), page),
            )
        )  # fmt: skip
        stack.enter_context(
            _instead(transform.checks.reconcile_figures, "parse_canonical", cache(parse_canonical))
        )
        yield


def _by_identity(function: Callable[..., object], depth: int) -> Callable[..., object]:
    """The same first `depth` objects and the same named ones (or, of a tuple or a named list, the
    same members) give the same result."""
    known: dict[tuple[object, ...], tuple[object, object]] = {}

    def remembered(*given: object, **named: object) -> object:
        key = tuple(
            tuple(map(id, one)) if isinstance(one, tuple) else id(one) for one in given[:depth]
        ) + tuple(
            (name, tuple(map(id, one)) if isinstance(one, tuple | list) else id(one))
            for name, one in sorted(named.items())
        )
        if key not in known:
            if len(known) > MEMORY:
                known.clear()
            # What was given is kept too: while it lives, its id stays its own.
            kept = [list(one) if isinstance(one, list) else one for one in named.values()]
            known[key] = ((given, kept), function(*given, **named))
        return known[key][1]

    return remembered
