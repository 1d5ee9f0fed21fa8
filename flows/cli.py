"""The `admissions` command.

Input: the command line. Output: what each command prints; exit 0 done, 1 nothing released or
nothing found, 2 wrong usage.
Nothing escapes: an `AdmissionsError` is one line on stderr, anything else too, unless --debug.
Heavy imports stand inside the commands that need them: `--help` must come at once.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from errors import AdmissionsError

app = typer.Typer(
    name="admissions",
    help="HKUST's JUPAS brochure, score leaflets and news pages as a warehouse that people trust.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
DataOption = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="Folder of archive and releases.", envvar="ADMISSIONS_DATA")
]
DATA = Path("data")


class _Flags:
    debug = False


@app.callback()
def common(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Tracebacks and all logs.")] = False,
) -> None:
    """Options that stand before the command."""
    _Flags.debug = debug
    level = logging.DEBUG if debug or verbose else logging.ERROR if quiet else logging.INFO
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for name in ("admissions", "flows", "extract", "transform", "warehouse", "scoring", "reports"):
        logging.getLogger(name).setLevel(level)


@app.command()
def refresh(
    sources: Annotated[
        Optional[list[str]],
        typer.Argument(metavar="[SOURCE]...", help="Path or URL of a PDF or HTML/text page. None: the bundled samples."),
    ] = None,
    data: DataOption = DATA,
    live: Annotated[bool, typer.Option("--live", help="Fetch the URLs of the source registry.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Release nothing if a check warns.")] = False,
) -> None:
    """Add each SOURCE to the archive, rebuild everything, release.

    Example: admissions refresh requirements-2026.pdf scores-2025.pdf --data data
    """
    from flows.settings import prepare_data, prepare_prefect

    prepare_data(data)
    prepare_prefect(data, debug=_Flags.debug)
    from flows.refresh import run_refresh
    from flows.summary import progress_display, show_refresh

    with progress_display() as progress:
        result = run_refresh(sources or [], data, strict=strict, progress=progress)
    show_refresh(result)


@app.command()
def status(data: DataOption = DATA) -> None:
    """Current release: editions, documents, row counts, open findings."""
    from flows.summary import show_status

    show_status(data)


@app.command()
def trace(
    table: Annotated[str, typer.Argument(help="Table, as in the dictionary.")],
    keys: Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="Key columns of the row.")],
    column: Annotated[Optional[str], typer.Option("--column", help="Only this column.")] = None,
    png: Annotated[Optional[Path], typer.Option("--png", metavar="FILE", help="Write the crop with the box drawn.")] = None,
    data: DataOption = DATA,
) -> None:
    """Where a value was read: document, page, box, printed text.

    Example: admissions trace scores jupas_code=JS5240 scores_year=2025 --column median --png box.png
    """
    from flows.tracing import show_trace

    show_trace(data, table, keys, column, png)


def main(arguments: list[str] | None = None) -> None:
    """Entry point: runs the command, turns errors into one line and an exit code."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        os.environ.setdefault("TERM", "dumb")
    try:
        app(arguments if arguments is not None else sys.argv[1:], standalone_mode=True)
    except AdmissionsError as error:
        if _Flags.debug:
            raise
        sys.stderr.write(f"admissions: {error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("admissions: interrupted; the last release is still current\n")
        sys.exit(130)
    except Exception as error:
        if _Flags.debug:
            raise
        sys.stderr.write(
            f"admissions: {type(error).__name__}: {error} (unexpected; run with --debug and report it)\n"
        )
        sys.exit(1)
