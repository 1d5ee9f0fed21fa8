"""A file of applicants -> a file of scores: streamed, on all cores, written whole or not at all.

Input: CSV or Parquet (by suffix) with applicant_id, category, subject, level, and `Rules`.
Output: CSV or Parquet (by suffix), one row an applicant and programme, and `<OUT>.rejects.csv`, one
row a rejected applicant, with the numbers of the file's rows at fault. Raises `DocumentRefused` for
a file that isn't what its suffix says or has no such columns, and before anything is read where the
output has another suffix or would replace the input.

This process reads and writes; worker processes run `score_partition`. A partition ends where an
applicant ends. Where an applicant's rows don't stand together, the file is sorted first (by DuckDB,
on disk) and the scores come in the order of applicant_id.
"""

from __future__ import annotations

import csv
import logging
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, count, islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import pyarrow as pa

from scoring.applicant_files import Scattered, applicant_partitions, sorted_copy, sorted_partitions
from scoring.applicant_rows import ROW
from scoring.figures import counted
from scoring.partition import score_partition
from scoring.plan import Plan, plan_of
from scoring.ruleset import Rules
from scoring.score_files import (
    joined_parts,
    part_file,
    refuse_place,
    refuse_suffix,
    rejects_path_of,
    spreadsheet_safe,
    write_part,
)

log = logging.getLogger(__name__)

# About 28,000 applicants, a million scores, 30 MB on the way to the writer.
PARTITION_ROWS = 200_000
QUEUED_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What one run did. `rejects_path` holds the rejected applicants, if any, with the reason."""

    applicants: int
    scores: int
    rejects: int
    rejects_path: Path


@dataclass(frozen=True, slots=True)
class Part:
    """The scores of one partition, on their way to the writer. `rows`: of applicants, read."""

    path: Path
    rows: int
    applicants: int
    rejects: list[tuple[str, str, str]]


def score_batch(
    applicants_path: Path,
    out_path: Path,
    rules: Rules,
    *,
    workers: int | None = None,
    partition_rows: int = PARTITION_ROWS,
    progress: Callable[[int], None] | None = None,
) -> BatchSummary:
    """Score every applicant of a file over every programme of the edition.

    workers : processes, all cores if None; 1 works in this process.
    progress : called with the number of rows of each partition once its scores are written.
    """
    refuse_suffix(out_path)
    refuse_place(applicants_path, out_path)
    plan = plan_of(rules)
    workers = workers or os.cpu_count() or 1
    with _folder_beside(out_path) as folder:
        run = _Run(plan, Path(folder), out_path, workers, progress)
        try:
            return run.of(applicant_partitions(applicants_path, partition_rows))
        except Scattered as found:
            log.warning("%s: %s; sorting it first", applicants_path.name, found)
            in_order = sorted_copy(applicants_path, Path(folder))
            return run.of(sorted_partitions(in_order, partition_rows))


def _folder_beside(out_path: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder of our own on the disk of the scores. Raises `OSError` that names the scores."""
    try:
        out_path.parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=".score-batch-", dir=out_path.parent)
    except OSError as error:
        error.filename = str(out_path)
        raise


@dataclass(frozen=True)
class _Run:
    plan: Plan
    folder: Path
    out_path: Path
    workers: int
    progress: Callable[[int], None] | None

    def of(self, partitions: Iterator[pa.RecordBatch]) -> BatchSummary:
        rejects_path = rejects_path_of(self.out_path)
        # by names of our own: the user's could be those of a part or of the sorted copy
        unfinished = self.folder / f"scores{self.out_path.suffix}"
        unfinished_rejects = self.folder / "rejects.csv"
        applicants = rejected = 0
        with ExitStack() as stack:
            append = stack.enter_context(joined_parts(unfinished))
            sink = stack.enter_context(unfinished_rejects.open("w", newline="", encoding="utf-8"))
            rejects = csv.writer(sink, lineterminator="\n")
            rejects.writerow(["applicant_id", "reason", "rows"])
            for part in self._parts(partitions, stack):
                append(part.path)
                rejects.writerows(part.rejects)
                applicants += part.applicants
                rejected += len(part.rejects)
                if self.progress is not None:
                    self.progress(part.rows)
        unfinished.replace(self.out_path)
        unfinished_rejects.replace(rejects_path)
        if rejected:
            log.warning("%s rejected: see %s", counted(rejected, "applicant"), rejects_path)
        scores = applicants * len(self.plan.rules.programmes)
        return BatchSummary(applicants, scores, rejected, rejects_path)

    def _parts(self, partitions: Iterator[pa.RecordBatch], stack: ExitStack) -> Iterator[Part]:
        """Scored partitions in order. One partition alone isn't worth a second process."""
        paths = (part_file(self.folder, number, self.out_path) for number in count())
        first_two = list(islice(partitions, 2))
        if self.workers == 1 or len(first_two) < 2:
            for batch in chain(first_two, partitions):
                yield scored_part(batch, self.plan, next(paths))
            return
        pool = stack.enter_context(
            ProcessPoolExecutor(
                self.workers, _start_context(), initializer=_keep_plan, initargs=(self.plan,)
            )
        )
        queue: deque[Future[Part]] = deque()
        for batch in chain(first_two, partitions):
            queue.append(pool.submit(_scored_bytes, _as_bytes(batch), next(paths)))
            if len(queue) >= QUEUED_PER_WORKER * self.workers:
                yield queue.popleft().result()
        while queue:
            yield queue.popleft().result()


def scored_part(batch: pa.RecordBatch, plan: Plan, path: Path) -> Part:
    """Score one partition and leave its scores in `path`."""
    scored = score_partition(batch, plan)
    write_part(path, scored.scores)
    names, reasons = (
        spreadsheet_safe(pa.array(texts, pa.string())).to_pylist()
        for texts in (
            [one.applicant_id for one in scored.rejects],
            [one.reason for one in scored.rejects],
        )
    )
    numbers = batch.column(ROW).to_numpy()
    rows = [_row_numbers(numbers[one.rows].tolist()) for one in scored.rejects]
    rejects = list(zip(names, reasons, rows, strict=True))
    applicants = len(scored.scores) // len(plan.rules.programmes)
    return Part(path, len(batch), applicants, rejects)


def _row_numbers(rows: Sequence[int]) -> str:
    """'3', '3; 5 to 8': in a form that no spreadsheet takes for a date."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return "; ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs)


def _start_context() -> BaseContext:
    """Workers are not forked off this process: they could inherit locks of Arrow's threads. Where
    there is a fork server, it imports this module once for all of them."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


_plan: Plan | None = None  # of this worker process


def _keep_plan(plan: Plan) -> None:
    global _plan
    _plan = plan


def _scored_bytes(batch: bytes, path: Path) -> Part:
    if _plan is None:
        raise RuntimeError("the worker was started without a plan")
    with pa.ipc.open_stream(batch) as stream:
        return scored_part(stream.read_next_batch(), _plan, path)


def _as_bytes(batch: pa.RecordBatch) -> bytes:
    """Arrow's stream format: unlike pickle it carries a slice without the rest of its buffers."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())
