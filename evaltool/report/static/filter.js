// The filter's form, the address that holds its state, and what follows when it changes.
// Each page defines `page`: refresh(selection, state), order(), reveal(flag).

const form = byId("filters");
const CHOICES = ["category", "rule", "system", "article", "kind", "decision"];
const CHECKS = ["fresh", "disagree", "only"];
let place = ""; // id of the flag, segment or variant that the reader is at
let selection = null;

const field = (name) => form.elements[name];
const valueOf = (name) => (field(name) ? field(name).value : "");

function chosen() {
  const severities = $$("[name=severity]:checked", form).map((box) => box.value);
  const state = { q: field("q").value.trim().toLowerCase() };
  state.severity = severities.length === SEVERITIES.length ? "" : severities.join() || "none";
  for (const name of CHOICES) state[name] = valueOf(name);
  const [from, to] = [valueOf("from") || "0", valueOf("to") || "1"];
  state.drift = Number(from) > 0 || Number(to) < 1 ? `${from}-${to}` : "";
  for (const name of CHECKS) state[name] = Boolean(field(name) && field(name).checked);
  return state;
}

function apply() {
  const state = chosen();
  selection = select(state);
  showCounts(selection.counts);
  page.refresh(selection, state);
  byId("shown").textContent = `${selection.flags.toLocaleString("en")} of ${plural(flags.length, "flag")}`;
  byId("reset").hidden = !selection.active;
  for (const button of $$("[data-choose]")) button.setAttribute("aria-pressed", String(isChosen(button, state)));
}

function showCounts(counts) {
  for (const count of $$("[data-facet=severity]", form)) {
    const box = count.closest("label").querySelector("input");
    count.textContent = counts.severity.get(box.value) || 0;
  }
  for (const list of $$("select", form)) {
    for (const option of $$("[data-label]", list)) {
      option.textContent = `${option.dataset.label} (${counts[list.name].get(option.value) || 0})`;
    }
  }
}

// The address: `#severity=critical&q=word&at=f12`, or the plain id of a place.
function writeAddress(newEntry = false) {
  const parameters = new URLSearchParams();
  const state = { ...chosen(), ...page.state() };
  for (const [name, value] of Object.entries(state)) if (value) parameters.set(name, value);
  if (place) parameters.set("at", place);
  const address = `#${parameters}`;
  if (address === (location.hash || "#")) return;
  history[newEntry ? "pushState" : "replaceState"](null, "", address);
}

function readAddress() {
  const text = location.hash.slice(1);
  const plainPlace = text && !text.includes("=");
  const parameters = new URLSearchParams(plainPlace ? "" : text);
  place = plainPlace ? text : parameters.get("at") || "";
  if (plainPlace) return;
  const severity = parameters.get("severity");
  for (const box of $$("[name=severity]", form)) box.checked = !severity || severity.split(",").includes(box.value);
  for (const name of ["q", ...CHOICES]) if (field(name)) field(name).value = parameters.get(name) || "";
  for (const list of $$("select", form)) if (list.selectedIndex < 0) list.value = ""; // a choice of another run
  const [from, to] = (parameters.get("drift") || "-").split("-");
  field("from").value = from;
  field("to").value = to;
  for (const name of CHECKS) if (field(name)) field(name).checked = parameters.has(name);
  page.setState(parameters);
}

function changed() {
  apply();
  writeAddress();
}

let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(changed, 120);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(changed)); // the fields are empty only afterwards

// Bars of the charts and names of systems choose a filter; chosen again, they let go of it.
function isChosen(button, state) {
  const { choose, value } = button.dataset;
  return choose === "severity" ? state.severity === value : state[choose] === value;
}

function choose(name, value) {
  if (name === "drift") [field("from").value, field("to").value] = value ? value.split("-") : ["", ""];
  else field(name).value = value;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  const { choose: name, value } = button.dataset;
  choose(name, button.getAttribute("aria-pressed") === "true" ? "" : value);
  page.chose(name);
  changed();
});
