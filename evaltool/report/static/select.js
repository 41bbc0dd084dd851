// Which flags and segments fit the filter, and what they add up to. Nothing here touches the page.

const FACETS = ["severity", "category", "rule", "system", "article", "kind", "decision"];

/** The text of a segment or a flag in small letters, made once. */
function searchedText(item) {
  if (item.searched === undefined) {
    const parts = item.anchor
      ? [item.reference, item.variant]
      : [item.message, item.rule, item.reference.text, item.variant.text, item.suggestion || ""];
    item.searched = parts.join("\n").toLowerCase();
  }
  return item.searched;
}
const holds = (item, query) => searchedText(item).includes(query);

// The texts are made ready in idle moments, so that the first search need not wait for all of them.
let ready = 0;
function readAhead(deadline) {
  const all = segments.length + flags.length;
  for (; ready < all && deadline.timeRemaining() > 1; ready += 1) {
    searchedText(ready < segments.length ? segments[ready] : flags[ready - segments.length]);
  }
  if (ready < all) requestIdleCallback(readAhead);
}
if (window.requestIdleCallback) requestIdleCallback(readAhead);

/** A drift filter "0.2-0.3": from its lower end, up to but without its upper one; 1 is within. */
function driftTest(range) {
  if (!range) return () => true;
  const [from, to] = range.split("-").map(Number);
  return (segment) => segment !== null && segment.drift !== null && segment.drift >= from &&
    (segment.drift < to || to >= 1);
}

/** Mark what fits the state of the filter; count what each choice of a facet would show. */
function select(state) {
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  const add = (name, value) => counts[name].set(value, (counts[name].get(value) || 0) + 1);
  const values = (name) => new Set(name === "severity" ? state.severity.split(",") : [state[name]]);
  const wanted = FACETS.filter((name) => state[name]).map((name) => [name, values(name)]);
  const inRange = driftTest(state.drift);
  const query = state.q;

  for (const segment of segments) {
    segment.hits = 0;
    segment.near = 0; // flags that only the filter of drift hides
    segment.found = !query || holds(segment, query);
  }
  let shown = 0;
  for (const flag of flags) {
    flag.matches = false;
    const segment = flag.segment;
    if (state.fresh && !flag.fresh) continue;
    if (state.disagree && !(segment && isDisputed(segment))) continue;
    let missed = "drift";
    let misses = inRange(segment) ? 0 : 1;
    for (const [name, fitting] of wanted) {
      if (fitting.has(flag[name])) continue;
      missed = name;
      misses += 1;
      if (misses > 1) break;
    }
    if (misses > 1) continue;
    if (query && !(segment && segment.found) && !holds(flag, query)) continue;
    // an option's count says what choosing it would show: all other filters hold
    if (misses && missed === "drift") {
      if (segment) segment.near += 1;
    } else if (misses) add(missed, flag[missed]);
    else {
      for (const name of FACETS) add(name, flag[name]);
      flag.matches = true;
      shown += 1;
      if (segment) segment.hits += 1;
    }
  }
  const byFlag = state.only || state.severity || state.category || state.rule || state.decision || state.fresh;
  let segmentsShown = 0;
  for (const segment of segments) {
    // what the filter of drift alone hides still counts for the chart of drift
    segment.fits =
      (!state.system || segment.system === state.system) &&
      (!state.article || segment.article === state.article) &&
      (!state.kind || segment.kind === state.kind) &&
      (!state.disagree || isDisputed(segment)) &&
      (segment.hits + segment.near > 0 || (!byFlag && segment.found));
    segment.matches = segment.fits && inRange(segment);
    segmentsShown += segment.matches;
  }
  return { flags: shown, segments: segmentsShown, counts, active: Object.values(state).some(Boolean) };
}

/** Scores and flag counts of what matches, by system ("3") and by article and system ("12 3"); as in scores.py. */
function sumUp() {
  const sums = new Map();
  const empty = () => ({ quality: 0, drift: 0, weight: 0, points: 0, words: 0, covered: 0, content: 0,
    critical: 0, major: 0, minor: 0, neutral: 0 });
  const of = (key) => {
    if (!sums.has(key)) sums.set(key, empty());
    return sums.get(key);
  };
  for (const segment of segments) {
    if (!segment.matches) continue;
    const sum = of(`${segment.article} ${segment.system}`);
    const weight = segment.words || segment.variantWords;
    if (segment.counted) {
      sum.quality += segment.quality * weight;
      sum.drift += segment.drift * weight;
      sum.weight += weight;
    }
    if (segment.quality !== null) sum.words += segment.words;
    sum.covered += segment.covered;
    sum.content += segment.content;
  }
  for (const flag of flags) {
    if (!flag.matches) continue;
    const sum = of(`${flag.article} ${flag.system}`);
    sum[flag.severity] += 1;
    if (flag.segment && flag.segment.quality !== null) sum.points += POINTS[flag.severity];
  }
  for (const [key, sum] of [...sums]) {
    const total = of(key.split(" ")[1]);
    for (const name of Object.keys(sum)) total[name] += sum[name];
  }
  return sums;
}

/** A score of a sum of `sumUp`, or null where nothing was counted or the score is one of whole texts. */
function scoreOf(sum, name) {
  const part = { quality: ["quality", "weight"], drift: ["drift", "weight"], coverage: ["covered", "content"] }[name];
  if (name === "mqm_score") return sum.words ? Math.max(0, 100 - (100 * sum.points) / sum.words) : null;
  return part && sum[part[1]] ? sum[part[0]] / sum[part[1]] : null;
}
