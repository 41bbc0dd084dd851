// Going to a place, lighting what belongs together, keys; then the start.

const partners = new Map(); // flag -> every mark that shows it
for (const element of $$("[data-flags]")) {
  for (const id of element.dataset.flags.split(" ")) {
    if (!partners.has(id)) partners.set(id, []);
    partners.get(id).push(element);
  }
}
let lit = [];

function light(ids) {
  for (const element of lit) element.classList.remove("lit");
  lit = ids.flatMap((id) => [...(partners.get(id) || []), byId(`f${id}`)]);
  for (const element of lit) element.classList.add("lit");
}

const idsAt = (target) => {
  const element = target instanceof Element && target.closest(".hit, li.flag");
  if (!element) return [];
  return element.matches(".hit") ? element.dataset.flags.split(" ") : [element.id.slice(1)];
};
const lightFor = (target) => {
  const ids = idsAt(target);
  light(ids.length ? ids : idsAt(document.activeElement));
};
document.addEventListener("focusin", (event) => lightFor(event.target));
// A key scrolls the page under a pointer that rests: only a pointer that moves may light something.
let pointer = "";
const position = (event) => `${event.clientX} ${event.clientY}`;
document.addEventListener("pointermove", (event) => (pointer = position(event)));
document.addEventListener("pointerover", (event) => {
  if (position(event) !== pointer) lightFor(event.target);
});

/** Show the element with this id, whatever hides it, and move the focus there. */
function goTo(id) {
  const flag = /^f\d+$/.test(id) && flags[id.slice(1)];
  const target = flag ? page.reveal(flag) : byId(id);
  if (!target) return;
  for (let element = target; element; element = element.parentElement) {
    if (element.matches("li, .segment, .variant")) element.hidden = false;
    if (element.matches(".fold")) element.open = true;
  }
  if (target.closest("#by-system") && byId("by-system").hidden) setAcross(false);
  if (target.matches(".variant")) target.querySelector(".fold").open = true;
  for (const old of $$(".current")) old.classList.remove("current");
  target.classList.add("current");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: flag ? "center" : "start" });
  place = id;
}

function visit(flag) {
  goTo(`f${flag.number}`);
  writeAddress();
}

// A link inside the page keeps the filter in the address.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const address = link && link.getAttribute("href");
  if (!address || !address.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(address.slice(1));
  writeAddress(true);
});

/** The next or the previous flag that matches; from a place that is no flag, the nearest one in that direction. */
function step(direction) {
  const order = page.order();
  const here = flagAt();
  let next;
  if (here && order.includes(here)) next = order[order.indexOf(here) + direction];
  else {
    const from = byId(place);
    const wanted = direction > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const beyond = (flag) => {
      const element = byId(`f${flag.number}`);
      return !from || !element || from.compareDocumentPosition(element) & wanted;
    };
    next = (direction > 0 ? order : order.slice().reverse()).find(beyond);
  }
  if (next) visit(next);
}

const help = byId("help");
byId("help-button").addEventListener("click", () => help.showModal());

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => decideHere("accept"),
  r: () => decideHere("reject"),
  d: () => decideHere("downgrade"),
  u: () => decideHere(""),
  e: () => {
    const field = flagAt() && page.reveal(flagAt()).querySelector(".deciding input");
    if (field && !field.hidden) field.focus();
  },
  o: () => {
    const link = flagAt() && page.reveal(flagAt()).querySelector(".source a");
    if (link) link.click();
  },
  "?": () => help.showModal(),
  "/": () => field("q").focus(),
};
const decideHere = (verdict) => flagAt() && decide([flagAt()], verdict);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("select, textarea, input:not([type=checkbox])")) {
    // Enter or Escape in the field of a reason leads back to its flag
    const flag = event.target.closest(".deciding") && flags[event.target.closest(".deciding").dataset.flag];
    if (flag && (event.key === "Enter" || event.key === "Escape")) visit(flag);
    return;
  }
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

function load() {
  readAddress();
  apply();
  if (place) goTo(place);
}
addEventListener("hashchange", load);
// Paper has no filters to open and no lists to unfold.
addEventListener("beforeprint", () => {
  for (const fold of $$("details.fold")) fold.open = true;
});
loadDecisions();
load();
