// What the systems made of the same sentences of the reference.

/**
 * The segments of an article joined to rows: those that share a sentence of the reference, of whatever system.
 * What systems added has no sentence of the reference and stands in no row.
 */
function rowsOf(article) {
  const parent = new Map(); // sentence -> another one of its row: a forest
  const root = (sentence) => {
    let at = sentence;
    while (parent.get(at) !== at) at = parent.get(at);
    return at;
  };
  const own = segments.filter((segment) => segment.article === article && segment.sentences.length);
  for (const { sentences } of own) {
    for (const sentence of sentences) if (!parent.has(sentence)) parent.set(sentence, sentence);
    for (const sentence of sentences) {
      const [low, high] = [root(sentences[0]), root(sentence)].sort((a, b) => a - b);
      parent.set(high, low);
    }
  }
  const rows = new Map();
  for (const sentence of [...parent.keys()].sort((a, b) => a - b)) {
    if (!rows.has(root(sentence))) rows.set(root(sentence), { article, sentences: [], segments: [] });
    rows.get(root(sentence)).sentences.push(sentence);
  }
  for (const segment of own) rows.get(root(segment.sentences[0])).segments.push(segment);
  return [...rows.values()].map((row) => ({ ...row, disagrees: disagrees(row) }));
}

const serious = (flag) => flag.severity === "critical" || flag.severity === "major";

/** Some systems have a critical or major flag there and others have none. */
function disagrees(row) {
  const wrong = new Map(); // system -> whether it has one
  for (const segment of row.segments) {
    wrong.set(segment.system, Boolean(wrong.get(segment.system)) || segment.flags.some(serious));
  }
  return new Set(wrong.values()).size === 2;
}

let disputed = null; // all segments of rows on which systems disagree; made when first asked for
function isDisputed(segment) {
  if (!disputed) {
    const articles = new Map(segments.map((one) => [one.article, []]));
    disputed = new Set();
    for (const article of articles.keys()) {
      for (const row of rowsOf(article)) if (row.disagrees) for (const one of row.segments) disputed.add(one);
    }
  }
  return disputed.has(segment);
}
