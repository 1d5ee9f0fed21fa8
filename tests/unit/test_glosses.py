"""Chinese beside the English of headers and labels."""

from __future__ import annotations

from extract.headers.page_headers import page_headers
from extract.headers.vocabulary import letters, without_gloss
from extract.page.words import Word
from tests.unit.drawn import VOCABULARY


def words(*placed: tuple[str, float, float]) -> list[Word]:
    """Words by text, x and top; a Latin letter is half as wide as a Chinese one."""
    return [
        Word(text, x, top, x + 4 * len(text) * (1 if text.isascii() else 2), top + 8,
             8, False, "#000000", 0)
        for text, x, top in placed
    ]  # fmt: skip


def test_chinese_beside_english_says_nothing_new() -> None:
    assert without_gloss("French 法語") == "French"
    assert without_gloss("Category A (甲類科目)") == "Category A"
    assert without_gloss("課程名稱") == "課程名稱"
    assert letters("理學院 School of Science") == letters("School of Science")


def test_headers_in_two_languages() -> None:
    """Beside the English, under it, and behind a sign: the band ends below the Chinese."""
    (band,) = page_headers(
        words(
            ("EXTRA", 40, 0), ("BONUS", 64, 0), ("FOR", 88, 0), ("THE", 104, 0), ("BEST", 120, 0),
            ("6TH", 140, 0), ("SUBJECT", 156, 0),
            ("Category", 40, 40), ("類別", 76, 40),
            ("Converted", 160, 40), ("Score", 200, 40), ("換算分數", 160, 50),
            ("Extra", 300, 40), ("Bonus", 324, 40), ("(%)", 348, 40), ("額外加分", 364, 40),
        ),
        VOCABULARY,
    ).bands  # fmt: skip
    assert [match.column.name for match in band.columns] == [
        "category", "converted_score", "bonus_percent",
    ]  # fmt: skip
    assert not band.unknown and not band.missing
    assert band.bottom == 58
