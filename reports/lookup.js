// Look-up of values by table, then any words of the key.

const MOST_FOUND = 60;

function setUpLookup() {
  const tables = byId("lookup-table");
  const wanted = byId("lookup-key");
  const found = byId("lookup-found");
  const numbersByTable = placeData.tables.map(() => []);
  placeData.values.forEach(([table], number) => numbersByTable[table].push(number));
  tables.append(
    ...placeData.tables.map((name, index) => element("option", { value: index }, name)),
  );

  function fillKeys() {
    const numbers = numbersByTable[Number(tables.value)] ?? [];
    const keys = [...new Set(numbers.map((number) => placeData.values[number][1]))];
    byId("lookup-keys").replaceChildren(
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
    const some = hits.length > MOST_FOUND ? `The first ${MOST_FOUND} of ` : "";
    found.replaceChildren(
      element("p", { class: "note", role: "status" }, `${some}${hits.length} values.`),
      ...(rows.length ? [tableOf(head, rows)] : []),
    );
    setTabStops(found);
  }

  tables.addEventListener("change", () => {
    fillKeys();
    look();
  });
  wanted.addEventListener("input", look);
  fillKeys();
  byId("lookup").hidden = placeData.tables.length === 0;
}

setUpLookup();
