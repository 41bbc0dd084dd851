// Tables sort by a click on a heading, or by Enter on it: headings are buttons.

function sortTable(header) {
  const table = header.closest("table");
  const column = header.cellIndex;
  const numeric = header.firstElementChild.hasAttribute("data-numeric");
  // the first click shows the largest number, or the first name
  const previous = header.getAttribute("aria-sort");
  const descending = previous === "none" ? numeric : previous === "ascending";
  for (const other of $$("th[aria-sort]", table)) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");

  const valueOf = (row) => row.cells[column].dataset.value;
  const compare = (a, b) => {
    if (!a || !b) return Boolean(b) - Boolean(a); // what has no value stands last, either way
    const order = numeric ? Number(a) - Number(b) : a.localeCompare(b, "en", { numeric: true });
    return descending ? -order : order;
  };
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [valueOf(row), row]);
  body.append(...rows.sort(([a], [b]) => compare(a, b)).map(([, row]) => row));
}

for (const header of $$("th[aria-sort]")) header.firstElementChild.addEventListener("click", () => sortTable(header));
