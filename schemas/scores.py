"""Tables of what scores were admitted or are expected: the score spread and the leaflets.

Input: nothing. Output: models for `scores`, `expected_scores`, `preferred_levels`.
Grain: each table's docstring.
"""

from __future__ import annotations

from schemas.columns import (
    HKDSE_LEVEL,
    Integer,
    Number,
    Table,
    Text,
    column,
    jupas_code,
    position,
    score,
    year,
)


class Scores(
    Table,
    key=("scores_year", "jupas_code", "basis", "formula_year", "point_scale"),
    non_descending=("lower_quartile", "median", "highest_attainable"),
):
    """One row per programme, year and basis: admission scores with 6th-subject bonus."""

    scores_year: Integer = year("Year of the admissions the figures are taken from")
    jupas_code: Text = jupas_code()
    basis: Text = column(
        "'admitted': scores of admitted students; 'simulated': those students under another "
        "year's formula; 'reference': set by the university for a new programme",
        one_of=("admitted", "simulated", "reference"),
    )
    formula_year: Integer = year("Edition whose formula the figures are computed with")
    point_scale: Number = column(
        "Score of the top level (5**) on the scale used: figures on two scales don't compare",
        unit="score",
        at_least=7,
        at_most=8.5,
    )
    highest_attainable: Number = score(
        "Highest score with bonus, as printed", null="where not printed"
    )
    median: Number = score("Median score", null="where withheld or not printed")
    lower_quartile: Number = score("Lower quartile score", null="where withheld or not printed")
    lower_quartile_per_subject: Number = score(
        "Lower quartile as a per-subject average, as printed", null="where not printed", at_most=8.5
    )
    withheld: Text = column(
        "What is printed in place of a figure ('∆ small intake')", null="where figures are printed"
    )


class ExpectedScores(
    Table, key=("entry_year", "jupas_code", "basis"), non_descending=("low", "high")
):
    """One row per programme, entry year and basis: the score that is expected to compete."""

    entry_year: Integer = year("Admission (intake) year the figure is published for")
    jupas_code: Text = jupas_code()
    basis: Text = column(
        "'competitive': range published with the previous year's scores; "
        "'expected': figure or range of the June leaflet",
        one_of=("expected", "competitive"),
    )
    low: Number = score("Lower end; equal to `high` for one figure")
    high: Number = score("Upper end; equal to `low` for one figure")


class PreferredLevels(Table, key=("scores_year", "jupas_code", "position")):
    """One row per line of preferred subjects: the average level of admitted students."""

    scores_year: Integer = year("Year of the admissions the figures are taken from")
    jupas_code: Text = jupas_code()
    position: Integer = position("line within its programme")
    subjects: Text = column("Preferred subjects as printed ('Bio/Chem')")
    level: Text = column("Average HKDSE level, without 'Level'", pattern=HKDSE_LEVEL)
