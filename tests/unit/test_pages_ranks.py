"""Ranks and figures of pages: what is read, and what is said to be in doubt."""

import pytest

from tests.unit.page_rows import told
from transform.pages.quantities import quantity
from transform.pages.ranks import RankClaim, is_band, rank_claims, ranking_named

QS, THE, ASIA = (
    "QS World University Rankings",
    "THE Impact Rankings",
    "QS Asia University Rankings",
)


def ranks(*lines: str) -> tuple[set[tuple[object, ...]], list[str]]:
    """Ranking, year, subject, region and rank of a rankings section; the lines unread."""
    rows, unread = told("home", ("Rankings", *lines, "Facts and Figures", "10", "Unicorns"))
    columns = ("ranking", "year", "subject", "region", "rank")
    return {tuple(row[name] for name in columns) for row in rows.get("rankings", [])}, unread


def facts(*lines: str) -> tuple[dict[object, tuple[object, ...]], list[str]]:
    """Value, qualifier and unit by label of a facts section; the lines unread."""
    body = ("Rankings", "# 19", f"{THE} 2025", "Facts and Figures", *lines)
    rows, unread = told("home", body)
    columns = ("value", "qualifier", "unit")
    return {
        row["label"]: tuple(row.get(name) for name in columns) for row in rows.get("facts", [])
    }, unread


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("=47", [(47, None)]),
        ("# =47", [(47, None)]),
        ("47=", None),
        ("Joint 4th in Asia", [(4, "Asia")]),
        ("Ranked 2nd in Hong Kong", [(2, "Hong Kong")]),
        ("World No. 19", [(19, "World")]),
        ("Asia's No. 3", [(3, "Asia")]),
        ("World: # 33", [(33, "World")]),
        ("First in Hong Kong", [(1, "Hong Kong")]),
        ("First", None),
        ("# 3 in Asia / # 1 in Hong Kong", [(3, "Asia"), (1, "Hong Kong")]),
        ("No. 1 in Hong Kong (2025)", None),
        ("Top 30", None),
        ("51-100", None),
        ("# 51-100", None),
        ("# 1,047", None),
        ("Up from No. 60", None),
    ],
)
def test_rank_claims(text: str, claims: list[tuple[int, str | None]] | None) -> None:
    expected = tuple(RankClaim(*claim) for claim in claims) if claims else None
    assert rank_claims(text) == expected


@pytest.mark.parametrize("text", ["Top 30", "51-100", "# 51-100", "1001+", "=201 - 250"])
def test_bands(text: str) -> None:
    assert is_band(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{QS}: Emerging Europe 2025",
        f"{QS} by Faculty 2025",
        f"{THE} 2025: SDG 9 Industry",
        f"{THE} 2025 (SDG 9)",
    ],
)
def test_a_variant_is_another_ranking(text: str) -> None:
    assert ranking_named(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Times Higher Education (THE) World University Rankings 2024",
            "THE World University Rankings",
        ),
        ("Quacquarelli Symonds (QS) World University Rankings 2024", QS),
        ("Financial Times Global EMBA Rankings, 2024", "FT Executive MBA Ranking"),
        ("THE Young University Ranking 2024", "THE World's Young University Rankings"),
        (
            "Academic Ranking of World Universities (ARWU) 2024",
            "Academic Ranking of World Universities",
        ),
    ],
)
def test_a_ranking_with_its_abbreviation(text: str, name: str) -> None:
    named = ranking_named(text)
    assert named is not None
    assert (named.name, named.year) == (name, 2024)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("World's Young University - THE 2024", "THE World's Young University Rankings"),
        ("World's Young University (THE 2024)", "THE World's Young University Rankings"),
        ("Impact Rankings - THE 2024", THE),
        ("University Impact THE 2024", THE),
        ("University Impact THE Impact Rankings 2024", THE),
        ("World University QS 2024", QS),
        ("Global University Employability - THE 2024", "Global Employability University Ranking"),
    ],
)
def test_a_ranking_with_its_publisher_behind_it(text: str, name: str) -> None:
    named = ranking_named(text)
    assert named is not None
    assert (named.name, named.year) == (name, 2024)


@pytest.mark.parametrize(
    "text",
    [
        "World University 2024",
        "A world university in the city, 2024",
        "Our impact: rankings in the 2024 review",
        "Asia Young University Rankings (THE 2024)",
        "CWUR World University Rankings (THE 2024)",
    ],
)
def test_a_name_without_its_publisher_is_no_ranking(text: str) -> None:
    assert ranking_named(text) is None


def test_a_ranking_with_its_publication() -> None:
    named = ranking_named(f"{QS} 2026 (published in 2025)")
    assert named is not None
    assert (named.name, named.year, named.subject) == (QS, 2026, None)


@pytest.mark.parametrize("years", ["2025-2026", "2025/26"])
def test_a_ranking_of_two_years_has_none(years: str) -> None:
    lines = ("# 26", f"US News Best Global Universities {years}")
    assert ranks(*lines) == (set(), list(lines))


def test_two_years_of_one_ranking() -> None:
    both = {(THE, 2025, "", "World", 19), (THE, 2024, "", "World", 30)}
    assert ranks("# 19", f"{THE} 2025", "# 30", f"{THE} 2024") == (both, [])
    assert ranks(f"{THE} 2025", "# 19", f"{THE} 2024", "# 30") == (both, [])


@pytest.mark.parametrize(
    "lines",
    [
        ("# 17", "Data Science", f"{QS} by Subject 2025"),
        ("# 17", f"{QS} by Subject 2025", "Data Science"),
        ("# 17", f"{QS} by Subject 2025: Data Science"),
    ],
)
def test_a_rank_by_subject(lines: tuple[str, ...]) -> None:
    assert ranks(*lines) == ({(f"{QS} by Subject", 2025, "Data Science", "World", 17)}, [])


@pytest.mark.parametrize(
    "lines",
    [
        ("# 17", f"{QS} by Subject 2025"),  # of which subject?
        ("# 26", "Computer Science", f"{QS} 2026"),
        ("# 26", f"{QS} 2026", "Computer Science"),
        (f"{QS} 2026", "Faculty of Arts", "# 26"),
        ("# 44", f"{QS} 2026", "# 47", f"{QS} 2026"),
        ("# 47", f"{QS} 2026", f"{ASIA} 2026"),  # of which of the two?
        ("51-100", f"{QS} 2025"),
        ("Top 30", f"{QS} 2025"),
    ],
)
def test_a_rank_in_doubt(lines: tuple[str, ...]) -> None:
    assert ranks(*lines) == (set(), list(lines))


def test_a_year_over_its_rankings() -> None:
    both = {(QS, 2026, "", "World", 44), (QS, 2025, "", "World", 47)}
    assert ranks("2026", "# 44", QS, "2025", "# 47", QS)[0] == both
    assert ranks("# 44", QS, "2026", "# 47", QS, "2025")[0] == both


def test_a_band_lends_its_year_to_no_other_ranking() -> None:
    lines = ("# 19", THE, "51-100", f"{QS} 2026")
    assert ranks(*lines) == (set(), list(lines))


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit"),
    [
        ("27%+", 27, "+", "%"),
        ("5K+", 5, "+", "thousand"),
        ("HK$ 1.2 billion", 1.2, None, "HK$ billion"),
        ("US$8.3M", 8.3, None, "US$ million"),
        ("HK$1.2bn", 1.2, None, "HK$ billion"),
        ("Approx. 11,000", 11000, "about", None),
        ("Close to 11,000", 11000, "about", None),
        ("No fewer than 50", 50, ">=", None),
        ("１９００＋", 1900, "+", None),
    ],
)
def test_quantities(text: str, value: float, qualifier: str | None, unit: str | None) -> None:
    read = quantity(text)
    assert (read.value, read.qualifier, read.unit) == (value, qualifier, unit)


@pytest.mark.parametrize("figure", ["3:1", "1 in 4", "1/3", "Top 50", "30th", "11 000", "-5 %"])
def test_a_figure_of_another_kind_is_no_part_of_the_one_above(figure: str) -> None:
    rows, unread = facts("10", "Unicorns", figure, "of something or other")
    assert rows == {"Unicorns": (10.0, None, None)}
    assert unread == [figure, "of something or other"]


def test_labels_over_their_figures() -> None:
    labels = {"Start-ups": (1900.0, "+", None), "Unicorns": (10.0, None, None)}
    assert facts("Start-ups", "1900 +", "Unicorns", "10") == (labels, [])
    cards = "".join(
        f"<h3>{label}</h3><p>{figure}</p><p>As of last year</p>"
        for label, figure in (("Start-ups", "1900 +"), ("Unicorns", "10"))
    )
    rows, unread = told("home", f"<h2>Facts and Figures</h2>{cards}")
    assert {row["label"]: row["value"] for row in rows["facts"]} == {
        "Start-ups": 1900.0,
        "Unicorns": 10.0,
    }
    assert unread == []


def test_a_figure_set_in_several_blocks() -> None:
    lines = ("HK$", "1.2", "billion", "Funding", "27", "%", "Women", "1,900", "+", "Start-ups")
    assert facts(*lines) == (
        {
            "Funding": (1.2, None, "HK$ billion"),
            "Women": (27.0, "%", "%"),
            "Start-ups": (1900.0, "+", None),
        },
        [],
    )


@pytest.mark.parametrize(
    "lines", [("0 +", "Awards won"), ("10", "Unicorns", "12", "Unicorns")], ids=["nought", "two"]
)
def test_a_figure_in_doubt(lines: tuple[str, ...]) -> None:
    assert facts(*lines, "5", "Schools") == ({"Schools": (5.0, None, None)}, list(lines))


@pytest.mark.parametrize(
    ("printed", "ranks"),
    [
        ("13th 1st in Hong Kong", [(13, None), (1, "Hong Kong")]),
        ("13th World 1st Hong Kong", [(13, "World"), (1, "Hong Kong")]),
        ("#13 #1 in Hong Kong", [(13, None), (1, "Hong Kong")]),
        ("World: # 33", [(33, "World")]),
    ],
)
def test_ranks_set_side_by_side_are_told_apart(
    printed: str, ranks: list[tuple[int, str | None]]
) -> None:
    assert [(claim.rank, claim.region) for claim in rank_claims(printed) or ()] == ranks
