"""What one result of an applicant counts: category, subject and level -> a score.

Input: the rows of `conversions` of one edition, and the declared lookups of `levels.toml`.
Output: one `Result` per subject of an applicant. Raises `UnknownValue` for a subject or level that
neither knows, with the nearest names or the levels there are.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from errors import ReconciliationFailed, UnknownValue
from schemas.subjects import is_subject, spelling_key, subject_name, subjects

SCALE_OF_CATEGORY = {"A": "Category A", "B": "Category B"}
# Followed by '(2012-2024)': the grades of languages before each had a scale of its own.
EARLIER_LANGUAGES = "Category C, Other Language"
EARLIER_SUFFIX = re.compile(r"\s*\(\s*2012\s*-\s*2024\s*\)$")


@dataclass(frozen=True, slots=True)
class Result:
    """One subject of an applicant. `score` 0: known, but never scored."""

    category: str
    subject: str
    level: str
    score: Fraction

    @property
    def attained(self) -> bool:
        """For subjects without a score: whether the level is a pass."""
        return self.level == "Attained"

    def __hash__(self) -> int:
        """Without the score, which the others give: a fraction's hash costs more than all else."""
        return hash((self.category, self.subject, self.level))


@dataclass(frozen=True)
class LevelTable:
    """Scores of one edition by scale and level, the printed and the declared ones."""

    scales: Mapping[str, Mapping[str, Fraction]]

    def result(self, category: str, subject: str, level: str) -> Result:
        """The result as scored. Aliases of subjects are read; spaces, case and the full width of a
        Chinese keyboard don't matter."""
        category, subject, level = (half_width(text) for text in (category, subject, level))
        name, scale = self._subject_and_scale(category.strip().upper(), subject.strip(), level)
        levels = self.levels_of(scale)
        spelled = self._spelled[scale]
        key = re.sub("^level", "", _level_key(level))
        if key not in spelled:
            raise UnknownValue(f"unknown level of {name}", text=level, todo=_known(levels))
        return Result(category.strip().upper(), name, spelled[key], levels[spelled[key]])

    def levels_of(self, scale: str) -> Mapping[str, Fraction]:
        """Scores of a scale by level. Raises `UnknownValue` where no document prints the scale."""
        if scale not in self.scales:
            raise UnknownValue(
                "the documents of this edition print no conversion of",
                text=scale,
                todo="Refresh with the document that prints it",
            )
        return self.scales[scale]

    @cached_property
    def _spelled(self) -> dict[str, dict[str, str]]:
        """Levels of every scale by spelling."""
        return {
            scale: {_level_key(level): level for level in levels}
            for scale, levels in self.scales.items()
        }

    def ladder(self, result: Result) -> list[str]:
        """Levels of the result's scale from the lowest to the highest, one per score."""
        _, scale = self._subject_and_scale(result.category, result.subject, result.level)
        by_score: dict[Fraction, str] = {}
        for level, score in self.levels_of(scale).items():
            by_score.setdefault(score, level)
        return [by_score[score] for score in sorted(by_score)]

    def _subject_and_scale(self, category: str, subject: str, level: str) -> tuple[str, str]:
        if category == "B":
            if not subject:
                raise UnknownValue("an Applied Learning subject without a name", text=level)
            if is_subject(subject):
                raise UnknownValue("not a Category B subject", text=subject)
            return re.sub(r"\s+", " ", subject), SCALE_OF_CATEGORY["B"]
        if category not in ("A", "C"):
            raise UnknownValue("unknown category", text=category, todo="A, B and C exist")
        name = subject_name(EARLIER_SUFFIX.sub("", subject) if category == "C" else subject)
        if subjects()[name].category != category:
            raise UnknownValue(f"not a Category {category} subject", text=subject)
        if category == "A":
            return name, SCALE_OF_CATEGORY["A"] if subjects()[name].scored else "unscored"
        return name, self._language_scale(name, subject, level)

    def _language_scale(self, name: str, subject: str, level: str) -> str:
        """Its own scale; that of 2012-2024 for its grades or where asked for."""
        earlier = next((s for s in self.scales if s.startswith(EARLIER_LANGUAGES)), None)
        if EARLIER_SUFFIX.search(subject):
            return earlier or EARLIER_LANGUAGES
        if earlier is None or name not in self.scales:
            return earlier or name
        key, own = _level_key(level), self._spelled[name]
        return earlier if key in self._spelled[earlier] and key not in own else name


def half_width(text: str) -> str:
    """'５＊＊' as '5**': people's letters, figures and marks as the tables spell them (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def _level_key(level: str) -> str:
    return spelling_key(half_width(level))


def level_table(conversions: Mapping[str, Mapping[str, Fraction]]) -> LevelTable:
    """The printed scales joined by the declared levels.

    Raises `ReconciliationFailed` where a document prints a declared level with another score.
    """
    declared = _declared()
    scales: dict[str, dict[str, Fraction]] = {"unscored": {}}
    for scale, levels in conversions.items():
        category = next((c for c, name in SCALE_OF_CATEGORY.items() if name == scale), "C")
        scales[scale] = dict(levels)
        for row in declared["level"]:
            if row["category"] != category:
                continue
            printed = scales[scale].setdefault(row["level"], Fraction(row["score"]))
            if printed != Fraction(row["score"]):
                raise ReconciliationFailed(
                    f"{scale}, level {row['level']} counts {printed} by the document and "
                    f"{row['score']} by scoring/levels.toml",
                    todo="Drop the lookup or look at the page",
                )
    for level in (*declared["unscored"]["attained"], *declared["unscored"]["not_attained"]):
        scales["unscored"][level] = Fraction(0)
    return LevelTable(scales)


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("levels.toml").read_text(encoding="utf-8"))


def _known(levels: Mapping[str, Fraction]) -> str:
    falling = sorted(levels, key=lambda level: -levels[level])
    return f"Known levels: {', '.join(falling)}"
