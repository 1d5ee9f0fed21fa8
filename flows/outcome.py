"""What the flow tells the command that started it: how far it is, and how it ended.

Input: the steps of a run. Output: a progress display's calls; a `RefreshResult` or an exception.
Grain: one run. Raises nothing.

Kept apart from what Prefect makes of a run, whose server may die before it is told the end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.release import Release

Progress = Callable[[str, int, int], None]  # step, done, of


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a run ended. `release` is None where nothing was new."""

    folder: Path
    release: Release | None
    documents: int
    extracted: int  # documents whose cells were not in the cache
    samples_left_out: bool = False
    warnings: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # sources not had, and why


Outcome = RefreshResult | Exception


def silent(step: str, done: int, total: int) -> None:
    """No progress display."""


_progress: ContextVar[Progress] = ContextVar("progress", default=silent)
_outcome: ContextVar[list[Outcome]] = ContextVar("outcome")


def listen(progress: Progress) -> list[Outcome]:
    """Show the coming run's progress there; the list will hold how it ended."""
    _progress.set(progress)
    outcome: list[Outcome] = []
    _outcome.set(outcome)
    return outcome


def progress_of_run() -> Progress:
    """Where to say how far the run is."""
    return _progress.get()


def note_outcome(outcome: Outcome) -> None:
    """Say how the run ended. Apart from the flow, which Dask pickles with all that it names: no
    `ContextVar` can be."""
    _outcome.get([]).append(outcome)
