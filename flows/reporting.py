"""`admissions report`: the HTML report of the current release, made again.

Input: the current release. Output: DATA/report/index.html: releases themselves never change.
Raises: `AdmissionsError` where there is no release.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from extract.archive import Archive
from flows.releases import needed_release
from warehouse.current import DATABASE
from warehouse.opened import OpenWarehouse


def rebuild_report(data: Path, *, quiet: bool = False) -> None:
    """Write the report beside the releases and, unless `quiet`, say where."""
    from flows.documents import archived_documents
    from flows.drawing import extents_of, page_pictures
    from reports.report import write_report

    release = needed_release(data)
    with tempfile.TemporaryDirectory(dir=data, prefix=".report-") as folder:
        copy = Path(folder)
        shutil.copy(release / DATABASE, copy / DATABASE)
        extents = extents_of(_places(copy))
        documents = archived_documents(Archive(data / "archive"))
        write_report(copy, page_pictures(documents, extents, data / "cache"))
        target = data / "report"
        target.mkdir(exist_ok=True)
        (copy / "report" / "index.html").replace(target / "index.html")
    if not quiet:
        sys.stdout.write(f"{target / 'index.html'}\n")


def _places(release: Path) -> list[tuple[str, int, float, float]]:
    """Document, page, top and bottom of everything that was read on a page."""
    with OpenWarehouse.of(release) as warehouse:
        rows = warehouse.rows(
            """SELECT document_sha256, page, top, bottom FROM audit.observations
               WHERE page IS NOT NULL"""
        )
    return [(row["document_sha256"], row["page"], row["top"], row["bottom"]) for row in rows]
