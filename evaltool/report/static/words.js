// Texts with marks on them, and the words in which two texts differ.

/** The text as nodes; spans are {start, end, severity}, the most serious one wins where they overlap. */
function painted(text, spans, changes = null) {
  const out = document.createDocumentFragment();
  const inserted = changes ? changes.inserted : [];
  const missing = changes ? changes.missing : [];
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...spans, ...inserted]) cuts.add(start).add(end);
  for (const { at } of missing) cuts.add(at);
  const points = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  for (const [number, start] of points.entries()) {
    for (const gap of missing) if (gap.at === start) out.append(build("del", {}, gap.text), " ");
    const end = points[number + 1];
    if (end === undefined) break;
    const over = (span) => span.start <= start && end <= span.end;
    let piece = boxed(text.slice(start, end));
    if (inserted.some(over)) {
      const box = build("ins", {});
      box.append(piece);
      piece = box;
    }
    const covering = spans.filter(over).sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    if (covering.length) {
      const last = covering.filter((span) => span.end === end).map((span) => LETTERS[span.severity]);
      const mark = build("mark", { class: `sev-${covering[0].severity}`, "data-letters": [...new Set(last)].join("") });
      mark.append(piece);
      piece = mark;
    }
    out.append(piece);
  }
  return out;
}

/** The spans of a segment's flags on one side ("reference" or "variant"), as `painted` takes them. */
const spansOn = (shown, name) =>
  shown.filter((flag) => flag[name].start !== undefined).map((flag) => ({ ...flag[name], severity: flag.severity }));

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*|[^\s]/gu;
const LONGEST = 2_000_000; // cells of the table of the longest common subsequence

/**
 * What the variant's words have that the reference's have not, and the other way round.
 *
 * The longest common subsequence of words, case and the form of apostrophes apart. Null where the two are too long for that.
 */
function wordChanges(reference, variant) {
  const [a, b] = [reference, variant].map((text) => [...text.matchAll(WORD)]);
  if ((a.length + 1) * (b.length + 1) > LONGEST) return null;
  const [left, right] = [a, b].map((words) => words.map((word) => word[0].toLowerCase().replaceAll("’", "'")));
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] =
        left[i] === right[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const inserted = [];
  const missing = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && left[i] === right[j]) {
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || length[(i + 1) * width + j] >= length[i * width + j + 1])) {
      const at = j < b.length ? b[j].index : variant.length;
      const [from, to] = [a[i].index, a[i].index + a[i][0].length];
      addTo(missing, (last) => last.at === at, { at, from, to }, (last) => (last.to = to));
      i += 1;
    } else {
      const [start, end] = [b[j].index, b[j].index + b[j][0].length];
      const near = (last) => /^\s*$/.test(variant.slice(last.end, start));
      addTo(inserted, near, { start, end }, (last) => (last.end = end));
      j += 1;
    }
  }
  return { inserted, missing: missing.map((gap) => ({ at: gap.at, text: reference.slice(gap.from, gap.to) })) };
}

/** Lengthen the last run, or begin another. */
function addTo(runs, goesOn, fresh, lengthen) {
  const last = runs.at(-1);
  if (last && goesOn(last)) lengthen(last);
  else runs.push(fresh);
}
