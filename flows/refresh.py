"""The refresh: one Prefect flow, a task a step. Wiring only.

Input: SOURCE arguments, the data folder. Output: a `RefreshResult`, and a release in the folder.
Grain: one run, at most one release.
Raises: `AdmissionsError`s of the steps; nothing is released then and the last release is current.

    gather -> read (one task a document, in parallel) -> tables   -> publish -> artifacts
                                                      -> pictures ->
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from errors import DocumentRefused, ReleaseBlocked
from extract.archive import Archive, damaged_copy
from flows.cache import prune_cache
from flows.documents import Document, store
from flows.drawing import Extents, drawing_version, extents_read, page_pictures
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


@task(name="gather documents")
def gather(sources: Sequence[str], data: Path, live: bool) -> Gathered:
    """No Prefect retry: the downloader itself retries what can heal."""
    return gathered_documents(sources, data, live=live)


@task(name="read document", task_run_name="read {document.name}")
def read(document: Document, cache_folder: Path) -> ReadResult:
    """Cells and readings of one document. One that fails once fails again: no retry."""
    return read_document(document, cache_folder)


@task(name="make tables")
def make_frames(results: Sequence[ReadResult], findings: Sequence[str], data: Path) -> Frames:
    """All readings merged, checked and validated."""
    from flows.tables import release_frames

    return release_frames(results, findings, data)


@task(name="draw pages")
def draw(documents: Sequence[Document], extents: Extents, cache_folder: Path) -> PagePictures:
    """Pictures for the report, drawn on a core that making the tables leaves free."""
    return page_pictures(documents, extents, cache_folder)


@task(name="publish release")
def publish_release(
    data: Path,
    frames: Frames,
    pictures: PagePictures,
    documents: Sequence[Document],
    fingerprint: str,
    started: dt.datetime,
) -> Release:
    """Archive what is new, then release. What a check blocks must not enter the archive: it would
    block every later run."""
    from reports.report import write_report
    from warehouse.release import publish, refuse_failed_checks

    refuse_failed_checks(frames.audit["checks"])
    store(documents, Archive(data / "archive"))
    return publish(
        data,
        frames.tables,
        frames.audit,
        fingerprint=fingerprint,
        code_version=code_version(),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        further=partial(write_report, pictures=pictures),
    )


def task_runner() -> TaskRunner[Any]:
    """Where documents are read: threads (default), or Dask by ADMISSIONS_TASK_RUNNER=dask."""
    if os.environ.get("ADMISSIONS_TASK_RUNNER", "threads") == "dask":
        from prefect_dask.task_runners import DaskTaskRunner

        runner: TaskRunner[Any] = DaskTaskRunner()
        return runner
    return ThreadPoolTaskRunner(max_workers=os.cpu_count() or 1)


@flow(name="refresh", task_runner=task_runner(), validate_parameters=False)
def refresh(
    sources: Sequence[str] = (), data: str = "data", live: bool = False, strict: bool = False
) -> RefreshResult:
    """Documents to a release: see the module. Holds the lock on the data folder."""
    folder = Path(data)
    try:
        with release_lock(folder):
            result = _refreshed(sources, folder, live=live, strict=strict)
    except Exception as error:
        note_outcome(error)
        report_failure(folder, error, sources)
        note_check(folder, f"failed: {error}")
        raise
    note_outcome(result)
    withdraw_failure(folder)
    released = f"released {result.release.id}" if result.release else "nothing new"
    note_check(folder, released, result.missing)
    return result


def _refreshed(sources: Sequence[str], folder: Path, *, live: bool, strict: bool) -> RefreshResult:
    started = dt.datetime.now(dt.UTC)
    progress = progress_of_run()
    gathered = gather(sources, folder, live)
    documents = gathered.documents
    fingerprint = fingerprint_of([d.identity for d in documents], code_version())
    if is_current(folder, fingerprint):
        store(documents, Archive(folder / "archive"))  # what was given again for a damaged copy
        damaged = [str(damaged_copy(d.path, d.name)) for d in documents if not d.is_whole]
        for text in damaged:
            log.warning("%s", text)
        missing = [*gathered.findings, *damaged]
        return RefreshResult(folder, None, len(documents), 0, missing=missing)
    had_samples = _has_samples(folder)
    results, findings = _read_all(documents, folder / "cache", progress)
    progress("checking", 0, 1)
    read_documents = [result.document for result in results]
    pictures = draw.submit(
        _unvisited(read_documents), _unvisited(extents_read(results)), folder / "cache"
    )
    from flows.tables import warnings_of

    frames = make_frames(_unvisited(results), [*gathered.findings, *findings], folder)
    warnings = warnings_of(frames)
    if strict and warnings:
        warn = "1 check warns" if len(warnings) == 1 else f"{len(warnings)} checks warn"
        raise ReleaseBlocked(
            f"nothing was released: {warn} and --strict was asked for",
            text=warnings[0],
            todo="Look at the page, or run without --strict",
        )
    progress("releasing", 0, 1)
    release = publish_release(
        folder,
        _unvisited(frames),
        _unvisited(pictures.result()),
        read_documents,
        fingerprint,
        started,
    )
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    prune_cache(folder / "cache", (extraction_version(), drawing_version()))
    try:
        _artifacts(release, warnings)
    except Exception as error:  # Prefect and httpx have many
        log.warning("released, but Prefect's server keeps no summary: %s", type(error).__name__)
    return RefreshResult(
        folder,
        release,
        len(documents),
        sum(result.extracted for result in results),
        had_samples and all(document.origin != "sample" for document in documents),
        warnings,
        [*gathered.findings, *findings],
    )


def _read_all(
    documents: Sequence[Document], cache_folder: Path, progress: Progress
) -> tuple[list[ReadResult], list[str]]:
    """All documents read, and findings; the first failure by name is raised at the end.

    A page or PDF of the registry that is refused (an error page, a consent wall, a document of
    another kind) is a finding: what was read of its source before stays in use.
    """
    futures = [read.submit(document, cache_folder) for document in documents]
    preload()
    results: list[ReadResult] = []
    findings: list[str] = []
    failures: list[tuple[str, Exception]] = []
    for done, (document, future) in enumerate(zip(documents, futures, strict=True)):
        progress("reading", done, len(documents))
        try:
            results.append(future.result())
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


def _unvisited(argument: Any) -> Any:
    """A task's argument that Prefect hands over without looking for other tasks' results in it:
    that took seconds for 20,000 readings."""
    return quote(argument)


def _has_samples(data: Path) -> bool:
    return any(document["origin"] == "sample" for document in released_documents(data))


def _artifacts(release: Release, warnings: Sequence[str]) -> None:
    """The run's summary where Prefect shows it."""
    create_table_artifact(
        key="release-rows",
        table=[{"table": name, "rows": rows} for name, rows in release.rows.items()],
        description=f"Rows of release {release.id}",
    )
    findings = "\n".join(f"- {warning}" for warning in warnings) or "none"
    create_markdown_artifact(
        key="release-summary",
        markdown=f"# Release {release.id}\n\n{release.folder}\n\n## Findings\n\n{findings}\n",
    )
