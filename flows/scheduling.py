"""`admissions schedule`: the live refresh on its yearly rhythm, served by Prefect.

Input: the data folder, a cron of one's own. Output: a process that runs the flow until stopped.
Raises: `SourceUnavailable` where no Prefect server is there.

HKUST prints from September to November: weekly then, monthly otherwise, Hong Kong time.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import httpx
from prefect.schedules import Cron, Schedule

from errors import SourceUnavailable, WrongUsage
from flows.refresh import refresh

TIMEZONE = "Asia/Hong_Kong"
YEARLY = ("0 9 * 9-11 1", "0 9 1 12,1-8 *")  # Mondays in autumn; the first of other months
DEPLOYMENT = "yearly"


def schedules(cron: str | None) -> list[Schedule]:
    """The given cron, or the yearly rhythm. Raises `WrongUsage` for what is no cron."""
    try:
        return [Cron(each, timezone=TIMEZONE) for each in ([cron] if cron else YEARLY)]
    except ValueError as error:
        raise WrongUsage(
            "not a cron expression", text=cron, todo="Five fields: minute hour day month weekday"
        ) from error


def serve(data: Path, cron: str | None) -> None:
    """Serve until interrupted; each run is a live refresh of the data folder."""
    chosen = schedules(cron)
    if not os.environ.get("PREFECT_API_URL"):
        raise SourceUnavailable(
            "a schedule needs a Prefect server",
            todo="Run `prefect server start`, set PREFECT_API_URL=http://127.0.0.1:4200/api, "
            "or use plain cron: see docs/runbook.md",
        )
    # Prefect's own, where SIGTERM ends it: nothing is left undone
    warnings.filterwarnings("ignore", "coroutine 'Runner.astop'", RuntimeWarning)
    try:
        refresh.serve(
            name=DEPLOYMENT,
            schedules=chosen,
            parameters={"sources": [], "data": str(data.resolve()), "live": True, "strict": False},
        )
    except httpx.TransportError as error:
        raise SourceUnavailable(
            "no Prefect server answers at PREFECT_API_URL",
            todo="Start it, or set PREFECT_API_URL to where it is",
        ) from error
