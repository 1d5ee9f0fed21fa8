// Where on its page a text stands: on the picture of the page, or, without one, drawn from the boxes
// of everything read there. How far such a sheet goes to the right and down is not told by the
// release: those two edges are dashed, one margin beyond whatever was read.

const MOST_LETTERS = 18;

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

/** The sheet a picture lies on, whole. */
function picturedSheet(picture) {
  const [x0, top, x1, bottom] = picture.sheet;
  return {
    edges: picture.sheet,
    ground: [
      rectangle(picture.sheet, "paper"),
      pictureElement(picture),
      drawn("path", { class: "sheet", d: `M${x0} ${top}H${x1}V${bottom}H${x0}Z` }),
    ],
    told: "The page, around all that was read on it.",
  };
}

/** A sheet as far as the boxes on it tell. */
function sketchedSheet(reading) {
  const boxes = boxesBeside(reading);
  const [left, upper] = [0, 1].map((edge) => Math.max(0, Math.min(...boxes.map((b) => b[edge]))));
  const margin = Math.min(left, upper, 60) + 6;
  const width = Math.max(...boxes.map((box) => box[2])) + margin;
  const height = Math.max(...boxes.map((box) => box[3])) + margin;
  return {
    edges: [0, 0, width, height],
    ground: [
      drawn("path", { class: "sheet open", d: `M${width} 0V${height}H0` }),
      drawn("path", { class: "sheet", d: `M0 ${height}V0H${width}` }),
      ...boxes.map((box) => rectangle(box, "beside")),
    ],
    told: `Page ${reading.page}, drawn from the boxes of everything read on it, to scale from the upper left corner.`,
  };
}

/** What a box holds, in letters of the map, on the side where there is room. */
function printedBeside({ x0, top, x1, bottom, text }, [left, head, right, foot]) {
  const size = Math.max((right - left) / 20, (foot - head) / 24); // in points of the page
  const words = text.replace(/\s+/g, " ").trim();
  const isLow = top + bottom > head + foot;
  const isRight = x0 + x1 > left + right;
  const letters = drawn(
    "text",
    {
      class: "value",
      x: isRight ? Math.min(x1, right - 4) : Math.max(x0, left + 4),
      y: isLow ? top - size * 0.5 : bottom + size * 1.15,
      "text-anchor": isRight ? "end" : "start",
    },
    words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)}…` : words,
  );
  letters.style.fontSize = `${size}px`;
  return letters;
}

/** A figure with the page of a reading. */
function pageMap(reading, picture) {
  const { page, x0, top, x1, bottom } = reading;
  const { edges, ground, told } = picture ? picturedSheet(picture) : sketchedSheet(reading);
  const [left, head, right, foot] = edges;
  const middle = [(x0 + x1) / 2, (top + bottom) / 2];
  const map = drawn(
    "svg",
    {
      class: "map",
      viewBox: `${left} ${head} ${right - left} ${foot - head}`,
      role: "img",
      "aria-label": `Page ${page}, drawn: the box stands ${Math.round(middle[0] - left)} points from the left and ${Math.round(middle[1] - head)} from the top`,
    },
    ...ground,
    drawn("path", {
      class: "guide",
      d: `M${middle[0]} ${head}V${top}M${left} ${middle[1]}H${x0}`,
    }),
    rectangle([x0, top, x1, bottom], "here"),
  );
  if (!picture) map.append(printedBeside(reading, edges));
  return element("figure", {}, map, element("figcaption", { class: "note" }, told));
}
