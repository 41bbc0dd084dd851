// The data of the page as objects; data.py writes the rows in this order.

const data = JSON.parse(byId("data").textContent);

const placesTaken = new Map(); // article x system -> how many segments so far
const segments = data.segments.map((row) => {
  const [article, system, index, kind, drift, quality, counted, words, variantWords, content, covered, sentences, ...texts] = row;
  const owner = `${article} ${system}`;
  const place = placesTaken.get(owner) || 0;
  placesTaken.set(owner, place + 1);
  return {
    article: String(article),
    system: String(system),
    index,
    anchor: `v${system}-s${place}`,
    kind: data.kinds[kind],
    drift,
    quality,
    counted: Boolean(counted),
    words,
    variantWords,
    content,
    covered,
    sentences,
    reference: data.texts[texts[0]],
    variant: data.texts[texts[1]],
    flags: [],
    hits: 0, // how many of them match the filter
    found: true, // whether its text holds what is searched for
    matches: true,
  };
});

/** One side of a flag: its quote, and where that is in the segment's text, if it is there. */
function side(value, text) {
  return typeof value === "string" ? { text: value } : { start: value[0], end: value[1], text: text.slice(...value) };
}

const flagsOnPage = new Map(); // article -> how many flags so far
const flags = data.flags.map((row, number) => {
  const [at, article, system, severity, category, rule, confidence, fingerprint, message, ...rest] = row;
  const segment = at < 0 ? null : segments[at];
  const id = flagsOnPage.get(article) || 0;
  flagsOnPage.set(article, id + 1);
  const flag = {
    number,
    id, // its number on the article's page
    segment,
    article: String(article),
    system: String(system),
    severity: data.severities[severity],
    category: data.categories[category],
    rule: data.rules[rule][0],
    ruleLink: data.rules[rule][1],
    kind: segment ? segment.kind : "",
    confidence,
    fingerprint,
    message,
    reference: side(rest[0], segment && segment.reference),
    variant: side(rest[1], segment && segment.variant),
    suggestion: rest[2],
    fresh: Boolean(rest[3]),
    key: `${data.articles[article]}\0${data.systems[system]}\0${fingerprint}`,
    decision: "undecided",
    decisions: [],
    matches: true,
  };
  if (segment) segment.flags.push(flag);
  return flag;
});

const pageOf = (article) => data.pages[article];

/** Worst first: by severity, then confidence, then place; the order of top.py. */
const worstFirst = flags.slice().sort(
  (a, b) =>
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.confidence - a.confidence || a.number - b.number,
);
const highestDrift = segments.slice().sort((a, b) => (b.drift ?? -1) - (a.drift ?? -1));
