// Where on its page a text stands, drawn from the boxes of everything read there: no picture of the
// page. Its upper left corner is the page's; how far the sheet goes to the right and down is not
// told by the release, so those two edges are dashed, one margin beyond whatever was read.

const MOST_LETTERS = 18;

function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Boxes of all values on the page of a reading, each once. */
function boxesBeside({ documentNumber, page }) {
  const found = new Map();
  for (const [from, onPage, , ...rest] of placeData.spots) {
    const box = rest.slice(0, 4);
    if (from === documentNumber && onPage === page && box[0] !== null) found.set(box.join(), box);
  }
  return [...found.values()];
}

function rectangle([x0, top, x1, bottom], kind) {
  return drawn("rect", {
    class: kind,
    x: x0,
    y: top,
    width: Math.max(x1 - x0, 1),
    height: Math.max(bottom - top, 1),
  });
}

/** A figure with the drawing of a reading; null for what has no box. */
function pageMap(reading) {
  const { page, x0, top, x1, bottom, text } = reading;
  if (page === null || x0 === null) return null;
  const boxes = boxesBeside(reading);
  const [left, upper] = [0, 1].map((edge) => Math.max(0, Math.min(...boxes.map((b) => b[edge]))));
  const margin = Math.min(left, upper, 60) + 6;
  const width = Math.max(...boxes.map((box) => box[2])) + margin;
  const height = Math.max(...boxes.map((box) => box[3])) + margin;
  const size = Math.max(width / 20, height / 24); // of the letters, in points of the page
  const words = text.replace(/\s+/g, " ").trim();
  const isLow = (top + bottom) / 2 > height / 2;
  const isRight = (x0 + x1) / 2 > width / 2;
  const printed = drawn(
    "text",
    {
      class: "value",
      x: isRight ? Math.min(x1, width - 4) : Math.max(x0, 4),
      y: isLow ? top - size * 0.5 : bottom + size * 1.15,
      "text-anchor": isRight ? "end" : "start",
    },
    words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)}…` : words,
  );
  printed.style.fontSize = `${size}px`;
  const middle = [(x0 + x1) / 2, (top + bottom) / 2];
  const picture = drawn(
    "svg",
    {
      class: "map",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `Page ${page}, drawn: the box stands ${Math.round(middle[0])} points from the left and ${Math.round(middle[1])} from the top`,
    },
    drawn("path", { class: "sheet open", d: `M${width} 0V${height}H0` }),
    drawn("path", { class: "sheet", d: `M0 ${height}V0H${width}` }),
    ...boxes.map((box) => rectangle(box, "beside")),
    drawn("path", { class: "guide", d: `M${middle[0]} 0V${top}M0 ${middle[1]}H${x0}` }),
    rectangle([x0, top, x1, bottom], "here"),
    printed,
  );
  return element(
    "figure",
    {},
    picture,
    element(
      "figcaption",
      { class: "note" },
      `Page ${page}, drawn from the boxes of everything read on it, to scale from the upper left corner.`,
    ),
  );
}
