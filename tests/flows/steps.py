"""A refresh without Prefect, in seconds: what most cases need. The steps are the flow's own.

Input: the data folder, SOURCE arguments. Output: a `Release`, or None where nothing is new.
Grain: one run. Raises what the steps raise, as under Prefect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.steps import P, R, Threads
from flows.steps import refreshed as all_steps
from warehouse.release import Release


class Heard(Threads):
    """`hears` the name of each step before it begins."""

    def __init__(self, hears: Callable[[str], None]) -> None:
        super().__init__()
        self._hears = hears

    def __call__(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        self._hears(step.__name__)
        return super().__call__(step, *args, **kwargs)


def refreshed(
    data: Path,
    sources: Sequence[str | Path] = (),
    *,
    live: bool = False,
    report: bool = False,
    step: Callable[[str], None] = lambda name: None,
) -> Release | None:
    """One refresh of `data`. Without a report, unless asked for: it takes as long as the rest."""
    given = [str(source) for source in sources]
    return all_steps(given, data, Heard(step), live=live, report=report).release
