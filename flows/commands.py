"""The commands of `admissions`: names, arguments, options, help.

Input: parsed arguments. Output: what each command prints. Grain: one function a command. Raises
what the commands raise: `flows.cli` turns it into a line and an exit code.
Heavy imports stand inside the commands that need them: `--help` must come at once.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.plain_text import PlainFormatter
from flows.releases import DEFAULT_DATA

app = typer.Typer(
    name="admissions",
    help="HKUST's JUPAS brochure, score leaflets and news pages as a warehouse that people trust.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
DataOption = Annotated[
    Path,
    typer.Option(
        "--data", metavar="DIR", help="Folder of archive and releases.", envvar="ADMISSIONS_DATA"
    ),
]
EditionOption = Annotated[
    int | None, typer.Option("--edition", help="Admission year; the newest by default.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
COMMON = ("--verbose", "-v", "--quiet", "-q", "--debug", "--version")


class Flags:
    """What the options of every command said, for the time of one run."""

    debug = False
    quiet = False


def _tell_version(asked: bool) -> None:
    """Release, and the hash that a manifest has as `code_version`: it tells whose release it is."""
    if asked:
        from importlib.metadata import version

        from warehouse.code_version import code_version

        sys.stdout.write(f"admissions {version('hkust-admissions')} (code {code_version()[:10]})\n")
        raise typer.Exit


@app.callback()
def common(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors and what was asked for.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Tracebacks and all logs.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Say which one this is."
        ),
    ] = False,
) -> None:
    """Options of every command, before or after its name."""
    Flags.debug, Flags.quiet = debug, quiet
    level = logging.DEBUG if debug or verbose else logging.ERROR if quiet else logging.INFO
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter("%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("asyncio").setLevel(logging.ERROR if debug else logging.CRITICAL)
    for name in ("admissions", "flows", "extract", "transform", "warehouse", "scoring", "reports"):
        logging.getLogger(name).setLevel(level)


@app.command()
def refresh(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Path or URL of a PDF or HTML/text page. None: the bundled samples.",
        ),
    ] = None,
    data: DataOption = DEFAULT_DATA,
    live: Annotated[
        bool, typer.Option("--live", help="Fetch the URLs of the source registry.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Release nothing if a check warns.")
    ] = False,
) -> None:
    """Add each SOURCE to the archive, rebuild everything, release.

    Example: admissions refresh requirements-2026.pdf scores-2025.pdf --data data
    """
    from flows.booting import booted_refresh

    result = booted_refresh(sources or [], data, live=live, strict=strict, debug=Flags.debug)
    if not Flags.quiet:
        from flows.summary import show_refresh

        show_refresh(result)


@app.command()
def status(data: DataOption = DEFAULT_DATA) -> None:
    """Current release: editions, documents, row counts, open findings."""
    from flows.summary import show_status

    show_status(data)


@app.command()
def trace(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Table, as in the dictionary.")],
    keys: Annotated[
        list[str], typer.Argument(metavar="KEY=VALUE...", help="Key columns of the row.")
    ],
    column: Annotated[str | None, typer.Option("--column", help="Only this column.")] = None,
    png: Annotated[
        Path | None,
        typer.Option("--png", metavar="FILE", help="Write the crop with the box drawn."),
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Where a value was read: document, page, box, printed text.

    Example: admissions trace scores jupas_code=JS5240 scores_year=2025 --column median
    """
    from flows.tracing import show_trace

    show_trace(data, table, keys, column, png)


@app.command()
def score(
    profile: Annotated[
        str, typer.Option("--profile", help='"English Language=5*, Mathematics=5**, ..."')
    ],
    edition: EditionOption = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Explain one programme.")
    ] = None,
    as_json: JsonOption = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Score one applicant over every programme, with eligibility and standing.

    Example: admissions score --profile "English=5, Math=5*, Chinese=4, Physics=5, CSD=Attained"
    """
    from flows.cli_scoring import show_scores

    show_scores(data, profile, edition, explain, as_json)


@app.command("score-batch")
def score_batch(
    applicants: Annotated[
        Path,
        typer.Argument(
            metavar="APPLICANTS", help="CSV or Parquet: applicant_id, category, subject, level."
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="SCORES", help="CSV or Parquet to write.")
    ],
    edition: EditionOption = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Score a file of applicants over every programme.

    Example: admissions score-batch applicants.csv -o scores.parquet
    """
    from flows.cli_scoring import run_batch

    run_batch(data, applicants, out, edition, quiet=Flags.quiet)


@app.command()
def diff(
    from_edition: Annotated[int, typer.Argument(metavar="FROM", help="The earlier year.")],
    to_edition: Annotated[int, typer.Argument(metavar="TO", help="The later year.")],
    as_json: JsonOption = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """What changed between two editions, value by value, with the cause.

    Example: admissions diff 2025 2026
    """
    from flows.differences import show_diff

    show_diff(data, from_edition, to_edition, as_json)


@app.command()
def detect(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT", help="A PDF or page.")],
    as_json: JsonOption = False,
) -> None:
    """What a document is, which headers are known, drafts for those that are not. Loads nothing.

    Example: admissions detect brochure-2027.pdf
    """
    from flows.detecting import show_detection

    if not show_detection(document, as_json):
        raise typer.Exit(1)


@app.command()
def report(data: DataOption = DEFAULT_DATA) -> None:
    """Build the HTML report of the current release again, as DIR/report/index.html."""
    from flows.reporting import rebuild_report

    rebuild_report(data, quiet=Flags.quiet)


@app.command()
def schedule(
    cron: Annotated[
        str | None,
        typer.Option(
            "--cron", help="Another schedule than the yearly one.", envvar="ADMISSIONS_CRON"
        ),
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Serve the live refresh on its schedule: weekly from September to November, else monthly.

    Needs a Prefect server (PREFECT_API_URL, or `prefect server start`).
    """
    from flows.settings import prepare_data, prepare_prefect

    prepare_data(data)
    prepare_prefect(data, debug=Flags.debug)
    from flows.scheduling import serve

    serve(data, cron)
