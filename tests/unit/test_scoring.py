"""Scores, reasons, standing and advice on cases worked out by hand from the printed rules."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction

import pytest

from errors import ReconciliationFailed, UnknownValue
from scoring.counsel import counsel_of_tables
from scoring.eligibility import unmet_requirements
from scoring.exact import exact_score
from scoring.figures import rounded
from scoring.profile import profile_results
from scoring.rules import rules_of_tables
from scoring.standing import standings_of_tables
from tests.flows.harness import admissions
from tests.unit.rules_2026 import golden_rules, golden_tables
from transform.formulae import parse_formula

RULES = golden_rules()
SETTLED = "English=4, Chinese=3, Math=4, Physics=4, Economics=3, History=2"
ATTAINED = ", Citizenship and Social Development=Attained"


def score_of(profile, code):
    results = profile_results(profile, RULES.levels)
    return exact_score(RULES.programme(code).formula, RULES.bonus, results)


def unmet_of(profile, code):
    results = profile_results(profile, RULES.levels)
    return unmet_requirements(RULES.programme(code).minimums, results)


def tables_with(**more):
    tables = {name: list(rows) for name, rows in golden_tables().items()}
    tables["programmes"] = [
        {"edition": 2026, "jupas_code": p.jupas_code, "title": f"Title of {p.jupas_code}"}
        for p in RULES.programmes
    ]
    tables["scores"] = []
    tables["expected_scores"] = []
    return tables | more


def scores_row(code, **figures):
    row = {
        "scores_year": 2025,
        "jupas_code": code,
        "basis": "admitted",
        "formula_year": 2025,
        "point_scale": 8.5,
        "median": 35.0,
        "lower_quartile": 33.9,
    }
    return row | figures


def test_bonus_and_best_five_are_maximised_together():
    score = score_of(SETTLED, "JS5300")
    # English 8 + Mathematics 8 + Physics 4 + Chinese 3 + History 2; Economics 3/8.5 x 5% x 59.5
    assert (score.best5, score.bonus, score.total) == (25, Fraction("1.05"), Fraction("26.05"))
    assert score.bonus_result.subject == "Economics"
    assert "History" in [placement.result.subject for placement in score.placements]


def test_full_marks_reach_105_percent_and_are_shown_rounded_half_up():
    best = "English=5**, Chinese=5**, Math=5**, Phy=5**, Chem=5**, Bio=5**, M2=5**"
    score = score_of(best, "JS5101")
    assert score.total == Fraction("44.625")
    assert rounded(score.total) == Decimal("44.63")
    assert score_of(best, "JS5220").total == Fraction("89.25")


def test_at_most_two_electives_are_weighted():
    score = score_of("English=2, Math=2, Physics=5, Chemistry=4, M2=3", "JS5102")
    # 2 x 1.5 + 2 + Physics 5.5 x 2 + Chemistry 4 (x1: x1.5 would add 2) + M2 3 x 2 (adds 3)
    assert score.total == 3 + 2 + 11 + 4 + 6
    assert {p.result.subject: p.weight for p in score.placements}["Chemistry"] == 1


def test_an_empty_list_counts_nothing_and_is_not_refilled():
    score = score_of("English=5, Chinese=5, Math=5*, Econ=5*, BAFS=5", "JS5811")
    assert score.total == Fraction("37.5")  # 11 + 14 + 0 + 7 + 5.5, and five subjects: no bonus


def test_category_c_is_among_the_best_five_only_where_the_formula_says_so():
    profile = "English=5, Chinese=4, Math=5, Economics=5, History=4, Japanese=N1"
    used = [p.result.subject for p in score_of(profile, "JS5812").placements]
    assert "Japanese" in used
    elsewhere = score_of(profile, "JS5300")
    assert elsewhere.bonus_result.subject == "Japanese"
    assert elsewhere.bonus == Fraction("0.05") * Fraction("59.5")


def test_category_b_earns_a_bonus_only_where_accepted():
    profile = (
        "English=4, Chinese=4, Math=4, Chem=4, Geog=4, "
        "B:Applied Psychology=Attained with Distinction (II)"
    )
    assert score_of(profile, "JS5811").total == Fraction("31.5")
    assert score_of(profile, "JS5212").bonus == 0


def test_level_one_counts_one_and_unclassified_nothing():
    assert score_of("English=1, Math=U", "JS5300").total == 2


def test_a_bonus_takes_level_three():
    five = "English=4, Chinese=4, Math=4, Physics=4, Geography=4"
    assert score_of(f"{five}, History=2", "JS5300").bonus == 0
    assert score_of(f"{five}, History=3", "JS5300").bonus > 0


@pytest.mark.parametrize(
    ("profile", "code", "reasons"),
    [
        (SETTLED + ATTAINED, "JS5300", []),
        (SETTLED, "JS5300", ["needs Citizenship and Social Development attained"]),
        (
            "English=3, Chinese=3, Math=2, Biology=3, Geography=3" + ATTAINED,
            "JS5300",
            ["needs English Language at level 4", "needs Mathematics at level 3"],
        ),
        (
            "English=5, Chinese=5, Math=5, Economics=5, M1=5" + ATTAINED,
            "JS5811",
            ["needs one of Biology / Chemistry at level 3"],
        ),
        (
            "English=5, Chinese=5, Math=5, M1=5" + ATTAINED,
            "JS5300",
            ["needs two electives at level 3 (one may be M1 or M2)"],
        ),
        (
            "English=5, Chinese=5, Math=5, History=3, French=B1" + ATTAINED,
            "JS5300",
            ["needs two electives at level 3 (one may be M1 or M2)"],
        ),
        ("English=5, Chinese=5, Math=5, History=3, French=B1" + ATTAINED, "JS5411", []),
        ("English=5, Chinese=5, Math=5, History=3, Urdu=D" + ATTAINED, "JS5411", ["needs two"]),
    ],
)
def test_eligibility_and_its_reasons(profile, code, reasons):
    unmet = unmet_of(profile, code)
    assert len(unmet) == len(reasons)
    assert all(text.startswith(reason) for text, reason in zip(unmet, reasons, strict=True))


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("Englsh=4", "Did you mean English Language"),
        ("English=9", "Known levels: 5"),
        ("English=4, Eng=5", "English Language twice"),
        ("M1=3, M2=3", "M1 with M2"),
        ("English", "no level given"),
        ("", "the profile is empty"),
        ("B:Physics=Attained", "not a Category B subject"),
        ("C:Physics=A", "not a Category C subject"),
        ("Klingon=A", "unknown subject"),
    ],
)
def test_a_profile_that_cannot_be_read_says_why(profile, message):
    with pytest.raises(UnknownValue, match=message):
        profile_results(profile, RULES.levels)


def test_profiles_take_short_forms_commas_in_names_and_prefixes():
    results = profile_results(
        "Eng=5*, Business, Accounting and Financial Studies=4; c:Korean=Level 6, "
        "b:Hotel Operations=attained with distinction (I), Urdu (2012-2024)=B",
        RULES.levels,
    )
    assert [(r.category, r.subject, r.level, r.score) for r in results] == [
        ("A", "English Language", "5*", 7),
        ("A", "Business, Accounting and Financial Studies", "4", 4),
        ("C", "Korean", "6", Fraction("8.5")),
        ("B", "Hotel Operations", "Attained with Distinction (I)", 3),
        ("C", "Urdu", "B", Fraction("5.5")),
    ]
    assert profile_results("Urdu=B", RULES.levels)[0].score == 3
    assert profile_results("French=C", RULES.levels)[0].score == 4  # a grade of 2012-2024
    assert profile_results("French=C1", RULES.levels)[0].score == 7


def test_a_profile_may_be_typed_on_a_chinese_keyboard():
    results = profile_results(
        "Ｅｎｇｌｉｓｈ　Language＝５＊＊，ＩＣＴ＝５*、Ｂ：Hotel Operations＝Attained；Ｍ２＝４；"
        "Urdu （2012-2024）＝Ｂ",
        RULES.levels,
    )
    assert [(r.category, r.subject, r.level) for r in results] == [
        ("A", "English Language", "5**"),
        ("A", "Information and Communication Technology", "5*"),
        ("B", "Hotel Operations", "Attained"),
        ("A", "M2", "4"),
        ("C", "Urdu", "B"),
    ]


def test_standing_compares_only_scores_made_with_an_equal_formula():
    earlier = [
        {**row, "edition": 2025}
        for row in golden_tables()["formulas"]
        if row["jupas_code"] in ("JS5300", "JS5212")
    ]
    changed = deepcopy(earlier)
    for row in changed:
        if row["jupas_code"] == "JS5212":
            row["formula"] = "another"
    tables = tables_with(
        formulas=[*golden_tables()["formulas"], *changed],
        scores=[
            scores_row("JS5300"),
            scores_row("JS5212"),
            scores_row("JS5220"),
            scores_row("JS5220", basis="simulated", formula_year=2026, median=47.0),
        ],
        expected_scores=[
            {
                "entry_year": 2026,
                "jupas_code": "JS5300",
                "basis": "expected",
                "low": 30.0,
                "high": 31.0,
            }
        ],
    )
    standings = counsel_of_tables(tables).standings
    assert standings["JS5300"].yardstick.basis == "admitted"
    assert standings["JS5300"].distances(Fraction(34)) == {
        "median": -1,
        "lower_quartile": Fraction("0.1"),
    }
    assert standings["JS5300"].expected == (("expected", 30, 31),)
    assert standings["JS5212"].yardstick is None
    assert standings["JS5212"].note == "not comparable: the 2025 scores belong to the 2025 formula"
    assert standings["JS5220"].yardstick.basis == "simulated"
    assert standings["JS5220"].yardstick.median == 47
    assert standings["JS5101"].note == "no scores of earlier years are published"


def on_seven_points(tables):
    """The tables with Category A on the scale of the years before 2024: 5** 7, 5* 6, 5 5."""
    earlier = {8.5: 7.0, 7.0: 6.0, 5.5: 5.0}
    conversions = [
        {**row, "score": earlier.get(row["score"], row["score"])}
        if row["scale"] == "Category A"
        else row
        for row in tables["conversions"]
    ]
    return tables | {"conversions": conversions}


def test_an_edition_on_the_earlier_scale_stands_against_scores_on_it():
    scores = [
        scores_row("JS5300", formula_year=2026, point_scale=7.0),
        scores_row("JS5212", formula_year=2026, point_scale=8.5),
        scores_row("JS5220", point_scale=8.5),
    ]
    standings = standings_of_tables(on_seven_points(tables_with(scores=scores)), 2026)
    assert standings["JS5300"].yardstick.median == 35
    assert standings["JS5212"].yardstick is None
    assert standings["JS5212"].note == (
        "not comparable: the 2025 scores are on the 8.5-point scale, "
        "those of 2026 on the 7-point scale"
    )
    assert standings["JS5220"].note == (
        "not comparable: the 2025 scores are on the 8.5-point scale, those of 2026 on the 7-point "
        "scale, and they belong to the 2025 formula, which no document of the release prints"
    )


def test_scores_on_the_earlier_scale_give_way_to_older_ones_on_the_editions_own():
    scores = [
        scores_row("JS5300", formula_year=2026, point_scale=7.0),
        scores_row("JS5300", formula_year=2026, scores_year=2024, median=36.0),
    ]
    standings = standings_of_tables(tables_with(scores=scores), 2026)
    assert standings["JS5300"].yardstick.median == 36
    unknown = standings_of_tables(tables_with(scores=scores, conversions=[]), 2026)["JS5300"]
    assert unknown.note == "not comparable: the documents of 2026 print no conversion of levels"


def test_an_explanation_can_be_read_aloud():
    tables = tables_with(scores=[scores_row("JS5300", formula_year=2026)])
    counsel = counsel_of_tables(tables)
    results = profile_results(SETTLED + ATTAINED, counsel.rules.levels)
    told = {e.programme.jupas_code: e for e in counsel.explanations(results)}
    assert len(told) == 33
    assert told["JS5300"].to_text().split("\n") == [
        "JS5300 Title of JS5300: 26.05",
        "  English Language 4: 4 x 2 = 8",
        "  Mathematics 4: 4 x 2 = 8",
        "  Physics 4: 4",
        "  Chinese Language 3: 3",
        "  History 2: 2",
        "  Best five together: 25.00",
        "  Bonus for a sixth subject, Economics 3: 3 earns 1.76 % of the highest attainable 59.5, "
        "1.05",
        "  Left out: Citizenship and Social Development: it is required but never scored",
        "  Eligible: all minimum requirements are met",
        "  Against the admitted scores of 2025: 8.95 below the median, "
        "7.85 below the lower quartile",
    ]
    values = told["JS5300"].to_json()
    assert (values["score"], values["shown"], values["bonus_subject"]) == (
        26.05,
        "26.05",
        "Economics",
    )
    assert "no subject for it, 0" in told["JS5811"].to_text()


def test_what_helps_most():
    counsel = counsel_of_tables(tables_with(scores=[scores_row("JS5300", formula_year=2026)]))
    results = profile_results(SETTLED + ATTAINED, counsel.rules.levels)
    single, to_quartile = counsel.advice(results, "JS5300")
    # English 4 -> 5 adds 1.5 x 2 = 3, as Mathematics would; no other level adds as much
    assert [(r.subject, r.level_from, r.level_to) for r in single.rises] == [
        ("English Language", "4", "5")
    ]
    assert single.after - single.before == 3
    # 7.85 short: two rises add 6 at most, three can add English 5* (6) and Mathematics 5 (3)
    assert sum(rise.steps for rise in to_quartile.rises) == 3
    assert to_quartile.after >= Fraction("33.9")


@pytest.fixture
def told(monkeypatch):
    """What `score --explain` says of a profile where last year's lower quartile was this."""

    def of_quartile(quartile, profile, *options):
        tables = tables_with(
            scores=[scores_row("JS5300", formula_year=2026, median=None, lower_quartile=quartile)]
        )
        monkeypatch.setattr("flows.cli_scoring.needed_release", lambda data: data)
        monkeypatch.setattr("scoring.counsel.counsel_of", lambda *_: counsel_of_tables(tables))
        ended = admissions("score", "--profile", profile, "--explain", "JS5300", *options)
        assert ended.code == 0
        return ended.out

    return of_quartile


FOUR = "English=4, Chinese=3, Math=4, Physics=4"


def test_a_quartile_that_cannot_be_reached_is_told(told):
    # all at 5**: 17 + 17 + 8.5 + 8.5, and no fifth subject
    assert told(51.5, FOUR).splitlines()[-1] == (
        "  Last year's lower quartile can't be reached with these subjects: "
        "with all at their highest level the score is 51.00"
    )
    advice = json.loads(told(51.5, FOUR, "--json"))["advice"]
    assert advice["lower_quartile_reachable"] is False
    assert advice["score_at_highest_levels"] == 51
    assert advice["fewest_rises_to_lower_quartile"] is None
    assert advice["best_single_rise"]["after"] == 26


def test_a_quartile_that_all_at_the_top_just_reach_is_reached(told):
    steps = "English Language 4 to 5**, Chinese Language 3 to 5**, Mathematics 4 to 5**, "
    assert f"{steps}Physics 4 to 5**, 51.00" in told(51.0, FOUR).splitlines()[-1]
    advice = json.loads(told(51.0, FOUR, "--json"))["advice"]
    assert advice["lower_quartile_reachable"] is True
    assert advice["fewest_rises_to_lower_quartile"]["after"] == 51
    assert advice["score_at_highest_levels"] is None


def test_a_quartile_too_many_rises_away_is_told(told, monkeypatch):
    monkeypatch.setattr("scoring.advice.MOST_COMBINATIONS", 15)
    assert told(51.0, FOUR).splitlines()[-1] == (
        "  Last year's lower quartile takes more than 2 level rises"  # 4, 10, then 20 ways
    )
    advice = json.loads(told(51.0, FOUR, "--json"))["advice"]
    assert advice["lower_quartile_reachable"] is True
    assert advice["lower_quartile_takes_more_rises_than"] == 2


def test_no_quartile_says_nothing_of_reaching_it(told):
    assert "lower quartile" not in told(None, FOUR)
    assert json.loads(told(None, FOUR, "--json"))["advice"]["lower_quartile_reachable"] is None


@pytest.mark.parametrize(
    ("formula", "said", "under_caret"),
    [
        (
            "English x 2 + Alchemy * + Best 3 other subjects",
            "'Alchemy' is not a subject we know",
            "Alchemy",
        ),
        (
            "English + Best from Biology / Economics and Society + Best 3 other subjects",
            "'Economics and Society' is not a subject we know",
            "Economics and",
        ),
        (
            "English + Best 4 other subjects *\n* Weighting: Biology (x2), Robotics (x2)",
            "'Robotics' is not a subject we know",
            "Robotics",
        ),
    ],
)
def test_an_unknown_subject_of_a_formula_is_named(formula, said, under_caret):
    with pytest.raises(UnknownValue) as raised:
        parse_formula(formula, document="leaflet.pdf", page=3)
    message, line, caret = str(raised.value).split("\n")
    assert message.startswith(f"leaflet.pdf, page 3: {said}: ")
    assert message.endswith("dd it to schemas/subjects.toml")
    assert line[caret.index("^") :].startswith(under_caret)


def test_a_missing_subject_of_a_formula_is_not_called_unknown():
    with pytest.raises(UnknownValue, match="a subject is missing"):
        parse_formula("English + & + Best 3 other subjects")


def test_a_subject_that_never_counts_is_not_called_unknown():
    with pytest.raises(UnknownValue, match="French can't stand in a formula"):
        parse_formula("English + French + Best 3 other subjects")


def test_nothing_is_advised_where_no_quartile_compares():
    counsel = counsel_of_tables(tables_with())
    results = profile_results(SETTLED, counsel.rules.levels)
    assert counsel.advice(results, "JS5300")[1] is None


def test_a_printed_bonus_that_breaks_the_rule_stops_the_rules():
    tables = {name: [dict(row) for row in rows] for name, rows in golden_tables().items()}
    tables["bonuses"][1]["bonus_percent"] = 4.2
    with pytest.raises(ReconciliationFailed, match=r"earns 4\.12 % by rule, 4\.2 % is printed"):
        rules_of_tables(tables)


def test_bonuses_printed_with_one_decimal_are_the_same_rule():
    tables = {name: [dict(row) for row in rows] for name, rows in golden_tables().items()}
    exact = rules_of_tables(tables).bonus
    for row in tables["bonuses"]:  # 5, 4.1, 3.2, 2.4, 1.8
        row["bonus_percent"] = {4.12: 4.1, 3.24: 3.2, 2.35: 2.4, 1.76: 1.8, 5: 5}[
            row["bonus_percent"]
        ]
    assert rules_of_tables(tables).bonus == exact


def test_programmes_without_printed_minimums_are_not_scored_and_say_so():
    tables = {name: list(rows) for name, rows in golden_tables().items()}
    tables["minimum_requirements"] = [
        row for row in tables["minimum_requirements"] if row["jupas_code"] != "JS5101"
    ]
    rules = rules_of_tables(tables)
    assert len(rules.programmes) == 32
    with pytest.raises(UnknownValue, match="don't print its minimum levels"):
        rules.programme("JS5101")
    with pytest.raises(UnknownValue, match="no such programme"):
        rules.programme("JS9999")
    with pytest.raises(UnknownValue, match="no formulae for this edition"):
        rules_of_tables(tables, 1999)
    with pytest.raises(UnknownValue, match="the release has no edition that can be scored"):
        rules_of_tables({**tables, "minimum_requirements": []})


def test_what_the_bonus_lacks_is_named():
    for column, words in (
        ("bonus_categories", "don't print which categories earn its bonus"),
        ("highest_attainable", "don't print its highest attainable score"),
    ):
        tables = {name: [dict(row) for row in rows] for name, rows in golden_tables().items()}
        next(row for row in tables["formulas"] if row["jupas_code"] == "JS5101")[column] = None
        with pytest.raises(UnknownValue, match=words):
            rules_of_tables(tables).programme("JS5101")


def test_a_programme_that_asks_for_a_level_in_liberal_studies_is_not_scored():
    tables = {name: [dict(row) for row in rows] for name, rows in golden_tables().items()}
    for row in tables["minimum_requirements"]:
        if (row["jupas_code"], row["requirement"]) == ("JS5101", "citizenship"):
            row["level"] = "2"
    with pytest.raises(UnknownValue, match="ask for level 2 in Liberal Studies"):
        rules_of_tables(tables).programme("JS5101")
