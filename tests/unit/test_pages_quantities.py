"""Quantities and ranks as HKUST prints them."""

import pytest

from errors import UnknownValue
from transform.pages.quantities import leading_quantity, quantity
from transform.pages.ranks import NamedRanking, RankClaim, rank_claims, ranking_named, region_named


@pytest.mark.parametrize(
    ("text", "value", "high", "qualifier", "unit"),
    [
        ("1,800 +", 1800, None, "+", None),
        ("1900 +", 1900, None, "+", None),
        ("45+", 45, None, "+", None),
        ("US$ 8.3 + million", 8.3, None, "+", "US$ million"),
        ("US$ 8.3 million +", 8.3, None, "+", "US$ million"),
        ("Nearly 100 %", 100, None, "about", "%"),
        ("2-3", 2, 3, "to 3", None),
        ("2 – 3", 2, 3, "to 3", None),
        (">US$1 billion", 1, None, ">", "US$ billion"),
        ("more than 50", 50, None, ">", None),
        ("27 %", 27, None, "%", "%"),
        ("HKD60,000", 60000, None, None, "HKD"),
        ("10", 10, None, None, None),
    ],
)
def test_quantity(
    text: str, value: float, high: float | None, qualifier: str | None, unit: str | None
) -> None:
    read = quantity(text)
    assert (read.value, read.high, read.qualifier, read.unit) == (value, high, qualifier, unit)
    assert read.text == text


@pytest.mark.parametrize(
    "text", ["", "many", "4C + 2X", "24th", "1,80", "# 33", "12 majors", "3-2", "1.2.3", "2026/27"]
)
def test_not_a_quantity(text: str) -> None:
    with pytest.raises(UnknownValue):
        quantity(text)


def test_quantity_before_its_label() -> None:
    read = leading_quantity("260 + institutions")
    assert read is not None
    assert (read[0].value, read[0].qualifier, read[1]) == (260, "+", "institutions")
    assert leading_quantity("24th place") is None


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("# 19", [(19, None)]),
        ("#33", [(33, None)]),
        ("44 th", [(44, None)]),
        ("3rd", [(3, None)]),
        ("1 st in Hong Kong", [(1, "Hong Kong")]),
        ("# 33 Globally", [(33, "World")]),
        ("# 1 in China", [(1, "China")]),
        ("No. 19 Globally, No. 1 in Hong Kong", [(19, "World"), (1, "Hong Kong")]),
        ("No. 1 in Hong Kong, No. 3 in Greater China", [(1, "Hong Kong"), (3, "Greater China")]),
        ("No. 2 in Hong Kong and No. 6 in Asia", [(2, "Hong Kong"), (6, "Asia")]),
    ],
)
def test_rank_claims(text: str, claims: list[tuple[int, str | None]]) -> None:
    assert rank_claims(text) == tuple(RankClaim(*claim) for claim in claims)


@pytest.mark.parametrize(
    "text", ["", "Top 50", "No. 101-150", "# 1 on Mars", "Physics 24th", "#2%", "No poverty"]
)
def test_no_rank_claim(text: str) -> None:
    assert rank_claims(text) is None


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("in Times Higher Education Impact Rankings 2025", "THE Impact Rankings", 2025),
        ("THE Impact Rankings 2025", "THE Impact Rankings", 2025),
        ("QS Asia University Rankings 2026", "QS Asia University Rankings", 2026),
        ("QS World University Rankings 2026", "QS World University Rankings", 2026),
        (
            "2025 QS World University Rankings by Subject",
            "QS World University Rankings by Subject",
            2025,
        ),
        (
            "THE World’s Young University Rankings 2024",
            "THE World's Young University Rankings",
            2024,
        ),
        (
            "Global Employability University Ranking 2026",
            "Global Employability University Ranking",
            2026,
        ),
        ("THE and HR Consultancy Emerging 2025", "Global Employability University Ranking", 2025),
        ("Patent Influence Metric published in 2022", "Patent Influence Metric", 2022),
        ("Patent Influence Metric", "Patent Influence Metric", None),
    ],
)
def test_ranking_named(text: str, name: str, year: int | None) -> None:
    named = ranking_named(text)
    assert isinstance(named, NamedRanking)
    assert (named.name, named.year) == (name, year)


@pytest.mark.parametrize("text", ["our place in the World University Rankings", "Rankings", ""])
def test_no_declared_ranking(text: str) -> None:
    assert ranking_named(text) is None


def test_region_named() -> None:
    assert region_named("in Greater China") == "Greater China"
    assert region_named("Globally") == "World"
    assert region_named("in Kowloon") is None
