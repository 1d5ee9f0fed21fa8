// Where a value was printed: a dialog for every underlined figure, and a look-up by table and row.
// All text goes through textContent: what a document says is never markup.

const data = JSON.parse(document.getElementById("data").textContent);
const placeData = data.places;

/** An element with text or children. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A [value, place] of the data as shown: a button where a place is known. */
function figure([value, place], show = String) {
  if (value === null) return element("span", { class: "none" }, "–");
  if (place === null) return document.createTextNode(show(value));
  return element("button", { type: "button", class: "f", "data-v": place }, show(value));
}

/** A value's table, key, column and readings. */
function valueAt(number) {
  const [table, key, column, ...pairs] = placeData.values[number];
  const readings = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const [document_, page, block, x0, top, x1, bottom, text] = placeData.spots[pairs[at]];
    readings.push({
      documentNumber: document_,
      document: placeData.documents[document_],
      page,
      block,
      x0,
      top,
      x1,
      bottom,
      text: placeData.texts[text],
      rule: placeData.texts[pairs[at + 1]],
      crop: placeData.crops[pairs[at]],
    });
  }
  return {
    table: placeData.tables[table],
    key: placeData.keys[key],
    column: placeData.columns[column],
    readings,
  };
}

function definitions(pairs) {
  const list = element("dl");
  for (const [term, content] of pairs) {
    if (content !== null) list.append(element("dt", {}, term), element("dd", {}, content));
  }
  return list;
}

function readingShown(reading, value) {
  const { document: from, page } = reading;
  const where =
    page === null
      ? `text block ${reading.block}`
      : `page ${page} of ${from.pages}, box ${reading.x0}–${reading.x1} × ${reading.top}–${reading.bottom} pt from the top left`;
  const box = element("div", { class: "reading" });
  if (reading.crop)
    box.append(element("img", { src: reading.crop, alt: `Printed: ${reading.text}` }));
  box.append(
    definitions([
      ["Document", from.name],
      ["Place", where],
      [
        "Printed",
        element(
          "pre",
          { class: "printed" },
          reading.text === "" ? "(nothing: its absence was read)" : reading.text,
        ),
      ],
      ["Read by", reading.rule],
      ["SHA-256", element("code", {}, from.sha256)],
    ]),
  );
  const map = reading.crop ? null : pageMap(reading);
  if (map) box.append(map);
  return box;
}

function keyWords(key) {
  return Object.values(JSON.parse(key)).join(" · ");
}

function showPlace(number, opener) {
  const value = valueAt(number);
  const body = document.getElementById("place-body");
  body.replaceChildren(
    element(
      "h2",
      { id: "place-title" },
      `${keyWords(value.key)}: ${value.column.replaceAll("_", " ")} ${opener.textContent.trim()}`,
    ),
    ...value.readings.map((reading) => readingShown(reading, value)),
    element(
      "p",
      { class: "note" },
      "This page holds no picture of the document. One of the place, cut from the page itself with the box drawn, is written to crop.png by:",
    ),
    element("p", { class: "printed" }, element("code", {}, traceCommand(value))),
    ...(dataFolder()
      ? []
      : [element("p", { class: "note" }, "Add --data DIR where the data folder is not 'data'.")]),
  );
  document.getElementById("place").showModal();
}

// One tab stop a table; the arrow keys go from figure to figure.
function figuresOf(table) {
  return [...table.querySelectorAll("button.f")].filter((one) => !one.closest("tr.off"));
}

function setTabStops(root) {
  for (const table of root.querySelectorAll("table")) {
    figuresOf(table).forEach((one, index) =>
      one.setAttribute("tabindex", index === 0 ? "0" : "-1"),
    );
  }
}

function nextFigure(current, key) {
  const table = current.closest("table");
  const all = figuresOf(table);
  const at = all.indexOf(current);
  if (key === "ArrowRight") return all[at + 1];
  if (key === "ArrowLeft") return all[at - 1];
  const middle = (one) => one.getBoundingClientRect().left + one.getBoundingClientRect().width / 2;
  const row = current.closest("tr");
  const down = key === "ArrowDown";
  const rows = [...new Set(all.map((one) => one.closest("tr")))];
  const target = rows[rows.indexOf(row) + (down ? 1 : -1)];
  if (!target) return undefined;
  const inRow = all.filter((one) => one.closest("tr") === target);
  return inRow.reduce((a, b) =>
    Math.abs(middle(b) - middle(current)) < Math.abs(middle(a) - middle(current)) ? b : a,
  );
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.f");
  if (button) showPlace(Number(button.dataset.v), button);
});

document.addEventListener("keydown", (event) => {
  const current = event.target.closest("table button.f");
  if (!current || !event.key.startsWith("Arrow")) return;
  const next = nextFigure(current, event.key);
  if (!next) return;
  event.preventDefault();
  current.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});

// Look-up: a table, then any words of the key.
const MOST_FOUND = 60;

function setUpLookup() {
  const tables = document.getElementById("lookup-table");
  const wanted = document.getElementById("lookup-key");
  const found = document.getElementById("lookup-found");
  const numbersByTable = placeData.tables.map(() => []);
  placeData.values.forEach(([table], number) => numbersByTable[table].push(number));
  tables.append(
    ...placeData.tables.map((name, index) => element("option", { value: index }, name)),
  );

  function fillKeys() {
    const numbers = numbersByTable[Number(tables.value)] ?? [];
    const keys = [...new Set(numbers.map((number) => placeData.values[number][1]))];
    document
      .getElementById("lookup-keys")
      .replaceChildren(
        ...keys.map((key) => element("option", { value: keyWords(placeData.keys[key]) })),
      );
  }

  function look() {
    const words = wanted.value
      .toLowerCase()
      .split(/[\s·]+/)
      .filter(Boolean);
    if (words.length === 0) {
      found.replaceChildren();
      return;
    }
    const hits = numbersByTable[Number(tables.value)].filter((number) => {
      const key = placeData.keys[placeData.values[number][1]].toLowerCase();
      return words.every((word) => key.includes(word));
    });
    const rows = hits.slice(0, MOST_FOUND).map((number) => {
      const value = valueAt(number);
      const first = value.readings[0];
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, keyWords(value.key)),
        element("td", {}, value.column.replaceAll("_", " ")),
        element("td", {}, figure([first.text === "" ? "(nothing)" : first.text, number])),
        element("td", {}, first.document.name),
        element(
          "td",
          { class: "num" },
          first.page === null ? `block ${first.block}` : `page ${first.page}`,
        ),
      );
    });
    const head = ["Row", "Column", "Printed", "Document", "Place"].map((name) =>
      element("th", { scope: "col" }, name),
    );
    const more =
      hits.length > MOST_FOUND
        ? `The first ${MOST_FOUND} of ${hits.length} values.`
        : `${hits.length} values.`;
    found.replaceChildren(
      element("p", { class: "note", role: "status" }, more),
      ...(rows.length
        ? [
            element(
              "table",
              {},
              element("thead", {}, element("tr", {}, ...head)),
              element("tbody", {}, ...rows),
            ),
          ]
        : []),
    );
    setTabStops(found);
  }

  tables.addEventListener("change", () => {
    fillKeys();
    look();
  });
  wanted.addEventListener("input", look);
  fillKeys();
  document.getElementById("lookup").hidden = placeData.tables.length === 0;
}

setUpLookup();
setTabStops(document);
