"""Editions that never were: 2026 with figures, weights, programmes, titles and marks changed.

Input: a seed and a year. Output: `Edition`. Grain: one admission year.
Raises nothing. The same seed gives the same edition.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal

from tests.typeset.edition import (
    Conversion,
    Edition,
    Named,
    Programme,
    Ranking,
    Score,
    conversions_of,
    edition_2026,
    facts_2026,
    rankings_of,
    remark_texts_of,
)
from tests.typeset.formulas import FULL_MARK, Formula, Wording, highest_with_bonus

# Programmes that a remark names, or that hold the only example of a layout, are never dropped.
NEVER_DROPPED = {"JS5240", "JS5212", "JS5250", "JS5282", "JS5181", "JS5711", "JS5901", "JS5411"}
LETTER_MARKS = ["^", "#", "@", "~", "+", "*", "†", "‡", "§"]


def random_edition(seed: int, year: int = 2027) -> Edition:
    """An invented edition: 2026 with figures, weights, programmes, titles and marks changed."""
    rng = random.Random(f"edition {seed} {year}")
    base = edition_2026()
    facts = facts_2026()
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
        remark_texts=remark_texts_of(facts, year, old_title),
        conversions=tuple(_changed_conversion(c, rng) for c in conversions_of(facts, year)),
        scholarships=scholarships,
        rankings=_changed_rankings(rankings_of(facts, year), rng),
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
