"""`extract` tells in which order to read it."""

from __future__ import annotations

import re
from pathlib import Path

import extract


def test_every_module_is_told_of_once() -> None:
    told = [
        name
        for line in (extract.__doc__ or "").splitlines()
        if line.startswith("    ")
        for name in re.split(r", ", line.strip().partition("    ")[0])
    ]
    modules = {path.stem for path in Path(*extract.__path__).glob("*.py")} - {"__init__"}
    assert sorted(told) == sorted(modules)
