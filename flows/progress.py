"""How far a refresh or a batch is, on a terminal: bar, rate, time left. Nothing elsewhere.

Input: the steps of a run; the rows of a file of applicants. Output: a display on stderr, gone when
the work is done. Grain: one run. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from flows.console import PlainConsole
from flows.outcome import silent

if TYPE_CHECKING:
    from flows.outcome import Progress as Report

STEPS = {"reading": "Reading documents", "checking": "Checking", "releasing": "Releasing"}
BLOCK_BYTES = 1 << 20


class _Rate(ProgressColumn):
    """'0.9 a second', once there is something to tell it from."""

    def render(self, task: Task) -> Text:
        speed = task.speed
        if speed is None:
            return Text("")
        return Text(f"{speed:,.1f} a second" if speed < 10 else f"{speed:,.0f} a second")


def _display(console: PlainConsole) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        _Rate(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
        console=console, transient=True,
    )  # fmt: skip


@contextmanager
def progress_display() -> Iterator[Report]:
    """How far a refresh is."""
    console = PlainConsole(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    with _display(console) as bar:
        shown = bar.add_task("Starting", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(shown, description=STEPS[step], completed=done, total=total)

        yield report


@contextmanager
def batch_display(applicants: Path, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """How many rows of a file of applicants are scored: hears the rows of each partition."""
    console = PlainConsole(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    with _display(console) as bar:
        shown = bar.add_task("Scoring rows", total=_rows(applicants))
        yield lambda rows: bar.advance(shown, rows)


def _rows(path: Path) -> int | None:
    """About how many rows a file has; None where it can't be told. Scoring says what is wrong."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if path.suffix.lower() == ".parquet":
            with pq.ParquetFile(path) as file:
                return int(file.metadata.num_rows)
        with path.open("rb") as lines:  # the header is one of them
            blocks = iter(lambda: lines.read(BLOCK_BYTES), b"")
            return max(0, sum(block.count(b"\n") for block in blocks) - 1)
    except (OSError, pa.ArrowException):
        return None
