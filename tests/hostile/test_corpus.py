"""Every hostile document is read right or refused with the reason, within the limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errors import AdmissionsError, DocumentRefused
from extract.sandbox.jobs import Limits, run_limited
from tests.hostile.corpus import CASES

pytestmark = pytest.mark.slow  # a process a document

LIMITS = Limits(memory_mb=700, cpu_seconds=6, wall_seconds=30, output_mb=8)


@pytest.mark.parametrize("name", CASES)
def test_read_right_or_refused(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = tmp_path / "hostile.pdf"
    path.write_bytes(case.make())
    try:
        read = run_limited("tests.hostile.readers:pages_text", path, document=name, limits=LIMITS)
    except DocumentRefused as error:
        said = str(error)
        assert said.startswith(name)
        assert "makes the reader fail" not in said
        assert case.refused is not None, said
        assert case.refused in said
        return
    except AdmissionsError as error:
        pytest.fail(f"wrong kind of error: {error!r}")
    assert not case.refused, f"was read: {read[:200]!r}"
    (page,) = json.loads(read)
    if case.says is not None:
        assert page["text"] == case.says
    if case.hidden is not None:
        assert case.hidden in page["hidden"]
    if case.refused is None:
        unreadable = " ".join(page["unreadable"])
        assert (case.unreadable or "") in unreadable
        assert bool(unreadable) == (case.unreadable is not None)
