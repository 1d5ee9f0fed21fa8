"""The steps of a refresh, in their order. Knows nothing of Prefect.

Input: SOURCE arguments, the data folder, who runs the steps. Output: a `RefreshResult`, and a
release in the folder. Grain: one run, at most one release.
Raises: `AdmissionsError`s of the steps; nothing is released then and the last release is current.

    gathered_documents -> read_document (each, in parallel) -> make_frames   -> publish
                                                            -> page_pictures ->
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from errors import DocumentRefused, ReleaseBlocked
from extract.archive import Archive, damaged_copy
from flows.cache import prune_cache
from flows.documents import Document, store
from flows.drawing import drawing_version, extents_read, page_pictures
from flows.extracting import extraction_version
from flows.failure import report_failure, withdraw_failure
from flows.gathering import STAGING, Gathered, gathered_documents
from flows.last_check import note_check
from flows.outcome import Progress, RefreshResult, note_outcome, progress_of_run
from flows.preloading import preload
from flows.reading import ReadResult, read_document
from reports.pictures import PagePictures
from warehouse.code_version import code_version
from warehouse.current import fingerprint_of, is_current, released_documents
from warehouse.lock import release_lock

if TYPE_CHECKING:
    from transform.tables import Frames
    from warehouse.release import Release

log = logging.getLogger("admissions")

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Awaited(Protocol[R_co]):
    """What a step that runs beside others will give."""

    def result(self) -> R_co:
        """Waits; raises what the step raised."""


class Runner(Protocol):
    """Who runs the steps: `flows.refresh` has Prefect do it, `Threads` needs nobody."""

    def __call__(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it now."""

    def beside(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Awaited[R]:
        """Begin it, beside what else runs."""


class Threads:
    """Runs steps here and now, and those beside others in threads, one a core."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def __call__(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return step(*args, **kwargs)

    def beside(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Awaited[R]:
        return self._pool.submit(step, *args, **kwargs)


def make_frames(results: Sequence[ReadResult], findings: Sequence[str], data: Path) -> Frames:
    """All readings merged, checked and validated."""
    from flows.tables import release_frames

    return release_frames(results, findings, data)


def publish(
    data: Path,
    frames: Frames,
    pictures: PagePictures | None,
    documents: Sequence[Document],
    fingerprint: str,
    started: dt.datetime,
) -> Release:
    """Archive what is new, then release. What a check blocks must not enter the archive: it would
    block every later run."""
    from reports.report import write_report
    from warehouse.release import publish as publish_release
    from warehouse.release import refuse_failed_checks

    refuse_failed_checks(frames.audit["checks"])
    store(documents, Archive(data / "archive"))
    return publish_release(
        data,
        frames.tables,
        frames.audit,
        fingerprint=fingerprint,
        code_version=code_version(),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        further=partial(write_report, pictures=pictures) if pictures is not None else None,
    )


def refreshed(
    sources: Sequence[str],
    data: Path,
    run: Runner,
    *,
    live: bool = False,
    strict: bool = False,
    report: bool = True,
) -> RefreshResult:
    """Documents to a release, under the lock of the data folder; how it ended is noted there."""
    try:
        with release_lock(data):
            result = _refreshed(sources, data, run, live=live, strict=strict, report=report)
    except Exception as error:
        note_outcome(error)
        report_failure(data, error, sources)
        note_check(data, f"failed: {error}")
        raise
    note_outcome(result)
    withdraw_failure(data)
    released = f"released {result.release.id}" if result.release else "nothing new"
    note_check(data, released, result.missing)
    return result


def _refreshed(
    sources: Sequence[str], data: Path, run: Runner, *, live: bool, strict: bool, report: bool
) -> RefreshResult:
    started = dt.datetime.now(dt.UTC)
    progress, cache_folder = progress_of_run(), data / "cache"
    gathered = run(gathered_documents, sources, data, live=live)
    fingerprint = fingerprint_of([d.identity for d in gathered.documents], code_version())
    if is_current(data, fingerprint):
        return _nothing_new(gathered, data)
    had_samples = any(document["origin"] == "sample" for document in released_documents(data))
    results, findings = _read_all(gathered.documents, cache_folder, run, progress)
    missing = [*gathered.findings, *findings]
    documents = [result.document for result in results]
    progress("checking", 0, 1)
    pictures = None
    if report:  # on a core that making the tables leaves free
        extents = extents_read(results)
        pictures = run.beside(page_pictures, documents, extents, cache_folder)
    frames = run(make_frames, results, missing, data)
    warnings = _warnings(frames, strict=strict)
    progress("releasing", 0, 1)
    drawn = pictures.result() if pictures is not None else None
    release = run(publish, data, frames, drawn, documents, fingerprint, started)
    shutil.rmtree(data / STAGING, ignore_errors=True)
    prune_cache(cache_folder, (extraction_version(), drawing_version()))
    return RefreshResult(
        data,
        release,
        len(gathered.documents),
        sum(result.extracted for result in results),
        had_samples and all(document.origin != "sample" for document in documents),
        warnings,
        missing,
    )


def _nothing_new(gathered: Gathered, data: Path) -> RefreshResult:
    store(gathered.documents, Archive(data / "archive"))  # given again for a damaged copy
    damaged = [str(damaged_copy(d.path, d.name)) for d in gathered.documents if not d.is_whole]
    for text in damaged:
        log.warning("%s", text)
    missing = [*gathered.findings, *damaged]
    return RefreshResult(data, None, len(gathered.documents), 0, missing=missing)


def _read_all(
    documents: Sequence[Document], cache_folder: Path, run: Runner, progress: Progress
) -> tuple[list[ReadResult], list[str]]:
    """All documents read, and findings; the first failure by name is raised at the end.

    A page or PDF of the registry that is refused (an error page, a consent wall, a document of
    another kind) is a finding: what was read of its source before stays in use.
    """
    begun = [run.beside(read_document, document, cache_folder) for document in documents]
    preload()
    results: list[ReadResult] = []
    findings: list[str] = []
    failures: list[tuple[str, Exception]] = []
    for done, (document, awaited) in enumerate(zip(documents, begun, strict=True)):
        progress("reading", done, len(documents))
        try:
            results.append(awaited.result())
        except DocumentRefused as refused:
            if document.origin == "registry" and not document.archived:
                log.warning("%s; the last good capture stays in use", refused)
                findings.append(f"{document.url or document.name}: {refused}")
            else:
                failures.append((document.name, refused))
        except Exception as failed:
            failures.append((document.name, failed))
    progress("reading", len(documents), len(documents))
    if failures:
        failures.sort(key=lambda failure: failure[0])
        for _, other in failures[1:]:
            log.error("%s", other)
        raise failures[0][1]
    return results, findings


def _warnings(frames: Frames, *, strict: bool) -> list[str]:
    """Of the checks, a line each. Raises `ReleaseBlocked` for the first, where `strict`."""
    from flows.tables import warnings_of

    warnings = warnings_of(frames)
    if strict and warnings:
        warn = "1 check warns" if len(warnings) == 1 else f"{len(warnings)} checks warn"
        raise ReleaseBlocked(
            f"nothing was released: {warn} and --strict was asked for",
            text=warnings[0],
            todo="Look at the page, or run without --strict",
        )
    return warnings
