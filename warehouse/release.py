"""Releases: whole or not at all. Built aside, validated, synced, renamed, switched to.

Input: the frames of every table and the fingerprint of what they were made from.
Output: `releases/<id>/` and `current`, which points to it. Grain: one release a call.
Raises: `ReleaseBlocked`; the last release is then still current.

    releases/.building-0007-1a2b3c4d5e/   a run at work, or one that was killed: the next removes it
    releases/0007-1a2b3c4d5e/             immutable
    current -> releases/0007-1a2b3c4d5e   switched by one rename
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

import schemas
from errors import ReleaseBlocked, unwritable
from warehouse.build import build
from warehouse.current import current_release
from warehouse.manifest import files_of, write_manifest
from warehouse.opened import connected
from warehouse.validation import refuse_other_files, refuse_unsound_tables

log = logging.getLogger(__name__)

_BUILDING = ".building-"
_NEXT = ".current-next"
_ID = re.compile(r"^(\d{4,})-[0-9a-f]{10}$")


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk, with the number of rows of every table."""

    id: str
    folder: Path
    rows: Mapping[str, int]


def publish(
    data: Path,
    tables: Mapping[str, pd.DataFrame],
    audit: Mapping[str, pd.DataFrame],
    *,
    fingerprint: str,
    code_version: str,
    started_at: dt.datetime,
    finished_at: dt.datetime,
    further: Callable[[Path], None] | None = None,
) -> Release:
    """Release the tables: build, validate, sync, rename, switch. Hold `release_lock(data)`.

    Parameters
    ----------
    tables : frame by name, of every table of `schemas.TABLES`.
    audit : frame by name, of every table of `schemas.AUDIT` but `dictionary` and `runs`: those
        two are made here. `runs` carries on from the current release.
    further : writes more files into the release's folder (the report), once the warehouse is
        there.

    Raises
    ------
    ReleaseBlocked : a check that blocks has failed, a frame breaks its model, the release does
        not read back as written, or the disk refuses. Nothing was released.
    """
    refuse_failed_checks(audit["checks"])
    releases = data / "releases"
    with _refusing(data):
        releases.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(data)
        release_id = _next_id(releases, fingerprint)
        building = releases / f"{_BUILDING}{release_id}"
        building.mkdir()
        run = {
            "release_id": release_id,
            "fingerprint": fingerprint,
            "code_version": code_version,
            "started_at": started_at,
            "finished_at": finished_at,
            "documents": len(audit["documents"]),
            "observations": len(audit["observations"]),
            "checks_failed": int((audit["checks"]["status"] == "failed").sum()),
        }
        runs = schemas.frame_of(schemas.AUDIT["runs"], [*_earlier_runs(data), run])
        audit = {**audit, "runs": runs}
        try:
            build(tables, audit, building, release_id=release_id)
            rows, built = _row_counts(tables, audit), files_of(building)
            with ThreadPoolExecutor(1) as beside:  # most of it is DuckDB's and Arrow's time
                read_back = beside.submit(refuse_unsound_tables, building, rows)
                if further is not None:
                    further(building)
                read_back.result()
            files = {**files_of(building), **built}  # `built` is what was read back
            write_manifest(building, run, schemas.rows_from(audit["documents"]), rows, files)
            refuse_other_files(building)
            _sync_tree(building)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        folder = releases / release_id
        building.rename(folder)
        _sync(releases)
        _switch(data, release_id)
    log.info("released %s", release_id)
    return Release(release_id, folder, rows)


def refuse_failed_checks(checks: pd.DataFrame) -> None:
    """Raises `ReleaseBlocked` for the first check that blocks and has failed."""
    failed = checks[(checks["severity"] == "block") & (checks["status"] == "failed")]
    if failed.empty:
        return
    first = schemas.rows_from(failed.iloc[[0]])[0]
    detail = first["detail"] or f"expected {first['expected']}, found {first['actual']}"
    more = f" (and {len(failed) - 1} more checks)" if len(failed) > 1 else ""
    raise ReleaseBlocked(
        f"nothing was released: check {first['check_name']} failed for {first['subject']}{more}",
        text=str(detail),
        todo="Look at the page",
    )


def _next_id(releases: Path, fingerprint: str) -> str:
    """A counter that only grows and the start of the fingerprint: no clock is trusted."""
    numbers = [int(match[1]) for path in releases.iterdir() if (match := _ID.match(path.name))]
    return f"{max(numbers, default=0) + 1:04d}-{fingerprint[:10]}"


def _earlier_runs(data: Path) -> list[dict[str, object]]:
    """The rows of `runs` in the current release."""
    release = current_release(data)
    if release is None:
        return []
    columns = [column.name for column in schemas.columns_of(schemas.AUDIT["runs"])]
    try:
        with connected(release) as connection:
            found = connection.sql("FROM audit.runs").to_arrow_table()
            if found.column_names == columns:
                rows: list[dict[str, object]] = found.to_pylist()
                return rows
            reason = "has them in another form"
    except duckdb.Error as error:
        reason = f"cannot be read: {error}".splitlines()[0]
    log.warning("the history of runs starts anew: %s %s", release.name, reason)
    return []


def _row_counts(
    tables: Mapping[str, pd.DataFrame], audit: Mapping[str, pd.DataFrame]
) -> dict[str, int]:
    counts = {name: len(tables[name]) for name in schemas.TABLES}
    return counts | {f"audit.{name}": len(audit[name]) for name in schemas.AUDIT if name in audit}


def _remove_leftovers(data: Path) -> None:
    """What a killed run left behind; the lock says that nobody is at work on it."""
    for path in (data / "releases").glob(f"{_BUILDING}*"):
        log.info("removing %s, left behind by a run that was killed", path.name)
        shutil.rmtree(path)
    (data / _NEXT).unlink(missing_ok=True)


def _switch(data: Path, release_id: str) -> None:
    """Point `current` at a release: a link made aside takes its place in one rename."""
    link = data / _NEXT
    link.symlink_to(Path("releases") / release_id, target_is_directory=True)
    link.replace(data / "current")
    _sync(data)


def _sync_tree(folder: Path) -> None:
    """Bring every file and folder to the disk before the name that makes them count."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _refusing(data: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.Error, pa.ArrowException) as error:
        # DuckDB says in several of its exceptions that a file could not be written.
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise unwritable("the data folder", data, reason.splitlines()[0]) from error
