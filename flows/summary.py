"""What a person sees of runs and releases: the summary of a refresh, the status.

Input: results of runs, the current release. Output: text on stdout.
Raises: `AdmissionsError` where there is no release.
"""

from __future__ import annotations

import datetime as dt
import shlex
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.table import Table

from errors import AdmissionsError
from flows.console import PlainConsole
from flows.last_check import LastCheck, last_check
from flows.releases import data_option, needed_release
from scoring.figures import counted
from warehouse.current import DATABASE, current_release
from warehouse.manifest import manifest_of
from warehouse.opened import OpenWarehouse

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
    with OpenWarehouse.of(release) as warehouse:
        findings = warehouse.rows(
            """SELECT check_name, subject, detail FROM audit.checks WHERE status = 'failed'
               ORDER BY ALL"""
        )
    console.print(f"\n{counted(len(findings), 'open finding')}")
    for row in findings:
        detail = f" ({row['detail']})" if row["detail"] else ""
        console.print(f"  {row['check_name']}: {row['subject']}{detail}", soft_wrap=True)


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
    console.print(f"Release {release.name} in {data}")
    with OpenWarehouse.of(release) as warehouse:
        held, checks = _held(warehouse), _checks(warehouse)
    for line in held:
        console.print(line)
    rows: dict[str, Any] = manifest_of(release)["rows"]
    table = Table("table", "rows", "table", "rows", "table", "rows", box=None, pad_edge=False)
    main = [(name, str(count)) for name, count in rows.items() if "." not in name]
    third = -(-len(main) // 3)
    for i in range(third):
        table.add_row(*chain.from_iterable(main[i::third]))
    console.print()
    console.print(table)
    console.print(checks)
    for name in (DATABASE, "parquet", "DICTIONARY.md", "report/index.html"):
        if (release / name).exists():
            console.print(f"  {data / 'current' / name}", soft_wrap=True)


def _held(warehouse: OpenWarehouse) -> list[str]:
    """A line for each edition and each year of scores."""
    editions = warehouse.rows(
        """SELECT edition, count(*) AS programmes, count(choice_type) > 0 AS whole
           FROM programmes GROUP BY edition ORDER BY edition"""
    )
    scores = warehouse.rows(
        """SELECT scores_year, basis, count(*) AS programmes FROM scores
           GROUP BY ALL ORDER BY ALL"""
    )
    known = {True: "requirements and formulae", False: "formulae and expected scores"}
    return [
        f"  edition {row['edition']}: {row['programmes']} programmes, {known[row['whole']]}"
        for row in editions
    ] + [
        f"  scores {row['scores_year']}, {row['basis']}: {row['programmes']} programmes"
        for row in scores
    ]


def _checks(warehouse: OpenWarehouse) -> str:
    found = warehouse.rows("SELECT status, count(*) AS checks FROM audit.checks GROUP BY status")
    counts = {row["status"]: row["checks"] for row in found}
    total = sum(counts.values())
    return (
        f"\n{counts.get('passed', 0)} of {total} checks passed, "
        f"{counts.get('explained', 0)} explained, {counted(counts.get('failed', 0), 'finding')}"
    )
