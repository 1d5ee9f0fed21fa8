"""The tables of the warehouse: one pandera model each, the only column list in the project.

Input: nothing. Output: `TABLES` (schema `main`) and `AUDIT` (schema `audit`), by table name, and
the helpers to describe (`columns_of`, `key_of`) and fill (`frame_of`) them.
Raises: see `frames`.
"""

from __future__ import annotations

from schemas import audit, formulas, programmes, scores, university
from schemas.columns import Table
from schemas.description import (
    Check,
    Column,
    arrow_schema_of,
    columns_of,
    description_of,
    key_of,
    order_of,
    row_checks_of,
)
from schemas.frames import arrow_table_of, frame_of, key_json, name_of, rows_from, validated

TABLES: dict[str, type[Table]] = {
    name_of(model): model
    for model in (
        programmes.Programmes,
        programmes.ProgrammeNames,
        programmes.StudyOptions,
        programmes.MinimumRequirements,
        programmes.SubjectRequirements,
        programmes.Remarks,
        formulas.Formulas,
        formulas.Weightings,
        scores.Scores,
        scores.ExpectedScores,
        scores.PreferredLevels,
        formulas.Conversions,
        formulas.Bonuses,
        formulas.ChineseAlternatives,
        university.Scholarships,
        university.Rankings,
        university.Facts,
        university.News,
        university.Events,
        university.Awards,
        university.Highlights,
        university.Sdgs,
        university.Listings,
    )
}

AUDIT: dict[str, type[Table]] = {
    name_of(model): model
    for model in (
        audit.Observations,
        audit.Checks,
        audit.Rejects,
        audit.Changes,
        audit.FormulaEffects,
        audit.Documents,
        audit.Runs,
        audit.Dictionary,
    )
}

__all__ = [
    "AUDIT",
    "TABLES",
    "Check",
    "Column",
    "Table",
    "arrow_schema_of",
    "arrow_table_of",
    "columns_of",
    "description_of",
    "frame_of",
    "key_json",
    "key_of",
    "name_of",
    "order_of",
    "row_checks_of",
    "rows_from",
    "validated",
]
