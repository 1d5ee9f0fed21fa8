// One programme's score explained subject by subject, and two to four programmes side by side.

function signedText(number) {
  if (number === null) return "–";
  const text = shown(Math.abs(number));
  return text === "0.00" ? "0.00" : (number > 0 ? "+" : "−") + text;
}

function explanation(code, score) {
  const programme = programmes.get(code);
  const standing = scoring.programmes[code].standing;
  const line = (...cells) =>
    element(
      "tr",
      {},
      ...cells.map((cell, index) =>
        element(index ? "td" : "th", index ? { class: "num" } : { scope: "row" }, cell),
      ),
    );
  const placed = score.placements.map((one) =>
    line(
      one.result.subject,
      one.result.level,
      String(one.result.score),
      one.cappedFrom ? `×1 (not ×${one.cappedFrom}: no more weighted electives)` : `×${one.weight}`,
      shown(one.points),
    ),
  );
  const empty = score.empty.map((slot) =>
    line(
      slot.role === "other" ? "Another subject" : Object.keys(slot.weights).join(" / "),
      "none",
      "0",
      "",
      "0.00",
    ),
  );
  const highest = scoring.formulas[scoring.programmes[code].formula].highest;
  const bonus = score.bonusResult
    ? line(
        `Bonus: ${score.bonusResult.subject}`,
        score.bonusResult.level,
        String(score.bonusResult.score),
        `${(100 * scoring.bonus.rate * score.bonusResult.score).toFixed(2)} % of ${highest}`,
        shown(score.bonus),
      )
    : line("No bonus", "", "", "no sixth subject that may earn it", "0.00");
  const head = ["Subject", "Level", "Score", "Weight", "Points"].map((name, index) =>
    element("th", { scope: "col", class: index ? "num" : null }, name),
  );
  const notes = [];
  if (score.sideTotals.length > 1)
    notes.push(`The better of the formula's sides: ${score.sideTotals.map(shown).join(" or ")}.`);
  notes.push(...score.unmet.map((text) => `Not eligible: ${text}.`));
  if (score.unmet.length === 0) notes.push("Eligible: all minimum requirements are met.");
  notes.push(
    standing.note
      ? `Against last year: ${standing.note}.`
      : `Against the ${standing.basis} scores of ${standing.year}: ${signedText(score.toMedian)} to the median ${standing.median ?? "–"}, ${signedText(score.toQuartile)} to the lower quartile ${standing.lowerQuartile ?? "–"}. Not a chance of admission.`,
  );
  notes.push(
    ...standing.expected.map(
      ([basis, low, high]) =>
        `Published as ${basis} score: ${low === high ? low : `${low} to ${high}`}.`,
    ),
  );
  return element(
    "div",
    {},
    element("p", { class: "note" }, programme.formula[0] ?? ""),
    tableOf(head, [...placed, ...empty, bonus, line("Score", "", "", "", shown(score.total))]),
    element("ul", {}, ...notes.map((note) => element("li", {}, note))),
  );
}

/** Whether scores stand under another formula than the edition's, so far as is known. */
function isUnlike({ newest }, cell) {
  return (
    newest?.like === false &&
    cell.basis !== "simulated" &&
    cell.formula_year === newest.printed.formula_year
  );
}

function comparison(codes, scores) {
  const chosen = codes.map((code) => programmes.get(code));
  const text = (value) =>
    value === null || value === undefined || value === "" ? "–" : String(value);
  const yours = (show) => (p) => (scores[p.code] ? show(scores[p.code]) : null);
  const lines = [
    ...(scores
      ? [
          ["Your score", yours((score) => shown(score.total))],
          ["To the lower quartile", yours((score) => signedText(score.toQuartile))],
          ["Eligible", yours((score) => score.unmet.join("; ") || "yes")],
        ]
      : []),
    ["School", (p) => [p.school[0], p.choice_type[0]].filter(Boolean).join(", ")],
    [
      "Interview",
      (p) =>
        p.interview[0] === null ? null : p.interview[0] ? "compulsory" : "not compulsory",
    ],
    ["Study options", (p) => p.options.map((option) => option.title).join("; ")],
    ["Extended majors", (p) => p.majors.map((major) => data.majors[major]).join("; ")],
    ...Object.entries(data.requirements).map(([name, label]) => [
      `Minimum: ${label}`,
      (p) => (p.levels[name] ? figure(p.levels[name]) : null),
    ]),
    ["One of", (p) => p.one_of.map(([name]) => name).join(", ")],
    ["Formula", (p) => figure(p.formula)],
    ["Best 5 at most", (p) => figure(p.highest)],
    ["Bonus from categories", (p) => figure(p.bonus)],
  ];
  const columns = [...new Set(chosen.flatMap((p) => p.scores.map((one) => one.column)))];
  for (const column of columns) {
    lines.push([
      `Median / lower quartile, ${column}`,
      (p) => {
        const cell = p.scores.find((one) => one.column === column)?.cell;
        if (!cell) return null;
        const show = (score) => score.toFixed(cell.basis === "admitted" ? 2 : 0);
        return element(
          "span",
          {},
          cell.basis === "reference" ? "reference " : "",
          isUnlike(p, cell) ? "≠ " : "",
          figure(cell.median, show),
          " / ",
          figure(cell.lower_quartile, show),
        );
      },
    ]);
  }
  lines.push([
    "Expected",
    (p) =>
      p.expected
        .map(
          (one) =>
            `${one.basis} ${one.low[0] === one.high[0] ? one.low[0] : `${one.low[0]}–${one.high[0]}`}`,
        )
        .join("; "),
  ]);
  lines.push([
    "Average levels of preferred subjects",
    (p) => p.preferred.map((one) => `${one.subjects}: ${one.level}`).join("; "),
  ]);
  const body = lines.map(([label, show]) => {
    const cells = chosen.map((p) => {
      const made = show(p);
      return element("td", {}, made instanceof Node ? made : text(made));
    });
    const differs = new Set(cells.map((cell) => cell.textContent)).size > 1;
    return element(
      "tr",
      { class: differs ? "differs" : null },
      element("th", { scope: "row" }, label),
      ...cells,
    );
  });
  const head = chosen.map((p) => element("th", { scope: "col" }, `${p.code} ${p.title[0]}`));
  const caption = element(
    "caption",
    {},
    "Side by side; rows that differ in bold. ≠: scores by another formula than this edition's, which don't compare with it",
  );
  return tableOf([element("td"), ...head], body, caption);
}
