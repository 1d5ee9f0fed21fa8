// The explorer: filters, comparison, and the scores of the results typed in.
//
// What is on the screen follows from one `state`, which the address's fragment holds, so that a
// copied address shows the same. Nothing is sent or stored anywhere.

const scoring = data.scoring;
const programmes = new Map(data.programmes.map((programme) => [programme.code, programme]));
const MOST_COMPARED = 4;
const FIRST_ELECTIVES = 3;
const FILTERS = ["q", "school", "subject", "interview", "major", "order"];
const EXAMPLE = "A:English Language:5,A:Chinese Language:4,A:Mathematics:5*,A:Citizenship and Social Development:Attained,A:Physics:5,A:Chemistry:4,A:M2:5";

const state = { compare: [], entries: [], explained: null };
const rows = [...document.querySelectorAll("#glance tbody tr")];
const rowOf = new Map(rows.map((row) => [row.dataset.code, row]));
const byId = (id) => document.getElementById(id);
const valueOf = (id) => byId(id)?.value ?? "";

// ---- state and address -------------------------------------------------------------------

/** Entries are [category, subject, level]; a level may still be ''. */
function readEntries(text) {
  return text.split(",").filter(Boolean).map((entry) => {
    const [category, subject, level = ""] = entry.split(":").map(decodeURIComponent);
    return [category, subject, level];
  });
}

function writeEntries(entries) {
  return entries
    .filter(([, subject, level]) => subject && level)
    .map((entry) => entry.map((part) => encodeURIComponent(part).replaceAll("%20", "+").replaceAll("*", "*")).join(":"))
    .join(",");
}

function readAddress() {
  const fragment = location.hash.slice(1);
  if (!fragment.includes("=")) return;
  const parameters = new Map(
    fragment.split("&").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1).replaceAll("+", " ")];
    }),
  );
  const text = (name) => decoded(parameters.get(name) ?? "");
  for (const name of FILTERS) byId(name).value = text(name);
  state.compare = text("compare").split(",").filter((code) => programmes.has(code)).slice(0, MOST_COMPARED);
  try {
    state.entries = readEntries(parameters.get("results") ?? "").filter(isKnown);
  } catch {
    state.entries = []; // an address cut off in the middle of an escape
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function writeAddress() {
  const parts = FILTERS.filter((name) => valueOf(name)).map((name) => `${name}=${encodeURIComponent(valueOf(name)).replaceAll("%20", "+")}`);
  if (state.compare.length) parts.push(`compare=${state.compare.join(",")}`);
  const results = writeEntries(state.entries);
  if (results) parts.push(`results=${results}`);
  const fragment = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
  if (parts.length || location.hash.includes("=")) history.replaceState(null, "", fragment);
}

// ---- results -------------------------------------------------------------------------------

function subjectNamed(category, name) {
  return scoring?.subjects.find((subject) => subject.category === category && subject.name === name);
}

function isKnown([category, name, level]) {
  return subjectNamed(category, name)?.levels.some(([known]) => known === level) ?? false;
}

function resultsOf(entries) {
  return entries.filter(isKnown).map(([category, subject, level]) => ({
    category, subject, level,
    score: subjectNamed(category, subject).levels.find(([known]) => known === level)[1],
  }));
}

function levelSelect(category, subject, level, label) {
  const levels = subjectNamed(category, subject)?.levels ?? [];
  const select = element("select", { "aria-label": label },
    element("option", { value: "" }, "level"),
    ...levels.map(([name]) => element("option", { value: name }, name)));
  select.value = level;
  return select;
}

function isCore(subject) {
  return scoring.core.includes(subject) || subject === scoring.citizenship;
}

/** Draw the form anew from the state; only when its rows change, so that focus stays. */
function drawForm() {
  const core = [...scoring.core, scoring.citizenship].map((subject) => {
    const level = state.entries.find(([category, name]) => category === "A" && name === subject)?.[2] ?? "";
    const select = levelSelect("A", subject, level, subject);
    select.dataset.subject = subject;
    return element("label", {}, subject === scoring.citizenship ? "Citizenship" : subject, select);
  });
  byId("core").replaceChildren(...core);
  const electives = state.entries.filter(([category, subject]) => category !== "A" || !isCore(subject));
  while (electives.length < FIRST_ELECTIVES) electives.push(["A", "", ""]);
  byId("electives").replaceChildren(...electives.map(electiveRow));
}

function electiveRow([category, subject, level], index) {
  const groups = [["A", "Category A"], ["B", "Category B: Applied Learning"], ["C", "Category C: languages"]].map(([letter, name]) =>
    element("optgroup", { label: name },
      ...scoring.subjects
        .filter((one) => one.category === letter && one.levels.some(([, score]) => score > 0) && !(letter === "A" && isCore(one.name)))
        .map((one) => element("option", { value: `${letter}:${one.name}` }, one.name))));
  const number = index + 1;
  const subjects = element("select", { "aria-label": `Elective ${number}` }, element("option", { value: "" }, "subject"), ...groups);
  subjects.value = subject ? `${category}:${subject}` : "";
  const levels = levelSelect(category, subject, level, `Level of elective ${number}`);
  return element("span", { class: "level" }, subjects, levels);
}

/** The entries as the form shows them. */
function entriesOfForm() {
  const core = [...byId("core").querySelectorAll("select")].map((select) => ["A", select.dataset.subject, select.value]);
  const electives = [...byId("electives").children].map((row) => {
    const [subjects, levels] = row.querySelectorAll("select");
    const at = subjects.value.indexOf(":");
    return [subjects.value.slice(0, at), subjects.value.slice(at + 1), levels.value];
  });
  return [...core, ...electives].filter(([, subject]) => subject);
}

function formChanged(event) {
  const row = event.target.closest(".level");
  if (row && event.target === row.firstChild) {
    // another subject has other levels; a level both have is kept
    const at = event.target.value.indexOf(":");
    const [category, subject] = [event.target.value.slice(0, at), event.target.value.slice(at + 1)];
    const kept = isKnown([category, subject, row.lastChild.value]) ? row.lastChild.value : "";
    row.lastChild.replaceWith(levelSelect(category, subject, kept, row.lastChild.getAttribute("aria-label")));
  }
  state.entries = entriesOfForm();
  update();
}

// ---- filters -------------------------------------------------------------------------------

function passes(programme) {
  const words = valueOf("q").toLowerCase().split(/\s+/).filter(Boolean);
  const text = [programme.code, programme.title[0], programme.school[0] ?? "", programme.formula[0] ?? "",
    ...programme.options.map((option) => option.title)].join(" ").toLowerCase();
  const school = valueOf("school");
  const interview = valueOf("interview");
  const major = valueOf("major");
  return words.every((word) => text.includes(word))
    && (!school || (programme.school[0] ?? "School not printed") === school)
    && (!interview || programme.interview[0] === (interview === "yes"))
    && (!major || programme.majors.includes(major))
    && (!valueOf("subject") || reasonsFor(programme, valueOf("subject")).length > 0);
}

/** How a programme values a subject, in words; empty where it counts like any other. */
function reasonsFor(programme, subject) {
  const [weight, isNamed] = programme.weights[subject] ?? [0, false];
  const reasons = [];
  if (isNamed || weight > 1) reasons.push(`${subject} ×${weight}`);
  if (programme.one_of.some(([name]) => name === subject)) {
    reasons.push(programme.one_of.length === 1 ? "required" : `one of ${programme.one_of.length} required`);
  }
  return reasons;
}

function newestMedian(programme) {
  const admitted = programme.scores.filter(({ cell }) => cell.basis === "admitted" && cell.median[0] !== null);
  return admitted.at(-1)?.cell.median[0] ?? -Infinity;
}

function ordered(codes, scores) {
  const order = valueOf("order");
  if (order === "") return [...codes].sort();
  const measure = (code) => {
    if (order === "median") return newestMedian(programmes.get(code));
    if (!scores || !scores[code]) return -Infinity;
    return order === "score" ? scores[code].total : scores[code].toQuartile ?? -Infinity;
  };
  return [...codes].sort((a, b) => measure(b) - measure(a) || (a < b ? -1 : 1));
}

// ---- scores in the table -------------------------------------------------------------------

function signedText(number) {
  if (number === null) return "–";
  const text = shown(Math.abs(number));
  return text === "0.00" ? "0.00" : (number > 0 ? "+" : "−") + text;
}

function fillScores(row, score) {
  const [total, quartile, eligible] = row.querySelectorAll("td.yours");
  if (!score) {
    total.replaceChildren("–");
    quartile.replaceChildren();
    eligible.replaceChildren(scoring.unscorable[row.dataset.code] ?? "");
    return;
  }
  const open = state.explained === row.dataset.code;
  const how = element("button", { type: "button", class: "how", "aria-expanded": String(open), "aria-label": `${shown(score.total)}, how ${row.dataset.code} is scored` }, shown(score.total));
  total.replaceChildren(how);
  const mark = score.toQuartile === null ? "" : score.toQuartile > -NEAR ? "yes" : "no";
  quartile.replaceChildren(element("span", { class: mark }, signedText(score.toQuartile)));
  eligible.replaceChildren(element("span", { class: score.unmet.length ? "no" : "yes" }, score.unmet.length ? "no" : "yes"));
}

function explanation(code, score) {
  const programme = programmes.get(code);
  const standing = scoring.programmes[code].standing;
  const line = (...cells) => element("tr", {}, ...cells.map((cell, index) => element(index ? "td" : "th", index ? { class: "num" } : { scope: "row" }, cell)));
  const placed = score.placements.map((one) => line(
    one.result.subject, one.result.level, String(one.result.score),
    one.cappedFrom ? `×1 (not ×${one.cappedFrom}: no more weighted electives)` : `×${one.weight}`, shown(one.points)));
  const empty = score.empty.map((slot) => line(
    slot.role === "other" ? "Another subject" : Object.keys(slot.weights).join(" / "), "none", "0", "", "0.00"));
  const highest = scoring.formulas[scoring.programmes[code].formula].highest;
  const bonus = score.bonusResult
    ? line(`Bonus: ${score.bonusResult.subject}`, score.bonusResult.level, String(score.bonusResult.score), `${(100 * scoring.bonus.rate * score.bonusResult.score).toFixed(2)} % of ${highest}`, shown(score.bonus))
    : line("No bonus", "", "", "no sixth subject that may earn it", "0.00");
  const head = ["Subject", "Level", "Score", "Weight", "Points"].map((name, index) => element("th", { scope: "col", class: index ? "num" : null }, name));
  const notes = [];
  if (score.sideTotals.length > 1) notes.push(`The better of the formula's sides: ${score.sideTotals.map(shown).join(" or ")}.`);
  notes.push(...score.unmet.map((text) => `Not eligible: ${text}.`));
  if (score.unmet.length === 0) notes.push("Eligible: all minimum requirements are met.");
  notes.push(standing.note
    ? `Against last year: ${standing.note}.`
    : `Against the ${standing.basis} scores of ${standing.year}: ${signedText(score.toMedian)} to the median ${standing.median ?? "–"}, ${signedText(score.toQuartile)} to the lower quartile ${standing.lowerQuartile ?? "–"}. Not a chance of admission.`);
  notes.push(...standing.expected.map(([basis, low, high]) => `Published as ${basis} score: ${low === high ? low : `${low} to ${high}`}.`));
  return element("div", {},
    element("p", { class: "note" }, programme.formula[0] ?? ""),
    element("table", {}, element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...placed, ...empty, bonus, line("Score", "", "", "", shown(score.total)))),
    element("ul", {}, ...notes.map((note) => element("li", {}, note))));
}

// ---- comparison ----------------------------------------------------------------------------

function comparison(codes, scores) {
  const chosen = codes.map((code) => programmes.get(code));
  const text = (value) => (value === null || value === undefined || value === "" ? "–" : String(value));
  const yours = !scores ? [] : [
    ["Your score", (p) => (scores[p.code] ? shown(scores[p.code].total) : null)],
    ["To the lower quartile", (p) => (scores[p.code] ? signedText(scores[p.code].toQuartile) : null)],
    ["Eligible", (p) => (scores[p.code] ? scores[p.code].unmet.join("; ") || "yes" : null)],
  ];
  const lines = [
    ...yours,
    ["School", (p) => [p.school[0], p.choice_type[0]].filter(Boolean).join(", ")],
    ["Interview", (p) => (p.interview[0] === null ? null : p.interview[0] ? "compulsory" : "none")],
    ["Study options", (p) => p.options.map((option) => option.title).join("; ")],
    ["Extended majors", (p) => p.majors.map((major) => data.majors[major]).join("; ")],
    ...Object.entries(data.requirements).map(([name, label]) => [`Minimum: ${label}`, (p) => (p.levels[name] ? figure(p.levels[name]) : null)]),
    ["One of", (p) => p.one_of.map(([name]) => name).join(", ")],
    ["Formula", (p) => figure(p.formula)],
    ["Best 5 at most", (p) => figure(p.highest)],
    ["Bonus from categories", (p) => figure(p.bonus)],
  ];
  const columns = [...new Set(chosen.flatMap((p) => p.scores.map((one) => one.column)))];
  for (const column of columns) {
    lines.push([`Median / lower quartile, ${column}`, (p) => {
      const cell = p.scores.find((one) => one.column === column)?.cell;
      if (!cell) return null;
      const show = (score) => score.toFixed(cell.basis === "admitted" ? 2 : 0);
      return element("span", {}, cell.basis === "reference" ? "reference " : "", figure(cell.median, show), " / ", figure(cell.lower_quartile, show));
    }]);
  }
  lines.push(["Expected", (p) => p.expected.map((one) => `${one.basis} ${one.low[0] === one.high[0] ? one.low[0] : `${one.low[0]}–${one.high[0]}`}`).join("; ")]);
  lines.push(["Average levels of preferred subjects", (p) => p.preferred.map((one) => `${one.subjects}: ${one.level}`).join("; ")]);
  const body = lines.map(([label, show]) => {
    const cells = chosen.map((p) => {
      const made = show(p);
      return element("td", {}, made instanceof Node ? made : text(made));
    });
    const differs = new Set(cells.map((cell) => cell.textContent)).size > 1;
    return element("tr", { class: differs ? "differs" : null }, element("th", { scope: "row" }, label), ...cells);
  });
  const head = chosen.map((p) => element("th", { scope: "col" }, `${p.code} ${p.title[0]}`));
  return element("table", {},
    element("caption", {}, "Side by side; rows that differ in bold"),
    element("thead", {}, element("tr", {}, element("td"), ...head)), element("tbody", {}, ...body));
}

// ---- everything follows from the state -----------------------------------------------------

function update() {
  const results = scoring ? resultsOf(state.entries) : [];
  const conflict = scoring ? conflictOf(scoring, results) : null;
  const scores = results.length && !conflict ? scoresOf(scoring, results) : null;

  for (const cell of document.querySelectorAll("#glance .yours")) cell.hidden = !scores;
  byId("glance").classList.toggle("scored", scores !== null); // makes room for the scores
  document.querySelector("tr.explained")?.remove();
  const body = document.querySelector("#glance tbody");
  let visible = 0;
  const codes = ordered(programmes.keys(), scores);
  // a row that is moved loses the focus: move none where the order stays
  const isMoved = codes.some((code, index) => body.rows[index] !== rowOf.get(code));
  for (const code of codes) {
    const row = rowOf.get(code);
    const programme = programmes.get(code);
    const on = passes(programme);
    visible += on;
    row.classList.toggle("off", !on);
    row.querySelector(".why").textContent = valueOf("subject") ? reasonsFor(programme, valueOf("subject")).join("; ") : "";
    row.querySelector("input").checked = state.compare.includes(code);
    row.querySelector("input").disabled = state.compare.length >= MOST_COMPARED && !state.compare.includes(code);
    if (scores) fillScores(row, scores[code]);
    if (isMoved) body.append(row);
    if (on && scores?.[code] && state.explained === code) {
      row.after(element("tr", { class: "explained" }, element("td", { colspan: row.cells.length }, explanation(code, scores[code]))));
    }
  }
  byId("status").textContent = statusText(visible, scores, conflict);
  const profile = byId("profile");
  profile.hidden = !scores;
  if (scores) {
    const text = results.map((one) => `${one.category === "A" ? "" : `${one.category}:`}${one.subject}=${one.level}`).join(", ");
    profile.replaceChildren("The same on the command line: ", element("code", {}, `admissions score --profile "${text}"`));
  }
  const panel = byId("compare");
  panel.hidden = state.compare.length < 2;
  panel.replaceChildren(...(panel.hidden ? [] : [
    element("div", { class: "scroll", role: "region", "aria-label": "Comparison", tabindex: "0" }, comparison(state.compare, scores)),
  ]));
  setTabStops(panel);
  setTabStops(document.getElementById("programmes"));
  writeAddress();
}

function statusText(visible, scores, conflict) {
  if (conflict) return `These cannot be one applicant's results: ${conflict}.`;
  const parts = [`${visible} of ${programmes.size} programmes`];
  if (scores) {
    const all = Object.values(scores);
    parts.push(`eligible for ${all.filter((one) => one.unmet.length === 0).length}`);
    parts.push(`at or above the lower quartile of last year in ${all.filter((one) => one.toQuartile !== null && one.toQuartile > -NEAR).length} of ${all.filter((one) => one.toQuartile !== null).length} that compare`);
  }
  if (state.compare.length === 1) parts.push("choose another to compare side by side");
  return `${parts.join("; ")}.`;
}

function setUpExplorer() {
  byId("tools").hidden = false;
  readAddress();
  if (scoring) drawForm();
  else byId("results").hidden = true;
  byId("filters").addEventListener("input", update);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("results-form").addEventListener("input", formChanged);
  byId("results-form").addEventListener("submit", (event) => event.preventDefault());
  byId("add").addEventListener("click", () => {
    byId("electives").append(electiveRow(["A", "", ""], byId("electives").children.length));
    byId("electives").lastChild.firstChild.focus();
  });
  byId("example").addEventListener("click", () => { state.entries = readEntries(EXAMPLE).filter(isKnown); drawForm(); update(); });
  byId("clear").addEventListener("click", () => { state.entries = []; state.explained = null; drawForm(); update(); });
  byId("glance").addEventListener("change", (event) => {
    const { code } = event.target.closest("tr").dataset;
    state.compare = event.target.checked ? [...state.compare, code] : state.compare.filter((one) => one !== code);
    update();
  });
  byId("glance").addEventListener("click", (event) => {
    const how = event.target.closest("button.how");
    if (!how) return;
    const { code } = how.closest("tr").dataset;
    state.explained = state.explained === code ? null : code;
    update();
    rowOf.get(code).querySelector("button.how").focus();
  });
  addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    readAddress();
    if (scoring) drawForm();
    update();
  });
  update();
}

if (programmes.size) setUpExplorer();
