// Across variants: one row of the reference with what every system made of it.

let acrossRows = null; // [row, element], made when first asked for

function showAcross() {
  if (!acrossRows) {
    const rows = segments.length ? rowsOf(segments[0].article) : [];
    acrossRows = rows.map((row) => [row, build("li", { class: row.disagrees ? "row disagrees" : "row" })]);
    byId("rows").append(...acrossRows.map(([, element]) => element));
  }
  let shown = 0;
  for (const [row, element] of acrossRows) {
    element.hidden = !row.segments.some((segment) => segment.matches);
    if (element.hidden) continue;
    shown += 1;
    element.replaceChildren(...rowContent(row));
  }
  const hidden = acrossRows.length - shown;
  byId("rows-hidden").hidden = !hidden;
  byId("rows-hidden").textContent = `Rows hidden by the filter: ${hidden}`;
}

/** The reference of a row: from the system that cuts it least. */
function referenceOf(row) {
  const bySystem = new Map();
  for (const segment of row.segments) {
    if (!bySystem.has(segment.system)) bySystem.set(segment.system, []);
    bySystem.get(segment.system).push(segment);
  }
  const fewest = [...bySystem.values()].sort((a, b) => a.length - b.length)[0];
  return [fewest.sort((a, b) => a.sentences[0] - b.sentences[0]).map((one) => one.reference).join(" "), bySystem];
}

function rowContent(row) {
  const [reference, bySystem] = referenceOf(row);
  const numbers = row.sentences.map((sentence) => sentence + 1).join(", ");
  const head = build("p", { class: "row-head" }, build("span", { class: "label" }, `Reference ${numbers}`));
  if (row.disagrees) head.append(build("span", { class: "tag" }, "systems disagree"));
  const text = build("p", { class: "text reference", dir: "auto", lang: document.body.dataset.language }, reference);
  const list = build("dl", { class: "renderings" });
  for (const [system, own] of bySystem) {
    for (const segment of own.sort((a, b) => a.sentences[0] - b.sentences[0])) {
      list.append(rendering(system, segment));
    }
  }
  return [head, text, list];
}

function rendering(system, segment) {
  const shown = segment.flags.filter((flag) => flag.matches);
  const body = build("dd", { class: "text", dir: "auto", lang: document.body.dataset.language });
  if (!segment.variant) body.append(build("span", { class: "nothing" }, "left out"));
  else body.append(differing(segment, shown));
  for (const flag of shown) {
    const letter = build("span", { class: "letter", "aria-hidden": "true" }, LETTERS[flag.severity]);
    const link = build(
      "a", { class: `badge sev-${flag.severity}`, href: `#f${flag.number}` },
      letter, build("span", { class: "sr" }, `${flag.severity}: `), flag.rule,
    );
    body.append(" ", link);
  }
  const name = build("dt", {}, build("bdi", {}, data.systems[system]));
  return build("div", { class: segment.matches ? "" : "unmatched" }, name, body);
}
