"""What the tables of a release must hold after reading an invented document.

Input: `Edition` and what the document shows. Output: {table: [row]} in CONTRACT's columns.
Grain: that of each table. Raises nothing. Nothing here looks at a PDF.

Left out on purpose, because their words are the product's choice: `programmes.remarks`,
`formulas.formula`, `facts.unit`. `remarks.meaning` holds this generator's own keys.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.typeset.edition import Conversion, Edition, Programme
from tests.typeset.formulas import (
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
    tables: Tables = {
        name: []
        for name in (
            "programmes",
            "study_options",
            "minimum_requirements",
            "subject_requirements",
            "formulas",
            "weightings",
        )
    }
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
        tables["formulas"].append({**formula, "bonus_categories": p.bonus})
        tables["formulas"][-1]["highest_attainable"] = float(
            highest_attainable(p.formula, edition.full_mark)
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


def _scores(edition: Edition) -> Tables:
    rows, levels = [], []
    year = edition.year - 1
    for p in edition.programmes:
        if not p.admitted or not p.formula_before:
            continue
        rows.append(
            {
                "scores_year": year,
                "jupas_code": p.code,
                "basis": "admitted",
                "formula_year": year,
                "point_scale": float(edition.full_mark),
                "highest_attainable": float(
                    highest_with_bonus(p.formula_before, edition.full_mark)
                ),
                "median": _number(p.admitted.median),
                "lower_quartile": _number(p.admitted.lower_quartile),
                "lower_quartile_per_subject": _number(p.per_subject),
            }
        )
        levels += [
            {
                "scores_year": year,
                "jupas_code": p.code,
                "position": position,
                "subjects": subjects,
                "level": level,
            }
            for position, (subjects, level) in enumerate(p.preferred, 1)
        ]
    return {"scores": rows, "preferred_levels": levels}


def _simulated(edition: Edition) -> Tables:
    return {
        "scores": [
            {
                "scores_year": edition.year - 1,
                "jupas_code": p.code,
                "basis": "simulated",
                "formula_year": edition.year,
                "point_scale": float(edition.full_mark),
                "highest_attainable": float(highest_with_bonus(p.formula, edition.full_mark)),
                "median": _number(p.simulated.median),
                "lower_quartile": _number(p.simulated.lower_quartile),
                "lower_quartile_per_subject": None,
            }
            for p in edition.programmes
            if p.simulated
        ]
    }


def _competitive(edition: Edition) -> Tables:
    return {
        "expected_scores": [
            {
                "entry_year": edition.year,
                "jupas_code": p.code,
                "basis": "competitive",
                "low": float(p.competitive[0]),
                "high": float(p.competitive[1]),
            }
            for p in edition.programmes
            if p.competitive
        ]
    }


def _expected(edition: Edition) -> Tables:
    """The June leaflet: this year's formulas, last year's or reference scores, expected scores.

    Its 'Highest Attainable Score' holds the bonus and this year's formula. A reference score is
    printed once over the median and lower quartile columns: here it is the median.
    """
    year = edition.year
    scores: list[Row] = []
    for p in edition.programmes:
        row: Row = {
            "scores_year": year - 1,
            "jupas_code": p.code,
            "point_scale": float(edition.full_mark),
        }
        row |= {"highest_attainable": float(highest_with_bonus(p.formula, edition.full_mark))}
        if p.admitted:
            row |= {
                "basis": "admitted",
                "median": _number(p.admitted.median),
                "lower_quartile": _number(p.admitted.lower_quartile),
            }
            median = _number(p.admitted.median)
            if median is not None and median > float(str(row["highest_attainable"])):
                row["highest_attainable"] = None  # that of another formula than the median's
        else:
            row |= {"basis": "reference", "median": _number(p.reference), "lower_quartile": None}
        scores.append(row)
    expected: list[Row] = [
        {
            "entry_year": year,
            "jupas_code": p.code,
            "basis": "expected",
            "low": float(p.expected[0]),
            "high": float(p.expected[1]),
        }
        for p in edition.programmes
    ]
    weightings: list[Row] = [
        {"edition": year, "jupas_code": p.code, **slot}
        for p in edition.programmes
        for slot in slots(p.formula)
    ]
    return {
        "formulas": [_formula(edition, p, edition.leaflet_wording) for p in edition.programmes],
        "weightings": weightings,
        "scores": scores,
        "expected_scores": expected,
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
            {
                "edition": edition.year,
                "stars_min": s.stars_min,
                "stars_max": s.stars_max,
                "tuition": s.tuition,
                "allowance_hkd": s.allowance_hkd,
                "cash_hkd": s.cash_hkd,
                "renewable": s.renewable,
                "description": s.description,
            }
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
    return {
        "rankings": [
            {
                "source": "brochure",
                "ranking": r.ranking,
                "year": r.year,
                "subject": r.subject,
                "region": r.region,
                "publisher": r.publisher,
                "rank": r.rank,
            }
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
