// Scores one applicant in every programme. Pure: rules and results in, scores out.
//
// rules    the page's data: formulae, minimums, bonus rule and yardsticks of one edition
// result   {category, subject, level, score}, one a subject; score 0 never counts
//
// The same arithmetic as scoring/exact.py in doubles. Totals are tried over every way to fill the
// slots, together with the subject that earns the bonus: the best five first and then a sixth is
// not always the best.

const BEST = 5; // the bonus is for a sixth subject: it exists only beside five others
const NEAR = 1e-9; // sums that differ by less are equal

/** Every programme's score, unmet minimums and standing, by JUPAS code. */
function scoresOf(rules, results) {
  const byFormula = new Map();
  const scores = {};
  for (const [code, programme] of Object.entries(rules.programmes)) {
    if (!byFormula.has(programme.formula)) {
      byFormula.set(
        programme.formula,
        scoreOf(rules.formulas[programme.formula], rules.bonus, results),
      );
    }
    const score = byFormula.get(programme.formula);
    scores[code] = {
      ...score,
      unmet: unmetRequirements(rules, programme.minimums, results),
      toMedian: distance(score.total, programme.standing.median),
      toQuartile: distance(score.total, programme.standing.lowerQuartile),
    };
  }
  return scores;
}

/** Why these cannot be one applicant's results: a subject twice, or M1 with M2; null if fine. */
function conflictOf(rules, results) {
  const names = results.map((result) => `${result.category}:${result.subject}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `${twice.slice(2)} twice`;
  const has = (subject) => names.includes(`A:${subject}`);
  return rules.modules.every(has) ? rules.modules.join(" with ") : null;
}

/** The best any assignment of the results to the slots and the bonus can reach. */
function scoreOf(formula, bonus, results) {
  const scored = results.filter((result) => result.score > 0).sort((a, b) => b.score - a.score);
  const sides = formula.alternatives.map((slots) => bestOfSide(slots, formula, bonus, scored));
  const best = sides.reduce(better);
  return { ...best, side: sides.indexOf(best), sideTotals: sides.map((side) => side.total) };
}

/** Of two scores the higher one; of equal ones that with the higher best five, then the first. */
function better(first, second) {
  const gain = second.total - first.total;
  if (gain > NEAR || (gain > -NEAR && second.best5 - first.best5 > NEAR)) return second;
  return first;
}

function bestOfSide(slots, formula, bonus, scored) {
  const fixedSlots = slots.filter((slot) => slot.role === "fixed");
  const openSlots = slots.filter((slot) => slot.role !== "fixed");
  const isFixed = (result) =>
    result.category === "A" && fixedSlots.some((slot) => result.subject in slot.weights);
  const fixed = fixedSlots.flatMap((slot) =>
    scored
      .filter((result) => result.category === "A" && result.subject in slot.weights)
      .map((result) => placement(result, slot)),
  );
  const electives = scored.filter(
    (result) =>
      !isFixed(result) &&
      (result.category === "A" || (result.category === "C" && formula.categoryCOnce)),
  );
  const unit = scored.length > BEST ? bonus.rate * formula.highest : 0;
  const bonusResults = scored.filter(
    (result) =>
      unit > 0 &&
      !isFixed(result) &&
      formula.bonusCategories.includes(result.category) &&
      result.category in bonus.minimum &&
      result.score >= bonus.minimum[result.category],
  );
  let best = null;
  for (const chosen of assignments(openSlots, electives)) {
    const placements = [...fixed, ...capped(chosen, formula.cap)];
    const best5 = placements.reduce((sum, one) => sum + one.points, 0);
    const sixth =
      bonusResults.find((result) => !placements.some((one) => one.result === result)) ?? null;
    const earned = sixth ? unit * sixth.score : 0;
    const score = { placements, best5, bonus: earned, bonusResult: sixth, total: best5 + earned };
    best = best ? better(best, score) : score;
  }
  best.empty = slots.flatMap((slot) => {
    const filled = best.placements.filter((one) => one.slot === slot).length;
    return Array(slot.take - filled).fill(slot);
  });
  return best;
}

function placement(result, slot, weight = weightIn(slot, result.subject)) {
  return { result, slot, weight, points: weight * result.score };
}

/** Weight of a subject in a slot; undefined where it cannot stand. `*` is any other subject. */
function weightIn(slot, subject) {
  return subject in slot.weights || slot.role !== "other"
    ? slot.weights[subject]
    : slot.weights["*"];
}

/** Every way to fill the slots, fuller ones first. A Category C subject stands at most once. */
function* assignments(slots, electives) {
  if (slots.length === 0) {
    yield [];
    return;
  }
  const [slot, ...rest] = slots;
  const fitting = electives.filter(
    (result) =>
      weightIn(slot, result.subject) !== undefined &&
      (result.category === "A" || slot.role === "other"),
  );
  for (let taken = Math.min(slot.take, fitting.length); taken >= 0; taken -= 1) {
    for (const picked of combinations(fitting, taken)) {
      const languages = picked.filter((result) => result.category === "C").length;
      if (languages > 1) continue;
      const left = electives.filter(
        (result) => !picked.includes(result) && !(languages && result.category === "C"),
      );
      const here = picked.map((result) => placement(result, slot));
      for (const more of assignments(rest, left)) yield [...here, ...more];
    }
  }
}

function* combinations(things, count, from = 0) {
  if (count === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= things.length - count; index += 1) {
    for (const more of combinations(things, count - 1, index + 1)) yield [things[index], ...more];
  }
}

/** The placements with at most `cap` weighted ones: those that lose least count x1. */
function capped(placements, cap) {
  const weighted = placements.filter((one) => one.weight > 1);
  if (cap === null || weighted.length <= cap) return placements;
  const gain = (one) => (one.weight - 1) * one.result.score;
  const plain = new Set(weighted.sort((a, b) => gain(b) - gain(a)).slice(cap));
  return placements.map((one) =>
    plain.has(one) ? { ...placement(one.result, one.slot, 1), cappedFrom: one.weight } : one,
  );
}

/** Texts of the minimum requirements not met; empty for an eligible applicant. */
function unmetRequirements(rules, minimums, results) {
  const inA = results.filter((result) => result.category === "A");
  const scoreIn = (subject) => inA.find((result) => result.subject === subject)?.score ?? 0;
  const isModule = (result) => rules.modules.includes(result.subject);
  const { elective_1: first, elective_2: second } = minimums;

  const electives = inA
    .filter(
      (result) => result.score > 0 && !rules.core.includes(result.subject) && !isModule(result),
    )
    .map((result) => result.score);
  const standIns = results
    .filter(
      (r) => (r.category === "A" && isModule(r)) || (r.category === "C" && minimums.categoryC),
    )
    .map((result) => result.score);
  const twoElectives =
    electives.filter((score) => score >= Math.min(first, second)).length > 1 &&
    electives.some((score) => score >= Math.max(first, second));

  const met = {
    citizenship: inA.some((r) => r.subject === rules.citizenship && r.level === "Attained"),
    electives:
      electives.some((score) => score >= first) &&
      (standIns.some((score) => score >= second) || twoElectives),
    one_of:
      minimums.oneOf.length === 0 ||
      inA.some((result) => minimums.oneOf.includes(result.subject) && result.score >= first),
  };
  for (const [name, subject] of Object.entries(rules.coreNames)) {
    met[name] = scoreIn(subject) >= minimums[name];
  }
  return Object.entries(minimums.texts)
    .filter(([check]) => !met[check])
    .map(([, text]) => text);
}

function distance(total, mark) {
  return mark === null ? null : total - mark;
}

/** Rounded half up to two decimals, as the documents do: 44.625 is 44.63. */
function shown(number) {
  return ((Math.round((Math.abs(number) + NEAR) * 100) / 100) * Math.sign(number)).toFixed(2);
}
