"""What a person sees of runs and releases: the summary of a refresh, the status.

Input: results of runs, the current release. Output: text on stdout.
Raises: `AdmissionsError` where there is no release.
"""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import duckdb
from rich.table import Table

from errors import AdmissionsError
from flows.console import PlainConsole
from flows.last_check import LastCheck, last_check
from flows.releases import data_option, needed_release
from scoring.figures import counted
from warehouse.current import DATABASE, current_release
from warehouse.manifest import manifest_of

if TYPE_CHECKING:
    from flows.outcome import RefreshResult

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
SHOWN_FINDINGS = 5
PROFILE = "English=5, Chinese=4, Math=5*, Physics=5, Chemistry=4, M2=4, CSD=Attained"


def show_refresh(result: RefreshResult) -> None:
    """The summary that a refresh ends with."""
    console = PlainConsole()
    if result.release is None:
        release = current_release(result.folder)
        console.print(
            f"Nothing new: release {release.name if release else '?'} is current "
            f"({counted(result.documents, 'document')}, same code)."
        )
        return
    if result.samples_left_out:
        console.print("The bundled samples are left out now that there are real documents.")
    _show_release(console, result.release.folder, result.folder)
    for warning in result.warnings[:SHOWN_FINDINGS]:
        console.print(f"  finding: {warning}", soft_wrap=True)
    if len(result.warnings) > SHOWN_FINDINGS:
        console.print(f"  ... and {len(result.warnings) - SHOWN_FINDINGS} more: see audit.checks")
    database = shlex.quote(str(result.folder / "current" / DATABASE))
    for line in (
        "",
        "Try next:",
        _first_score(result.release.folder, result.folder),
        f'  duckdb {database} "FROM programme_card LIMIT 5"   # DuckDB\'s own CLI',
    ):
        console.print(line, soft_wrap=True)


def _first_score(release: Path, data: Path) -> str:
    """The command that scores an applicant, or what the release lacks for it."""
    from scoring.rules import rules_of

    try:
        rules_of(release)
    except AdmissionsError as lacking:
        return f"  score applicants, but not yet: {lacking}"
    return f"  admissions score --profile {PROFILE!r}{data_option(data)}"


def show_status(data: Path) -> None:
    """The current release, or that there is none. Raises `AdmissionsError` for none."""
    release = needed_release(data)
    console = PlainConsole()
    _show_release(console, release, data)
    manifest = manifest_of(release)
    console.print()
    for line in _times(manifest, last_check(data)):
        console.print(line, soft_wrap=True)
    documents = Table(
        *("document", "kind", "year", "origin", "pages", "first had"), box=None, pad_edge=False
    )
    for row in sorted(manifest["documents"], key=lambda row: str(row["name"])):
        documents.add_row(
            str(row["name"]), str(row["kind"] or ""), str(row["year"] or ""), str(row["origin"]),
            str(row["pages"] or ""), _hong_kong(row["fetched_at"]),
        )  # fmt: skip
    console.print()
    console.print(documents)
    findings = _query(
        release,
        "SELECT check_name, subject, detail FROM audit.checks WHERE status = 'failed' ORDER BY ALL",
    )
    console.print(f"\n{counted(len(findings), 'open finding')}")
    for name, subject, detail in findings:
        console.print(f"  {name}: {subject}" + (f" ({detail})" if detail else ""), soft_wrap=True)


def _times(manifest: dict[str, Any], check: LastCheck | None) -> list[str]:
    """When the release changed last and when the sources were last looked at."""
    lines = [f"last changed {_hong_kong(manifest['finished_at'])} (Hong Kong time)"]
    if check is not None:
        lines.append(f"last checked {_hong_kong(check.at)}: {check.outcome}")
        lines += [f"  not had: {missing}" for missing in check.missing]
    return lines


def _hong_kong(iso_time: str) -> str:
    """A time as people here read it: '2026-11-22 14:49'."""
    return f"{dt.datetime.fromisoformat(iso_time).astimezone(HONG_KONG):%Y-%m-%d %H:%M}"


def _show_release(console: PlainConsole, release: Path, data: Path) -> None:
    rows: dict[str, Any] = manifest_of(release)["rows"]
    console.print(f"Release {release.name} in {data}")
    editions = _query(
        release,
        """SELECT edition, count(*), count(*) FILTER (choice_type IS NOT NULL)
           FROM programmes GROUP BY edition ORDER BY edition""",
    )
    for edition, programmes, with_requirements in editions:
        known = "requirements and formulae" if with_requirements else "formulae and expected scores"
        console.print(f"  edition {edition}: {programmes} programmes, {known}")
    scores = _query(
        release, "SELECT scores_year, basis, count(*) FROM scores GROUP BY ALL ORDER BY ALL"
    )
    for year, basis, count in scores:
        console.print(f"  scores {year}, {basis}: {count} programmes")
    table = Table("table", "rows", "table", "rows", "table", "rows", box=None, pad_edge=False)
    main = [(name, str(count)) for name, count in rows.items() if "." not in name]
    third = -(-len(main) // 3)
    for i in range(third):
        cells: list[str] = []
        for pair in main[i::third]:
            cells += pair
        table.add_row(*cells)
    console.print()
    console.print(table)
    ((passed, explained, failed),) = _query(
        release,
        """SELECT count(*) FILTER (status = 'passed'), count(*) FILTER (status = 'explained'),
                  count(*) FILTER (status = 'failed')
           FROM audit.checks""",
    )
    total = passed + explained + failed
    console.print(
        f"\n{passed} of {total} checks passed, {explained} explained, {counted(failed, 'finding')}"
    )
    for name in (DATABASE, "parquet", "DICTIONARY.md", "report/index.html"):
        if (release / name).exists():
            console.print(f"  {data / 'current' / name}", soft_wrap=True)


def _query(release: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(release / DATABASE, read_only=True) as connection:
        return connection.execute(sql).fetchall()
