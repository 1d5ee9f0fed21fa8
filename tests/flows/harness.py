"""Running the `admissions` command from tests, and looking at what it left behind.

Input: arguments of the command. Output: `Ended`; the state of a data folder.
Grain: one command. Raises nothing: what the command raises is in its exit code.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.cli import _run
from warehouse.current import current_release
from warehouse.manifest import manifest_of
from warehouse.validation import refuse_other_files, refuse_unsound_tables

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
COMMAND = [sys.executable, "-m", "flows.cli"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """The one line on stderr of a command that failed as it should."""
        assert self.code in (1, 2), self
        (line,) = self.err.splitlines()
        assert line.startswith("admissions: ") and "Traceback" not in self.out + line, self
        return line.removeprefix("admissions: ")


def admissions(*arguments: object) -> Ended:
    """The command in this process, its logs going where its own set-up sends them."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _no_log_handlers():
        code = _run([str(argument) for argument in arguments])
    return Ended(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _no_log_handlers() -> Iterator[None]:
    """pytest's handlers on the root logger would keep the command from setting up its own."""
    handlers, logging.root.handlers = logging.root.handlers, []
    try:
        yield
    finally:
        logging.root.handlers = handlers


def admissions_process(*arguments: object, timeout_s: float = 300, **settings: str) -> Ended:
    """The command in a process of its own, as a user's shell starts it."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def environment(**settings: str) -> dict[str, str]:
    """A shell's environment: without what other tests have set for Prefect and for us."""
    kept: Mapping[str, str] = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "ADMISSIONS_")) and name not in ("TERM", "NO_COLOR")
    }
    return {**kept, "PYTHONPATH": str(ROOT), **settings}


def archived(data: Path) -> dict[str, str]:
    """sha256 of every archived document's bytes and sidecar, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (data / "archive" / "blobs").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def whole_release(data: Path) -> str | None:
    """The name of the current release, every byte of which is as it was written; None: none."""
    release = current_release(data)
    if release is None:
        return None
    refuse_other_files(release)
    refuse_unsound_tables(release, manifest_of(release)["rows"])
    return release.name


def parquet_bytes(release: Path) -> dict[str, str]:
    """sha256 of every Parquet file of a release, by table."""
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((release / "parquet").glob("*.parquet"))
    }
