"""The `admissions` command as a process: exit codes, messages, output that nobody reads.

Input: the command line. Output: exit 0 done, 1 nothing released or nothing found, 2 wrong usage.
Nothing escapes: an `AdmissionsError` is one line on stderr, anything else too, unless --debug.
"""

from __future__ import annotations

import atexit
import os
import sys

from errors import AdmissionsError, WrongUsage
from flows.commands import COMMON, Flags, app
from flows.output import lasting_output
from flows.plain_text import plain_line


def main(arguments: list[str] | None = None) -> None:
    """Entry point: runs the command, turns errors into one line and an exit code."""
    with lasting_output():
        code = _run(arguments if arguments is not None else sys.argv[1:])
    if "prefect" in sys.modules:
        # Prefect's threads outlive the flow; taking the interpreter apart under them prints
        # warnings of its own and of DuckDB's binding. What is registered for the exit still runs,
        # unless it would wait for a server that is no more.
        from flows.prefect_server import has_died

        if not has_died():
            atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """The exit code of a command. With --debug, what goes wrong is raised."""
    common = [argument for argument in arguments if argument in COMMON]
    own = [argument for argument in arguments if argument not in COMMON]
    try:
        app([*common, *own], standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        sys.stderr.write("admissions: interrupted; the last release is still current\n")
        return 130
    except Exception as error:
        if Flags.debug:
            raise
        said = f"{type(error).__name__}: {error} (unexpected; run it with --debug)"
        if isinstance(error, AdmissionsError):
            said = str(error)
        elif isinstance(error, OSError):
            place = f"{error.filename}: " if error.filename else ""
            said = f"{place}cannot be read or written ({error.strerror or error})"
            said += ". Check the path and the disk"
        sys.stderr.write(plain_line(f"admissions: {said}") + "\n")
        return 2 if isinstance(error, WrongUsage) else 1
    return 0


if __name__ == "__main__":
    main()
