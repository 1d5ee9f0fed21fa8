"""`python -m notebooks.execute`: runs the notebooks and stores their outputs.

Input: the notebooks of this folder, the release in ADMISSIONS_DATA (default: data).
Output: the same files with the outputs of this run. Grain: one notebook.
Raises: nbclient's `CellExecutionError` for a cell that fails.

What is stored is what matters: no execution counts, times, ids that change or second forms of one
output. Running again on the same release leaves the files as they are.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = Path(__file__).resolve().parent
TIMEOUT_S = 300
# Of an output's forms the first that is there is kept.
FORMS = ("image/png", "text/html", "text/plain")
COLORS = 64  # of a chart's palette
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebooks() -> list[Path]:
    """The notebooks in reading order."""
    return sorted(HERE.glob("*.ipynb"))


def executed(path: Path, data: Path) -> Any:
    """The notebook with the outputs of a run on the current release in `data`."""
    notebook = nbformat.read(path, as_version=4)
    environment = {
        **os.environ,
        "ADMISSIONS_DATA": str(data.resolve()),
    }
    client = NotebookClient(
        notebook, timeout=TIMEOUT_S, resources={"metadata": {"path": str(HERE.parent)}}
    )
    client.execute(env=environment)
    return tidy(notebook)


def tidy(notebook: Any) -> Any:
    """The notebook without what changes from run to run."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = None
            if "data" in output:
                form = next(form for form in FORMS if form in output.data)
                content = output.data[form].strip()
                output.data = {form: smaller(content) if form == "image/png" else content}
                output.metadata = {}
    return notebook


def smaller(png_base64: str) -> str:
    """The picture with a small palette: a quarter of the bytes."""
    picture = Image.open(io.BytesIO(base64.b64decode(png_base64))).convert("RGB")
    sink = io.BytesIO()
    picture.quantize(colors=COLORS).save(sink, format="PNG", optimize=True)
    return base64.b64encode(sink.getvalue()).decode()


def main() -> None:
    """Run and store all notebooks."""
    data = Path(os.environ.get("ADMISSIONS_DATA", "data"))
    for path in notebooks():
        nbformat.write(executed(path, data), path)
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
