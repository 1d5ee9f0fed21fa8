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

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Hong_Kong"))
BROCHURE, LEAFLET = "b" * 64, "1" * 64
SCIENCE_5 = ("Biology", "Chemistry", "Physics", "M1", "M2")
BUSINESS_5 = ("Chemistry", "Economics", "Physics", "M1", "M2")

Rows = dict[str, list[dict[str, Any]]]


def main_rows() -> Rows:
    """Rows by table; tables that are not named are empty."""
    editions = (2025, 2026)
    titles = {
        "JS5101": "International Research Enrichment",
        "JS5102": "Science (Group A)",
        "JS5311": "BBA in Economics",
        "JS5312": "BBA in Finance",
    }
    levels = {"JS5101": "332", "JS5102": "332", "JS5311": "433", "JS5312": "433"}
    highest = {"JS5101": 42.5, "JS5102": 63.75, "JS5311": 59.5, "JS5312": 63.75}
    rows: Rows = {
        "programmes": [
            {
                "edition": edition,
                "jupas_code": code,
                "title": title,
                "school": None if edition == 2025 else _school(code),
                "choice_type": None if edition == 2025 else _choice_type(code),
                "interview_required": None if edition == 2025 else code == "JS5101",
            }
            for edition in editions
            for code, title in titles.items()
        ],
        "study_options": [
            _option("JS5101", 1, "International Research Enrichment"),
            _option("JS5102", 1, "BSc in Mathematics", ai=True, media=True),
            _option("JS5102", 2, "BSc in Chemistry"),
            _option("JS5311", 1, "BBA in Economics", ai=True, media=True, green=True),
            _option("JS5312", 1, "BBA in Finance", ai=True, media=True),
        ],
        "minimum_requirements": [
            {
                "edition": 2026,
                "jupas_code": code,
                "requirement": requirement,
                "level": level,
                "category_c_accepted": False,
            }
            for code, core in levels.items()
            for requirement, level in zip(
                ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2"),
                (*core, "Attained", "3", "3"),
                strict=True,
            )
        ],
        "subject_requirements": [
            {"edition": 2026, "jupas_code": code, "subject": subject}
            for code in ("JS5101", "JS5102")
            for subject in SCIENCE_5
        ],
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
            for edition in editions
            for code, figure in highest.items()
        ],
        "weightings": [row for edition in editions for row in _weightings(edition)],
        "scores": [
            _score(2024, "JS5101", 44.63, 36.75, 34.50),
            _score(2025, "JS5101", 44.63, 37.00, 35.00),
            _score(2024, "JS5311", 62.48, 35.05, 34.14),
            _score(2025, "JS5311", 62.48, 36.55, 35.40),
            {**_score(2025, "JS5102", 66.94, None, None), "withheld": "∆ small intake"},
            {
                **_score(2025, "JS5240", 80.33, 50, 48),
                "basis": "simulated",
                "formula_year": 2026,
            },
        ],
        "expected_scores": [
            _expected("JS5101", "expected", 33, 33),
            _expected("JS5311", "expected", 31, 31),
            _expected("JS5102", "competitive", 34, 38),
        ],
        "preferred_levels": [
            {
                "scores_year": 2025,
                "jupas_code": "JS5101",
                "position": 1,
                "subjects": "Science subjects/M1/M2",
                "level": "5**",
            }
        ],
        "conversions": [
            {"edition": 2026, "scale": "Category A", "level": level, "score": score}
            for level, score in {"5**": 8.5, "5*": 7, "5": 5.5, "4": 4, "3": 3, "2": 2}.items()
        ],
        "bonuses": [
            {"edition": 2026, "category": "A", "converted_score": 8.5, "bonus_percent": 5},
            {"edition": 2026, "category": "A", "converted_score": 3, "bonus_percent": 1.76},
        ],
        "rankings": [
            _ranking("home", "QS Asia University Rankings", 2026, "Asia", 6),
            _ranking("home", "QS Asia University Rankings", 2026, "Hong Kong", 2),
            _ranking("brochure", "QS World University Rankings", 2026, "World", 44),
            _ranking("home", "QS World University Rankings", 2025, "World", 47),
        ],
        "news": [
            {
                "source": "ais",
                "item_id": "a1",
                "section": "Announcements",
                "tags": ("Collaboration", "AI"),
                "title": "HKUST and Tsinghua",
                "published_on": dt.date(2025, 7, 10),
                "first_seen": NOW,
                "last_seen": NOW,
            }
        ],
        "events": [
            {
                "source": "home",
                "item_id": "e1",
                "title": "A week of talks",
                "starts_at": dt.datetime(2026, 1, 26, 8, tzinfo=NOW.tzinfo),
                "ends_at": dt.datetime(2026, 1, 31, 16, tzinfo=NOW.tzinfo),
            }
        ],
        "facts": [
            {
                "source": "home",
                "label": "Active HKUST Start-up Companies",
                "value": 1900,
                "qualifier": "+",
                "text": "1900 +",
            }
        ],
    }
    return rows


def audit_rows() -> Rows:
    """Rows of the audit tables, but those that the warehouse generates."""
    return {
        "documents": [
            _document(BROCHURE, "brochure-2026.pdf", 2026, 9),
            _document(LEAFLET, "expected-scores-2025.pdf", 2025, 4),
        ],
        "observations": [
            {
                "table_name": "programmes",
                "key": '{"edition": 2026, "jupas_code": "JS5101"}',
                "column_name": "title",
                "document_sha256": BROCHURE,
                "page": 5,
                "x0": 100,
                "top": 200.5,
                "x1": 180.25,
                "bottom": 209,
                "text": "International Research Enrichment ^",
                "rule": "name without its marks",
            }
        ],
        "checks": [
            {
                "check_name": "highest attainable",
                "subject": "2026 JS5101",
                "severity": "block",
                "status": "passed",
                "expected": "42.5",
                "actual": "42.5",
            }
        ],
    }


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


def _school(code: str) -> str:
    return "School of Science" if code < "JS52" else "School of Business and Management"


def _choice_type(code: str) -> str:
    return "school-based" if code == "JS5102" else "program-based"


def _option(
    code: str,
    position: int,
    title: str,
    *,
    ai: bool = False,
    media: bool = False,
    green: bool = False,
) -> dict[str, Any]:
    return {
        "edition": 2026,
        "jupas_code": code,
        "position": position,
        "title": title,
        "ai_major": ai,
        "digital_media_major": media,
        "sustainability_major": green,
    }


def _weightings(edition: int) -> Iterator[dict[str, Any]]:
    """The slots of four formulas; JS5312 is 'Better of ... OR ...'."""

    def slot(
        code: str, alternative: int, number: int, role: str, take: int, weights: dict[str, float]
    ) -> Iterator[dict[str, Any]]:
        for subject, weight in weights.items():
            yield {
                "edition": edition,
                "jupas_code": code,
                "alternative": alternative,
                "slot": number,
                "subject": subject,
                "role": role,
                "take": take,
                "weight": weight,
            }

    science = {"Physics": 2, "M1": 2, "M2": 2, "Biology": 1.5, "Chemistry": 1.5}
    for code, english, mathematics in (
        ("JS5101", 1, 1),
        ("JS5102", 1.5, 1),
        ("JS5311", 2, 2),
    ):
        yield from slot(code, 1, 1, "fixed", 1, {"English Language": english})
        yield from slot(code, 1, 2, "fixed", 1, {"Mathematics": mathematics})
    yield from slot("JS5101", 1, 3, "best_from", 2, dict.fromkeys(SCIENCE_5, 1))
    yield from slot("JS5101", 1, 4, "other", 1, {"*": 1})
    yield from slot("JS5102", 1, 3, "best_from", 1, science)
    yield from slot("JS5102", 1, 4, "other", 2, {**science, "*": 1})
    yield from slot("JS5311", 1, 3, "other", 3, {"*": 1})
    for alternative in (1, 2):
        yield from slot("JS5312", alternative, 1, "fixed", 1, {"English Language": 2})
        yield from slot("JS5312", alternative, 2, "fixed", 1, {"Mathematics": 2})
    yield from slot("JS5312", 1, 3, "other", 3, {"*": 1})
    yield from slot("JS5312", 2, 3, "best_from", 1, dict.fromkeys(BUSINESS_5, 1.5))
    yield from slot("JS5312", 2, 4, "other", 2, {"*": 1})


def _score(
    year: int, code: str, highest: float, median: float | None, quartile: float | None
) -> dict[str, Any]:
    return {
        "scores_year": year,
        "jupas_code": code,
        "basis": "admitted",
        "formula_year": year,
        "point_scale": 8.5,
        "highest_attainable": highest,
        "median": median,
        "lower_quartile": quartile,
    }


def _expected(code: str, basis: str, low: float, high: float) -> dict[str, Any]:
    return {"entry_year": 2025, "jupas_code": code, "basis": basis, "low": low, "high": high}


def _ranking(source: str, ranking: str, year: int, region: str, rank: int) -> dict[str, Any]:
    return {
        "source": source,
        "ranking": ranking,
        "year": year,
        "subject": "",
        "region": region,
        "rank": rank,
    }


def _document(sha256: str, name: str, year: int, pages: int) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "origin": "sample",
        "name": name,
        "year": year,
        "fetched_at": NOW,
        "bytes": 1000,
        "pages": pages,
        "media_type": "application/pdf",
    }
