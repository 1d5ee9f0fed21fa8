"""The steps of a refresh one after the other, without Prefect: what most cases need, in seconds.

Input: the data folder, SOURCE arguments. Output: a `Release`, or None where nothing is new.
Grain: one run. Raises what the steps raise, as under Prefect.
`tests/flows/test_refresh.py` runs the flow itself and shows that both give the same release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from extract.archive import Archive
from flows.documents import store
from flows.drawing import extents_read, page_pictures
from flows.extracting import extract_ahead
from flows.failure import report_failure, withdraw_failure
from flows.gathering import gathered_documents
from flows.reading import ReadResult, read_document
from flows.tables import release_frames
from reports.pictures import PagePictures
from reports.report import write_report
from warehouse.code_version import code_version
from warehouse.current import fingerprint_of, is_current
from warehouse.lock import release_lock
from warehouse.release import Release, publish, refuse_failed_checks


def refreshed(
    data: Path,
    sources: Sequence[str | Path] = (),
    *,
    live: bool = False,
    report: bool = False,
    step: Callable[[str], None] = lambda name: None,
) -> Release | None:
    """One refresh of `data`. `step` hears the name of each step before it begins."""
    given = [str(source) for source in sources]
    try:
        with release_lock(data):
            release = _refreshed(data, given, live, report, step)
    except Exception as error:
        report_failure(data, error, given)
        raise
    withdraw_failure(data)
    return release


def _refreshed(
    data: Path, sources: Sequence[str], live: bool, report: bool, step: Callable[[str], None]
) -> Release | None:
    started = dt.datetime.now(dt.UTC)
    step("gather")
    gathered = gathered_documents(sources, data, live=live)
    fingerprint = fingerprint_of([d.identity for d in gathered.documents], code_version())
    if is_current(data, fingerprint):
        store(gathered.documents, Archive(data / "archive"))
        return None
    step("read")
    extract_ahead(gathered.documents, data / "cache")
    results = [read_document(document, data / "cache") for document in gathered.documents]
    step("tables")
    with ThreadPoolExecutor(1) as beside:
        drawn = beside.submit(_pictures, results, data) if report else None
        frames = release_frames(results, gathered.findings, data)
    refuse_failed_checks(frames.audit["checks"])
    step("archive")
    store([result.document for result in results], Archive(data / "archive"))
    step("publish")
    return publish(
        data,
        frames.tables,
        frames.audit,
        fingerprint=fingerprint,
        code_version=code_version(),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        further=partial(write_report, pictures=drawn.result()) if drawn is not None else None,
    )


def _pictures(results: Sequence[ReadResult], data: Path) -> PagePictures:
    documents = [result.document for result in results]
    return page_pictures(documents, extents_read(results), data / "cache")
