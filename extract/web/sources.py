"""The registry of sources: which documents and pages exist, where from, and who changed that.

Input: sources.toml, the environment, a user's own file. Output: `Source`s.
Grain: one per document or page. Raises: `DocumentRefused` for a registry that cannot be used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from errors import DocumentRefused
from extract.web.addresses import address

_REQUIRED = frozenset(("name", "kind", "url", "licence", "allowed_hosts"))
_OPTIONAL = frozenset(("follow",))


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the registry; see sources.toml for what its fields mean."""

    name: str
    kind: Literal["page", "index"]
    url: str
    licence: str
    allowed_hosts: tuple[str, ...]
    follow: str | None = None


def load_sources(registry: Path, environment: Mapping[str, str]) -> list[Source]:
    """The sources in the order of the registry.

    The file that ADMISSIONS_SOURCES names replaces entries of the same name key by key;
    ADMISSIONS_URL_<NAME> then replaces a URL. The host of a URL so given is allowed for it.
    """
    entries = {entry["name"]: dict(entry) for entry in _entries(registry)}
    own = environment.get("ADMISSIONS_SOURCES")
    for entry in _entries(Path(own)) if own is not None else []:
        entries.setdefault(entry["name"], {}).update(entry)
    for name, entry in entries.items():
        setting = f"ADMISSIONS_URL_{re.sub(r'[^A-Z0-9]', '_', name.upper())}"
        if setting in environment:
            entry["url"] = environment[setting]
    return [_source(entry, own or str(registry)) for entry in entries.values()]


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["source"]
        names = [entry["name"].casefold() for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentRefused(
            "not a registry of sources",
            document=path.name,
            text=str(error),
            todo="See sources.toml",
        ) from error
    if len(set(names)) < len(names):
        raise DocumentRefused("registry names a source twice", document=path.name)
    return list(entries)


def _source(entry: dict[str, Any], registry: str) -> Source:
    unknown, missing = entry.keys() - _REQUIRED - _OPTIONAL, _REQUIRED - entry.keys()
    if unknown or missing:
        raise DocumentRefused(
            f"source {entry['name']!r} has unknown or missing settings",
            document=registry,
            text=", ".join(sorted(unknown | missing)),
        )
    hosts = [*entry["allowed_hosts"], address(entry["url"]).hostname]
    source = Source(**entry | {"allowed_hosts": tuple(dict.fromkeys(hosts))})
    if source.kind != ("index" if source.follow else "page"):
        raise DocumentRefused(
            f"source {source.name!r} has an unknown kind, or no `follow`",
            document=registry,
            text=f"{source.kind}, {source.follow}",
        )
    return source
