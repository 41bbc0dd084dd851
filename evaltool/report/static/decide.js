// Deciding: the buttons at each flag, the keys, and all flags at once.

/** The buttons of a flag, made from the page's template. */
function deciding(flag) {
  const bar = byId("deciding").content.firstElementChild.cloneNode(true);
  bar.dataset.flag = flag.number;
  fillBar(bar);
  return bar;
}

function fillBar(bar) {
  const flag = flags[bar.dataset.flag];
  const decision = mine(flag);
  for (const button of $$("button", bar)) {
    button.setAttribute("aria-pressed", String(Boolean(decision) && button.value === decision.decision));
  }
  const reason = bar.querySelector("input");
  reason.hidden = !decision;
  if (document.activeElement !== reason) reason.value = decision ? decision.reason : "";
  const others = flag.decisions.filter((one) => one !== decision);
  const said = others.map((one) => `${one.by || "somebody"}: ${VERDICTS[one.decision]}${one.reason ? `, “${one.reason}”` : ""}`);
  const note = bar.querySelector(".others");
  note.replaceChildren(boxed((flag.decision === "conflict" ? "In conflict. " : "") + said.join("; ")));
  note.classList.toggle("conflict", flag.decision === "conflict");
  const item = bar.closest(".flag, #worst li");
  if (item) item.dataset.decision = flag.decision;
}

function fillBars() {
  for (const bar of $$(".deciding")) fillBar(bar);
  byId("kept").textContent = own.length;
}

/** Decide, then show it; when the filter lets go of the flag that the reader is at, go on to the next one. */
function decide(about, verdict, reason) {
  if (!about.length) return;
  if (!reviewer()) {
    askName(() => decide(about, verdict, reason));
    return;
  }
  const before = page.order();
  const here = flagAt();
  record(about, verdict, reason);
  changed();
  announce(`${plural(about.length, "flag")} ${verdict ? VERDICTS[verdict] : "undecided again"}`);
  if (!here || here.matches) {
    if (here && !page.reveal(here).contains(document.activeElement)) visit(here);
    return;
  }
  const rest = before.slice(before.indexOf(here) + 1).find((flag) => flag.matches) || page.order().at(-1);
  if (rest) visit(rest);
}

/** The flag that the reader is at: with the focus inside it, or where the last key led. */
function flagAt() {
  const { id } = document.activeElement.closest("#worst li, li.flag") || { id: place };
  return /^f\d+$/.test(id) ? flags[id.slice(1)] : undefined;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".deciding button");
  if (!button) return;
  const flag = flags[button.closest(".deciding").dataset.flag];
  place = `f${flag.number}`;
  decide([flag], button.getAttribute("aria-pressed") === "true" ? "" : button.value);
});
document.addEventListener("change", (event) => {
  const bar = event.target.closest(".deciding");
  if (!bar) return;
  const flag = flags[bar.dataset.flag];
  if (mine(flag)) record([flag], mine(flag).decision, event.target.value.trim());
  fillBars();
});

// Names: asked for once, kept for the next report.
const nameDialog = byId("who");
let afterName = null;
function askName(then) {
  afterName = then;
  nameDialog.returnValue = "";
  nameDialog.showModal();
}
nameDialog.addEventListener("close", () => {
  const name = nameDialog.querySelector("input").value.trim();
  if (nameDialog.returnValue !== "ok" || !name) return;
  byId("reviewer").value = name;
  named();
  afterName();
});
function named() {
  try {
    localStorage.setItem(NAME_KEY, reviewer());
  } catch {
    // the name is asked for again next time
  }
  fillBars();
}
// While it is typed: what moves when the field is left would move away from under a click.
byId("reviewer").addEventListener("input", named);

// All that match.
const bulk = byId("bulk");
byId("decide-all").addEventListener("click", () => {
  byId("bulk-count").textContent = plural(selection.flags, "flag");
  bulk.returnValue = "";
  bulk.showModal();
});
bulk.addEventListener("close", () => {
  const { verdict, reason } = bulk.querySelector("form").elements;
  if (bulk.returnValue === "ok") decide(page.order(), verdict.value, reason.value.trim());
});

function loadDecisions() {
  readStore();
  try {
    byId("reviewer").value = byId("reviewer").value || localStorage.getItem(NAME_KEY) || "";
  } catch {
    canKeep = false;
  }
  byId("not-kept").hidden = canKeep;
  joinDecisions();
}
// Another page of the report, in another tab or gone back from, may have kept decisions meanwhile.
addEventListener("storage", () => {
  loadDecisions();
  apply();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  loadDecisions();
  apply();
});
