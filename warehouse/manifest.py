"""`manifest.json`: what a release is, what it was made from, and every file's checksum.

Input: the run, the documents and the row counts of a release, and its folder with all its files.
Output: the manifest, written or read. Grain: one a release. Raises: nothing of its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"

Files = Mapping[str, Mapping[str, object]]


def write_manifest(
    folder: Path,
    run: Mapping[str, object],
    documents: Sequence[Mapping[str, object]],
    rows: Mapping[str, int],
    files: Files,
) -> None:
    """Write the manifest of the release in `folder`.

    Parameters
    ----------
    run : the release's row of `audit.runs`.
    documents : the rows of `audit.documents`.
    rows : number of rows by table; tables of schema `audit` as 'audit.<table>'.
    files : see `files_of`.
    """
    manifest = {**run, "documents": documents, "rows": rows, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=_iso)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest_of(release: Path) -> dict[str, Any]:
    """The manifest of a release: its run, `documents`, `rows` by table, `files` by path."""
    manifest: dict[str, Any] = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def damage_of(release: Path) -> str | None:
    """What of a release is not as it was written, in words; None where it is whole."""
    try:
        for name, about in manifest_of(release)["files"].items():
            if sha256_of(release / name) != about["sha256"]:
                return f"{name} has changed"
    except OSError as error:
        # A disk that fails while a file is read does not say which.
        name = Path(error.filename).name if error.filename else "a file"
        return f"{name} cannot be read: {error.strerror}"
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        return f"{MANIFEST} cannot be read: {error}"
    return None


def files_of(folder: Path) -> Files:
    """All files of a release but the manifest: `bytes` and `sha256` by path, sorted."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for name, path in sorted(paths.items())
        if path.is_file() and name != MANIFEST
    }


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a manifest")
