// The page's data, and elements made of it. All text goes through textContent: what a document says
// is never markup.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
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

/** An element of a drawing. */
function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A table of rows under its heads. */
function tableOf(heads, rows, caption = null) {
  const head = element("thead", {}, element("tr", {}, ...heads));
  return element("table", {}, caption, head, element("tbody", {}, ...rows));
}

function definitions(pairs) {
  const list = element("dl");
  for (const [term, content] of pairs) {
    if (content !== null) list.append(element("dt", {}, term), element("dd", {}, content));
  }
  return list;
}
