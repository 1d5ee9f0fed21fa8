"""An edition of HKUST's admission facts, nothing about how they are printed.

Input: `facts_2026.toml`. Output: `Edition`. Grain: one admission year.
Raises ValueError for a title that is not written as in the TOML.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.typeset.formulas import (
    FULL_MARK,
    Formula,
    Wording,
)

FACTS = Path(__file__).with_name("facts_2026.toml")
ATTAINED = {"Attained", "-"}


@dataclass(frozen=True)
class Named:
    """A title or study option with the meanings of the marks raised behind it."""

    title: str
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """Median and lower quartile as printed; None where HKUST withholds the figure."""

    median: str | None
    lower_quartile: str | None


@dataclass(frozen=True)
class Programme:
    """One JUPAS choice. `admitted` and `formula_before` are None where it is new."""

    code: str
    name: Named
    school: str
    choice: str
    options: tuple[Named, ...]
    minimums: tuple[str, ...]
    category_c_second_elective: bool
    subjects: tuple[str, ...]
    formula: Formula
    bonus: str
    formula_before: Formula | None
    admitted: Score | None
    simulated: Score | None
    preferred: tuple[tuple[str, str], ...]
    per_subject: str | None
    reference: str | None
    expected: tuple[int, int]
    competitive: tuple[int, int] | None

    @property
    def is_new(self) -> bool:
        return self.formula_before is None


@dataclass(frozen=True)
class Scholarship:
    stars_min: int
    stars_max: int | None
    tuition: str | None
    allowance_hkd: int | None
    cash_hkd: int | None
    renewable: bool

    @property
    def stars_text(self) -> str:
        if self.stars_max is None:
            return f"{self.stars_min} or above"
        return (
            f"{self.stars_min}"
            if self.stars_min == self.stars_max
            else f"{self.stars_min} - {self.stars_max}"
        )

    @property
    def description(self) -> str:
        parts = {
            "full": "Full tuition",
            "half": "Half tuition",
            None: f"HKD{self.cash_hkd or 0:,}",
        }[self.tuition]
        if self.allowance_hkd:
            parts += f" plus living allowance of HKD{self.allowance_hkd:,} p.a."
        elif self.renewable:
            parts += " p.a."
        return parts + (
            ", renewable for normative duration of study" if self.renewable else ", one-off"
        )


@dataclass(frozen=True)
class Ranking:
    label: str
    ranking: str
    publisher: str
    year: int
    subject: str
    region: str
    rank: int


@dataclass(frozen=True)
class Conversion:
    """One conversion table: rows of (printed name, scale, cells), one cell a score."""

    heading: str
    scores: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Edition:
    """Everything one year's documents say."""

    year: int
    programmes: tuple[Programme, ...]
    schools: tuple[str, ...]
    later: dict[str, tuple[str, ...]]
    wording: Wording
    signs: dict[str, str]
    remark_texts: dict[str, str]
    conversions: tuple[Conversion, ...]
    chinese_alternatives: dict[str, str]
    scholarships: tuple[Scholarship, ...]
    rankings: tuple[Ranking, ...]
    facts: dict[str, tuple[tuple[str, str], ...]]
    listings: dict[str, tuple[str, ...]]
    full_mark: Decimal = FULL_MARK

    def of_school(self, school: str) -> list[Programme]:
        return [p for p in self.programmes if p.school == school]

    @property
    def leaflet_wording(self) -> Wording:
        """The June leaflet says in words where Category C counts; the brochure has a mark."""
        return replace(self.wording, category_c_in_words=True)

    def marks(self, named: Named) -> list[str]:
        return [self.signs[meaning] for meaning in named.meanings]

    def remarks(self) -> list[tuple[str, str, str]]:
        """(meaning, sign, text) of the remarks in use, discs first."""
        used = {m for p in self.programmes for n in (p.name, *p.options) for m in n.meanings}
        used |= {
            "category_c_second_elective" for p in self.programmes if p.category_c_second_elective
        }
        used |= {"category_c_once" for p in self.programmes if p.formula.category_c_once}
        return [(m, self.signs[m], text) for m, text in self.remark_texts.items() if m in used]

    def bonuses(self) -> list[tuple[str, str, str]]:
        """(category, converted score, percent): score / full mark x 5 %, half up to 2 decimals."""
        rows = []
        main, languages = self.conversions[0], self.conversions[1]
        columns = {
            "A": [s for s, cell in zip(main.scores, main.rows[0][2], strict=True) if cell != "-"],
            "B": [s for s, cell in zip(main.scores, main.rows[1][2], strict=True) if cell != "-"],
            "C": list(languages.scores),
        }
        for category, scores in columns.items():
            for score in scores:
                if Decimal(score) >= 3:
                    percent = (Decimal(score) / self.full_mark * 5).quantize(
                        Decimal("0.01"), ROUND_HALF_UP
                    )
                    rows.append((category, score, f"{percent}%"))
        return rows


def named(text: str) -> Named:
    """'Title {ai digital}' -> Named('Title', ('ai', 'digital'))."""
    match = re.fullmatch(r"(.*?)(?: \{(.*)\})?", text)
    if not match:
        raise ValueError(text)
    return Named(match[1], tuple((match[2] or "").split()))


def formula_from(table: dict[str, Any]) -> Formula:
    def pairs(rows: list[Any]) -> tuple[tuple[tuple[str, ...], float], ...]:
        return tuple((tuple(subjects), float(weight)) for subjects, weight in rows)

    plain = {k: v for k, v in table.items() if k not in {"fixed", "pool", "better_of"}}
    for notes in ("pool_weights", "other_weights"):
        if notes in plain:
            plain[notes] = pairs(plain[notes])
    return Formula(
        fixed=tuple((subject, float(weight)) for subject, weight in table["fixed"]),
        pool=tuple(table.get("pool", ())),
        better_of=formula_from(table["better_of"]) if "better_of" in table else None,
        **plain,
    )


@cache
def facts_2026() -> dict[str, Any]:
    return tomllib.loads(FACTS.read_text(encoding="utf-8"))


def edition_2026() -> Edition:
    """The edition of the sample brochure."""
    facts = facts_2026()
    formulas = {name: formula_from(table) for name, table in facts["formulas"].items()}
    year: int = facts["year"]
    programmes = tuple(_programme(table, facts, formulas) for table in facts["programmes"])
    return Edition(
        year=year,
        programmes=programmes,
        schools=tuple(s["name"] for s in facts["schools"]),
        later={s["name"]: tuple(s.get("later", ())) for s in facts["schools"]},
        wording=Wording(),
        signs={meaning: sign for meaning, (sign, _) in facts["remarks"].items()},
        remark_texts=remark_texts_of(facts, year, "BSc in Integrative Systems and Design"),
        conversions=conversions_of(facts, year),
        chinese_alternatives=facts["chinese_alternatives"],
        scholarships=tuple(
            Scholarship(
                s["stars"][0],
                s["stars"][1] or None,
                s.get("tuition"),
                s.get("allowance_hkd"),
                s.get("cash_hkd"),
                s["renewable"],
            )
            for s in facts["scholarships"]
        ),
        rankings=rankings_of(facts, year),
        facts={
            k: tuple((label, value) for label, value in rows) for k, rows in facts["facts"].items()
        },
        listings={k: tuple(v) for k, v in facts["listings"].items()},
    )


def _programme(
    table: dict[str, Any], facts: dict[str, Any], formulas: dict[str, Formula]
) -> Programme:
    median, quartile = table["admitted"]
    simulated = table.get("simulated")
    return Programme(
        code=table["code"],
        name=named(table["title"]),
        school=table["school"],
        choice=table["choice"],
        options=tuple(named(option) for option in table["options"]),
        minimums=tuple(facts["minimums"][table["minimum"]]),
        category_c_second_elective=table.get("category_c_second_elective", False),
        subjects=tuple(facts["subjects"][table["subjects"]]),
        formula=formulas[table["formula"]],
        bonus=table["bonus"],
        formula_before=formulas[table.get("formula_before", table["formula"])],
        admitted=Score(f"{median:.2f}", f"{quartile:.2f}"),
        simulated=Score(f"{simulated[0]}", f"{simulated[1]}") if simulated else None,
        preferred=tuple((subjects, level) for subjects, level in table.get("preferred", ())),
        per_subject=f"{table['per_subject']:.2f}" if "per_subject" in table else None,
        reference=None,
        expected=(int(quartile), int(quartile)),
        competitive=None,
    )


def remark_texts_of(facts: dict[str, Any], year: int, old_title: str) -> dict[str, str]:
    span = f"{year}/{(year + 1) % 100:02d}"
    return {
        meaning: text.replace("{span}", span)
        .replace("as {title}", f"from {old_title}")
        .replace("{title}", old_title)
        for meaning, (_, text) in facts["remarks"].items()
    }


def conversions_of(facts: dict[str, Any], year: int) -> tuple[Conversion, ...]:
    return tuple(
        Conversion(
            c["heading"].replace("{year}", str(year)),
            tuple(c["scores"]),
            tuple((name, scale, tuple(cells)) for name, scale, cells in c["rows"]),
        )
        for c in facts["conversions"]
    )


def rankings_of(facts: dict[str, Any], year: int) -> tuple[Ranking, ...]:
    overall = [
        Ranking(
            r["label"],
            r["ranking"],
            r["publisher"],
            year - r["years_behind"],
            "",
            "World",
            r["rank"],
        )
        for r in facts["rankings"]
    ]
    by_subject = "QS World University Rankings by Subject"
    subjects = [
        Ranking(subject, by_subject, "QS", year - 1, subject, "World", rank)
        for subject, rank in facts["subject_rankings"].items()
    ]
    first = Ranking(
        "1st in Hong Kong", by_subject, "QS", year - 1, subjects[0].subject, "Hong Kong", 1
    )
    return (*overall, *subjects, first)
