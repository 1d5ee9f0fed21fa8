"""Which silent mutants no check could find: a misprint of what the documents print once.

Input: an `Outcome`. Output: why it cannot be decided, or None. Grain: one mutant.
Nothing here raises.

Only mutants that change what the page says (`Mutant.is_content`) can be undecidable: the reader
reads the mutated page as it is printed, and so would a person. Where marks were only moved,
something on the page is out of place, and a silent outcome is counted against the project.
"""

from __future__ import annotations

from tests.mutation.harness import SILENT, Outcome

# Values that are printed in one place only, by table and columns, and why nothing else tells them.
ONCE: dict[str, tuple[set[str], str]] = {
    "study_options": (
        {"ai_major", "digital_media_major", "sustainability_major", "note_marks", "title"},
        "the marks and the name of an option that one choice offers stand there only",
    ),
    "programmes": (
        {"interview_required", "duration_years", "remarks"},
        "the marks of a choice stand there only",
    ),
    "minimum_requirements": (
        {"level", "category_c_accepted"},
        "a level above the general requirement is stated once",
    ),
    "formulas": (
        {"formula_text", "notes", "category_c_once", "formula"},
        "a formula that reaches the same highest score; the wording of one",
    ),
    "weightings": ({"", "role", "take", "weight"}, "a formula that reaches the same highest score"),
    "subject_requirements": ({""}, "one subject of a list for another"),
    "scores": (
        {"median", "lower_quartile", "lower_quartile_per_subject"},
        "a figure that stays near its neighbours",
    ),
    "expected_scores": ({"low", "high"}, "a figure that stays near last year's"),
    "preferred_levels": ({"subjects", "level"}, "one level or subject for another"),
    "conversions": ({"score"}, "a score that keeps the order of its scale"),
    "remarks": ({"text"}, "a sentence that stands on one page only"),
    "chinese_alternatives": ({"", "minimum_level"}, "words that stand there only"),
    "scholarships": (
        {"allowance_hkd", "cash_hkd", "description"},
        "an amount that keeps the order of the steps",
    ),
    "rankings": ({"", "rank"}, "a rank or subject that stands there only"),
    "facts": (
        {"", "value", "qualifier", "unit", "text"},
        "a figure or label that stands there only",
    ),
    "listings": ({"", "item"}, "a name that stands there only"),
}


def undecidable(outcome: Outcome) -> str | None:
    """Why no check could have found a silent mutant; None where one could, or did."""
    if outcome.verdict != SILENT or not outcome.mutant.is_content:
        return None
    reasons = []
    for change in outcome.changes:
        columns, reason = ONCE.get(change.table, (set(), ""))
        if change.column not in columns:
            return None
        reasons.append(reason)
    return reasons[0] if reasons else None
