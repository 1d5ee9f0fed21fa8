"""The warm process itself, which `extract.sandbox.warm` starts: forks a limited child for each document.

Input: jobs on stdin, one line of JSON each (see `sandbox._message`).
Output: a line of JSON on stdout when a job ended; its result or error in the job's result file.
Grain: one line, one child, one document. Ends when stdin does, and its children with it.
Raises: nothing; what a child raises goes to its result file.

Has one thread and imports little, so that forking it is safe, quick and light.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import time
import traceback
from pathlib import Path
from typing import Any

import extract.page.objects  # noqa: F401  (the costly import, shared by all children)
from errors import AdmissionsError

RETURNED, RAISED, MEMORY, OUTPUT = 0, 1, 2, 3
_HOW = {RETURNED: "returned", RAISED: "raised", MEMORY: "memory", OUTPUT: "output"}
_MB = 1 << 20


def main() -> None:
    """Serve jobs until stdin ends."""
    answers = os.dup(1)
    os.dup2(2, 1)  # a print() in a reader must not look like an answer
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(awake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    private = (0, answers, awake, wake)
    running: dict[int, dict[str, Any]] = {}  # by process id
    heard = b""
    gc.freeze()
    while True:
        waits = [job["until"] - time.monotonic() for job in running.values()]
        ready, _, _ = select.select([0, awake], [], [], max(0.0, min(waits)) if waits else None)
        if awake in ready:
            os.read(awake, 4096)
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                break
            *lines, heard = (heard + read).split(b"\n")
            for line in lines:
                job = json.loads(line)
                job["until"] = time.monotonic() + job["limits"]["wall_seconds"]
                running[_forked(job, private)] = job
        for pid, job in running.items():
            if time.monotonic() >= job["until"] and "how" not in job:
                job["how"] = "wall"
                os.kill(pid, signal.SIGKILL)
        for answer in _ended(running):
            os.write(answers, json.dumps(answer).encode() + b"\n")
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _ended(running: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers for the children that ended, which leave `running`."""
    answers = []
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            continue
        job = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            name = signal.Signals(-code).name
            how = {"SIGXCPU": "cpu", "SIGALRM": "wall"}.get(name, name)
        else:
            how = _HOW.get(code, f"exit code {code}")
        answers.append({"number": job["number"], "how": job.get("how", how)})
    return answers


def _forked(job: dict[str, Any], private: tuple[int, ...]) -> int:
    importlib.import_module(job["target"].partition(":")[0])
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDONLY)
        for fd in private:
            os.dup2(null, fd)
        code = _run(job)
    finally:
        os._exit(code)


def _run(job: dict[str, Any]) -> int:
    """Read the document under its limits, in the child. Returns how it ended."""
    limits = job["limits"]
    result = Path(job["result"])
    # The warm process ends it sooner, if it still lives.
    signal.setitimer(signal.ITIMER_REAL, limits["wall_seconds"] + 5)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits["cpu_seconds"])
    _limit(resource.RLIMIT_FSIZE, limits["output_mb"] * _MB)
    _limit(resource.RLIMIT_AS, limits["memory_mb"] * _MB)
    module, _, name = job["target"].partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        output = function(Path(job["path"]), document=job["document"], **job["arguments"])
    except MemoryError:
        return MEMORY
    except AdmissionsError as error:
        told = {n: getattr(error, n) for n in ("what", "document", "page", "text", "todo")}
        result.write_text(json.dumps({"kind": type(error).__name__, **told}))
        return RAISED
    except Exception as error:  # a bug that this document found: told, not hidden
        told = {"what": str(error)[:500], "traceback": traceback.format_exc()[-4000:]}
        result.write_text(json.dumps({"kind": type(error).__name__, **told}))
        return RAISED
    if len(output) > limits["output_mb"] * _MB:
        return OUTPUT
    result.write_bytes(output)
    return RETURNED


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    # A second later the hard limit kills what caught the soft one's signal.
    ceiling = most + 1 if what == resource.RLIMIT_CPU else most
    resource.setrlimit(what, (most, ceiling if hard == resource.RLIM_INFINITY else hard))


if __name__ == "__main__":
    main()
