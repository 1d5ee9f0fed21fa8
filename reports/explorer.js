// The explorer: filters, order, and the scores of the results typed in, in the table of programmes.

const rows = [...document.querySelectorAll("#glance tbody tr")];
const rowOf = new Map(rows.map((row) => [row.dataset.code, row]));

function passes(programme) {
  const words = valueOf("q").toLowerCase().split(/\s+/).filter(Boolean);
  const text = [
    programme.code,
    programme.title[0],
    programme.school[0] ?? "",
    programme.formula[0] ?? "",
    ...programme.options.map((option) => option.title),
  ]
    .join(" ")
    .toLowerCase();
  const school = valueOf("school");
  const interview = valueOf("interview");
  const major = valueOf("major");
  return (
    words.every((word) => text.includes(word)) &&
    (!school || (programme.school[0] ?? "School not printed") === school) &&
    (!interview || programme.interview[0] === (interview === "yes")) &&
    (!major || programme.majors.includes(major)) &&
    (!valueOf("subject") || reasonsFor(programme, valueOf("subject")).length > 0)
  );
}

/** How a programme values a subject, in words; empty where it counts like any other. */
function reasonsFor(programme, subject) {
  const [weight, isNamed] = programme.weights[subject] ?? [0, false];
  const reasons = [];
  if (isNamed || weight > 1) reasons.push(`${subject} ×${weight}`);
  if (programme.one_of.some(([name]) => name === subject)) {
    reasons.push(
      programme.one_of.length === 1 ? "required" : `one of ${programme.one_of.length} required`,
    );
  }
  return reasons;
}

/** The median that the table shows first. */
function newestMedian({ newest }) {
  if (!newest) return -Infinity;
  const { printed, simulated, like } = newest;
  const comparable = like === false ? simulated?.median[0] : null;
  return comparable ?? printed.median[0] ?? -Infinity;
}

function ordered(codes, scores) {
  const order = valueOf("order");
  if (order === "") return [...codes].sort();
  const measure = (code) => {
    if (order === "median") return newestMedian(programmes.get(code));
    if (!scores || !scores[code]) return -Infinity;
    return order === "score" ? scores[code].total : (scores[code].toQuartile ?? -Infinity);
  };
  return [...codes].sort((a, b) => measure(b) - measure(a) || (a < b ? -1 : 1));
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
  const how = element(
    "button",
    {
      type: "button",
      class: "how",
      "aria-expanded": String(open),
      "aria-label": `${shown(score.total)}, how ${row.dataset.code} is scored`,
    },
    shown(score.total),
  );
  total.replaceChildren(how);
  const mark = score.toQuartile === null ? "" : score.toQuartile > -NEAR ? "yes" : "no";
  quartile.replaceChildren(element("span", { class: mark }, signedText(score.toQuartile)));
  const answer = score.unmet.length ? "no" : "yes";
  eligible.replaceChildren(element("span", { class: answer }, answer));
}

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
    row.querySelector(".why").textContent = valueOf("subject")
      ? reasonsFor(programme, valueOf("subject")).join("; ")
      : "";
    const pick = row.querySelector("input");
    pick.checked = state.compare.includes(code);
    pick.disabled = !pick.checked && state.compare.length >= MOST_COMPARED;
    if (scores) fillScores(row, scores[code]);
    if (isMoved) body.append(row);
    if (on && scores?.[code] && state.explained === code) {
      const told = element("td", { colspan: row.cells.length }, explanation(code, scores[code]));
      row.after(element("tr", { class: "explained" }, told));
    }
  }
  byId("status").textContent = statusText(visible, scores, conflict);
  const profile = byId("profile");
  profile.hidden = !scores;
  if (scores) {
    const text = results
      .map((one) => `${one.category === "A" ? "" : `${one.category}:`}${one.subject}=${one.level}`)
      .join(", ");
    profile.replaceChildren(
      "The same on the command line: ",
      element("code", {}, `admissions score --profile "${text}"${dataOption()}`),
    );
  }
  const panel = byId("compare");
  panel.hidden = state.compare.length < 2;
  panel.replaceChildren();
  if (!panel.hidden) {
    const scrolls = { class: "scroll", role: "region", "aria-label": "Comparison", tabindex: "0" };
    panel.append(element("div", scrolls, comparison(state.compare, scores)));
  }
  setTabStops(panel);
  setTabStops(byId("programmes"));
  writeAddress();
}

function statusText(visible, scores, conflict) {
  if (conflict) return `These cannot be one applicant's results: ${conflict}.`;
  const parts = [`${visible} of ${programmes.size} programmes`];
  if (scores) {
    const all = Object.values(scores);
    const comparable = all.filter((one) => one.toQuartile !== null);
    parts.push(`eligible for ${all.filter((one) => one.unmet.length === 0).length}`);
    parts.push(
      `at or above the lower quartile of last year in ${comparable.filter((one) => one.toQuartile > -NEAR).length} of ${comparable.length} that compare`,
    );
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
  byId("example").addEventListener("click", () => {
    state.entries = readEntries(EXAMPLE).filter(isKnown);
    drawForm();
    update();
  });
  byId("clear").addEventListener("click", () => {
    state.entries = [];
    state.explained = null;
    drawForm();
    update();
  });
  byId("glance").addEventListener("change", (event) => {
    const { code } = event.target.closest("tr").dataset;
    state.compare = event.target.checked
      ? [...state.compare, code]
      : state.compare.filter((one) => one !== code);
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
