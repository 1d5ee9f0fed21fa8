"""What it costs that documents are read in a child with limits, not in the program itself.

Input: the samples. Output: a table. Grain: one way to read both samples, and one empty job.
Raises what reading them raises. Rounds are taken in turn; the best of each counts.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.contenders import ROOT
from extract.document import document_json
from extract.sandbox.jobs import Job, run_many
from flows.extracting import VOCABULARY

WORDS = {"vocabulary": str(VOCABULARY)}
EMPTY_JOBS = 100


def sandbox_table(times: int) -> str:
    """Wall seconds in this process and in the sandbox, when it starts and when it is warm."""
    samples = sorted((ROOT / "samples").glob("*.pdf"))
    started = _sandboxed([_empty_job()])
    _sandboxed(_jobs(samples))  # the warm process imports the readers
    rounds = [(_sandboxed(_jobs(samples)), _in_process(samples)) for _ in range(times)]
    warm, here = (min(seconds) for seconds in zip(*rounds, strict=True))
    empty = _sandboxed([_empty_job()] * EMPTY_JOBS) / EMPTY_JOBS
    return "\n".join(
        [
            "| what | wall s |",
            "|---|---|",
            f"| {len(samples)} samples, in the program itself | {here:.2f} |",
            f"| {len(samples)} samples, in the sandbox, one after the other | {warm:.2f} |",
            f"| a document that takes no time, in the sandbox | {empty:.4f} |",
            f"| the first such document, which starts the warm process | {started:.2f} |",
        ]
    )


def echoed(path: Path, *, document: str) -> bytes:
    """A reader that reads nothing."""
    return f"{path.name} {document}".encode()


def _jobs(paths: list[Path]) -> list[Job]:
    return [Job("extract.document:document_json", path, path.name, WORDS) for path in paths]


def _empty_job() -> Job:
    return Job("benchmarks.bench_sandbox:echoed", Path(__file__), "nothing")


def _sandboxed(jobs: list[Job]) -> float:
    start = time.perf_counter()
    for outcome in run_many(jobs, workers=1):  # as one after the other as in the program
        if outcome.error is not None:
            raise outcome.error
    return time.perf_counter() - start


def _in_process(paths: list[Path]) -> float:
    start = time.perf_counter()
    for path in paths:
        document_json(path, document=path.name, **WORDS)
    return time.perf_counter() - start
