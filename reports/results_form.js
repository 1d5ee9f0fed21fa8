// The form of HKDSE results: core subjects, electives, levels; and results as the scorer takes them.

const FIRST_ELECTIVES = 3;
const EXAMPLE =
  "A:English Language:5,A:Chinese Language:4,A:Mathematics:5*,A:Citizenship and Social Development:Attained,A:Physics:5,A:Chemistry:4,A:M2:5";

function subjectNamed(category, name) {
  return scoring?.subjects.find(
    (subject) => subject.category === category && subject.name === name,
  );
}

function isKnown([category, name, level]) {
  return subjectNamed(category, name)?.levels.some(([known]) => known === level) ?? false;
}

function resultsOf(entries) {
  return entries.filter(isKnown).map(([category, subject, level]) => ({
    category,
    subject,
    level,
    score: subjectNamed(category, subject).levels.find(([known]) => known === level)[1],
  }));
}

function levelSelect(category, subject, level, label) {
  const levels = subjectNamed(category, subject)?.levels ?? [];
  const select = element(
    "select",
    { "aria-label": label },
    element("option", { value: "" }, "level"),
    ...levels.map(([name]) => element("option", { value: name }, name)),
  );
  select.value = level;
  return select;
}

function isCore(subject) {
  return scoring.core.includes(subject) || subject === scoring.citizenship;
}

/** Draw the form anew from the state; only when its rows change, so that focus stays. */
function drawForm() {
  const core = [...scoring.core, scoring.citizenship].map((subject) => {
    const level =
      state.entries.find(([category, name]) => category === "A" && name === subject)?.[2] ?? "";
    const select = levelSelect("A", subject, level, subject);
    select.dataset.subject = subject;
    return element("label", {}, subject === scoring.citizenship ? "Citizenship" : subject, select);
  });
  byId("core").replaceChildren(...core);
  const electives = state.entries.filter(
    ([category, subject]) => category !== "A" || !isCore(subject),
  );
  while (electives.length < FIRST_ELECTIVES) electives.push(["A", "", ""]);
  byId("electives").replaceChildren(...electives.map(electiveRow));
}

function electiveRow([category, subject, level], index) {
  const groups = [
    ["A", "Category A"],
    ["B", "Category B: Applied Learning"],
    ["C", "Category C: languages"],
  ].map(([letter, name]) =>
    element(
      "optgroup",
      { label: name },
      ...scoring.subjects
        .filter(
          (one) =>
            one.category === letter &&
            one.levels.some(([, score]) => score > 0) &&
            !(letter === "A" && isCore(one.name)),
        )
        .map((one) => element("option", { value: `${letter}:${one.name}` }, one.name)),
    ),
  );
  const number = index + 1;
  const subjects = element(
    "select",
    { "aria-label": `Elective ${number}` },
    element("option", { value: "" }, "subject"),
    ...groups,
  );
  subjects.value = subject ? `${category}:${subject}` : "";
  const levels = levelSelect(category, subject, level, `Level of elective ${number}`);
  return element("span", { class: "level" }, subjects, levels);
}

/** Category and subject of an elective; '' where none is chosen. */
function chosenSubject({ value }) {
  const at = value.indexOf(":");
  return [value.slice(0, at), value.slice(at + 1)];
}

/** The entries as the form shows them. */
function entriesOfForm() {
  const core = [...byId("core").querySelectorAll("select")].map((select) => [
    "A",
    select.dataset.subject,
    select.value,
  ]);
  const electives = [...byId("electives").children].map((row) => {
    const [subjects, levels] = row.querySelectorAll("select");
    return [...chosenSubject(subjects), levels.value];
  });
  return [...core, ...electives].filter(([, subject]) => subject);
}

function formChanged(event) {
  const row = event.target.closest(".level");
  if (row && event.target === row.firstChild) {
    // another subject has other levels; a level both have is kept
    const [category, subject] = chosenSubject(event.target);
    const kept = isKnown([category, subject, row.lastChild.value]) ? row.lastChild.value : "";
    row.lastChild.replaceWith(
      levelSelect(category, subject, kept, row.lastChild.getAttribute("aria-label")),
    );
  }
  state.entries = entriesOfForm();
  update();
}
