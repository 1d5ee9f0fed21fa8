// What the explorer shows follows from one `state`, which the address's fragment holds: a copied
// address shows the same. Nothing is sent or stored anywhere.

const scoring = data.scoring;
const programmes = new Map(data.programmes.map((programme) => [programme.code, programme]));
const MOST_COMPARED = 4;
const FILTERS = ["q", "school", "subject", "interview", "major", "order"];

const state = { compare: [], entries: [], explained: null };
const valueOf = (id) => byId(id)?.value ?? "";

/** Entries are [category, subject, level]; a level may still be ''. */
function readEntries(text) {
  return text
    .split(",")
    .filter(Boolean)
    .map((entry) => {
      const [category, subject, level = ""] = entry.split(":").map(decodeURIComponent);
      return [category, subject, level];
    });
}

function writeEntries(entries) {
  return entries
    .filter(([, subject, level]) => subject && level)
    .map((entry) => entry.map((part) => encodeURIComponent(part).replaceAll("%20", "+")).join(":"))
    .join(",");
}

function readAddress() {
  const fragment = location.hash.slice(1);
  if (!fragment.includes("=")) return;
  const parameters = new Map(
    fragment.split("&").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1).replaceAll("+", " ")];
    }),
  );
  const text = (name) => decoded(parameters.get(name) ?? "");
  for (const name of FILTERS) byId(name).value = text(name);
  state.compare = text("compare")
    .split(",")
    .filter((code) => programmes.has(code))
    .slice(0, MOST_COMPARED);
  try {
    state.entries = readEntries(parameters.get("results") ?? "").filter(isKnown);
  } catch {
    state.entries = []; // an address cut off in the middle of an escape
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function writeAddress() {
  const parts = FILTERS.filter((name) => valueOf(name)).map(
    (name) => `${name}=${encodeURIComponent(valueOf(name)).replaceAll("%20", "+")}`,
  );
  if (state.compare.length) parts.push(`compare=${state.compare.join(",")}`);
  const results = writeEntries(state.entries);
  if (results) parts.push(`results=${results}`);
  const fragment = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
  if (parts.length || location.hash.includes("=")) history.replaceState(null, "", fragment);
}
