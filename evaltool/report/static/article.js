// An article's page: segments and marks follow the filter; word differences; two views of the same texts.

const onPage = flags.map((flag) => byId(`f${flag.number}`));
const hits = $$(".hit").map((element) => ({
  mark: element.firstElementChild,
  flags: element.dataset.flags.split(" ").map((id) => flags[id]),
  ends: element.dataset.ends.split(" ").filter(Boolean).map((id) => flags[id]),
}));
const inOrder = flags.slice().sort((a, b) =>
  onPage[a.number].compareDocumentPosition(onPage[b.number]) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
let across = false; // which of the two views
let differences = false;

const page = {
  refresh(selected, state) {
    refreshTables(state, selected.active);
    byId("caption-filtered").hidden = !selected.active;
    for (const flag of flags) onPage[flag.number].hidden = !flag.matches;
    showSegments(state);
    showMarks();
    showView();
    byId("decide-all").disabled = !selected.flags;
    fillBars();
  },
  order: () => inOrder.filter((flag) => flag.matches),
  reveal(flag) {
    if (across) setAcross(false);
    return onPage[flag.number];
  },
  state: () => ({ view: across ? "across" : "", words: differences }),
  setState(parameters) {
    setAcross(parameters.get("view") === "across");
    setDifferences(parameters.has("words"));
  },
  chose() {},
};

function showSegments(state) {
  const left = new Map(); // variant -> [shown, hidden]
  for (const segment of segments) {
    byId(segment.anchor).hidden = !segment.matches;
    const counts = left.get(segment.system) || [0, 0];
    counts[segment.matches ? 0 : 1] += 1;
    left.set(segment.system, counts);
  }
  for (const variant of $$(".variant")) {
    const { system } = variant.dataset;
    const [shown, hidden] = left.get(system) || [0, 0];
    variant.hidden = Boolean(state.system) && system !== state.system;
    for (const loose of $$(".loose", variant)) loose.hidden = $$("li.flag", loose).every((item) => item.hidden);
    const note = variant.querySelector(".skipped");
    note.hidden = !hidden;
    note.textContent = `Segments hidden by the filter: ${hidden}`;
    const map = variant.querySelector(".map");
    if (map) map.hidden = !shown;
  }
}

function showMarks() {
  for (const hit of hits) {
    const alive = hit.flags.filter((flag) => flag.matches); // the most serious first
    hit.mark.className = alive.length ? `sev-${alive[0].severity}` : "off";
    const ending = hit.ends.filter((flag) => flag.matches).map((flag) => flag.severity);
    hit.mark.dataset.letters = SEVERITIES.filter((name) => ending.includes(name)).map((name) => LETTERS[name]).join("");
  }
}

function showView() {
  byId("by-system").hidden = across;
  byId("across").hidden = !across;
  if (across) showAcross();
  else if (differences) showDifferences();
}

function setAcross(value) {
  across = value;
  for (const button of $$("[data-view]")) {
    button.setAttribute("aria-pressed", String((button.dataset.view === "across") === value));
  }
  if (selection) showView();
}

/** Word differences: a line below the two sides of each segment, made when first asked for. */
function setDifferences(value) {
  differences = value;
  byId("differences").checked = value;
  document.body.classList.toggle("differing", value);
  if (value && selection) showView();
}

function showDifferences() {
  for (const segment of segments) {
    const box = byId(segment.anchor);
    if (!segment.matches || !segment.reference || !segment.variant || box.querySelector(".difference")) continue;
    const line = build("p", { class: "difference text", dir: "auto" }, build("span", { class: "label" }, "Words "));
    line.append(differing(segment, []));
    box.querySelector(".sides").after(line);
  }
}

/** The variant's text with what it has more and less than the reference. */
function differing(segment, shown) {
  const changes = wordChanges(segment.reference, segment.variant);
  if (changes) return painted(segment.variant, spansOn(shown, "variant"), changes);
  return build("span", { class: "nothing" }, "too long to compare word by word");
}

for (const button of $$("[data-view]")) {
  button.addEventListener("click", () => {
    setAcross(button.dataset.view === "across");
    writeAddress();
  });
}
byId("differences").addEventListener("change", (event) => {
  setDifferences(event.target.checked);
  writeAddress();
});
for (const flag of flags) onPage[flag.number].append(deciding(flag));
