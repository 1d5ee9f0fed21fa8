"""Tables of how a score is computed: formulas, weightings, conversions, bonuses.

Input: nothing. Output: models for `formulas`, `weightings`, `conversions`, `bonuses`,
`chinese_alternatives`. Grain: each table's docstring.
"""

from __future__ import annotations

from schemas.columns import (
    Flag,
    Integer,
    Number,
    Table,
    Text,
    column,
    edition_year,
    jupas_code,
    score,
)

CATEGORIES = ("A", "B", "C")


class Formulas(Table, key=("edition", "jupas_code")):
    """One row per choice and edition: the admission score formula."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    formula_text: Text = column("Formula with its weighting notes as printed, lines joined")
    formula: Text = column("The same formula in canonical form: equal formulas have equal text")
    highest_attainable: Number = score(
        "Highest score of the best 5 subjects, without bonus, as printed. Where a leaflet prints "
        "only the figure with bonus: recomputed from the formula, and 1.05 x it is that figure",
        null="where it is not",
    )
    weighted_elective_cap: Integer = column(
        "Most electives that count with their weight, further ones count x1",
        null="for no limit",
        unit="subjects",
        at_least=1,
        at_most=5,
    )
    category_c_once: Flag = column("One Category C subject may be among the best 5")
    bonus_categories: Text = column(
        "Categories whose subjects may earn the 6th-subject bonus",
        null="where no column of the document says",
        one_of=("A", "AC", "ABC"),
    )
    notes: Text = column(
        "Notes at the formula that no other column holds, as printed", null="for none"
    )


class Weightings(Table, key=("edition", "jupas_code", "alternative", "slot", "subject")):
    """One row per subject that may fill a slot of a formula: its weight there."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    alternative: Integer = column(
        "Side of 'Better of ... OR ...', from 1; 1 where there is one side only", at_least=1
    )
    slot: Integer = column("Term of the formula within its alternative, from 1", at_least=1)
    subject: Text = column(
        "Subject by its full HKDSE name; '*' in an 'other' slot is any subject not listed there"
    )
    role: Text = column(
        "'fixed': the subject always counts; 'best_from': the best of the subjects listed; "
        "'other': the best of all subjects not used yet",
        one_of=("fixed", "best_from", "other"),
    )
    take: Integer = column("Subjects the slot takes", unit="subjects", at_least=1, at_most=5)
    weight: Number = column("Factor on the subject's converted score", unit="factor", at_least=0)


class Conversions(Table, key=("edition", "scale", "level")):
    """One row per level or grade of a scale: the score it converts to."""

    edition: Integer = edition_year()
    scale: Text = column("Scale: 'Category A', 'French', 'ACL: GCE Advanced Level', ...")
    level: Text = column("Level or grade: 'A+, A' is two rows, 'Level 6' is '6'")
    score: Number = score("Score the level counts", at_most=10)


class Bonuses(Table, key=("edition", "category", "converted_score")):
    """One row per category and converted score: the bonus for the best 6th subject."""

    edition: Integer = edition_year()
    category: Text = column("Category of the 6th subject", one_of=CATEGORIES)
    converted_score: Number = score("Converted score of the 6th subject", at_most=10)
    bonus_percent: Number = column(
        "Bonus as printed (rounded), in percent of the highest attainable best-5 score",
        unit="percent",
        at_least=0,
        at_most=100,
    )


class ChineseAlternatives(Table, key=("edition", "qualification")):
    """One row per qualification that may satisfy the Chinese Language requirement, under the
    conditions that a document prints beside the table (kept in `audit.rejects`)."""

    edition: Integer = edition_year()
    qualification: Text = column("Qualification as printed")
    minimum_level: Text = column("Lowest level or grade accepted, as printed")
