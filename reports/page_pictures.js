// What was printed: the picture of a page, cut to the surroundings of one box. A page has one picture
// for all that was read on it, which is decoded when the first place on it is looked at.

const PIXELS_A_POINT = 2.2;
const FEWEST_PIXELS_A_POINT = 1.5; // below, print of 6 points can't be read: the cut scrolls instead
const MOST_HEIGHT = 380; // of a cut, in pixels: the rest of the dialog is in sight
const LEAST_HEIGHT = 84; // of a cut, in points of the page: the rows beside tell which one it is
const AROUND = 22; // points around a box that is larger
const HALO = 1.5; // the box is drawn that far outside of what it frames

let pictureData = null;

function picturesByPage() {
  pictureData ??= JSON.parse(byId("pictures").textContent);
  return pictureData;
}

/** The picture of the page of a reading: what of the sheet it shows; undefined where none is here. */
function pictureOf({ documentNumber, page }) {
  const found = picturesByPage().drawn[`${documentNumber}/${page}`];
  if (!found) return undefined;
  return {
    sheet: found.slice(0, 4),
    box: found.slice(4, 8),
    source: `data:image/webp;base64,${found[8]}`,
  };
}

/** Why the page of a reading has no picture. */
function reasonWithoutPicture({ documentNumber, page }) {
  return (
    picturesByPage().without[`${documentNumber}/${page}`] ?? "the report was made without pictures"
  );
}

function pictureElement({ box, source }) {
  const [x0, top, x1, bottom] = box;
  return drawn("image", {
    href: source,
    x: x0,
    y: top,
    width: x1 - x0,
    height: bottom - top,
    preserveAspectRatio: "none",
  });
}

/** From where to where along one axis: the box in the middle, moved to stay on the picture. */
function cutAlong(from, to, least, first, last) {
  const length = Math.min(Math.max(to - from + 2 * AROUND, least), last - first);
  const start = Math.min(Math.max((from + to - length) / 2, first), last - length);
  return [start, length];
}

/** The surroundings of a reading's box, as wide as `room` pixels allow, and where to scroll to. */
function cutShown(reading, picture, room) {
  const { x0, top, x1, bottom, page, text } = reading;
  const [first, upper, last, lower] = picture.box;
  const [head, height] = cutAlong(top, bottom, LEAST_HEIGHT, upper, lower);
  const wished = Math.max(FEWEST_PIXELS_A_POINT, Math.min(PIXELS_A_POINT, MOST_HEIGHT / height));
  const [left, width] = cutAlong(x0, x1, room / wished, first, last);
  const scale = Math.max(FEWEST_PIXELS_A_POINT, Math.min(wished, room / width));
  const cut = drawn(
    "svg",
    {
      class: "cut",
      viewBox: `${left} ${head} ${width} ${height}`,
      width: width * scale,
      height: height * scale,
      role: "img",
      "aria-label": `Page ${page} as printed, with a box around: ${text || "nothing"}`,
    },
    pictureElement(picture),
    drawn("rect", {
      class: "here",
      x: x0 - HALO,
      y: top - HALO,
      width: x1 - x0 + 2 * HALO,
      height: bottom - top + 2 * HALO,
    }),
  );
  // of a cell higher than the frame the middle is in sight, where its text stands
  const middle = ((top + bottom) / 2 - head) * scale - MOST_HEIGHT / 2;
  return { cut, scrollTo: [(x0 - AROUND - left) * scale, middle] };
}
