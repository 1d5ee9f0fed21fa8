"""`python -m tests.typeset --seed 3 --out DIR`: invented documents and their truth, for the eye.

Input: a seed. Output: PDFs, and a folder of CSVs beside each. Raises nothing.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from pathlib import Path

from tests.typeset.brochure import typeset_brochure
from tests.typeset.edition import edition_2026
from tests.typeset.invention import random_edition
from tests.typeset.layout import Layout, random_layout
from tests.typeset.leaflet import LEAFLETS, typeset_leaflet
from tests.typeset.truth import Tables, truth


def write_truth(tables: Tables, folder: Path) -> None:
    """One CSV a table, columns as in the first row that has them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.typeset", description=__doc__)
    parser.add_argument(
        "--seed", type=int, help="edition and layout; without it 2026 in the plain layout"
    )
    parser.add_argument("--year", type=int, default=2027)
    parser.add_argument("--plain", action="store_true", help="invented edition, plain layout")
    parser.add_argument("--changed-header", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    edition = (
        edition_2026() if arguments.seed is None else random_edition(arguments.seed, arguments.year)
    )
    layout = (
        Layout() if arguments.seed is None or arguments.plain else random_layout(arguments.seed)
    )
    layout = replace(layout, changed_header=arguments.changed_header)
    arguments.out.mkdir(parents=True, exist_ok=True)
    name = f"brochure-{edition.year}"
    write_truth(
        truth(edition, typeset_brochure(edition, layout, arguments.out / f"{name}.pdf")),
        arguments.out / name,
    )
    for kind in LEAFLETS:
        name = f"{kind}-{edition.year}"
        shown = typeset_leaflet(kind, edition, layout, arguments.out / f"{name}.pdf")
        write_truth(truth(edition, shown), arguments.out / name)


if __name__ == "__main__":
    main()
