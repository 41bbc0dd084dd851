"use strict";
// Small helpers, and how text is shown.

const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const byId = (id) => document.getElementById(id);
const SEVERITIES = ["critical", "major", "minor", "neutral"]; // the most serious first
const POINTS = { critical: 25, major: 5, minor: 1, neutral: 0 };
const LETTERS = { critical: "C", major: "M", minor: "m", neutral: "n" };

// What cannot be seen but changes what is seen; the same as in visible.py.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** The text as nodes, each unseen character in a box that names it. */
function boxed(text) {
  const out = document.createDocumentFragment();
  const clean = text.replaceAll("\r\n", "\n");
  let start = 0;
  for (const found of clean.matchAll(UNSEEN)) {
    const code = `U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    const box = document.createElement("span");
    box.className = "unseen";
    box.title = `character ${code}`;
    box.textContent = code;
    out.append(clean.slice(start, found.index), box);
    start = found.index + found[0].length;
  }
  out.append(clean.slice(start));
  return out;
}

/** An element; strings among its children are shown by `boxed`. */
function build(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children.map((child) => (typeof child === "string" ? boxed(child) : child)));
  return element;
}

/** Text for one line: its middle left out where it is long; as in visible.py. */
function excerpt(text, length = 160) {
  const line = text.split(/\s+/).filter(Boolean).join(" ");
  if (line.length <= length) return line;
  return `${line.slice(0, length / 2).trimEnd()} … ${line.slice(-length / 2).trimStart()}`;
}

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** Say something to who cannot see that the page changed. */
function announce(text) {
  byId("said").textContent = text;
}
