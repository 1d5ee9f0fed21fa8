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
    files = [ROOT / name for name in MODULES]
    for package in PACKAGES:
        files += [path for path in (ROOT / package).rglob("*") if path.suffix in SUFFIXES]
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    for name in LIBRARIES:
        digest.update(f"{name}=={version(name)}\0".encode())
    return digest.hexdigest()
