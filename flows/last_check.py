"""When the sources were last looked at, what came of it, what could not be had.

Input: how a run ended. Output: DATA/last-check.json, which `admissions status` shows.
Grain: one file, of the last run. Raises nothing: a disk that refuses it is told by the run itself.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger("admissions")

FILE = "last-check.json"


@dataclass(frozen=True, slots=True)
class LastCheck:
    """`at`: ISO time in UTC. `outcome`: 'released 0002-…', 'nothing new', 'failed: …'."""

    at: str
    outcome: str
    missing: list[str]  # what could not be had or was refused, and why


def note_check(data: Path, outcome: str, missing: Sequence[str] = ()) -> None:
    """Write down how this run ended."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        check = asdict(LastCheck(now, outcome, list(missing)))
        (data / FILE).write_text(json.dumps(check, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as refused:
        log.debug("%s cannot be written: %s", FILE, refused.strerror)


def last_check(data: Path) -> LastCheck | None:
    """How the last run ended; None where none is known."""
    try:
        return LastCheck(**json.loads((data / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
