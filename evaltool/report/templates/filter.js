"use strict";
// Filters. Their state lives in the address, so that a link or a reload brings it back.

const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const byId = (id) => document.getElementById(id);
const FACETS = ["severity", "category", "rule", "system", "article"];
const SEVERITIES = ["critical", "major", "minor", "neutral"];
const form = byId("filters");

const flags = $$("li.flag").map((element) => {
  const owner = element.closest(".variant");
  return {
    element,
    id: element.id.slice(1),
    segment: element.closest(".segment"),
    variant: owner.id,
    severity: element.dataset.severity,
    category: element.dataset.category,
    rule: element.dataset.rule,
    system: owner.dataset.system,
    article: owner.dataset.article,
    matches: true,
  };
});
const flagById = new Map(flags.map((flag) => [flag.id, flag]));
const hits = $$(".hit").map((element) => ({
  mark: element.firstElementChild,
  flags: element.dataset.flags.split(" "),
  ends: element.dataset.ends.split(" "),
}));
let place = ""; // id of the flag or segment that the reader is at
let worstAll = false;

// Lower-case text of an element, read once: a search looks at all of them at every key press.
const texts = new WeakMap();
const textOf = (element) => {
  if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
  return texts.get(element);
};

const inSides = (segment, query) => !query || $$(".text", segment).some((side) => textOf(side).includes(query));

const chosen = () => {
  const severities = $$("[name=severity]:checked", form).map((box) => box.value);
  const state = { q: form.elements.q.value.trim().toLowerCase(), only: form.elements.only.checked };
  for (const facet of FACETS) state[facet] = facet === "severity" ? "" : form.elements[facet].value;
  if (severities.length < SEVERITIES.length) state.severity = severities.join() || "none";
  return state;
};

const fits = (flag, facet, state) =>
  !state[facet] ||
  (facet === "severity" ? state.severity.split(",").includes(flag.severity) : state[facet] === flag[facet]);

function apply() {
  const state = chosen();
  const tally = new Map();
  const facetCounts = new Map();
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  const inText = (flag) => !state.q || textOf(flag.element).includes(state.q) || inSides(flag.segment, state.q);

  let shown = 0;
  for (const flag of flags) {
    const missed = FACETS.filter((facet) => !fits(flag, facet, state));
    const found = missed.length < 2 && inText(flag);
    flag.matches = found && !missed.length;
    flag.element.hidden = !flag.matches;
    // an option's count says what choosing it would show: all other filters hold
    for (const facet of found ? (missed.length ? missed : FACETS) : []) add(facetCounts, `${facet} ${flag[facet]}`);
    if (!flag.matches) continue;
    shown += 1;
    for (const owner of [flag.variant, `s${flag.system}`]) add(tally, `${owner} ${flag.severity}`);
  }

  showSegments(state);
  showMarks();
  showCounts(tally, facetCounts);
  showWorst();
  byId("shown").textContent = `${shown} of ${flags.length} flags`;
  byId("reset").hidden = !Object.values(state).some(Boolean);
}

function showSegments(state) {
  const flagged = new Set(flags.filter((flag) => flag.matches).map((flag) => flag.segment));
  const byFlag = state.only || state.severity || state.category || state.rule;
  const elsewhere = (element) =>
    (state.system && element.dataset.system !== state.system) ||
    (state.article && element.dataset.article && element.dataset.article !== state.article);
  for (const element of $$(".variant, table.scores tbody tr")) element.hidden = Boolean(elsewhere(element));
  for (const variant of $$(".variant")) {
    let skipped = 0;
    let left = 0;
    for (const segment of $$(".segment", variant)) {
      segment.hidden = !flagged.has(segment) && Boolean(byFlag || !inSides(segment, state.q));
      if (!segment.hidden) left += 1;
      else if (segment.id) skipped += 1; // what has no id is the list of flags of the whole text
    }
    const note = variant.querySelector(".skipped");
    note.hidden = !skipped;
    note.textContent = `Segments hidden by the filter: ${skipped}`;
    const map = variant.querySelector(".map");
    if (map) map.hidden = skipped > 0 && !left;
  }
}

function showMarks() {
  for (const hit of hits) {
    const alive = hit.flags.filter((id) => flagById.get(id).matches); // the most serious first
    hit.mark.className = alive.length ? `sev-${flagById.get(alive[0]).severity}` : "off";
    const ending = hit.ends.filter((id) => alive.includes(id)).map((id) => flagById.get(id).severity);
    hit.mark.dataset.letters = SEVERITIES.map((name, at) => (ending.includes(name) ? "CMmn"[at] : "")).join("");
  }
}

function showCounts(tally, facetCounts) {
  for (const cell of $$("[data-tally]")) {
    const count = tally.get(cell.dataset.tally) || 0;
    cell.textContent = count;
    if (cell.dataset.value) cell.dataset.value = count;
  }
  for (const count of $$("[data-facet=severity]", form)) {
    const box = count.closest("label").querySelector("input");
    count.textContent = facetCounts.get(`severity ${box.value}`) || 0;
  }
  for (const select of $$("select", form)) {
    for (const option of $$("[data-label]", select)) {
      option.textContent = `${option.dataset.label} (${facetCounts.get(`${select.name} ${option.value}`) || 0})`;
    }
  }
}

function showWorst() {
  const list = byId("worst");
  if (!list) return;
  const limit = worstAll ? Infinity : Number(list.dataset.limit);
  let found = 0;
  for (const line of list.children) {
    const matches = flagById.get(line.dataset.flag).matches;
    found += matches;
    line.hidden = !matches || found > limit;
  }
  byId("worst-more").hidden = found <= limit;
  byId("worst-hidden").textContent = Math.max(0, found - limit);
}

// The address: `#severity=critical&q=word&at=f12`, or the plain id of a place.
function writeAddress(newEntry = false) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(chosen())) if (value) parameters.set(name, value);
  if (place) parameters.set("at", place);
  const address = `#${parameters}`;
  if (address === (location.hash || "#")) return;
  history[newEntry ? "pushState" : "replaceState"](null, "", address);
}

function readAddress() {
  const text = location.hash.slice(1);
  if (text && !text.includes("=")) {
    place = text;
    return;
  }
  const parameters = new URLSearchParams(text);
  const severity = parameters.get("severity");
  for (const box of $$("[name=severity]", form)) box.checked = !severity || severity.split(",").includes(box.value);
  for (const name of [...FACETS.slice(1), "q"]) form.elements[name].value = parameters.get(name) || "";
  for (const select of $$("select", form)) if (select.selectedIndex < 0) select.value = ""; // a choice of another run
  form.elements.only.checked = parameters.has("only");
  place = parameters.get("at") || "";
}

const changed = () => {
  apply();
  writeAddress();
};
let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(changed, 120);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(changed)); // the fields are empty only afterwards
if (byId("worst-all")) {
  byId("worst-all").addEventListener("click", () => {
    worstAll = true;
    showWorst();
  });
}
