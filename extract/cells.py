"""What the extraction hands over: cells, rows and tables with boxes, and the text outside them.

Output of `extract`, input of `transform`; plain data that goes through JSON unchanged.
Grain: a `Cell` is one drawn cell of one table; a merged cell is one `Cell` that stands in every
row (and column) it spans. Coordinates are PDF points of the page as a viewer turns it (after
/Rotate), y downwards, as pdfplumber gives them; `page` counts from 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.places import Place as Place  # of a cell, for whoever reads cells
from extract.places import Seam, Turn, Unseen


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one line with one look. `size` in points, `color` as RGB hex.

    `raised` runs are superscripts: smaller than their line and off its baseline, or glued marks.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    color: str
    raised: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, left to right; a gap wider than a word space starts a new Line."""

    runs: tuple[Run, ...]

    @property
    def x0(self) -> float:
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        return max(run.x1 for run in self.runs)

    @property
    def top(self) -> float:
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        return max(run.bottom for run in self.runs)

    @property
    def middle(self) -> float:
        """Height of the middle of the unraised text: what lines of a row have in common."""
        body = [run for run in self.runs if not run.raised] or list(self.runs)
        return sum(run.top + run.bottom for run in body) / (2 * len(body))

    @property
    def size(self) -> float:
        """The size most of its characters have."""
        weight: dict[float, int] = {}
        for run in self.runs:
            weight[run.size] = weight.get(run.size, 0) + len(run.text)
        return max(weight, key=lambda size: (weight[size], size))

    @property
    def printed(self) -> str:
        """All text as printed, marks where they stand."""
        return _joined(self.runs)

    @property
    def text(self) -> str:
        """The text without raised marks; raised letters ('6th') stay."""
        return _joined([run for run in self.runs if not is_mark(run)])

    @property
    def marks(self) -> list[str]:
        """Raised marks, one string a character, in printed order; commas part them."""
        text = "".join(run.text for run in self.runs if is_mark(run))
        return [char for char in text if not char.isspace() and char != ","]


def is_mark(run: Run) -> bool:
    """A raised run of symbols or of one digit: a footnote mark, not text."""
    text = run.text.strip()
    return run.raised and bool(text) and not any(char.isalpha() for char in text)


def _joined(runs: list[Run] | tuple[Run, ...]) -> str:
    return " ".join("".join(run.text for run in runs).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """One drawn cell. `columns` names every column it spans.

    `fill` is the RGB hex of the fill under the cell, None where it is unpainted.
    """

    columns: tuple[str, ...]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[Line, ...]
    fill: str | None

    @property
    def printed(self) -> str:
        """Lines as printed, marks included, joined with newlines."""
        return "\n".join(line.printed for line in self.lines)

    @property
    def text(self) -> str:
        """The text on one line, without raised marks."""
        return " ".join(" ".join(line.text for line in self.lines).split())

    @property
    def marks(self) -> list[str]:
        return [mark for line in self.lines for mark in line.marks]

    @property
    def place(self) -> Place:
        return Place(self.page, self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the cells of each column that stand in it, top to bottom.

    `section` is the full-width band above the row, None where there is none.
    """

    cells: dict[str, tuple[Cell, ...]]
    section: Cell | None

    def cell(self, column: str) -> Cell | None:
        """The one cell of a column in this row, None where the row is empty there."""
        found = self.cells[column]
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Header:
    """A header cell that was recognised. `words` hold the values of its placeholders (years),
    `marks` what stands raised behind its words."""

    column: str
    text: str
    words: dict[str, str]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one page (or spread). `kind` and `columns` are the vocabulary's names."""

    kind: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    headers: tuple[Header, ...]
    rows: tuple[Row, ...]
    loose: tuple[Cell, ...]  # cells inside the table that stand in no row

    def words(self) -> dict[str, str]:
        """Values of all placeholders in the headers, e.g. {'edition': '2026'}."""
        return {name: word for header in self.headers for name, word in header.words.items()}

    def has(self, column: str) -> bool:
        return any(header.column == column for header in self.headers)


@dataclass(frozen=True, slots=True)
class Area:
    """A painted area bigger than a rule: `color` as RGB hex."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: str

    def covers(self, x0: float, top: float, x1: float, bottom: float, slack: float = 1.0) -> bool:
        return (
            self.x0 <= x0 + slack
            and self.x1 >= x1 - slack
            and self.top <= top + slack
            and self.bottom >= bottom - slack
        )


@dataclass(frozen=True, slots=True)
class PageCells:
    """What one page holds: tables, and the lines and fills that belong to none.

    Two facing pages over which a table runs are one `PageCells` with a `seam`; pages that are drawn
    lying are set upright by their `turns`.

    `outside` are lines outside the visible box: hidden halves of spreads. They are never data.
    `unseen` are texts over its tables that are not read.
    """

    number: int
    width: float
    height: float
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    fills: tuple[Area, ...]
    outside: tuple[str, ...] = ()
    seam: Seam | None = None
    turns: tuple[Turn, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    def home(self, place: Place) -> Place:
        """A place of this page where the document prints it."""
        if self.seam is not None:
            place = self.seam.home(place)
        for turn in self.turns:
            place = turn.home(place)
        return place


@dataclass(frozen=True, slots=True)
class DocumentCells:
    """Everything that was read of one document."""

    pages: tuple[PageCells, ...]

    def tables(self, *kinds: str) -> list[Table]:
        return [table for page in self.pages for table in page.tables if table.kind in kinds]
