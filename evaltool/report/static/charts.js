// The charts: how drift and flags are distributed over what matches, and how often each rule was right.

function setBar(button, count, most) {
  button.querySelector(".count").textContent = count.toLocaleString("en");
  const bar = button.querySelector("rect");
  const length = most ? (100 * count) / most : 0;
  if (bar.closest(".upright")) {
    bar.setAttribute("y", 100 - length);
    bar.setAttribute("height", length);
  } else bar.setAttribute("width", length);
}

function refreshCharts(selection) {
  const bars = $$("[data-choose=drift]");
  const bins = bars.map(() => 0);
  for (const segment of segments) {
    if (segment.drift === null || !segment.fits) continue;
    bins[Math.min(Math.floor(Math.round(segment.drift * 1000) / 100), bins.length - 1)] += 1;
  }
  const tallest = Math.max(...bins);
  bars.forEach((bar, number) => setBar(bar, bins[number], tallest));

  for (const name of ["category", "rule"]) {
    const most = Math.max(0, ...selection.counts[name].values());
    for (const bar of $$(`.chart [data-choose=${name}]`)) {
      setBar(bar, selection.counts[name].get(bar.dataset.value) || 0, most);
    }
  }
}

/** Precision of each rule: what share of the flags that reviewers agree on was right; a downgraded flag was. */
function refreshPrecision() {
  const counts = new Map();
  for (const flag of flags) {
    if (!flag.matches) continue;
    if (!counts.has(flag.rule)) counts.set(flag.rule, { flags: 0, accept: 0, downgrade: 0, reject: 0 });
    const own = counts.get(flag.rule);
    own.flags += 1;
    if (flag.decision in own) own[flag.decision] += 1;
  }
  for (const row of $$("#rules tbody tr")) {
    const own = counts.get(row.dataset.rule) || { flags: 0, accept: 0, downgrade: 0, reject: 0 };
    const decided = own.accept + own.downgrade + own.reject;
    row.hidden = !own.flags;
    for (const cell of $$("[data-count]", row)) {
      const name = cell.dataset.count;
      if (name === "right") cell.textContent = own.accept + own.downgrade;
      else if (name !== "precision") cell.textContent = own[name];
      else cell.textContent = decided ? `${Math.round((100 * (decided - own.reject)) / decided)}% of ${decided}` : "–";
    }
  }
}
