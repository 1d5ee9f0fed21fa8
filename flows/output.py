"""Standard output and error whose reader may go: `admissions status | head -1`.

Input: the streams of this process. Output: the same, going nowhere once nobody reads them: a
command does what it was asked to and ends with its own exit code. A locale without the characters
that documents print stops none either. Raises nothing of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, cast


@contextmanager
def lasting_output() -> Iterator[None]:
    """Both streams outlive their readers. A closed one (`>&-`) goes nowhere from the start."""
    before = sys.stdout, sys.stderr
    _fill_descriptors()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout, sys.stderr = (cast(TextIO, _Output(stream or nowhere)) for stream in before)
        try:
            yield
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdout, sys.stderr = before


def _fill_descriptors() -> None:
    """Closed ones lead nowhere: else the next file opened would be the standard output, and a
    child without one dies where a library asks it whether it is a terminal."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free


class _Output:
    """A text stream that drops what is written after its reader went, and writes what its
    encoding lacks as `\\u9673`."""

    def __init__(self, stream: TextIO) -> None:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        self.stream = stream

    def write(self, text: str) -> int:
        try:
            return self.stream.write(text)
        except BrokenPipeError:
            self._go_nowhere()
        return len(text)

    def flush(self) -> None:
        try:
            self.stream.flush()
        except BrokenPipeError:
            self._go_nowhere()

    def _go_nowhere(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
