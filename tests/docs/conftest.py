"""One release of the bundled samples, made once for all workers of a test run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import absl.logging
import pytest

from tests.flows.steps import refreshed

# mlcroissant's logging (absl) writes to what standard error was when it was imported: pytest's own
# capture here, which it closes whenever logging is set up anew. Prefect does that in every run.
absl.logging.get_absl_handler().python_handler.setStream(sys.__stderr__)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DATA with one release of the samples. Its lock makes the second worker find it made."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "docs-data"
    folder.mkdir(exist_ok=True)
    refreshed(folder)
    return folder


@pytest.fixture
def workplace(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in as in the project's root: `data` and `samples` are there."""
    (tmp_path / "data").symlink_to(data)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ADMISSIONS_DATA", raising=False)
    return tmp_path
