"""Documents that must be refused, each wrong in one way.

Input: a folder. Output: a file in it. Grain: one document. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.flows.harness import SAMPLES
from tests.typeset.edition import Edition, Score, edition_2026
from tests.typeset.layout import Layout
from tests.typeset.leaflet import typeset_leaflet


def not_a_pdf(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 a spreadsheet under another name")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    whole = (SAMPLES / "brochure-2026.pdf").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def without_text(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()


def of_an_unknown_table(path: Path) -> None:
    canvas = Canvas(str(path))
    rows = (("Canteen", "Dish", "Price"), ("LG1", "Rice", "30"), ("LG7", "Noodles", "28"))
    for line, cells in enumerate(rows):
        for column, text in enumerate(cells):
            canvas.rect(60 + column * 110, 600 - line * 30, 110, 30)
            canvas.drawString(65 + column * 110, 610 - line * 30, text)
    canvas.save()


def with_a_renamed_header(path: Path) -> None:
    typeset_leaflet("scores", edition_2026(), Layout(changed_header=True), path)


def with_a_level_that_is_none(path: Path) -> None:
    edition = edition_2026()
    first = edition.programmes[0]
    wrong = replace(first, minimums=("Level 9", *first.minimums[1:]))
    edition = replace(edition, programmes=(wrong, *edition.programmes[1:]))
    typeset_leaflet("requirements", edition, Layout(), path)


class _WrongBonus(Edition):
    """HKUST would print 5.00% for a score of 8.5."""

    def bonuses(self) -> list[tuple[str, str, str]]:
        return [
            (category, score, "4.99%" if (category, score) == ("A", "8.5") else percent)
            for category, score, percent in super().bonuses()
        ]


def with_a_bonus_that_does_not_add_up(path: Path) -> None:
    edition = edition_2026()
    fields = {name: getattr(edition, name) for name in edition.__dataclass_fields__}
    typeset_leaflet("conversion", _WrongBonus(**fields), Layout(), path)


def with_a_median_below_its_quartile(path: Path) -> None:
    edition = edition_2026()
    first, *others = edition.programmes
    first = replace(first, admitted=Score("20.50", "37.25"))
    typeset_leaflet("scores", replace(edition, programmes=(first, *others)), Layout(), path)


# How to make it, the page the message must name, the text it must quote, what it must tell to do.
WRONG: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "not-a-pdf.pdf": (not_a_pdf, "", "looks like a zip archive", "give the PDF or page"),
    "empty.pdf": (empty, "", "is empty", "Get the file again"),
    "truncated.pdf": (truncated, "", "is cut off or damaged", "Get the file again"),
    "no-text.pdf": (without_text, "", "no text", "not a scan"),
    "canteen.pdf": (of_an_unknown_table, "", "'Canteen'", "Is it the right document?"),
    "renamed.pdf": (with_a_renamed_header, ", page 1", "'MIDPOINT'", "`admissions detect`"),
    "upside-down.pdf": (
        with_a_median_below_its_quartile,
        ", page 1",
        "lower_quartile '37.25', median '20.50'",
        "a misprint is corrected in transform/corrections.toml",
    ),
    "level-9.pdf": (with_a_level_that_is_none, ", page 1", "'Level 9'", "Levels are 1 to 5"),
}
