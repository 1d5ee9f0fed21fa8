"""Tables of what can be applied for, and what it takes: the requirements spreads.

Input: nothing. Output: models for `programmes`, `programme_names`, `study_options`,
`minimum_requirements`, `subject_requirements`, `remarks`. Grain: each table's docstring.
"""

from __future__ import annotations

from schemas.columns import Flag, Integer, Table, Text, column, edition_year, jupas_code, position
from schemas.names import REQUIREMENTS

PRINTED_IN = (
    "requirements",
    "admitted scores",
    "simulated scores",
    "expected scores",
    "competitive ranges",
)


class Programmes(Table, key=("edition", "jupas_code")):
    """One row per JUPAS choice and edition: what can be applied for."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    title: Text = column("Name of the choice, without footnote marks")
    school: Text = column(
        "School as the score tables name it ('School of Science', 'Joint Programs', ...)",
        null="in editions known only from leaflets that don't print it",
    )
    choice_type: Text = column(
        "Kind of choice, from the fill colour and the legend",
        null="where no legend is printed",
        one_of=("school-based", "program-based"),
    )
    interview_required: Flag = column(
        "An interview is compulsory, by the remark whose mark stands at the choice",
        null="in editions known only from leaflets",
    )
    duration_years: Integer = column(
        "Normal length of study",
        null="where the document doesn't say",
        unit="years",
        at_least=1,
        at_most=8,
    )
    is_new: Flag = column("Flagged NEW in the document", null="where the document flags none")
    remarks: Text = column(
        "Text of the remarks whose marks stand at the choice, joined by ' | '", null="for none"
    )


class ProgrammeNames(Table, key=("edition", "printed_in", "jupas_code")):
    """One row per programme and table that prints its name: renames and spellings."""

    edition: Integer = edition_year()
    printed_in: Text = column("Table that prints the name", one_of=PRINTED_IN)
    jupas_code: Text = jupas_code()
    title: Text = column("Name as that table prints it, without footnote marks")
    school: Text = column("School as that table prints it", null="where it prints none")


class StudyOptions(Table, key=("edition", "jupas_code", "position")):
    """One row per study option of a choice: the majors it leads to."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    position: Integer = position("option within its choice")
    title: Text = column("Name of the option, without footnote marks")
    ai_major: Flag = column(
        "By its mark, may be taken with an Extended Major in Artificial Intelligence"
    )
    digital_media_major: Flag = column(
        "By its mark, may be taken with an Extended Major in Digital Media and Creative Arts"
    )
    sustainability_major: Flag = column(
        "By its mark, may be taken with an Extended Major in Sustainability"
    )
    note_marks: Text = column(
        "Other footnote marks at the option, joined by a blank: see `remarks`", null="for none"
    )


class MinimumRequirements(Table, key=("edition", "jupas_code", "requirement")):
    """One row per choice and minimum requirement: six a choice."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    requirement: Text = column("What the level is asked in", one_of=REQUIREMENTS)
    level: Text = column(
        "Lowest level accepted, as printed: an HKDSE level or 'Attained'",
        pattern=r"^(Attained|[1-4]|5\*{0,2})$",
    )
    category_c_accepted: Flag = column(
        "A Category C subject with score 3 or above counts here too (the mark at the level)"
    )


class SubjectRequirements(Table, key=("edition", "jupas_code", "subject")):
    """One row per subject of a choice's 'One of' list; none where no subject is asked for."""

    edition: Integer = edition_year()
    jupas_code: Text = jupas_code()
    subject: Text = column("Subject by its full HKDSE name; any one of the list satisfies")


class Remarks(Table, key=("edition", "mark")):
    """One row per footnote mark of a requirements spread: what the mark says."""

    edition: Integer = edition_year()
    mark: Text = column("The mark as printed ('^', '#', '1', ...)")
    text: Text = column("The remark as printed, lines joined")
    meaning: Text = column(
        "Declared key of what the remark means ('interview_compulsory', ...)",
        pattern=r"^[a-z][a-z0-9_]*$",
    )
