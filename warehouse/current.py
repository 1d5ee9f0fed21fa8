"""The current release, and whether a new one is needed: standard library only, so it costs nothing.

Input: the DATA folder; the identities of documents and code. Output: paths, a fingerprint.
Raises: nothing of its own.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from warehouse.manifest import damage_of, manifest_of

log = logging.getLogger(__name__)

DATABASE = "warehouse.duckdb"


def current_release(data: Path) -> Path | None:
    """The folder of the newest release, links resolved; None where there is none (any more)."""
    current = data / "current"
    return current.resolve() if current.exists() else None


def is_current(data: Path, fingerprint: str) -> bool:
    """The current release is whole and was made from just this: there is nothing to do."""
    release = current_release(data)
    if release is None:
        return False
    if damage := damage_of(release):
        log.warning("release %s is damaged (%s): releasing anew", release.name, damage)
        return False
    return bool(manifest_of(release).get("fingerprint") == fingerprint)


def released_documents(data: Path) -> list[dict[str, Any]]:
    """The documents of the current release, as rows of `audit.documents`; none where its manifest
    is damaged, for it will be made anew."""
    release = current_release(data)
    try:
        return list(manifest_of(release)["documents"]) if release is not None else []
    except (OSError, ValueError, LookupError, TypeError):
        return []


def fingerprint_of(documents: Iterable[str], code_version: str) -> str:
    """What a release is made from, as a sha256: equal inputs and code give equal releases.

    Parameters
    ----------
    documents : one text a document that names its bytes and all else that tells in the release:
        sha256, origin and name.
    """
    lines = [*sorted(documents), f"code {code_version}"]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
