"""An invented HKUST edition: facts only, nothing about how they are printed.

Input: `facts_2026.toml` and a seed. Output: `Edition`. Grain: one admission year.
Raises nothing. The same seed gives the same edition; seed None gives 2026 as it is.
"""

from __future__ import annotations

import random
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
    highest_attainable,
    highest_with_bonus,
)

FACTS = Path(__file__).with_name("facts_2026.toml")
REQUIREMENTS = ("english", "chinese", "mathematics", "citizenship", "elective_1", "elective_2")
ATTAINED = {"Attained", "-"}
# Programmes that a remark names, or that hold the only example of a layout, are never dropped.
NEVER_DROPPED = {"JS5240", "JS5212", "JS5250", "JS5282", "JS5181", "JS5711", "JS5901", "JS5411"}
LETTER_MARKS = ["^", "#", "@", "~", "+", "*", "†", "‡", "§"]


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
def _facts() -> dict[str, Any]:
    return tomllib.loads(FACTS.read_text(encoding="utf-8"))


def edition_2026() -> Edition:
    """The edition of the sample brochure."""
    facts = _facts()
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
        remark_texts=_remark_texts(facts, year, "BSc in Integrative Systems and Design"),
        conversions=_conversions(facts, year),
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
        rankings=_rankings(facts, year),
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


def _remark_texts(facts: dict[str, Any], year: int, old_title: str) -> dict[str, str]:
    span = f"{year}/{(year + 1) % 100:02d}"
    return {
        meaning: text.replace("{span}", span)
        .replace("as {title}", f"from {old_title}")
        .replace("{title}", old_title)
        for meaning, (_, text) in facts["remarks"].items()
    }


def _conversions(facts: dict[str, Any], year: int) -> tuple[Conversion, ...]:
    return tuple(
        Conversion(
            c["heading"].replace("{year}", str(year)),
            tuple(c["scores"]),
            tuple((name, scale, tuple(cells)) for name, scale, cells in c["rows"]),
        )
        for c in facts["conversions"]
    )


def _rankings(facts: dict[str, Any], year: int) -> tuple[Ranking, ...]:
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


def random_edition(seed: int, year: int = 2027) -> Edition:
    """An invented edition: 2026 with figures, weights, programmes, titles and marks changed."""
    rng = random.Random(f"edition {seed} {year}")
    base = edition_2026()
    facts = _facts()
    changed = {
        formula: _changed_formula(formula, rng) if rng.random() < 0.5 else formula
        for formula in dict.fromkeys(p.formula for p in base.programmes)
    }
    programmes = [_moved(p, changed[p.formula], rng) for p in base.programmes]
    droppable = [p for p in programmes if p.code not in NEVER_DROPPED]
    gone = set(rng.sample([p.code for p in droppable], rng.randint(0, 4)))
    programmes = [p for p in programmes if p.code not in gone]
    programmes = _with_cohort(_with_renamed(programmes, rng), rng)
    programmes = _with_inventions(programmes, facts["inventions"], rng)
    order = {school: i for i, school in enumerate(base.schools)}
    programmes.sort(key=lambda p: order[p.school])
    signs = _shuffled_signs(base.signs, rng)
    scholarships = tuple(
        replace(
            s,
            allowance_hkd=s.allowance_hkd and s.allowance_hkd + 1000 * rng.randint(-5, 20),
            cash_hkd=s.cash_hkd and s.cash_hkd + 500 * rng.randint(-4, 8),
        )
        for s in base.scholarships
    )
    old_title = "BSc in Integrative Systems and Design"
    return replace(
        base,
        year=year,
        programmes=tuple(programmes),
        wording=_random_wording(rng),
        signs=signs,
        remark_texts=_remark_texts(facts, year, old_title),
        conversions=tuple(_changed_conversion(c, rng) for c in _conversions(facts, year)),
        scholarships=scholarships,
        rankings=_changed_rankings(_rankings(facts, year), rng),
        facts={
            k: tuple((label, _changed_figure(v, rng)) for label, v in rows)
            for k, rows in base.facts.items()
        },
        listings={k: _thinned(v, rng) for k, v in base.listings.items()},
    )


def on_seven_point_scale(edition: Edition) -> Edition:
    """The same edition on the older scale: 5** counts 7, 5* 6, 5 5; scores shrink with it."""
    main, languages, *rest = edition.conversions
    older = {"8.5": "7", "7": "6", "5.5": "5"}
    shrink = Decimal(7) / FULL_MARK

    def shrunk(score: Score | None, step: str) -> Score | None:
        if score is None or score.median is None or score.lower_quartile is None:
            return score
        figures = (Decimal(score.median), Decimal(score.lower_quartile))
        return Score(*[str((f * shrink).quantize(Decimal(step))) for f in figures])

    return replace(
        edition,
        full_mark=Decimal(7),
        programmes=tuple(
            replace(p, admitted=shrunk(p.admitted, "0.01"), simulated=shrunk(p.simulated, "1"))
            for p in edition.programmes
        ),
        conversions=(
            replace(main, scores=tuple(older.get(score, score) for score in main.scores)),
            replace(languages, scores=tuple(older.get(score, score) for score in languages.scores)),
            *rest,
        ),
    )


def _changed_formula(formula: Formula, rng: random.Random) -> Formula:
    """The same shape with other weights, perhaps another subject in the pool."""

    def weight(old: float) -> float:
        return rng.choice([1, 1.5, 2, 2.5]) if rng.random() < 0.4 else old

    def notes(
        old: tuple[tuple[tuple[str, ...], float], ...],
    ) -> tuple[tuple[tuple[str, ...], float], ...]:
        return tuple((s, 1.0 if s == ("*",) else weight(w)) for s, w in old)

    pool, pool_weights = formula.pool, notes(formula.pool_weights)
    if pool and rng.random() < 0.4:
        spare = [s for s in ("Economics", "ICT", "Biology", "Combined Science") if s not in pool]
        extra = rng.choice(spare)
        pool = (*pool, extra)
        if pool_weights:
            subjects, w = pool_weights[-1]
            pool_weights = (*pool_weights[:-1], ((*subjects, extra), w))
    fixed = tuple((s, weight(w)) for s, w in formula.fixed)
    better_of = formula.better_of
    if better_of:
        inline = rng.choice([1.5, 2, 2.5])
        better_of = replace(better_of, fixed=fixed, pool_inline=inline)
    return replace(
        formula,
        fixed=fixed,
        pool=pool,
        pool_weights=pool_weights,
        other_weights=notes(formula.other_weights),
        pool_inline=rng.choice([1.5, 2]) if formula.pool_inline else None,
        better_of=better_of,
    )


def _moved(p: Programme, formula: Formula, rng: random.Random) -> Programme:
    """The programme a year later: new scores under last year's formula, perhaps other minimums."""
    before = p.formula
    admitted = _random_score(highest_with_bonus(before), rng, decimals=2)
    minimums = p.minimums
    if rng.random() < 0.08:
        minimums = (rng.choice("345"), *minimums[1:])
    if rng.random() < 0.05:
        minimums = (*minimums[:2], rng.choice("234"), *minimums[3:])
    withheld = rng.random() < 0.05
    quartile = int(Decimal(admitted.lower_quartile or 0))
    spread = rng.choice([0, 0, 0, 2, 3, 4])
    return replace(
        p,
        formula=formula,
        formula_before=before,
        minimums=minimums,
        admitted=Score(None, None) if withheld else admitted,
        simulated=_random_score(highest_with_bonus(formula), rng, decimals=0)
        if p.simulated
        else None,
        preferred=tuple((s, rng.choice(["4", "5", "5*", "5**"])) for s, _ in p.preferred),
        per_subject=None if p.per_subject is None else f"{3 + 5 * rng.random():.2f}",
        expected=(quartile, quartile + spread),
    )


def _random_score(highest: Decimal, rng: random.Random, decimals: int) -> Score:
    quartile = Decimal(str(round(float(highest) * rng.uniform(0.45, 0.85), decimals)))
    room = float(highest - quartile)
    median = Decimal(
        str(round(float(quartile) + room * rng.choice([0, rng.uniform(0.02, 0.3)]), decimals))
    )
    step = Decimal("0.01") if decimals else Decimal(1)
    return Score(str(median.quantize(step)), str(quartile.quantize(step)))


def _with_renamed(programmes: list[Programme], rng: random.Random) -> list[Programme]:
    """One to two programmes under a new title; their option changes with them."""
    singles = [p for p in programmes if len(p.options) == 1 and p.options[0].title == p.name.title]
    for p in rng.sample(singles, rng.randint(0, 2)):
        title = p.name.title + rng.choice([" and Innovation", " and Society", " with Data Science"])
        renamed = replace(
            p, name=replace(p.name, title=title), options=(replace(p.options[0], title=title),)
        )
        programmes = [renamed if q.code == p.code else q for q in programmes]
    return programmes


def _with_cohort(programmes: list[Programme], rng: random.Random) -> list[Programme]:
    """Perhaps two or three neighbours whose entrants were counted together: equal figures."""
    if rng.random() < 0.5:
        return programmes
    index = rng.randrange(len(programmes) - 3)
    first = programmes[index]
    for offset in range(1, rng.randint(2, 3)):
        p = programmes[index + offset]
        if p.school == first.school and p.formula_before == first.formula_before:
            programmes = list(programmes)
            programmes[index + offset] = replace(
                p, admitted=first.admitted, expected=first.expected, per_subject=first.per_subject
            )
    return programmes


def _with_inventions(
    programmes: list[Programme], inventions: dict[str, list[str]], rng: random.Random
) -> list[Programme]:
    """Up to four new programmes, each modelled on a neighbour in its school."""
    used = {p.code for p in programmes}
    candidates = [(school, title) for school, titles in inventions.items() for title in titles]
    for school, title in rng.sample(candidates, rng.randint(0, 4)):
        index = rng.choice([i for i, p in enumerate(programmes) if p.school == school])
        model = programmes[index]
        number = next(n for n in range(int(model.code[2:]) + 1, 10000) if f"JS{n}" not in used)
        used.add(f"JS{number}")
        low = rng.randint(28, 45)
        marks = tuple(rng.sample(["ai", "digital", "sustainability"], rng.randint(0, 3)))
        new = replace(
            model,
            code=f"JS{number}",
            name=Named(title, ("interview",) if rng.random() < 0.3 else ()),
            choice="program-based",
            options=(Named(title, marks),),
            formula_before=None,
            admitted=None,
            simulated=None,
            reference=str(low + 6),
            expected=(low, low + rng.choice([0, 2, 4])),
            competitive=(low, low + 4),
        )
        programmes = [*programmes[: index + 1], new, *programmes[index + 1 :]]
    return programmes


def _shuffled_signs(signs: dict[str, str], rng: random.Random) -> dict[str, str]:
    """The letters change places among their meanings, now and then a new one comes in."""
    raised = [m for m, sign in signs.items() if not sign.isdigit() and sign not in "∆▲"]
    pool = LETTER_MARKS[:6] if rng.random() < 0.7 else LETTER_MARKS
    return {**signs, **dict(zip(raised, rng.sample(pool, len(raised)), strict=True))}


def _random_wording(rng: random.Random) -> Wording:
    pool_mark, other_mark = rng.sample(["*", "~", "#", "^", "◆"], 2)
    return Wording(
        tight_weights=rng.random() < 0.5,
        pool_mark=pool_mark,
        other_mark=other_mark,
        cap_label=rng.choice(["Notes", "Remarks"]),
        category_c_in_words=rng.random() < 0.3,
        space_before_mark=rng.random() < 0.6,
    )


def _changed_conversion(conversion: Conversion, rng: random.Random) -> Conversion:
    """Perhaps another score for a column below the first three, perhaps a language gone."""
    scores = list(conversion.scores)
    if rng.random() < 0.3:
        column = rng.randrange(1, len(scores) - 1)
        low, high = Decimal(scores[column + 1]), Decimal(scores[column - 1])
        scores[column] = f"{rng.choice([Decimal(scores[column]), (low + high) / 2]):f}"
    rows = conversion.rows
    if len(rows) == 7 and rng.random() < 0.3:
        gone = rng.randrange(1, 7)
        rows = rows[:gone] + rows[gone + 1 :]
    return replace(conversion, scores=tuple(scores), rows=rows)


def _changed_rankings(rankings: tuple[Ranking, ...], rng: random.Random) -> tuple[Ranking, ...]:
    return tuple(
        r if r.region == "Hong Kong" else replace(r, rank=max(1, r.rank + rng.randint(-9, 9)))
        for r in rankings
    )


def _changed_figure(text: str, rng: random.Random) -> str:
    """Another figure in the same wording: '1,800 +' -> '1,930 +'."""
    if text == "4" or "-" in text or "%" in text:
        return text
    match = re.search(r"\d[\d,.]*", text)
    if not match:
        return text
    old = Decimal(match[0].replace(",", ""))
    step = Decimal(1) / 10 if "." in match[0] else Decimal(10 if old >= 1000 else 1)
    new = old + step * rng.randint(0, 20)
    return text[: match.start()] + f"{new:,}" + text[match.end() :]


def _thinned(items: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    return items if len(items) < 5 else tuple(i for i in items if rng.random() < 0.9)


__all__ = ["Edition", "Programme", "edition_2026", "highest_attainable", "random_edition"]
