"""The bundled samples against CSVs that a person compared with the pages.

Golden files are changed only with the page in view: see docs/development.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.reading import SAMPLES, csv_of, failed, frames

GOLDEN = Path(__file__).with_name("samples")
DOCUMENTS = (SAMPLES / "brochure-2026.pdf", SAMPLES / "expected-scores-2025.pdf")
TABLES = sorted(path.stem for path in GOLDEN.glob("*.csv"))


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_samples(table: str) -> None:
    golden = (GOLDEN / f"{table}.csv").read_text(encoding="utf-8")
    assert csv_of(frames(*DOCUMENTS), table) == golden


def test_no_table_of_the_samples_is_without_golden_file() -> None:
    filled = {name for name, frame in frames(*DOCUMENTS).tables.items() if len(frame)}
    assert filled == set(TABLES)


def test_the_one_finding_is_the_renamed_programme_that_a_remark_explains() -> None:
    checks = frames(*DOCUMENTS).audit["checks"]
    (explained,) = checks[checks["status"] == "explained"].to_dict("records")
    assert failed(frames(*DOCUMENTS)) == []
    assert (explained["check_name"], explained["subject"]) == ("one title in all tables", "JS5711")
    assert (
        "2026 remark *: Renamed from BSc in Integrative Systems and Design" in explained["detail"]
    )


def test_options_without_a_code_are_listed_as_ignored() -> None:
    rejects = frames(*DOCUMENTS).audit["rejects"]
    without_code = rejects[rejects["reason"].str.startswith("study option or note without a JUPAS")]
    assert "BSc in Individualized Interdisciplinary Major" in set(without_code["text"])


@pytest.mark.slow
def test_order_of_documents_does_not_matter() -> None:
    there, back = frames(*DOCUMENTS), frames(*reversed(DOCUMENTS))
    for table in TABLES:
        assert csv_of(there, table) == csv_of(back, table)
