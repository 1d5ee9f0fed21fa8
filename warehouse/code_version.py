"""What code made a release: one hash over the program's files and the libraries under it.

Input: the folders of this project's packages. Output: a sha256 in hexadecimal.
Raises: nothing.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("extract", "transform", "schemas", "warehouse", "scoring", "reports", "flows")
MODULES = ("errors.py",)
# Code and the data declared beside it; the last four shape the report.
SUFFIXES = {".py", ".toml", ".lark", ".sql", ".jinja", ".html", ".css", ".js"}
# Other versions of these read or write differently.
LIBRARIES = (
    "pdfplumber", "pdfminer.six", "pypdfium2", "pillow", "pandas", "pyarrow", "duckdb", "lark",
    "selectolax",
)  # fmt: skip


@cache
def code_version() -> str:
    """sha256 over every file that can change what a release holds, by path and content."""
    return hash_of(program_files(), [f"{name}=={version(name)}" for name in LIBRARIES])


def program_files(root: Path = ROOT) -> list[Path]:
    """The files of the program, without tests, samples and documents."""
    found = [root / name for name in MODULES]
    for package in PACKAGES:
        found += [path for path in (root / package).rglob("*") if path.suffix in SUFFIXES]
    return sorted(found)


def hash_of(files: list[Path], further: list[str], root: Path = ROOT) -> str:
    """sha256 over the files' relative paths and bytes, and over further texts."""
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    for text in further:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()
