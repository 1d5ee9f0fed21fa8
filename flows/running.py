"""The refresh run here and now: for the command line and for tests.

Input: SOURCE arguments, the data folder. Output: a `RefreshResult`. Grain: one run.
Raises: what the flow raises; `SourceUnavailable` where Prefect's server cannot be reached at all.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from errors import SourceUnavailable
from flows.outcome import Progress, RefreshResult, listen, silent
from flows.prefect_server import is_own_server
from flows.refresh import refresh

log = logging.getLogger("admissions")


def run_refresh(
    sources: Sequence[str],
    data: Path,
    *,
    live: bool = False,
    strict: bool = False,
    progress: Progress = silent,
) -> RefreshResult:
    """Run the flow. A server that dies meanwhile changes nothing about how the run ended."""
    outcome = listen(progress)
    try:
        with _settings():
            return refresh(list(sources), str(data), live, strict)
    except Exception as error:
        if not outcome and "reach API" in str(error):
            raise SourceUnavailable(
                "nothing was released: Prefect's server cannot be reached",
                todo="Start it, or unset PREFECT_API_URL to run without one",
            ) from error
        if not outcome or outcome[0] is error:
            raise
        if isinstance(outcome[0], Exception):
            raise outcome[0] from error
        log.warning("Prefect's server could not be told of the end: %s", type(error).__name__)
        return outcome[0]


def _settings() -> AbstractContextManager[object]:
    """A server that ends with the run needs no heartbeats, whose thread ends a second late."""
    if is_own_server():
        return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
    return nullcontext()
