"""What a terminal shows of long work, and that nothing is shown elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from flows.progress import batch_display, progress_display
from scoring.batch import score_batch
from tests.unit.rules_2026 import golden_rules

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, as far as the console knows
    monkeypatch.setenv("COLUMNS", "120")


def applicants(path: Path) -> Path:
    rows = [f"A{number},A,English Language,5" for number in range(1, 7)]
    path.write_text(
        "applicant_id,category,subject,level\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return path


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_batch_tells_its_rows(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = applicants(tmp_path / "in.csv")
    if suffix == ".parquet":
        path = tmp_path / "in.parquet"
        pq.write_table(pa_csv.read_csv(tmp_path / "in.csv"), path)
    told: list[int] = []
    with batch_display(path, quiet=False) as progress:
        assert progress is not None

        def heard(rows: int) -> None:
            told.append(rows)
            progress(rows)

        score_batch(
            path, tmp_path / "out.csv", golden_rules(), workers=1, partition_rows=2, progress=heard
        )
    assert sum(told) == 6
    shown = CODES.sub("", capsys.readouterr().err)
    assert "Scoring rows" in shown and "6/6" in shown and "left 0:00:00" in shown


@pytest.mark.usefixtures("terminal")
def test_a_refresh_tells_its_documents_and_the_rate(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_display() as report:
        for done in range(4):
            report("reading", done, 3)
    shown = CODES.sub("", capsys.readouterr().err)
    assert "Reading documents" in shown and "3/3" in shown
    assert re.search(r"[\d,.]+ a second", shown)


def test_without_a_terminal_nothing_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with batch_display(applicants(tmp_path / "in.csv"), quiet=False) as progress:
        assert progress is None
    with progress_display() as report:
        report("reading", 1, 2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("terminal")
def test_a_file_that_is_missing_is_for_scoring_to_tell(tmp_path: Path) -> None:
    with batch_display(tmp_path / "missing.parquet", quiet=False) as progress:
        assert progress is not None
    with batch_display(tmp_path / "missing.parquet", quiet=True) as progress:
        assert progress is None
