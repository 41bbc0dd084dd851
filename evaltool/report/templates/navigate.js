// Going to a place, lighting what belongs together, keys.

const partners = new Map(); // flag id -> every element that shows it
for (const element of $$("[data-flags]")) {
  for (const id of element.dataset.flags.split(" ")) {
    if (!partners.has(id)) partners.set(id, []);
    partners.get(id).push(element);
  }
}
let lit = [];

function light(ids) {
  for (const element of lit) element.classList.remove("lit");
  lit = ids.flatMap((id) => [...(partners.get(id) || []), flagById.get(id).element]);
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
const where = (event) => `${event.clientX} ${event.clientY}`;
document.addEventListener("pointermove", (event) => (pointer = where(event)));
document.addEventListener("pointerover", (event) => {
  if (where(event) !== pointer) lightFor(event.target);
});

/** Show the element with this id, whatever hides it, and move the focus there. */
function goTo(id) {
  const target = byId(id);
  if (!target) return;
  for (let element = target; element; element = element.parentElement) {
    if (element.matches("li, .segment, .variant")) element.hidden = false;
    if (element.matches(".fold")) element.open = true;
  }
  if (target.matches(".variant")) target.querySelector(".fold").open = true;
  for (const old of $$(".current")) old.classList.remove("current");
  target.classList.add("current");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: target.matches(".flag") ? "center" : "start" });
  place = id;
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

function step(direction) {
  const here = byId(place);
  const wanted = direction > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const visible = flags.filter((flag) => flag.matches);
  if (direction < 0) visible.reverse();
  const next = visible.find((flag) => !here || here.compareDocumentPosition(flag.element) & wanted);
  if (!next) return;
  goTo(next.element.id);
  writeAddress();
}

const help = byId("help");
byId("help-button").addEventListener("click", () => help.showModal());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.matches("select, textarea, input:not([type=checkbox])")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") help.showModal();
  else if (event.key === "/") form.elements.q.focus();
  else return;
  event.preventDefault();
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
load();
