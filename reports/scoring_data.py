"""The rules of the edition as data for the scorer in the browser.

Input: the rule tables of a release. Output: JSON values that `scorer.js` computes with.
Grain: one formula an entry, shared by the programmes that have it. Raises `AdmissionsError` for an
edition whose rules are not printed in full.

Levels become scores, minimums become texts and last year's scores become yardsticks by the same
code as for `admissions score`: only the arithmetic is written twice.
"""

from __future__ import annotations

from errors import UnknownValue
from reports.rows import Row, Warehouse
from schemas.names import MODULES
from schemas.subjects import subjects
from scoring.eligibility import CITIZENSHIP, CORE, requirement_texts
from scoring.figures import inexact
from scoring.levels import EARLIER_LANGUAGES, SCALE_OF_CATEGORY, LevelTable
from scoring.rules import TABLES as RULE_TABLES
from scoring.rules import rules_of_tables
from scoring.ruleset import Formula, Programme
from scoring.standing import TABLES as STANDING_TABLES
from scoring.standing import Standing, standings_of_tables

APPLIED_LEARNING = "Applied Learning"  # Category B holds any name: the page offers this one


def scoring_data(warehouse: Warehouse, edition: int) -> Row:
    """All that the scores of `edition` follow from."""
    names = {*RULE_TABLES, *STANDING_TABLES}
    tables = {name: warehouse.rows(f'FROM "{name}"') for name in names}
    rules = rules_of_tables(tables, edition)
    standings = standings_of_tables(tables, edition)
    formulas = list(dict.fromkeys(programme.formula for programme in rules.programmes))
    return {
        "edition": rules.edition,
        "subjects": _subject_levels(rules.levels),
        "core": list(CORE.values()),
        "coreNames": CORE,
        "citizenship": CITIZENSHIP,
        "modules": list(MODULES),
        "bonus": {
            "rate": float(rules.bonus.rate),
            "minimum": {name: float(score) for name, score in rules.bonus.minimum.items()},
        },
        "formulas": [_formula_data(formula) for formula in formulas],
        "programmes": {
            programme.jupas_code: {
                "formula": formulas.index(programme.formula),
                "minimums": _minimum_data(programme),
                "standing": _standing_data(standings[programme.jupas_code]),
            }
            for programme in rules.programmes
        },
        "unscorable": dict(rules.unscorable),
    }


def _subject_levels(levels: LevelTable) -> list[Row]:
    """Every subject an applicant may have, with the levels it may be held at, highest first."""
    listed = [
        {
            "name": subject.name,
            "category": subject.category,
            "levels": _levels(levels, subject.category, subject.name),
        }
        for subject in subjects().values()
    ]
    applied = {
        "name": APPLIED_LEARNING,
        "category": "B",
        "levels": _levels(levels, "B", APPLIED_LEARNING),
    }
    return [entry for entry in (*listed, applied) if entry["levels"]]


def _levels(levels: LevelTable, category: str, subject: str) -> list[tuple[str, float]]:
    """(level, score) of all levels a result of the subject can have."""
    scales = levels.scales.items()
    if category == "C":
        names = {level for scale, own in scales if scale == subject for level in own}
        names |= {level for s, own in scales if s.startswith(EARLIER_LANGUAGES) for level in own}
    elif category == "A" and not subjects()[subject].scored:
        return _unscored_levels(levels, subject)
    else:  # a scale that the edition doesn't print leaves its subjects out
        names = set(levels.scales.get(SCALE_OF_CATEGORY[category], {}))
    found = []
    for name in sorted(names):
        try:
            result = levels.result(category, subject, name)
        except UnknownValue:  # a grade of 2012-2024 that this language never had
            continue
        found.append((result.level, float(result.score)))
    return sorted(set(found), key=lambda level: (-level[1], level[0]))


def _unscored_levels(levels: LevelTable, subject: str) -> list[tuple[str, float]]:
    """Attained and not, by the first declared name of either: the others say the same."""
    results = [levels.result("A", subject, name) for name in levels.scales["unscored"]]
    first = {result.attained: result for result in reversed(results)}
    return [(first[held].level, 0.0) for held in (True, False) if held in first]


def _formula_data(formula: Formula) -> Row:
    return {
        "alternatives": [
            [
                {
                    "role": slot.role,
                    "take": slot.take,
                    "weights": {subject: float(weight) for subject, weight in slot.weights},
                }
                for slot in side
            ]
            for side in formula.alternatives
        ],
        "cap": formula.weighted_elective_cap,
        "categoryCOnce": formula.category_c_once,
        "bonusCategories": formula.bonus_categories,
        "highest": float(formula.highest_attainable),
    }


def _minimum_data(programme: Programme) -> Row:
    minimums = programme.minimums
    names = ("english", "chinese", "mathematics", "elective_1", "elective_2")
    return {
        **{name: float(getattr(minimums, name)) for name in names},
        "categoryC": minimums.category_c_accepted,
        "oneOf": list(minimums.one_of),
        "texts": requirement_texts(minimums),
    }


def _standing_data(standing: Standing) -> Row:
    yardstick = standing.yardstick
    return {
        "note": standing.note,
        "year": yardstick.scores_year if yardstick else None,
        "basis": yardstick.basis if yardstick else None,
        "median": inexact(yardstick.median) if yardstick else None,
        "lowerQuartile": inexact(yardstick.lower_quartile) if yardstick else None,
        "expected": [[basis, float(low), float(high)] for basis, low, high in standing.expected],
    }
