"""`python docs/dependencies.py`: docs/dependencies.md, from what is installed.

Input: the installed distributions that pyproject.toml leads to. Output: tables of name, version,
licence and who asks for it: what the program needs, then what only its development needs. Grain:
one distribution. Raises `PackageNotFoundError` where one that is asked for is not installed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "dependencies.md"
HEAD = """# Dependencies

Made by `python docs/dependencies.py` from what is installed; the versions are those the figures of
these documents were measured with. **Bold**: asked for by `pyproject.toml`; the others come with
them. [Reliability](reliability.md#known-vulnerabilities) tells how they are held against the known
vulnerabilities.
"""
COLUMNS = """
| distribution | version | licence | asked for by |
|---|---|---|---|
"""


def requirements(extra: str | None = None) -> list[Requirement]:
    """What pyproject.toml asks for: to run, or for an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [Requirement(text) for text in asked]


def asked_for(extra: str | None = None) -> set[str]:
    """Canonical names of what pyproject.toml asks for."""
    return {canonicalize_name(requirement.name) for requirement in requirements(extra)}


Closure = dict[str, tuple[Distribution, set[str]]]


def closure(asked: list[Requirement]) -> Closure:
    """Every distribution that is needed, with who needs it, by canonical name."""
    needed_by: dict[str, set[str]] = defaultdict(set)
    found: dict[str, Distribution] = {}
    waiting = [(requirement, "") for requirement in asked]
    seen: set[tuple[str, frozenset[str], str]] = set()
    while waiting:
        requirement, parent = waiting.pop()
        name = canonicalize_name(requirement.name)
        step = (name, frozenset(requirement.extras), parent)
        if step in seen:
            continue
        seen.add(step)
        needed_by[name].add(parent)
        found[name] = distribution(name)
        for text in found[name].requires or ():
            inner = Requirement(text)
            extras = requirement.extras or {""}
            if inner.marker and not any(inner.marker.evaluate({"extra": e}) for e in extras):
                continue
            waiting.append((inner, name))
    return {name: (found[name], needed_by[name]) for name in sorted(found)}


def licence(of: Distribution) -> str:
    """Its licence in a few words: SPDX expression, classifier, or the first line of its field."""
    expression = of.metadata.get("License-Expression")
    if expression:
        return expression
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in of.metadata.get_all("Classifier") or ()
        if text.startswith("License ::") and text != "License :: OSI Approved"
    ]
    if classifiers:
        return ", ".join(classifiers)
    field = (of.metadata.get("License") or "").strip().splitlines()
    return re.sub(r"\s+", " ", field[0])[:60] if field else "see its files"


def page() -> str:
    """The page: two tables, the second without what stands in the first."""
    shipped = closure(requirements())
    tools = {
        name: found
        for name, found in closure(requirements("dev")).items()
        if name not in shipped or "" in found[1]
    }
    return (
        f"{HEAD}\n## To run\n{COLUMNS}{_rows(shipped)}"
        f"\n## To develop: the extra `dev`\n{COLUMNS}{_rows(tools)}"
    )


def _rows(needed: Closure) -> str:
    rows = []
    for name, (found, parents) in needed.items():
        shown = f"**{name}**" if "" in parents else name
        others = ", ".join(sorted(parents - {""}))
        rows.append(f"| {shown} | {found.version} | {licence(found)} | {others} |\n")
    return "".join(rows)


if __name__ == "__main__":
    try:
        OUT.write_text(page(), encoding="utf-8")
    except PackageNotFoundError as missing:
        raise SystemExit(f"not installed: {missing.name}") from missing
