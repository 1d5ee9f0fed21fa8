"""The report of a release made here, and a browser to read it in.

The release holds the 2026 rules as typed from the printed page (tests/golden), the admission scores
of three programmes, one change and its effects, one finding, and a place for two values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import schemas
from reports.pictures import PagePictures
from reports.report import NO_PICTURES, write_report
from tests.browser.chromium import CHROMIUM, Browser, Page, running_chromium
from tests.rows import rows_of
from tests.unit.rules_2026 import golden_tables
from warehouse.build import build

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DOCUMENT = "b" * 64
Rows = dict[str, list[dict[str, Any]]]


def release_rows() -> Rows:
    """Rows by table, of schema `main` and `audit`."""
    golden = golden_tables()
    codes = [row["jupas_code"] for row in golden["formulas"]]
    rows: Rows = {name: [dict(row) for row in golden[name]] for name in golden}
    rows["programmes"] = rows_of(
        "edition jupas_code title school choice_type interview_required",
        *(
            (2026, code, f"Programme {code}", f"School {code[2:4]}", "program-based",
             code in ("JS5101", "JS5332"))
            for code in codes
        ),
    )  # fmt: skip
    rows["study_options"] = rows_of(
        "edition jupas_code position title ai_major digital_media_major sustainability_major",
        *((2026, code, 1, f"BSc in {code}", code == "JS5102", False, False) for code in codes),
        (2026, "JS5102", 2, "BSc in Chemistry", False, False, False),
    )
    rows["scores"] = rows_of(
        "scores_year jupas_code basis formula_year point_scale highest_attainable median "
        "lower_quartile",
        (2024, "JS5101", "admitted", 2024, 8.5, 44.63, 36.75, 34.5),
        (2025, "JS5101", "admitted", 2025, 8.5, 44.63, 38.25, 37.88),
        (2025, "JS5311", "admitted", 2025, 8.5, 62.48, 36.55, 35.4),
        (2025, "JS5212", "admitted", 2025, 8.5, 75.86, 43.49, 41.97),
        (2025, "JS5212", "simulated", 2026, 8.5, 80.33, 46.0, 44.0),
    )
    rows["rankings"] = rows_of(
        "source ranking year subject region rank",
        ("home", "QS", 2025, "", "World", 47),
        ("brochure", "QS", 2026, "", "World", 44),
    )
    rows["documents"] = rows_of(
        "sha256 origin name year fetched_at bytes pages media_type",
        (DOCUMENT, "sample", "brochure.pdf", 2026, NOW, 1000, 9, "application/pdf"),
    )
    score = (
        '{"scores_year": 2025, "jupas_code": "JS5101", "basis": "admitted", '
        '"formula_year": 2025, "point_scale": 8.5}'
    )
    rows["observations"] = rows_of(
        "table_name key column_name document_sha256 page x0 top x1 bottom text rule",
        ("scores", score, "median", DOCUMENT, 6, 100, 200.5, 140, 209, "38.25", "figure"),
        ("scores", score, "lower_quartile", DOCUMENT, 6, 150, 200.5, 190, 209, "37.88", "figure"),
    )
    rows["checks"] = rows_of(
        "check_name subject severity status detail",
        ("one title in all tables", "JS5711", "warn", "failed", "two titles"),
    )
    rows["changes"] = rows_of(
        "from_edition to_edition table_name key column_name change old_value new_value cause",
        (2025, 2026, "formulas", '{"jupas_code": "JS5212"}', "formula", "changed",
         "English Language x2 + Mathematics x2 + best 3 other (* x1)",
         "English Language x2 + Mathematics x1 + best 3 other (* x1)", "documents differ"),
    )  # fmt: skip
    rows["formula_effects"] = rows_of(
        "from_edition to_edition jupas_code profile old_best5 new_best5 difference",
        (2025, 2026, "JS5212", "Humanities", 52.75, 52.75, 0.0),
        (2025, 2026, "JS5212", "Physics and Chemistry, M2", 52.75, 55.5, 2.75),
    )
    rows["runs"] = rows_of(
        "release_id fingerprint code_version started_at finished_at documents observations "
        "checks_failed",
        ("0001-ffffffffff", "f" * 64, "c" * 64, NOW, NOW, 1, 2, 1),
    )
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
