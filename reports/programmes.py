"""The programmes of the edition the report is about, each with all that is shown of it.

Input: the warehouse and its places. Output: one `Row` a programme, in the order of JUPAS codes,
grouped by school for the charts. Grain: one a programme. Raises nothing.

A pair (value, number of its place) is a `Figure`; the page turns it into a button that tells
where it was printed. The number is None for values that were read nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from reports.places import Places
from reports.rows import Row, Warehouse
from schemas.names import REQUIREMENTS

NO_SCHOOL = "School not printed"


class Figure(NamedTuple):
    """A value and the number of the place where it was printed."""

    value: Any
    place: int | None


def reported_edition(warehouse: Warehouse) -> int | None:
    """The newest edition with minimum requirements; the newest of any kind where none has them."""
    edition: int | None = warehouse.value(
        """SELECT coalesce((SELECT max(edition) FROM minimum_requirements),
                           (SELECT max(edition) FROM programmes))"""
    )
    return edition


def programme_rows(warehouse: Warehouse, places: Places, edition: int) -> list[Row]:
    """Everything about every programme of `edition`."""
    options = _by_code(warehouse.rows("FROM study_options WHERE edition = ? ORDER BY ALL", edition))
    levels = _by_code(warehouse.rows("FROM minimum_requirements WHERE edition = ?", edition))
    subjects = _by_code(warehouse.rows("FROM subject_requirements WHERE edition = ?", edition))
    formulas = _by_code(warehouse.rows("FROM formulas WHERE edition = ?", edition))
    expected = _by_code(
        warehouse.rows("FROM expected_scores WHERE entry_year = ? ORDER BY ALL", edition)
    )
    preferred = _by_code(
        warehouse.rows(
            """FROM preferred_levels
               WHERE scores_year = (SELECT max(scores_year) FROM preferred_levels)
               ORDER BY jupas_code, position"""
        )
    )
    weights = _by_code(
        warehouse.rows(
            """SELECT jupas_code, subject, max(weight) AS weight, bool_or(is_named) AS is_named
               FROM subject_weights WHERE edition = ? GROUP BY ALL ORDER BY ALL""",
            edition,
        )
    )
    majors = major_names(warehouse)
    programmes = warehouse.rows("FROM programmes WHERE edition = ? ORDER BY jupas_code", edition)
    shown = []
    for row in programmes:
        code = row["jupas_code"]

        def at(table: str, column: str, value: Any, *more: str, code: str = code) -> Figure:
            return Figure(value, places.number(table, (edition, code, *more), column))

        formula = formulas[code][0] if formulas[code] else {}
        shown.append(
            {
                "code": code,
                "title": at("programmes", "title", row["title"]),
                "school": at("programmes", "school", row["school"]),
                "choice_type": at("programmes", "choice_type", row["choice_type"]),
                "interview": at("programmes", "interview_required", row["interview_required"]),
                "duration": at("programmes", "duration_years", row["duration_years"]),
                "is_new": row["is_new"],
                "remarks": row["remarks"],
                "options": [
                    {
                        "title": option["title"],
                        "majors": [major for major in majors if option[major]],
                    }
                    for option in options[code]
                ],
                "majors": [
                    major for major in majors if any(option[major] for option in options[code])
                ],
                "levels": {
                    level["requirement"]: at(
                        "minimum_requirements", "level", level["level"], level["requirement"]
                    )
                    for level in levels[code]
                },
                "category_c": any(level["category_c_accepted"] for level in levels[code]),
                "one_of": [
                    at("subject_requirements", "subject", one["subject"], one["subject"])
                    for one in subjects[code]
                ],
                "formula": at("formulas", "formula", formula.get("formula")),
                "highest": at("formulas", "highest_attainable", formula.get("highest_attainable")),
                "cap": formula.get("weighted_elective_cap"),
                "bonus": at("formulas", "bonus_categories", formula.get("bonus_categories")),
                "weights": {w["subject"]: (w["weight"], w["is_named"]) for w in weights[code]},
                "expected": [
                    {
                        "basis": one["basis"],
                        "low": at("expected_scores", "low", one["low"], one["basis"]),
                        "high": at("expected_scores", "high", one["high"], one["basis"]),
                    }
                    for one in expected[code]
                ],
                "preferred": [
                    {"subjects": one["subjects"], "level": one["level"]} for one in preferred[code]
                ],
            }
        )
    return shown


def major_names(warehouse: Warehouse) -> dict[str, str]:
    """The Extended Majors by column of `study_options`: what the column's description says last."""
    rows = warehouse.rows(
        """SELECT column_name, description FROM audit.dictionary
           WHERE table_name = 'study_options' AND ends_with(column_name, '_major')"""
    )
    return {
        row["column_name"]: row["description"].rsplit("Extended Major in ", 1)[-1] for row in rows
    }


def short_major(column: str) -> str:
    """A column's name as a tag: 'ai_major' is 'AI'."""
    words = column.removesuffix("_major").replace("_", " ")
    return words.upper() if len(words) < 3 else words.capitalize()


def schools_of(programmes: Iterable[Row]) -> list[str]:
    """The schools in the order of their first JUPAS code."""
    return list(dict.fromkeys(p["school"].value or NO_SCHOOL for p in programmes))


def requirement_names() -> dict[str, str]:
    """Heads of the six minimum requirements, as short as a column needs."""
    return {name: name.replace("_", " ").capitalize() for name in REQUIREMENTS}


def _by_code(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["jupas_code"]].append(row)
    return grouped
