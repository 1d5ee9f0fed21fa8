// Keys: one tab stop a table; the arrow keys go from figure to figure.

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

setTabStops(document);
