"""What the tables of a release must hold after reading an invented document.

Input: `Edition` and what the document shows. Output: {table: [row]} in CONTRACT's columns.
Grain: that of each table. Raises nothing. Nothing here looks at a PDF.

Left out on purpose, because their words are the product's choice: `programmes.remarks`,
`formulas.formula`, `facts.unit`. `remarks.meaning` holds this generator's own keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from tests.rows import rows_of
from tests.typeset.edition import Conversion, Edition, Programme, Score
from tests.typeset.formulas import (
    Formula,
    Wording,
    formula_text,
    highest_attainable,
    highest_with_bonus,
    slots,
)

Row = dict[str, object]
Tables = dict[str, list[Row]]

REQUIREMENTS = ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2")
KINDS = ("requirements", "scores", "simulated", "conversion", "scholarships", "facts", "rankings")
MEANINGS_OF_MAJORS = {
    "ai": "ai_major",
    "digital": "digital_media_major",
    "sustainability": "sustainability_major",
}


def truth(edition: Edition, kinds: Iterable[str] = KINDS) -> Tables:
    """The rows of a document that shows `kinds` (`KINDS`, 'competitive', 'expected', ...)."""
    tables: Tables = {}
    for kind in kinds:
        for table, rows in _PARTS[kind](edition).items():
            tables.setdefault(table, []).extend(rows)
    return tables


def _requirements(edition: Edition) -> Tables:
    tables: Tables = defaultdict(list)
    for p in edition.programmes:
        key: Row = {"edition": edition.year, "jupas_code": p.code}
        tables["programmes"].append(
            {
                **key,
                "title": p.name.title,
                "school": p.school,
                "choice_type": p.choice,
                "interview_required": "interview" in p.name.meanings,
                "duration_years": 5 if "five_years" in p.name.meanings else None,
            }
        )
        tables["study_options"] += [
            {
                **key,
                "position": position,
                "title": option.title,
                **{
                    column: meaning in option.meanings
                    for meaning, column in MEANINGS_OF_MAJORS.items()
                },
            }
            for position, option in enumerate(p.options, 1)
        ]
        tables["minimum_requirements"] += [
            {
                **key,
                "requirement": requirement,
                "level": level,
                "category_c_accepted": requirement == "elective_2" and p.category_c_second_elective,
            }
            for requirement, level in zip(REQUIREMENTS, p.minimums, strict=True)
        ]
        tables["subject_requirements"] += [{**key, "subject": subject} for subject in p.subjects]
        formula = _formula(edition, p, edition.wording)
        highest = float(highest_attainable(p.formula, edition.full_mark))
        tables["formulas"].append(
            {**formula, "bonus_categories": p.bonus, "highest_attainable": highest}
        )
        tables["weightings"] += [{**key, **slot} for slot in slots(p.formula)]
    tables["remarks"] = [
        {"edition": edition.year, "mark": sign, "text": text, "meaning": meaning}
        for meaning, sign, text in edition.remarks()
    ]
    return tables


def _formula(edition: Edition, p: Programme, wording: Wording) -> Row:
    return {
        "edition": edition.year,
        "jupas_code": p.code,
        "formula_text": formula_text(p.formula, wording),
        "weighted_elective_cap": p.formula.cap,
        "category_c_once": p.formula.category_c_once,
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _score(edition: Edition, p: Programme, printed: Score, by: Formula, **more: object) -> Row:
    """Scores of last year's admissions, the highest one by the formula `by`."""
    return {
        "scores_year": edition.year - 1,
        "jupas_code": p.code,
        "point_scale": float(edition.full_mark),
        "highest_attainable": float(highest_with_bonus(by, edition.full_mark)),
        "median": _number(printed.median),
        "lower_quartile": _number(printed.lower_quartile),
        **more,
    }


def _scores(edition: Edition) -> Tables:
    rows, levels = [], []
    year = edition.year - 1
    for p in edition.programmes:
        if not p.admitted or not p.formula_before:
            continue
        rows.append(
            _score(
                edition, p, p.admitted, p.formula_before, basis="admitted", formula_year=year,
                lower_quartile_per_subject=_number(p.per_subject),
            )
        )  # fmt: skip
        levels += rows_of(
            "scores_year jupas_code position subjects level",
            *((year, p.code, n, *preferred) for n, preferred in enumerate(p.preferred, 1)),
        )
    return {"scores": rows, "preferred_levels": levels}


def _simulated(edition: Edition) -> Tables:
    return {
        "scores": [
            _score(
                edition, p, p.simulated, p.formula, basis="simulated", formula_year=edition.year,
                lower_quartile_per_subject=None,
            )
            for p in edition.programmes
            if p.simulated
        ]
    }  # fmt: skip


def _expectation(edition: Edition, p: Programme, basis: str, ends: tuple[int, int]) -> Row:
    low, high = map(float, ends)
    key: Row = {"entry_year": edition.year, "jupas_code": p.code, "basis": basis}
    return key | {"low": low, "high": high}


def _competitive(edition: Edition) -> Tables:
    return {
        "expected_scores": [
            _expectation(edition, p, "competitive", p.competitive)
            for p in edition.programmes
            if p.competitive
        ]
    }


def _expected(edition: Edition) -> Tables:
    """The June leaflet: this year's formulas, last year's or reference scores, expected scores.

    Its 'Highest Attainable Score' holds the bonus and this year's formula. A reference score is
    printed once over the median and lower quartile columns: here it is the median.
    """
    scores: list[Row] = []
    for p in edition.programmes:
        basis, printed = "admitted", p.admitted
        if printed is None:
            basis, printed = "reference", Score(p.reference, None)
        row = _score(edition, p, printed, p.formula, basis=basis)
        median = _number(printed.median)
        if p.admitted and median is not None and median > float(str(row["highest_attainable"])):
            row["highest_attainable"] = None  # that of another formula than the median's
        scores.append(row)
    return {
        "formulas": [_formula(edition, p, edition.leaflet_wording) for p in edition.programmes],
        "weightings": [
            {"edition": edition.year, "jupas_code": p.code, **slot}
            for p in edition.programmes
            for slot in slots(p.formula)
        ],
        "scores": scores,
        "expected_scores": [
            _expectation(edition, p, "expected", p.expected) for p in edition.programmes
        ],
    }


def _conversion(edition: Edition) -> Tables:
    return {
        **_conversion_and_bonus(edition, edition.conversions),
        "chinese_alternatives": [
            {"edition": edition.year, "qualification": qualification, "minimum_level": level}
            for qualification, level in edition.chinese_alternatives.items()
        ],
    }


def _leaflet_conversion(edition: Edition) -> Tables:
    return _conversion_and_bonus(edition, edition.conversions[:2])


def _conversion_and_bonus(edition: Edition, shown: Iterable[Conversion]) -> Tables:
    return {
        "conversions": [
            {
                "edition": edition.year,
                "scale": scale,
                "level": level.removeprefix("Level "),
                "score": float(score),
            }
            for table in shown
            for _, scale, cells in table.rows
            for score, cell in zip(table.scores, cells, strict=True)
            if cell != "-"
            for level in cell.split(", ")
        ],
        "bonuses": [
            {
                "edition": edition.year,
                "category": category,
                "converted_score": float(score),
                "bonus_percent": float(percent.rstrip("%")),
            }
            for category, score, percent in edition.bonuses()
        ],
    }


def _scholarships(edition: Edition) -> Tables:
    return {
        "scholarships": [
            {"edition": edition.year, **asdict(s), "description": s.description}
            for s in edition.scholarships
        ]
    }


def _facts(edition: Edition) -> Tables:
    rows: list[Row] = []
    for facts in edition.facts.values():
        for label, text in facts:
            rows.append({"source": "brochure", "label": label, "text": text})
    listings: list[Row] = [
        {"source": "brochure", "list": name, "position": position, "item": item}
        for name, items in edition.listings.items()
        for position, item in enumerate(items, 1)
    ]
    return {"facts": rows, "listings": listings}


def _rankings(edition: Edition) -> Tables:
    names = ("ranking", "year", "subject", "region", "publisher", "rank")
    return {
        "rankings": [
            {"source": "brochure", **{name: getattr(r, name) for name in names}}
            for r in edition.rankings
        ]
    }


_PARTS = {
    "requirements": _requirements,
    "scores": _scores,
    "simulated": _simulated,
    "competitive": _competitive,
    "expected": _expected,
    "conversion": _conversion,
    "leaflet_conversion": _leaflet_conversion,
    "scholarships": _scholarships,
    "facts": _facts,
    "rankings": _rankings,
}
