"""What all documents of a run gave to the frames of its release.

Input: `ReadResult`s, findings of the run, the data folder (for the release before).
Output: `Frames`. Grain: one run.
Raises: `ReconciliationFailed` for a correction that does not fit, `UnknownValue` for a row that
breaks its model.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

import schemas
from errors import AdmissionsError
from flows.broken_rows import placed_refusal
from flows.documents import PDF, document_row
from flows.reading import ReadResult
from flows.releases import stored_frames
from scoring.effects import TABLES as EFFECT_TABLES
from scoring.effects import formula_effects
from transform.checks.findings import finding
from transform.corrections import corrected, corrections
from transform.pages.lines import UNREAD
from transform.pages.seen import merge_seen
from transform.readings import Reading
from transform.tables import Frames, frames_of
from transform.unkept import UNSEEN
from warehouse.causes import Causes, corrected_values, reread_values
from warehouse.changes import all_changes
from warehouse.current import current_release

log = logging.getLogger("admissions")

# Rejects that a person should look at, by how their reasons begin, and the check they fail.
LOOKED_FOR = {UNREAD: "every line of a page is read", UNSEEN: "every text over a table is read"}


def release_frames(results: Sequence[ReadResult], findings: Sequence[str], data: Path) -> Frames:
    """Frames of every table but `runs` and `dictionary`, which publishing adds."""
    readings = [
        reading
        for result in results
        if result.document.media_type == PDF
        for reading in result.read.readings
    ]
    readings += _captured(result for result in results if result.document.media_type != PDF)
    readings = corrected(readings, corrections(), {r.document.sha256 for r in results})
    try:
        frames = frames_of(
            readings,
            [reject for result in results for reject in result.read.rejects],
            [document_row(r.document, r.read, r.pages) for r in results],
            [*map(_source_finding, findings), *_unread_findings(results)],
        )
    except schemas.RowRefused as refused:
        names = {result.document.sha256: result.document.name for result in results}
        raise placed_refusal(refused, readings, names) from None
    frames.audit["changes"] = all_changes(frames.tables, _causes(frames, data))
    rows = {name: schemas.rows_from(frames.tables[name]) for name in EFFECT_TABLES}
    frames.audit["formula_effects"] = schemas.frame_of(
        schemas.AUDIT["formula_effects"], formula_effects(rows)
    )
    return frames


def _captured(results: Iterable[ReadResult]) -> list[Reading]:
    """Readings of web pages: each row as the newest capture of its page has it, with when it was
    first and last seen."""
    captures: dict[str, list[tuple[dt.datetime, list[Reading]]]] = defaultdict(list)
    for result in results:
        document, own = result.document, captures[result.read.kind]
        own.append((document.last_seen, result.read.readings))
        if document.first_seen != document.last_seen:
            own.append((document.first_seen, _as_of(result.read.readings, document.first_seen)))
    return [reading for source in sorted(captures) for reading in merge_seen(captures[source])]


def _as_of(readings: Iterable[Reading], moment: dt.datetime) -> list[Reading]:
    """The same capture when it was first had: only the times of seeing it differ."""
    return [
        replace(reading, value=moment) if reading.column in ("first_seen", "last_seen") else reading
        for reading in readings
    ]


def _causes(frames: Frames, data: Path) -> Causes:
    """Values that differ because we corrected them, or read the same documents otherwise."""
    observations = frames.audit["observations"]
    before = earlier_frames(data)
    reread = (
        reread_values(frames.tables, observations, *before) if before is not None else frozenset()
    )
    return Causes(corrected=corrected_values(observations), reread=reread)


def earlier_frames(data: Path) -> tuple[dict[str, pd.DataFrame], pd.DataFrame] | None:
    """Tables and observations of the current release; None where there is none of this shape."""
    release = current_release(data)
    if release is None:
        return None
    try:
        frames = stored_frames(release, [*schemas.TABLES, "observations"])
    except (duckdb.Error, AdmissionsError) as error:
        log.info("the release before has other tables (%s): no values are compared with it", error)
        return None
    observations = frames.pop("observations")
    return frames, observations


def _source_finding(text: str) -> dict[str, object]:
    """A source that could not be had, as a row of `audit.checks`."""
    subject, _, detail = text.partition(": ")
    return finding("source could be had", subject, False, detail=detail or None)


def _unread_findings(results: Sequence[ReadResult]) -> list[dict[str, object]]:
    """Lines of web pages that fit no section, texts over tables that are not read: one row a
    document."""
    rows: list[dict[str, object]] = []
    for result in results:
        for start, check in LOOKED_FOR.items():
            unread = [
                f"page {reject.place.page}: {reject.text}" if reject.place.page else reject.text
                for reject in result.read.rejects
                if reject.reason.startswith(start)
            ]
            if unread:
                subject = f"{result.document.name} {result.document.sha256[:8]}"
                rows.append(finding(check, subject, False, detail="; ".join(unread)[:300]))
    return rows


def warnings_of(frames: Frames) -> list[str]:
    """One line for each check that failed without blocking."""
    return [
        f"{row['check_name']}: {row['subject']}" + (f" ({row['detail']})" if row["detail"] else "")
        for row in schemas.rows_from(frames.audit["checks"])
        if row["status"] == "failed" and row["severity"] == "warn"
    ]
