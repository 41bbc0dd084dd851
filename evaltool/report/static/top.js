// The top page: lists of flags and segments, cut to what a reader can take in.

const FIRST = 20;
const MORE = 100;
let listed = "flags"; // or "segments"
let limit = FIRST;
let lastFilter = "";
const made = new Map(); // flag -> its item, kept so that the focus stays in it

const page = {
  refresh(selected, state) {
    refreshTables(state, selected.active);
    refreshCharts(selected);
    refreshPrecision();
    byId("caption-filtered").hidden = !selected.active;
    const filter = JSON.stringify(state);
    if (filter !== lastFilter) limit = FIRST; // a decision leaves the list as long as it is
    lastFilter = filter;
    showList();
  },
  order: () => worstFirst.filter((flag) => flag.matches),
  /** The item of a flag; the list is lengthened as far as it takes. */
  reveal(flag) {
    if (listed !== "flags") setListed("flags");
    if (!made.has(flag) || !made.get(flag).isConnected) {
      limit = Math.max(limit, this.order().indexOf(flag) + 1);
      showList();
    }
    if (!made.has(flag) || !made.get(flag).isConnected) byId("worst").prepend(flagItem(flag)); // hidden by the filter
    return made.get(flag);
  },
  state: () => (listed === "flags" ? {} : { view: listed }),
  setState: (parameters) => setListed(parameters.get("view") === "segments" ? "segments" : "flags"),
  chose: (name) => setListed(name === "drift" ? "segments" : "flags"),
};

function setListed(name) {
  listed = name;
  limit = FIRST;
  for (const button of $$("[data-list]")) button.setAttribute("aria-pressed", String(button.dataset.list === name));
  byId("worst").hidden = name !== "flags";
  byId("segments").hidden = name !== "segments";
}

function showList() {
  const asFlags = listed === "flags";
  const all = asFlags ? page.order() : highestDrift.filter((segment) => segment.matches);
  const items = all.slice(0, limit).map(asFlags ? flagItem : segmentItem);
  const list = byId(asFlags ? "worst" : "segments");
  // the same items stay where they are: whoever is inside one keeps the focus
  if (items.length !== list.children.length || items.some((item, at) => item !== list.children[at])) {
    list.replaceChildren(...items);
  }
  byId("list-empty").hidden = all.length > 0;
  byId("list-more").hidden = all.length <= limit;
  byId("list-hidden").textContent = (all.length - Math.min(limit, all.length)).toLocaleString("en");
  for (const button of $$("[data-list]")) {
    const count = button.dataset.list === "flags" ? selection.flags : selection.segments;
    button.querySelector(".count").textContent = count.toLocaleString("en");
  }
  byId("decide-all").disabled = !selection.flags;
  fillBars();
}

const where = (item) => [
  build("bdi", {}, data.articles[item.article]),
  " · ",
  build("bdi", {}, data.systems[item.system]),
];
const quoted = (text, name) =>
  text ? build("q", { class: name, dir: "auto", lang: document.body.dataset.language }, excerpt(text))
    : build("span", { class: "nothing" }, "nothing");

function badge(severity) {
  const letter = build("span", { class: "letter", "aria-hidden": "true" }, LETTERS[severity]);
  return build("span", { class: `badge sev-${severity}` }, letter, severity);
}

function flagItem(flag) {
  if (made.has(flag)) return made.get(flag);
  const head = build(
    "p", { class: "what" },
    badge(flag.severity),
    build("span", { class: "category" }, flag.category),
    build("a", { class: "rule", href: flag.ruleLink }, flag.rule),
    ...(flag.fresh ? [build("span", { class: "tag" }, "new")] : []),
    build("span", { class: "confidence" }, `confidence ${flag.confidence.toFixed(2)}`),
  );
  const quotes = build(
    "p", { class: "quotes" },
    quoted(flag.reference.text, "ref"),
    build("span", { class: "arrow", role: "img", "aria-label": "became" }, " → "),
    quoted(flag.variant.text, "var"),
  );
  const item = build(
    "li", { class: `edge-${flag.severity}`, id: `f${flag.number}`, tabindex: "-1" },
    head,
    quotes,
    build("p", { class: "message", dir: "auto" }, flag.message),
    build(
      "div", { class: "foot" },
      build("p", { class: "source" }, build("a", { href: `${pageOf(flag.article)}#f${flag.id}` }, ...where(flag))),
      deciding(flag),
      ...(flag.segment ? [context(flag)] : []),
    ),
  );
  item.dataset.decision = flag.decision;
  made.set(flag, item);
  return item;
}

/** Both texts of the flag's segment, made when they are asked for. */
function context(flag) {
  const details = build("details", { class: "context" }, build("summary", {}, "In context"));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(sidesOf(flag.segment, [flag]));
  });
  return details;
}

function sidesOf(segment, shown) {
  const side = (name, text, label) => {
    const box = build("div", { class: "text", dir: "auto", lang: document.body.dataset.language });
    if (text) box.append(painted(text, spansOn(shown, name)));
    else box.append(build("span", { class: "nothing" }, `nothing in the ${name}`));
    return build("div", { class: `side ${name === "variant" ? "rendering" : name}` }, build("span", { class: "sr" }, `${label}: `), box);
  };
  return build(
    "div", { class: "sides" },
    side("reference", segment.reference, "Reference"),
    side("variant", segment.variant, "Variant"),
  );
}

function segmentItem(segment) {
  const shown = segment.flags.filter((flag) => flag.matches);
  const value = (label, number) => build("span", {}, `${label} `, build("b", {}, number === null ? "–" : String(number)));
  return build(
    "li", {},
    build(
      "p", { class: "what" },
      value("drift", segment.drift),
      value("quality", segment.quality),
      build("span", {}, segment.kind),
      ...shown.map((flag) => badge(flag.severity)),
      build("a", { class: "where", href: `${pageOf(segment.article)}#${segment.anchor}` }, ...where(segment),
        ` · segment ${segment.index + 1}`),
    ),
    sidesOf(segment, shown),
  );
}

for (const button of $$("[data-list]")) {
  button.addEventListener("click", () => {
    setListed(button.dataset.list);
    showList();
    writeAddress();
  });
}
byId("list-all").addEventListener("click", () => {
  limit += MORE;
  showList();
});
