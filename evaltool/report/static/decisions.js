// Reviewers' decisions: those that came with the report, and those kept in this browser.

const VERDICTS = { accept: "accepted", reject: "rejected", downgrade: "downgraded" };
const NAME_KEY = "evaltool:reviewer";
let own = []; // the decisions kept in this browser
let canKeep = true;

function readStore() {
  try {
    const kept = JSON.parse(localStorage.getItem(data.store) || "null");
    own = kept ? checked(kept) : [];
  } catch {
    canKeep = false; // storage is switched off, or holds something else
    own = own || [];
  }
}

function writeStore() {
  try {
    localStorage.setItem(data.store, JSON.stringify(asFile()));
    canKeep = true;
  } catch {
    canKeep = false;
  }
  byId("not-kept").hidden = canKeep;
}

const asFile = () => ({ schema_version: 1, decisions: own });

/** The decisions of a file, or an error that says what is wrong with it. */
function checked(file) {
  if (!file || file.schema_version !== 1 || !Array.isArray(file.decisions)) throw new Error("not a decisions file");
  return file.decisions.map((one) => {
    const texts = ["article", "system", "fingerprint", "rule", "decision"].map((name) => one[name]);
    if (!texts.every((text) => typeof text === "string") || !(one.decision in VERDICTS)) {
      throw new Error("a decision in it is malformed");
    }
    const [article, system, fingerprint, rule, decision] = texts;
    const [reason, by, at] = ["reason", "by", "at"].map((name) => String(one[name] || ""));
    return { article, system, fingerprint, rule, decision, reason, by, at };
  });
}

const keyOf = (decision) => `${decision.article}\0${decision.system}\0${decision.fingerprint}`;

/** Each reviewer's latest decision about each flag; at equal times the one that stands later. */
function latest(decisions) {
  const found = new Map();
  for (const one of decisions) {
    const where = `${keyOf(one)}\0${one.by}`;
    if (!found.has(where) || found.get(where).at <= one.at) found.set(where, one);
  }
  return [...found.values()];
}

/** Give every flag its decisions and what they amount to. */
function joinDecisions() {
  const byKey = new Map();
  for (const one of latest([...data.decisions, ...own])) {
    if (!byKey.has(keyOf(one))) byKey.set(keyOf(one), []);
    byKey.get(keyOf(one)).push(one);
  }
  const none = [];
  for (const flag of flags) {
    flag.decisions = byKey.get(flag.key) || none;
    const verdicts = new Set(flag.decisions.map((one) => one.decision));
    flag.decision = verdicts.size > 1 ? "conflict" : flag.decisions.length ? flag.decisions[0].decision : "undecided";
  }
}

const reviewer = () => byId("reviewer").value.trim();

/** What this reviewer said of a flag, or undefined. */
const mine = (flag) => flag.decisions.find((one) => one.by === reviewer());

/** Decide about flags in the reviewer's name; no verdict withdraws what this browser keeps. */
function record(about, verdict, reason) {
  const keys = new Set(about.map((flag) => flag.key));
  const by = reviewer();
  own = own.filter((one) => one.by !== by || !keys.has(keyOf(one)));
  if (verdict) {
    const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    for (const flag of about) {
      own.push({
        article: data.articles[flag.article],
        system: data.systems[flag.system],
        fingerprint: flag.fingerprint,
        rule: flag.rule,
        decision: verdict,
        reason: reason ?? (mine(flag) ? mine(flag).reason : ""),
        by,
        at,
      });
    }
  }
  writeStore();
  joinDecisions();
}
