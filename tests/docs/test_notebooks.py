"""Notebooks: run in a real kernel, give the stored outputs, use public things only."""

from __future__ import annotations

import ast
import base64
from pathlib import Path
from typing import Any

import nbformat
import pytest

from notebooks.execute import executed, notebooks

pytestmark = pytest.mark.slow  # makes a release

PUBLIC = {
    "altair", "csv", "duckdb", "logging", "os", "pathlib", "random", "tempfile",
    "scoring.batch", "scoring.counsel", "scoring.profile", "scoring.rules", "warehouse.current",
}  # fmt: skip
PNG = b"\x89PNG\r\n"


def outputs(notebook: Any) -> list[dict[str, Any]]:
    """What the cells gave: text as it is, of a picture only that it is one."""
    given: list[dict[str, Any]] = []
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                given.append({"cell": number, output.name: output.text})
                continue
            for form, content in output.data.items():
                if form == "image/png":
                    assert base64.b64decode(content).startswith(PNG)
                    content = "a picture"
                given.append({"cell": number, form: content})
    return given


@pytest.fixture(params=notebooks(), ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


def test_a_notebook_gives_its_stored_outputs(path: Path, data: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    assert outputs(executed(path, data)) == outputs(stored)


def test_a_notebook_carries_its_charts_and_no_traces_of_a_run(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert len(text) < 150_000
    assert any("image/png" in output for output in outputs(notebook))
    assert all(cell.get("execution_count") is None for cell in notebook.cells)
    for word in ("/home/", "/work/", "/tmp/", "/root/", "/Users/", "Traceback"):
        assert word not in text


def test_a_notebook_uses_public_things_only(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                names = [node.module] if isinstance(node, ast.ImportFrom) else []
                names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
                assert set(names) <= PUBLIC
