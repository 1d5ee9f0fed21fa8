"""How a document is drawn: every choice a designer, an exporter or a bad year could make.

Input: a seed. Output: `Layout`. Grain: one document. Raises nothing.
`Layout()` is close to HKUST's own; `random_layout(seed)` turns several knobs at once.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

RGB = tuple[float, float, float]

FAMILIES = ("Helvetica", "Times", "Vera")
RULES = ("strokes", "rects", "boxes", "hairfills")


@dataclass(frozen=True)
class Palette:
    """Fills; `school_based` and `program_based` mean the choice type and stand in the legend."""

    header: RGB = (0.582, 0.82, 0.791)
    band: RGB = (0.23, 0.63, 0.571)
    school_based: RGB = (0.893, 0.955, 0.991)
    program_based: RGB = (0.973, 0.985, 0.808)
    tint: RGB = (0.938, 0.971, 0.97)
    closed: RGB = (0.936, 0.937, 0.938)
    first_column: RGB = (0.99, 0.898, 0.822)
    last_column: RGB = (0.931, 0.856, 0.919)
    rule: RGB = (0.625, 0.627, 0.629)
    heavy: RGB = (0.246, 0.23, 0.227)


PALETTES = (
    Palette(),
    Palette(
        header=(0.965, 0.68, 0.38),
        band=(0.38, 0.74, 0.82),
        school_based=(0.99, 0.89, 0.93),
        program_based=(0.88, 0.95, 0.86),
    ),
    Palette(
        header=(0.86, 0.86, 0.95),
        band=(0.0, 0.235, 0.31),
        school_based=(1.0, 0.95, 0.8),
        program_based=(0.85, 0.92, 1.0),
        rule=(0.0, 0.0, 0.0),
    ),
)


@dataclass(frozen=True)
class Layout:
    """One document's typography. Lengths in PDF points.

    sheet : 'wide' (one page a spread), 'halves' (two pages a spread, the table runs on over the
        gutter), 'offset halves' (the same, MediaBox not at the origin), 'tall' (narrow pages,
        the header repeated on each).
    rules : 'strokes' (each cell edge its own line), 'rects' (thin filled rectangles), 'boxes'
        (each cell a stroked rectangle), 'hairfills' (zero-height fills with a stroke).
    score_headers : 'upper' (PROGRAM over code and title), 'title' (JUPAS Code | JUPAS Choice ...).
    scale : the whole page drawn smaller or larger; form : content inside a form XObject.
    mark_ratio, mark_rise : size and rise of a mark, in sizes of its word. HKUST's marks are 0.57
        to 0.71 of it and raised by 0.17 to 0.61.
    merge : 'all' equal neighbours merge into one cell, 'some', 'none'.
    header : 'band' (one fill under the whole header), 'cells' (a fill each), 'ruled' (no fill).
    """

    seed: int = 0
    family: str = "Helvetica"
    narrow_percent: int = 82
    body_size: float = 7.0
    mark_ratio: float = 0.64
    mark_rise: float = 0.33
    mark_by_rise: bool = False
    raise_formula_marks: bool = False
    palette: Palette = PALETTES[0]
    header: str = "band"
    rules: str = "strokes"
    vertical_rules: bool = False
    double_rules: bool = False
    rule_gap: float = 0.0
    rule_width: float = 0.3
    spacer: float = 8.5
    gutter: float = 98.0
    row_padding: float = 4.0
    zebra: bool = False
    column_order_seed: int | None = None
    score_order: tuple[str, ...] = ("highest", "median", "lower_quartile")
    score_headers: str = "upper"
    figures_last: bool = False
    merge: str = "all"
    sheet: str = "wide"
    rotate: int = 0
    crop_margin: float = 0.0
    rotated_headers: bool = False
    ligatures: bool = False
    overprint_bold: bool = False
    kerning: bool = True
    gaps_for_spaces: bool = False
    qr_modules: int = 25
    white_text: bool = False
    hidden_text: bool = False
    clipped_text: bool = False
    code_and_title_in_one_cell: bool = False
    stacked_codes: bool = False
    withheld_as: str = "∆"
    american: bool = True
    changed_header: bool = False
    shuffle_drawing: bool = False
    compress: bool = True
    scale: float = 1.0
    form: bool = False


def random_layout(seed: int) -> Layout:
    """A layout with several knobs turned; deterministic by seed."""
    rng = random.Random(f"layout {seed}")

    def often(chance: float) -> bool:
        return rng.random() < chance

    orders = [
        ("highest", "median", "lower_quartile"),
        ("median", "lower_quartile", "highest"),
        ("lower_quartile", "median", "highest"),
    ]
    zebra = often(0.2)
    return Layout(
        seed=seed,
        family=rng.choice(FAMILIES),
        narrow_percent=rng.choice([78, 82, 88]),
        body_size=rng.choice([6.0, 6.5, 7.0]),
        mark_ratio=rng.choice([0.57, 0.64, 0.71]),
        mark_rise=rng.choice([0.2, 0.33, 0.48]),
        mark_by_rise=often(0.5),
        raise_formula_marks=often(0.3),
        palette=rng.choice(PALETTES),
        header=rng.choice(["band", "cells", "ruled"]),
        rules=rng.choice(RULES),
        vertical_rules=often(0.25),
        double_rules=often(0.15),
        rule_gap=rng.choice([0.0, 0.0, 0.7, 2.0]),
        rule_width=rng.choice([0.25, 0.3, 0.5, 0.75]),
        spacer=rng.choice([0.0, 3.0, 8.5]),
        gutter=rng.choice([2.0, 12.0, 40.0, 98.0]),
        row_padding=rng.choice([2.5, 4.0, 6.0]),
        zebra=zebra,
        column_order_seed=rng.choice([None, seed]),
        score_order=rng.choice(orders),
        score_headers=rng.choice(["upper", "upper", "title"]),
        figures_last=often(0.2),
        merge="none" if zebra else rng.choice(["all", "all", "some", "none"]),
        sheet=rng.choice(["wide", "wide", "wide", "halves", "offset halves", "tall"]),
        rotate=rng.choice([0, 0, 0, 0, 90, 180, 270]),
        crop_margin=rng.choice([0.0, 0.0, 24.0]),
        rotated_headers=often(0.2),
        ligatures=often(0.3),
        overprint_bold=often(0.2),
        kerning=often(0.7),
        gaps_for_spaces=often(0.1),
        qr_modules=rng.choice([0, 25, 33]),
        white_text=often(0.15),
        hidden_text=often(0.15),
        code_and_title_in_one_cell=often(0.2),
        stacked_codes=often(0.15),
        withheld_as=rng.choice(["∆", "small intake"]),
        american=often(0.8),
        shuffle_drawing=often(0.3),
        compress=often(0.8),
        clipped_text=often(0.1),
        scale=rng.choice([1.0, 1.0, 1.0, 0.7071, 1.25]),
        form=often(0.15),
    )
