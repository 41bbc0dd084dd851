// Tables of scores: they sort by a click on a heading, follow the filter, and say how many rows they leave out.

const DIGITS = { quality: 1, drift: 2, mqm_score: 1, coverage: 1 };
const WHOLE_ONLY = "a score of whole texts: not given for a part of them";

/** A score in digits; one that is not perfect is never rounded to perfect, as in scores.py. */
function written(name, value) {
  const shown = name === "coverage" ? 100 * value : value;
  const top = name === "drift" ? 1 : 100;
  const step = 10 ** -DIGITS[name];
  let text = shown.toFixed(DIGITS[name]);
  if (Number(text) === 0 && shown > 0) text = `<${step.toFixed(DIGITS[name])}`;
  else if (Number(text) === top && shown < top) text = `>${(top - step).toFixed(DIGITS[name])}`;
  return text + (name === "coverage" ? "%" : "");
}

function tableOf(element) {
  const headers = $$("th[aria-sort]", element);
  const rows = $$("tbody tr", element).map((row) => ({
    element: row,
    system: row.dataset.system,
    article: row.dataset.article,
    original: Array.from(row.cells, (cell) => Array.from(cell.childNodes)),
    values: Array.from(row.cells, (cell) => cell.dataset.value),
  }));
  const firstRow = element.tBodies[0].rows[0];
  return {
    element,
    headers,
    rows,
    names: firstRow ? Array.from(firstRow.cells, (cell) => cell.dataset.score || cell.dataset.severity || "") : [],
    limit: Number(element.dataset.limit) || Infinity,
    more: byId(`${element.id}-more`),
    filtered: false,
    sums: new Map(),
    state: {},
  };
}

const tables = $$("table.scores").map(tableOf);

/** Let every table follow the filter. */
function refreshTables(state, active) {
  const sums = sumUp();
  for (const table of tables) {
    Object.assign(table, { sums, state, filtered: active });
    show(table);
  }
}

const currentValue = (table, row, column) => {
  const name = table.names[column];
  if (!name || !table.filtered) return row.values[column];
  const sum = sumOf(table, row);
  if (SEVERITIES.includes(name)) return sum ? sum[name] : 0;
  return sum ? scoreOf(sum, name) : null;
};
const sumOf = (table, row) => table.sums.get(row.article === undefined ? row.system : `${row.article} ${row.system}`);

function show(table) {
  const { state } = table;
  let shown = 0;
  let left = 0;
  for (const row of table.rows) {
    const fits = (!state.system || row.system === state.system) &&
      (!state.article || row.article === undefined || row.article === state.article);
    left += fits;
    row.element.hidden = !fits || left > table.limit;
    row.element.classList.remove("cut");
    if (row.element.hidden) continue;
    shown += 1;
    fill(table, row);
  }
  if (!table.more) return;
  table.more.hidden = left === shown;
  table.more.querySelector("span").textContent = `${(left - shown).toLocaleString("en")} more rows hidden.`;
}

function fill(table, row) {
  if (!table.filtered && !row.touched) return;
  row.touched = table.filtered;
  for (const [column, cell] of Array.from(row.element.cells).entries()) {
    const name = table.names[column];
    if (!name) continue;
    if (!table.filtered) {
      cell.replaceChildren(...row.original[column]);
      continue;
    }
    const value = currentValue(table, row, column);
    if (SEVERITIES.includes(name)) cell.textContent = value;
    else if (value !== null) cell.textContent = written(name, value);
    else cell.replaceChildren(build("abbr", { title: name in DIGITS ? "nothing that counts is left" : WHOLE_ONLY }, "–"));
  }
}

function sortTable(table, header) {
  const column = header.cellIndex;
  const numeric = header.firstElementChild.hasAttribute("data-numeric");
  // the first click shows the largest number, or the first name
  const previous = header.getAttribute("aria-sort");
  const descending = previous === "none" ? numeric : previous === "ascending";
  for (const other of table.headers) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");

  const missing = (value) => value === null || value === "";
  const compare = (a, b) => {
    if (missing(a) || missing(b)) return missing(a) - missing(b); // what has no value stands last, either way
    const order = numeric ? Number(a) - Number(b) : a.localeCompare(b, "en", { numeric: true });
    return descending ? -order : order;
  };
  const rows = table.rows.map((row) => [currentValue(table, row, column), row]);
  table.rows = rows.sort(([a], [b]) => compare(a, b)).map(([, row]) => row);
  table.element.tBodies[0].append(...table.rows.map((row) => row.element));
  show(table);
}

for (const table of tables) {
  for (const header of table.headers) header.firstElementChild.addEventListener("click", () => sortTable(table, header));
  if (!table.more) continue;
  table.more.querySelector("button").addEventListener("click", () => {
    table.limit += 100;
    show(table);
  });
}
