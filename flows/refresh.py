"""The refresh as a Prefect flow: each step of `flows.steps` is a task of it. Wiring only.

Input: SOURCE arguments, the data folder. Output: a `RefreshResult`, and a release in the folder.
Grain: one run, at most one release.
Raises: `AdmissionsError`s of the steps; nothing is released then and the last release is current.

No task is retried: the downloader itself retries what can heal, and a document that fails once
fails again.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Task, flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.drawing import page_pictures
from flows.gathering import gathered_documents
from flows.outcome import RefreshResult
from flows.reading import read_document
from flows.steps import Awaited, P, R, make_frames, publish, refreshed

if TYPE_CHECKING:
    from warehouse.release import Release

log = logging.getLogger("admissions")

TASKS: dict[Callable[..., Any], Task[..., Any]] = {
    step: task(name=name, task_run_name=each)(step)
    for step, name, each in (
        (gathered_documents, "gather documents", None),
        (read_document, "read document", "read {document.name}"),
        (make_frames, "make tables", None),
        (page_pictures, "draw pages", None),
        (publish, "publish release", None),
    )
}


class Tasks:
    """Runs steps as tasks of the flow that is running."""

    def __call__(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        # quoted, Prefect doesn't look for other tasks' results in it: seconds for 20,000 readings
        given: R = TASKS[step](*map(quote, args), **kwargs)  # type: ignore[assignment]
        return given

    def beside(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Awaited[R]:
        awaited: Awaited[R] = TASKS[step].submit(*args, **kwargs)  # Dask knows no quotes
        return awaited


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
    """Documents to a release, and the run's summary where Prefect shows it."""
    result = refreshed(sources, Path(data), Tasks(), live=live, strict=strict)
    if result.release is not None:
        try:
            _artifacts(result.release, result.warnings)
        except Exception as error:  # Prefect and httpx have many
            log.warning("released, but Prefect's server keeps no summary: %s", type(error).__name__)
    return result


def _artifacts(release: Release, warnings: Sequence[str]) -> None:
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
