"""`python -m tests.mutation --count 4000 --seed 1`: the figures of docs/mutations.md.

Input: a number of mutants and a seed. Output: Markdown on stdout, or in the document's place for
it. Raises nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.mutation.figures import outcomes
from tests.mutation.report import report

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "mutations.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument(
        "--write", action="store_true", help="put the figures into docs/mutations.md"
    )
    arguments = parser.parse_args()
    start = time.perf_counter()
    found = outcomes(arguments.count, arguments.seed, arguments.workers)
    command = f"python -m tests.mutation --count {arguments.count} --seed {arguments.seed}"
    text = f"`{command}`: {len(found)} mutants.\n\n{report(found)}"
    sys.stderr.write(f"{time.perf_counter() - start:.0f} s\n")
    if not arguments.write:
        sys.stdout.write(f"{text}\n")
        return
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
