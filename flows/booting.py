"""A refresh from a cold start: what takes seconds to import or to boot runs side by side.

Input: SOURCE arguments, the data folder. Output: a `RefreshResult`. Grain: one program.
Raises: `ReleaseBlocked` for a data folder that can't be written, and what the flow raises.

The order matters:

1. settings, before anything imports Prefect: it reads them once
2. the server's boot begins, which takes longest
3. documents at hand are extracted in a child, on whatever core is free
4. Prefect and the flow are imported; then, if a server is booting, what a release will need too
5. the server is up: the flow runs

Nothing is imported before its step: hence the imports inside. Until the flow runs, the garbage
collector is off, for it would only look through what is imported and stays; it never looks there
again.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.outcome import RefreshResult


def booted_refresh(
    sources: Sequence[str], data: Path, *, live: bool, strict: bool, debug: bool
) -> RefreshResult:
    """The refresh flow, run as soon as a program just started can run it."""
    from flows.settings import prepare_data, prepare_prefect

    prepare_data(data)
    prepare_prefect(data, debug=debug)
    from flows.prefect_server import await_server, start_server

    is_booting = start_server()
    gc.disable()
    from flows.extracting import extract_ahead
    from flows.gathering import documents_at_hand

    extract_ahead(documents_at_hand(sources, data, live=live), data / "cache")
    from flows.preloading import preload
    from flows.progress import progress_display
    from flows.running import run_refresh

    if is_booting:
        preload()
        await_server()
    gc.freeze()
    gc.enable()
    with progress_display() as progress:
        return run_refresh(sources, data, live=live, strict=strict, progress=progress)
