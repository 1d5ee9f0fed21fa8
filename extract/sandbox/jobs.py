"""Runs a reader of untrusted documents where it can be stopped: in a child with limits.

Input: the name of a function `f(path, *, document, **arguments) -> bytes` and a file for it.
Output: the bytes it returned. Grain: one child process per document.
Raises: what the function raised, if an `AdmissionsError`, with its fields; `DocumentRefused` for a
document that takes more than its limits or brings the reader down. Never hangs.

    caller --job, a line of JSON--> extract.sandbox.child (warm, one thread) --fork--> one document
           <-- how it ended -----                                    --> result file, JSON error

The warm process (`extract.sandbox.warm`) costs one interpreter start per program, a document after that
one fork. The caller is not forked: it may have threads. What comes back is bytes and JSON, never
pickle.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import errors
from errors import AdmissionsError, DocumentRefused
from extract.sandbox.warm import Warm, give_back, taken

log = logging.getLogger(__name__)

# The warm process stops a document at its wall limit; if it says nothing for this much longer, it
# is stopped itself.
GRACE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take. A brochure of 9 pages takes 3 s and 80 MB."""

    memory_mb: int = 1500  # address space
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    output_mb: int = 64

    @classmethod
    def from_environment(cls) -> Limits:
        """The defaults, each replaced by ADMISSIONS_LIMIT_MEMORY_MB and so on where set."""
        chosen: dict[str, Any] = {}
        for name, default in asdict(cls()).items():
            variable = f"ADMISSIONS_LIMIT_{name.upper()}"
            text = os.environ.get(variable)
            if text is None:
                continue
            try:
                chosen[name] = type(default)(text)
            except ValueError:
                raise AdmissionsError(
                    f"{variable} is no number", text=text, todo=f"Unset it, or say {default}"
                ) from None
        return cls(**chosen)


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read: `target` is 'module:function'."""

    target: str
    path: Path
    document: str
    arguments: Mapping[str, Any] = field(default_factory=dict)  # what JSON can hold


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one job ended: with its output, or with an error."""

    job: Job
    output: bytes = b""
    error: AdmissionsError | None = None


def run_limited(
    target: str, path: Path, *, document: str, limits: Limits | None = None, **arguments: Any
) -> bytes:
    """What `target(path, document=document, **arguments)` returns; its errors are raised here."""
    job = Job(target, path, document, arguments)
    (outcome,) = run_many([job], limits=limits, workers=1)
    if outcome.error is not None:
        raise outcome.error
    return outcome.output


def run_many(
    jobs: Iterable[Job], *, limits: Limits | None = None, workers: int | None = None
) -> Iterator[Outcome]:
    """Outcomes of the jobs as they end, at most `workers` (default: one per core) at a time.

    One document's failure is its own outcome's error; the others go on.
    """
    limits = limits or Limits.from_environment()
    workers = workers or os.cpu_count() or 1
    waiting = iter(jobs)
    with tempfile.TemporaryDirectory(prefix="admissions-") as folder:
        warm = taken()
        try:
            running: dict[int, Job] = {}
            number = 0
            while True:
                while len(running) < workers and (job := next(waiting, None)) is not None:
                    number += 1
                    running[number] = job
                    warm.send(_message(number, job, limits, Path(folder) / str(number)))
                if not running:
                    break
                ended = warm.receive(limits.wall_seconds + GRACE_SECONDS)
                if ended is None:
                    warm.stop()
                    # One of them did it; alone, the others pass.
                    for job in running.values():
                        yield _alone(job, limits)
                    running.clear()
                    warm = taken()
                    continue
                done = running.pop(ended["number"])
                yield _outcome(done, ended, limits, Path(folder) / str(ended["number"]))
        except BaseException:  # also GeneratorExit: jobs may still run in this process
            warm.stop()
            raise
        give_back(warm)


def _alone(job: Job, limits: Limits) -> Outcome:
    """The outcome of a job that was running when the warm process died."""
    warm = Warm()
    try:
        with tempfile.TemporaryDirectory(prefix="admissions-") as folder:
            result = Path(folder) / "result"
            warm.send(_message(1, job, limits, result))
            ended = warm.receive(limits.wall_seconds + GRACE_SECONDS)
            if ended is None:
                return Outcome(
                    job, error=DocumentRefused("brought the reader down", document=job.document)
                )
            return _outcome(job, ended, limits, result)
    finally:
        warm.stop()


def _message(number: int, job: Job, limits: Limits, result: Path) -> dict[str, Any]:
    """A job as `extract.sandbox.child` is told of it; its result or error will be in `result`."""
    return {
        "number": number,
        "target": job.target,
        "path": str(job.path.absolute()),
        "document": job.document,
        "arguments": dict(job.arguments),
        "limits": asdict(limits),
        "result": str(result),
    }


def _outcome(job: Job, ended: Mapping[str, Any], limits: Limits, result: Path) -> Outcome:
    if ended["how"] == "returned":
        return Outcome(job, result.read_bytes())
    if ended["how"] == "raised":
        return Outcome(job, error=_raised(job, json.loads(result.read_bytes())))
    reasons = {
        "memory": f"needs more than {limits.memory_mb} MB of memory",
        "cpu": f"needs more than {limits.cpu_seconds} s of computing",
        "wall": f"needs more than {limits.wall_seconds:g} s",
        "output": f"gives more than {limits.output_mb} MB of results",
    }
    what = reasons.get(ended["how"], f"brought the reader down ({ended['how']})")
    todo = "Is it the right file? ADMISSIONS_LIMIT_... raises a limit"
    return Outcome(job, error=DocumentRefused(what, document=job.document, todo=todo))


def _raised(job: Job, told: Mapping[str, Any]) -> AdmissionsError:
    """The child's error; one that is none of ours means that the document found a bug."""
    kind = getattr(errors, str(told["kind"]), None)
    if not (isinstance(kind, type) and issubclass(kind, AdmissionsError)):
        log.error("%s: the reader failed\n%s", job.document, told["traceback"])
        return DocumentRefused(
            "makes the reader fail",
            document=job.document,
            text=f"{told['kind']}: {told['what']}",
            todo="Report it with the document",
        )
    fields = {name: told[name] for name in ("document", "page", "text", "todo")}
    return kind(told["what"], **fields).at(document=job.document)
