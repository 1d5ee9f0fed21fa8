"""The current release, and whether a new one is needed: standard library only, so it costs nothing.

Input: the DATA folder; the identities of documents and code. Output: paths, a fingerprint.
Raises: nothing of its own.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

from warehouse.manifest import manifest_of

log = logging.getLogger(__name__)

DATABASE = "warehouse.duckdb"


def current_release(data: Path) -> Path | None:
    """The folder of the newest release, links resolved; None where there is none (any more)."""
    current = data / "current"
    return current.resolve() if current.exists() else None


def is_current(data: Path, fingerprint: str) -> bool:
    """The current release was made from just this, so there is nothing to do."""
    release = current_release(data)
    if release is None:
        return False
    try:
        return bool(manifest_of(release)["fingerprint"] == fingerprint)
    except (OSError, ValueError, KeyError) as error:
        log.warning("the manifest of %s is damaged (%s): releasing anew", release.name, error)
        return False


def fingerprint_of(documents: Iterable[str], code_version: str) -> str:
    """What a release is made from, as a sha256: equal inputs and code give equal releases.

    Parameters
    ----------
    documents : one text a document that names its bytes and all else that tells in the release:
        sha256, origin and name.
    """
    lines = [*sorted(documents), f"code {code_version}"]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
