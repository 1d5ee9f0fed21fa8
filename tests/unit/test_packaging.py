"""What is installed: all that the program imports and opens, and nothing is declared in part."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from errors import SourceUnavailable
from flows.documents import SAMPLES, sample_documents
from flows.fetching import REGISTRY
from warehouse.code_version import MODULES, PACKAGES, ROOT

TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def test_all_that_the_program_opens_is_installed_with_it() -> None:
    included = TOOLS["hatch"]["build"]["only-include"]
    assert set(included) == {*MODULES, *PACKAGES, SAMPLES.name, REGISTRY.name}
    assert {SAMPLES.parent, REGISTRY.parent} == {ROOT}


def test_every_package_is_type_checked_and_held_to_the_layers() -> None:
    assert set(TOOLS["mypy"]["packages"]) == set(PACKAGES)
    assert set(TOOLS["importlinter"]["root_packages"]) == set(PACKAGES)


def test_an_installation_without_samples_makes_no_empty_release(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"holds no samples\. Name a document to read"):
        sample_documents(dt.datetime.now(dt.UTC), tmp_path)
