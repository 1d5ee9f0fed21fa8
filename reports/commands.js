// Commands that tell or do the same outside the browser, to be copied into a shell as they stand.

function traceCommand({ table, key, column, readings }) {
  const words = Object.entries(JSON.parse(key)).map(([name, held]) => quoted(`${name}=${held}`));
  const png = readings.some((reading) => reading.page !== null) ? " --png crop.png" : "";
  return `admissions trace ${table} ${words.join(" ")} --column ${column}${png}${dataOption()}`;
}

/** A word as a shell takes it. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The data folder this page lies in; null where its address doesn't tell. */
function dataFolder() {
  if (location.protocol !== "file:") return null;
  const found = decoded(location.pathname).match(
    /^(.+?)\/(?:(?:current|releases\/[^/]+)\/)?report\/index\.html$/,
  );
  return found && found[1].replace(/^\/(?=[A-Za-z]:)/, ""); // Windows: '/C:/data'
}

function dataOption() {
  const folder = dataFolder();
  return folder ? ` --data ${quoted(folder)}` : "";
}
