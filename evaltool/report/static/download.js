// Files that the reader takes away: the flags that match, and decisions.

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = build("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const matchingFlags = () => {
  const order = page.order();
  return order.map((flag) => ({
    article: data.articles[flag.article],
    system: data.systems[flag.system],
    segment: flag.segment ? flag.segment.index : null,
    severity: flag.severity,
    category: flag.category,
    rule: flag.rule,
    message: flag.message,
    reference_text: flag.reference.text,
    variant_text: flag.variant.text,
    suggestion: flag.suggestion,
    confidence: flag.confidence,
    drift: flag.segment ? flag.segment.drift : null,
    decision: flag.decision,
    decisions: flag.decisions.map(({ by, decision, reason }) => ({ by, decision, reason })),
    fingerprint: flag.fingerprint,
  }));
};

/** A cell of CSV (RFC 4180); what a spreadsheet would take for a formula gets an apostrophe before it. */
function csvCell(value) {
  const text = value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const NAMES = ["article", "system", "segment", "severity", "category", "rule", "message", "reference_text",
  "variant_text", "suggestion", "confidence", "drift", "decision", "decisions", "fingerprint"];

byId("csv").addEventListener("click", () => {
  const lines = [NAMES, ...matchingFlags().map((flag) => NAMES.map((name) => flag[name]))];
  save("flags.csv", "text/csv", lines.map((cells) => `${cells.map(csvCell).join()}\r\n`).join(""));
});
byId("json").addEventListener("click", () => {
  save("flags.json", "application/json", `${JSON.stringify(matchingFlags(), null, 1)}\n`);
});
byId("export").addEventListener("click", () => {
  save("decisions.json", "application/json", `${JSON.stringify(asFile(), null, 1)}\n`);
});
byId("import").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    own = latest([...own, ...checked(JSON.parse(await file.text()))]);
    writeStore();
    joinDecisions();
    changed();
    announce(`${plural(own.length, "decision")} kept in this browser`);
  } catch (error) {
    announce(`${file.name} was not read: ${error.message}`);
  }
  event.target.value = "";
});
