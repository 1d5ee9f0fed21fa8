"""Settings of a run, from the environment: where Prefect keeps its things, how much it says.

Input: the data folder. Output: environment variables, set only where the user has set none.
Call `prepare_prefect` before anything imports prefect: it reads its settings once.
"""

from __future__ import annotations

import os
from pathlib import Path

from errors import unwritable


def prepare_prefect(data: Path, *, debug: bool = False) -> None:
    """An own PREFECT_HOME, no analytics, and no logs of its own below the level we want."""
    os.environ.setdefault("PREFECT_HOME", str(data.resolve() / ".prefect"))
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "DEBUG" if debug else "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", "DEBUG" if debug else "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
    # 20 s by default, too short for a busy machine.
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
    os.environ.setdefault("DO_NOT_TRACK", "1")


def prepare_data(data: Path) -> None:
    """Make the data folder where it is missing.

    Raises
    ------
    ReleaseBlocked : it cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)  # another run may be probing just now
    except OSError as error:
        raise unwritable("the data folder", data, error.strerror) from error
