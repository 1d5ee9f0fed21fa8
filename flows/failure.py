"""What a failed run leaves behind: a report a person can act on, and a call to a webhook.

Input: the error. Output: DATA/last-failure.md, a POST to ADMISSIONS_WEBHOOK_URL where that is set.
Raises: nothing: telling of a failure must not hide it.

The webhook gets JSON: {"text": one line, "failed_at": ISO time}. Its URL is a secret and is never
logged.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from errors import AdmissionsError
from warehouse.current import current_release

log = logging.getLogger("admissions")

REPORT = "last-failure.md"
WEBHOOK = "ADMISSIONS_WEBHOOK_URL"
TIMEOUT_S = 10.0


def report_failure(data: Path, error: Exception, sources: Sequence[str]) -> None:
    """Write the report and call the webhook."""
    now = dt.datetime.now(dt.UTC)
    try:
        (data / REPORT).write_text(_report(data, error, sources, now), encoding="utf-8")
    except OSError as refused:
        log.warning("the report of the failure could not be written: %s", refused.strerror)
    url = os.environ.get(WEBHOOK)
    if url:
        _post(url, f"admissions refresh failed: {error}", now)


def withdraw_failure(data: Path) -> None:
    """Remove the report of an earlier failure: this run went well."""
    (data / REPORT).unlink(missing_ok=True)


def _report(data: Path, error: Exception, sources: Sequence[str], now: dt.datetime) -> str:
    known = error if isinstance(error, AdmissionsError) else AdmissionsError(str(error))
    release = current_release(data)
    told = {
        "when": f"{now:%Y-%m-%d %H:%M} UTC",
        "what": f"{type(error).__name__}: {known.what}",
        "document": known.document,
        "page": known.page,
        "text": known.text,
        "what to do": known.todo or "run it again with --debug",
        "sources given": ", ".join(sources) or "none",
        "still current": release.name if release else "no release yet",
    }
    lines = [
        "# The last refresh failed",
        "",
        *(f"- {name}: {value}" for name, value in told.items() if value),
        "",
        "Nothing was released. `admissions detect DOCUMENT` shows what of a document is known.",
        "",
    ]
    return "\n".join(lines)


def _post(url: str, text: str, now: dt.datetime) -> None:
    import httpx

    try:
        answer = httpx.post(
            url, json={"text": text, "failed_at": now.isoformat()}, timeout=TIMEOUT_S
        )
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("the webhook could not be called: %s", type(error).__name__)
