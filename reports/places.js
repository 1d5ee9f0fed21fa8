// Where a value was printed: a dialog for every underlined figure.

const SCROLLS = [["tabindex", "0"], ["role", "group"], ["aria-label", "Page as printed, scrolls"]];

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
    const [documentNumber, page, block, x0, top, x1, bottom, text] = placeData.spots[pairs[at]];
    readings.push({
      documentNumber,
      document: placeData.documents[documentNumber],
      page,
      block,
      x0,
      top,
      x1,
      bottom,
      text: placeData.texts[text],
      rule: placeData.texts[pairs[at + 1]],
    });
  }
  return {
    table: placeData.tables[table],
    key: placeData.keys[key],
    column: placeData.columns[column],
    readings,
  };
}

function keyWords(key) {
  return Object.values(JSON.parse(key)).join(" · ");
}

function placeWords({ document: from, page, block, x0, top, x1, bottom }) {
  return page === null
    ? `text block ${block}`
    : `page ${page} of ${from.pages}, box ${x0}–${x1} × ${top}–${bottom} pt from the top left`;
}

/** One reading with its page. The dialog is open: how much room there is decides what is shown. */
function showReading(reading, body) {
  const { document: from, text } = reading;
  const picture = reading.page === null ? undefined : pictureOf(reading);
  const box = element("div", { class: "reading" });
  body.append(box);
  if (picture) {
    const frame = element("div", { class: "frame" });
    box.append(frame);
    const { cut, scrollTo } = cutShown(reading, picture, frame.clientWidth);
    frame.append(cut);
    if (frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight)
      for (const [name, value] of SCROLLS) frame.setAttribute(name, value);
    frame.scrollTo(...scrollTo);
  }
  const printed = text === "" ? "(nothing: its absence was read)" : text;
  box.append(
    definitions([
      ["Document", from.name],
      ["Place", placeWords(reading)],
      ["Printed", element("pre", { class: "printed" }, printed)],
      ["Read by", reading.rule],
      ["SHA-256", element("code", {}, from.sha256)],
    ]),
  );
  if (reading.x0 !== null) box.append(pageMap(reading, picture));
}

/** What the command below it gives that the dialog doesn't. */
function commandNote({ readings }) {
  const printed = readings.filter((reading) => reading.page !== null);
  const bare = printed.find((reading) => !pictureOf(reading));
  if (printed.length === 0) return "The same, on the command line:";
  if (!bare) return "Sharper, cut from the document itself with the box drawn:";
  return `No picture of page ${bare.page} of ${bare.document.name} is in this report: ${reasonWithoutPicture(bare)}. One of the place, with the box drawn, is written to crop.png by:`;
}

function showPlace(number, opener) {
  const value = valueAt(number);
  const body = byId("place-body");
  body.replaceChildren(
    element(
      "h2",
      { id: "place-title" },
      `${keyWords(value.key)}: ${value.column.replaceAll("_", " ")} ${opener.textContent.trim()}`,
    ),
  );
  byId("place").showModal();
  for (const reading of value.readings) showReading(reading, body);
  body.append(
    element("p", { class: "note" }, commandNote(value)),
    element("p", { class: "printed" }, element("code", {}, traceCommand(value))),
  );
  if (!dataFolder())
    body.append(element("p", { class: "note" }, "Add --data DIR where the data folder is not 'data'."));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.f");
  if (button) showPlace(Number(button.dataset.v), button);
});
