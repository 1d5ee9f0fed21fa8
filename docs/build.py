"""`python -m docs.build`: writes the generated pages, then checks every link.

Input: the models of `schemas`, the `admissions` command, the Markdown files of the repository.
Output: docs/dictionary.md, docs/cli.md. With --check nothing is written.
Exit 1: a link leads nowhere or, with --check, a page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from docs.links import dead_links
from docs.reference import command_reference, data_dictionary

DOCS = Path(__file__).resolve().parent
GENERATED: dict[str, Callable[[], str]] = {
    "dictionary.md": data_dictionary,
    "cli.md": command_reference,
}


def stale_pages() -> list[str]:
    """Names of generated pages that differ from what would be written now."""
    return [
        name
        for name, text in GENERATED.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text()
    ]


def pages() -> list[Path]:
    """Every Markdown page a reader may open: those of docs/ and of the root."""
    return sorted([*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")])


def main(arguments: list[str]) -> int:
    """Write, or with --check compare; returns the exit code."""
    problems: list[str] = []
    if "--check" in arguments:
        problems += [f"docs/{name} is stale: run `make docs`" for name in stale_pages()]
    else:
        for name, text in GENERATED.items():
            (DOCS / name).write_text(text(), encoding="utf-8")
    problems += dead_links(pages())
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if not problems:
        sys.stdout.write(f"{len(pages())} pages, every link leads somewhere\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
