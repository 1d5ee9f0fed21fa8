"""Rows of a small warehouse, in the tables' own shape: four programmes, two editions.

Figures are those of the 2026 brochure and the 2025 leaflet, read from their pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

import schemas
from tests.rows import rows_of

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Hong_Kong"))
BROCHURE, LEAFLET = "b" * 64, "1" * 64
SCIENCE_5 = ("Biology", "Chemistry", "Physics", "M1", "M2")
BUSINESS_5 = ("Chemistry", "Economics", "Physics", "M1", "M2")

CODES = ("JS5101", "JS5102", "JS5311", "JS5312")
REQUIREMENTS = ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2")

Rows = dict[str, list[dict[str, Any]]]


def main_rows() -> Rows:
    """Rows by table; tables that are not named are empty."""
    names = ("International Research Enrichment", "Science (Group A)", "BBA in Economics",
             "BBA in Finance")  # fmt: skip
    schools = ("School of Science",) * 2 + ("School of Business and Management",) * 2
    kinds = ("program-based", "school-based", "program-based", "program-based")
    levels = zip(CODES, ("332", "332", "433", "433"), strict=True)
    highest = dict(zip(CODES, (42.5, 63.75, 59.5, 63.75), strict=True))
    programmes = list(zip(CODES, names, schools, kinds, strict=True))
    return {
        "programmes": rows_of(
            "edition jupas_code title school choice_type interview_required",
            *((2025, code, title, None, None, None) for code, title, _, _ in programmes),
            *((2026, *row, row[0] == "JS5101") for row in programmes),
        ),
        "study_options": rows_of(
            "edition jupas_code position title ai_major digital_media_major sustainability_major",
            (2026, "JS5101", 1, "International Research Enrichment", False, False, False),
            (2026, "JS5102", 1, "BSc in Mathematics", True, True, False),
            (2026, "JS5102", 2, "BSc in Chemistry", False, False, False),
            (2026, "JS5311", 1, "BBA in Economics", True, True, True),
            (2026, "JS5312", 1, "BBA in Finance", True, True, False),
        ),
        "minimum_requirements": rows_of(
            "edition jupas_code requirement level category_c_accepted",
            *(
                (2026, code, requirement, level, False)
                for code, core in levels
                for requirement, level in zip(
                    REQUIREMENTS, (*core, "Attained", "3", "3"), strict=True
                )
            ),
        ),
        "subject_requirements": rows_of(
            "edition jupas_code subject",
            *((2026, code, subject) for code in CODES[:2] for subject in SCIENCE_5),
        ),
        "formulas": [
            {
                "edition": edition,
                "jupas_code": code,
                "formula_text": f"formula of {code} as printed",
                "formula": f"canonical {code}",
                "highest_attainable": figure if edition == 2026 else None,
                "weighted_elective_cap": 2 if code == "JS5102" else None,
                "category_c_once": False,
                "bonus_categories": "ABC" if code < "JS53" else "AC",
            }
            for edition in (2025, 2026)
            for code, figure in highest.items()
        ],
        "weightings": rows_of(
            "edition jupas_code alternative slot role take subject weight",
            *((edition, *slot) for edition in (2025, 2026) for slot in _slots()),
        ),
        "scores": rows_of(
            "scores_year jupas_code basis formula_year point_scale highest_attainable median "
            "lower_quartile withheld",
            (2024, "JS5101", "admitted", 2024, 8.5, 44.63, 36.75, 34.50, None),
            (2025, "JS5101", "admitted", 2025, 8.5, 44.63, 37.00, 35.00, None),
            (2024, "JS5311", "admitted", 2024, 8.5, 62.48, 35.05, 34.14, None),
            (2025, "JS5311", "admitted", 2025, 8.5, 62.48, 36.55, 35.40, None),
            (2025, "JS5102", "admitted", 2025, 8.5, 66.94, None, None, "∆ small intake"),
            (2025, "JS5240", "simulated", 2026, 8.5, 80.33, 50, 48, None),
        ),
        "expected_scores": rows_of(
            "entry_year jupas_code basis low high",
            (2025, "JS5101", "expected", 33, 33),
            (2025, "JS5311", "expected", 31, 31),
            (2025, "JS5102", "competitive", 34, 38),
        ),
        "preferred_levels": rows_of(
            "scores_year jupas_code position subjects level",
            (2025, "JS5101", 1, "Science subjects/M1/M2", "5**"),
        ),
        "conversions": rows_of(
            "edition scale level score",
            *(
                (2026, "Category A", level, score)
                for level, score in {"5**": 8.5, "5*": 7, "5": 5.5, "4": 4, "3": 3, "2": 2}.items()
            ),
        ),
        "bonuses": rows_of(
            "edition category converted_score bonus_percent",
            (2026, "A", 8.5, 5),
            (2026, "A", 3, 1.76),
        ),
        "rankings": rows_of(
            "source ranking year subject region rank",
            ("home", "QS Asia University Rankings", 2026, "", "Asia", 6),
            ("home", "QS Asia University Rankings", 2026, "", "Hong Kong", 2),
            ("brochure", "QS World University Rankings", 2026, "", "World", 44),
            ("home", "QS World University Rankings", 2025, "", "World", 47),
        ),
        "news": rows_of(
            "source item_id section tags title published_on first_seen last_seen",
            ("ais", "a1", "Announcements", ("Collaboration", "AI"), "HKUST and Tsinghua",
             dt.date(2025, 7, 10), NOW, NOW),
        ),
        "events": rows_of(
            "source item_id title starts_at ends_at",
            ("home", "e1", "A week of talks", dt.datetime(2026, 1, 26, 8, tzinfo=NOW.tzinfo),
             dt.datetime(2026, 1, 31, 16, tzinfo=NOW.tzinfo)),
        ),
        "facts": rows_of(
            "source label value qualifier text",
            ("home", "Active HKUST Start-up Companies", 1900, "+", "1900 +"),
        ),
    }  # fmt: skip


def audit_rows() -> Rows:
    """Rows of the audit tables, but those that the warehouse generates."""
    return {
        "documents": rows_of(
            "sha256 origin name year fetched_at bytes pages media_type",
            (BROCHURE, "sample", "brochure-2026.pdf", 2026, NOW, 1000, 9, "application/pdf"),
            (LEAFLET, "sample", "expected-scores-2025.pdf", 2025, NOW, 1000, 4, "application/pdf"),
        ),
        "observations": rows_of(
            "table_name key column_name document_sha256 page x0 top x1 bottom text rule",
            ("programmes", '{"edition": 2026, "jupas_code": "JS5101"}', "title", BROCHURE,
             5, 100, 200.5, 180.25, 209, "International Research Enrichment ^",
             "name without its marks"),
        ),
        "checks": rows_of(
            "check_name subject severity status expected actual",
            ("highest attainable", "2026 JS5101", "block", "passed", "42.5", "42.5"),
        ),
    }  # fmt: skip


def main_frames(rows: Rows | None = None) -> dict[str, pd.DataFrame]:
    """Every main table as a frame."""
    rows = main_rows() if rows is None else rows
    return {
        name: schemas.frame_of(model, rows.get(name, [])) for name, model in schemas.TABLES.items()
    }


def audit_frames(rows: Rows | None = None) -> dict[str, pd.DataFrame]:
    """Every audit table as a frame, but `runs` and `dictionary`."""
    rows = audit_rows() if rows is None else rows
    return {
        name: schemas.frame_of(model, rows.get(name, []))
        for name, model in schemas.AUDIT.items()
        if name not in ("runs", "dictionary")
    }


def _slots() -> Iterator[tuple[object, ...]]:
    """The slots of four formulas, a row a subject; JS5312 is 'Better of ... OR ...'."""
    science = {"Physics": 2, "M1": 2, "M2": 2, "Biology": 1.5, "Chemistry": 1.5}
    slots: list[tuple[str, int, int, str, int, dict[str, float]]] = [
        ("JS5101", 1, 1, "fixed", 1, {"English Language": 1}),
        ("JS5101", 1, 2, "fixed", 1, {"Mathematics": 1}),
        ("JS5101", 1, 3, "best_from", 2, dict.fromkeys(SCIENCE_5, 1)),
        ("JS5101", 1, 4, "other", 1, {"*": 1}),
        ("JS5102", 1, 1, "fixed", 1, {"English Language": 1.5}),
        ("JS5102", 1, 2, "fixed", 1, {"Mathematics": 1}),
        ("JS5102", 1, 3, "best_from", 1, science),
        ("JS5102", 1, 4, "other", 2, {**science, "*": 1}),
        ("JS5311", 1, 1, "fixed", 1, {"English Language": 2}),
        ("JS5311", 1, 2, "fixed", 1, {"Mathematics": 2}),
        ("JS5311", 1, 3, "other", 3, {"*": 1}),
        ("JS5312", 1, 1, "fixed", 1, {"English Language": 2}),
        ("JS5312", 1, 2, "fixed", 1, {"Mathematics": 2}),
        ("JS5312", 1, 3, "other", 3, {"*": 1}),
        ("JS5312", 2, 1, "fixed", 1, {"English Language": 2}),
        ("JS5312", 2, 2, "fixed", 1, {"Mathematics": 2}),
        ("JS5312", 2, 3, "best_from", 1, dict.fromkeys(BUSINESS_5, 1.5)),
        ("JS5312", 2, 4, "other", 2, {"*": 1}),
    ]
    return ((*slot, *one) for *slot, weights in slots for one in weights.items())
