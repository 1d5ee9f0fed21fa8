"""The refresh: one Prefect flow, a task a step. Wiring only.

Input: SOURCE arguments, the data folder. Output: a `RefreshResult`, and a release in the folder.
Grain: one run, at most one release.
Raises: `AdmissionsError`s of the steps; nothing is released then and the last release is current.

    gather -> read (one task a document, in parallel) -> tables -> publish -> artifacts
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

import schemas
from errors import ReleaseBlocked
from extract.archive import Archive
from flows.documents import (
    PDF,
    Document,
    archived_documents,
    document_row,
    documents_of_run,
    local_document,
    sample_documents,
    store,
)
from flows.reading import ReadResult, read_document
from transform.corrections import corrected, corrections
from transform.tables import Frames, frames_of
from warehouse.changes import all_changes
from warehouse.code_version import code_version
from warehouse.lock import release_lock
from warehouse.release import Release, current_release, fingerprint_of, is_current, publish

log = logging.getLogger("admissions")


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a run ended. `release` is None where nothing was new."""

    folder: Path
    release: Release | None
    documents: int
    extracted: int  # documents whose cells were not in the cache
    samples_left_out: bool = False
    warnings: list[str] = field(default_factory=list)


Progress = Callable[[str, int, int], None]  # step, done, of


def _silent(step: str, done: int, total: int) -> None:
    """No progress display."""


@task(name="gather documents")
def gather(sources: Sequence[str], data: Path, started: dt.datetime) -> list[Document]:
    """The documents of this run: given ones, archived ones, or the bundled samples."""
    archived = archived_documents(Archive(data / "archive"))
    given = [local_document(Path(source), started) for source in sources]
    if not given and all(document.origin == "sample" for document in archived):
        known = {document.sha256 for document in archived}
        given = [d for d in sample_documents(started) if d.sha256 not in known]
    return documents_of_run(given, archived)


@task(name="read document", task_run_name="read {document.name}")
def read(document: Document, cache_folder: Path) -> ReadResult:
    """Cells and readings of one document. A document that fails once fails again: no retry."""
    return read_document(document, cache_folder)


@task(name="make tables")
def make_frames(results: Sequence[ReadResult]) -> Frames:
    """All readings merged, checked and validated."""
    pdfs = [result for result in results if result.document.media_type == PDF]
    pages = [result for result in results if result.document.media_type != PDF]
    readings = [reading for result in pdfs for reading in result.readings]
    if pages:
        from flows.pages import readings_of_pages

        readings += readings_of_pages(pages)
    readings = corrected(readings, corrections(), {r.document.sha256 for r in results})
    frames = frames_of(
        readings,
        [reject for result in results for reject in result.rejects],
        [document_row(r.document, r.kind, r.title, r.year, r.pages) for r in results],
    )
    frames.audit["changes"] = all_changes(frames.tables)
    return frames


@task(name="publish release")
def publish_release(
    data: Path, frames: Frames, results: Sequence[ReadResult], fingerprint: str, started: dt.datetime
) -> Release:
    """Archive what is new, then release."""
    store([result.document for result in results], Archive(data / "archive"))
    return publish(
        data,
        frames.tables,
        frames.audit,
        fingerprint=fingerprint,
        code_version=code_version(),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        further=_report_writer(),
    )


def _report_writer() -> Callable[[Path], None] | None:
    try:
        from reports.report import write_report
    except ImportError:
        return None
    return write_report


def task_runner() -> TaskRunner[object]:
    """Where documents are read: threads (default), or Dask by ADMISSIONS_TASK_RUNNER=dask."""
    if os.environ.get("ADMISSIONS_TASK_RUNNER", "threads") == "dask":
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner()  # type: ignore[no-any-return]
    return ThreadPoolTaskRunner(max_workers=os.cpu_count() or 1)  # type: ignore[return-value]


def run_refresh(
    sources: Sequence[str],
    data: Path,
    *,
    strict: bool = False,
    progress: Progress = _silent,
) -> RefreshResult:
    """Run the flow: documents to a release. Holds the lock on the data folder."""
    started = dt.datetime.now(dt.UTC)

    @flow(name="refresh", task_runner=task_runner(), validate_parameters=False)  # type: ignore[arg-type]
    def refresh(sources: list[str], data: str) -> RefreshResult:
        folder = Path(data)
        with release_lock(folder):
            documents = gather(sources, folder, started)
            fingerprint = fingerprint_of([d.identity for d in documents], code_version())
            if is_current(folder, fingerprint):
                return RefreshResult(folder, None, len(documents), 0)
            had_samples = _has_samples(folder)
            results = _read_all(documents, folder / "cache", progress)
            progress("checking", 0, 1)
            frames = make_frames(results)
            warnings = failed_checks(frames)
            if strict and warnings:
                raise ReleaseBlocked(
                    f"nothing was released: {len(warnings)} checks warn and --strict was asked for",
                    text=warnings[0],
                    todo="Look at the page, or run without --strict",
                )
            progress("releasing", 0, 1)
            release = publish_release(folder, frames, results, fingerprint, started)
            _artifacts(release, warnings)
            progress("releasing", 1, 1)
            return RefreshResult(
                folder,
                release,
                len(documents),
                sum(result.extracted for result in results),
                had_samples and all(d.origin != "sample" for d in documents),
                warnings,
            )

    return refresh(list(sources), str(data))


def _read_all(
    documents: Sequence[Document], cache_folder: Path, progress: Progress
) -> list[ReadResult]:
    """All documents read; the first failure by name is raised after the others have ended."""
    futures = [read.submit(document, cache_folder) for document in documents]
    results: list[ReadResult] = []
    failures: list[tuple[str, Exception]] = []
    for done, (document, future) in enumerate(zip(documents, futures, strict=True)):
        progress("reading", done, len(documents))
        try:
            results.append(future.result())
        except Exception as error:
            failures.append((document.name, error))
    progress("reading", len(documents), len(documents))
    if failures:
        failures.sort(key=lambda failure: failure[0])
        for _, error in failures[1:]:
            log.error("%s", error)
        raise failures[0][1]
    return results


def failed_checks(frames: Frames) -> list[str]:
    """One line for each check that failed without blocking."""
    return [
        f"{row['check_name']}: {row['subject']}" + (f" ({row['detail']})" if row["detail"] else "")
        for row in schemas.rows_from(frames.audit["checks"])
        if row["status"] == "failed" and row["severity"] == "warn"
    ]


def _has_samples(data: Path) -> bool:
    release = current_release(data)
    if release is None:
        return False
    from warehouse.manifest import manifest_of

    return any(document["origin"] == "sample" for document in manifest_of(release)["documents"])


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
