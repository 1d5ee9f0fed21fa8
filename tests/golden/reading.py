"""Documents to frames without Prefect: what the golden tests compare with reviewed CSVs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from functools import cache
from pathlib import Path

import schemas
from extract.document import document_cells
from extract.headers.vocabulary import load_vocabulary
from flows.documents import document_row, local_document
from flows.extracting import VOCABULARY
from transform.read import ReadDocument, read_cells
from transform.tables import Frames, frames_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
PUBLISHED = SHARED / "published"
MOMENT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@cache
def frames(*paths: Path) -> Frames:
    """Frames of the PDFs at `paths`, read in this process."""
    read = [_read(path) for path in paths]
    return frames_of(
        [reading for one, _ in read for reading in one.readings],
        [reject for one, _ in read for reject in one.rejects],
        [row for _, row in read],
    )


@cache
def _read(path: Path) -> tuple[ReadDocument, dict[str, object]]:
    document = local_document(path, MOMENT)
    cells = document_cells(path, load_vocabulary(VOCABULARY), document.name)
    read = read_cells(cells, document.sha256)
    return read, document_row(document, read, len(cells.pages))


def csv_of(frames_: Frames, table: str) -> str:
    """A table as CSV, missing values empty, floats as printed by repr."""
    rows = schemas.rows_from(frames_.tables[table])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = [column.name for column in schemas.columns_of(schemas.TABLES[table])]
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row[name] is None else row[name] for name in columns])
    return out.getvalue()


def failed(frames_: Frames) -> list[str]:
    """Checks that failed, blocking or not."""
    return [
        f"{row['check_name']}: {row['subject']}"
        for row in schemas.rows_from(frames_.audit["checks"])
        if row["status"] == "failed"
    ]
