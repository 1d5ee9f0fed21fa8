"""`extract`, `transform` and each of their packages tell in which order to read them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from warehouse.code_version import ROOT

PACKAGES = sorted(
    path.parent.relative_to(ROOT)
    for package in ("extract", "transform")
    for path in (ROOT / package).rglob("__init__.py")
)


@pytest.mark.parametrize("package", PACKAGES, ids=str)
def test_every_module_is_told_of_once(package: Path) -> None:
    folder = ROOT / package
    lines = (import_module(".".join(package.parts)).__doc__ or "").splitlines()[1:]
    told = [
        name
        for line in lines
        if (found := re.match(r"([a-z_]+(?:, [a-z_]+)*)  +\S", line))
        for name in found[1].split(", ")
    ]
    inside = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    assert sorted(told) == sorted(inside - {"__init__"})
