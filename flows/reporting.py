"""`admissions report`: the HTML report of the current release, made again.

Input: the current release. Output: DATA/report/index.html: releases themselves never change.
Raises: `AdmissionsError` where there is no release.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from flows.releases import needed_release


def rebuild_report(data: Path) -> None:
    """Write the report beside the releases and say where."""
    from reports.report import write_report

    release = needed_release(data)
    with tempfile.TemporaryDirectory(dir=data, prefix=".report-") as folder:
        copy = Path(folder)
        shutil.copy(release / "warehouse.duckdb", copy / "warehouse.duckdb")
        write_report(copy)
        target = data / "report"
        target.mkdir(exist_ok=True)
        (copy / "report" / "index.html").replace(target / "index.html")
    sys.stdout.write(f"{target / 'index.html'}\n")
