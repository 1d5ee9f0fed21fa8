"""`python -m docs.pictures` still draws every picture that the pages show, from our own samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from docs.pictures import PICTURES, main

pytestmark = pytest.mark.slow  # reads the brochure and renders its pages


def test_every_picture_is_drawn_anew(tmp_path: Path) -> None:
    """Of the same size; their pixels may differ with the versions of pdfium and Pillow."""
    main(tmp_path)
    assert _sizes(tmp_path) == _sizes(PICTURES)


def _sizes(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: Image.open(path).size for path in folder.iterdir()}
