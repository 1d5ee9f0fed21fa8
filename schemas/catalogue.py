"""The list of tables, in the order in which the dictionary shows them.

Input: the models of this folder. Output: `TABLES` (schema `main`) and `AUDIT` (schema `audit`), by
table name. Raises: nothing.
"""

from __future__ import annotations

from schemas import audit, formulas, programmes, scores, university
from schemas.columns import Table
from schemas.description import name_of

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
