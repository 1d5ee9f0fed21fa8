"""The report of a release made here, and a browser to read it in.

The release holds the 2026 rules as typed from the printed page (tests/golden), the admission scores
of three programmes, one change and its effects, one finding, and a place for two values.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import CHROMIUM, Browser, Page, running_chromium

sys.path.append(str(Path(__file__).parents[1] / "unit"))
from rules_2026 import golden_tables

import schemas
from reports.pictures import PagePictures
from reports.report import NO_PICTURES, write_report
from warehouse.build import build

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DOCUMENT = "b" * 64
Rows = dict[str, list[dict[str, Any]]]


def release_rows() -> Rows:
    """Rows by table, of schema `main` and `audit`."""
    golden = golden_tables()
    codes = [row["jupas_code"] for row in golden["formulas"]]
    rows: Rows = {name: [dict(row) for row in golden[name]] for name in golden}
    rows["programmes"] = [
        {
            "edition": 2026,
            "jupas_code": code,
            "title": f"Programme {code}",
            "school": f"School {code[2:4]}",
            "choice_type": "program-based",
            "interview_required": code in ("JS5101", "JS5332"),
        }
        for code in codes
    ]
    rows["study_options"] = [
        {
            "edition": 2026,
            "jupas_code": code,
            "position": 1,
            "title": f"BSc in {code}",
            "ai_major": code == "JS5102",
            "digital_media_major": False,
            "sustainability_major": False,
        }
        for code in codes
    ]
    of_group_a = next(row for row in rows["study_options"] if row["jupas_code"] == "JS5102")
    rows["study_options"].append(
        of_group_a | {"position": 2, "title": "BSc in Chemistry", "ai_major": False}
    )
    rows["scores"] = [
        {
            "scores_year": year,
            "jupas_code": code,
            "basis": basis,
            "formula_year": formula_year,
            "point_scale": 8.5,
            "highest_attainable": highest,
            "median": median,
            "lower_quartile": quartile,
        }
        for year, code, basis, formula_year, highest, median, quartile in (
            (2024, "JS5101", "admitted", 2024, 44.63, 36.75, 34.5),
            (2025, "JS5101", "admitted", 2025, 44.63, 38.25, 37.88),
            (2025, "JS5311", "admitted", 2025, 62.48, 36.55, 35.4),
            (2025, "JS5212", "admitted", 2025, 75.86, 43.49, 41.97),
            (2025, "JS5212", "simulated", 2026, 80.33, 46.0, 44.0),
        )
    ]
    rows["rankings"] = [
        {"source": source, "ranking": "QS", "year": year, "subject": "", "region": "World",
         "rank": rank}
        for source, year, rank in (("home", 2025, 47), ("brochure", 2026, 44))
    ]  # fmt: skip
    rows["documents"] = [
        {
            "sha256": DOCUMENT,
            "origin": "sample",
            "name": "brochure.pdf",
            "year": 2026,
            "fetched_at": NOW,
            "bytes": 1000,
            "pages": 9,
            "media_type": "application/pdf",
        }
    ]
    rows["observations"] = [
        {
            "table_name": "scores",
            "key": '{"scores_year": 2025, "jupas_code": "JS5101", "basis": "admitted", '
            '"formula_year": 2025, "point_scale": 8.5}',
            "column_name": column,
            "document_sha256": DOCUMENT,
            "page": 6,
            "x0": x0,
            "top": 200.5,
            "x1": x0 + 40,
            "bottom": 209,
            "text": text,
            "rule": "figure",
        }
        for column, text, x0 in (("median", "38.25", 100), ("lower_quartile", "37.88", 150))
    ]
    rows["checks"] = [
        {"check_name": "one title in all tables", "subject": "JS5711", "severity": "warn",
         "status": "failed", "detail": "two titles"}
    ]  # fmt: skip
    rows["changes"] = [
        {
            "from_edition": 2025,
            "to_edition": 2026,
            "table_name": "formulas",
            "key": '{"jupas_code": "JS5212"}',
            "column_name": "formula",
            "change": "changed",
            "old_value": "English Language x2 + Mathematics x2 + best 3 other (* x1)",
            "new_value": "English Language x2 + Mathematics x1 + best 3 other (* x1)",
            "cause": "documents differ",
        }
    ]
    rows["formula_effects"] = [
        {"from_edition": 2025, "to_edition": 2026, "jupas_code": "JS5212", "profile": profile,
         "old_best5": 52.75, "new_best5": new, "difference": new - 52.75}
        for profile, new in (("Humanities", 52.75), ("Physics and Chemistry, M2", 55.5))
    ]  # fmt: skip
    rows["runs"] = [
        {
            "release_id": "0001-ffffffffff",
            "fingerprint": "f" * 64,
            "code_version": "c" * 64,
            "started_at": NOW,
            "finished_at": NOW,
            "documents": 1,
            "observations": 2,
            "checks_failed": 1,
        }
    ]
    return rows


def release_with_report(rows: Rows, folder: Path, pictures: PagePictures = NO_PICTURES) -> Path:
    """A release folder with the rows' warehouse and its report."""

    def frames(models: dict[str, Any]) -> dict[str, Any]:
        return {
            name: schemas.frame_of(model, rows.get(name, []))
            for name, model in models.items()
            if name != "dictionary"
        }

    folder.mkdir(parents=True, exist_ok=True)
    build(frames(schemas.TABLES), frames(schemas.AUDIT), folder, release_id="0001-ffffffffff")
    write_report(folder, pictures)
    return folder


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release folder with its report."""
    return release_with_report(release_rows(), tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with running_chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def opened(browser: Browser) -> Callable[..., Page]:
    """Opens a release's report in a fresh tab."""

    def open_report(folder: Path, fragment: str = "", **size: Any) -> Page:
        page = browser.page()
        page.resize(**({"width": 1280} | size))
        page.open(f"{(folder / 'report' / 'index.html').as_uri()}{fragment}")
        return page

    return open_report


@pytest.fixture
def page(opened: Callable[..., Page], release: Path) -> Page:
    """The report, just opened."""
    return opened(release)
