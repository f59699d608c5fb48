// Passages in a panel, without leaving the page; keys that lead to pages. Without this script every link still works.
"use strict";

const SECTIONS = { o: "/", c: "/chronology", n: "/names", s: "/statements", a: "/agenda", m: "/commitments", f: "/forecasts", x: "/conflicts", d: "/documents", h: "/history" };
let panel = null;
let opener = null;

function element(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  if (words) made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function closePanel() {
  if (panel) panel.remove();
  panel = null;
  if (opener) opener.focus();
  opener = null;
}

function showPassage(passage, link) {
  if (panel) panel.remove();
  opener = link;
  panel = element("dialog", "", { class: "panel", "aria-labelledby": "panel-title" });
  panel.append(element("h2", passage.title, { id: "panel-title", tabindex: "-1" }));
  const quote = element("blockquote");
  const words = element("p", "", { class: "context" });
  const own = element("bdi");
  own.append(passage.before, element("mark", passage.words, { class: "here" }), passage.after);
  words.append(own);
  quote.append(words);
  panel.append(quote);
  for (const line of passage.lines) panel.append(element("p", line, { class: "meta" }));
  const actions = element("p", "", { class: "actions" });
  actions.append(element("a", "Open in the document", { href: passage.open }), element("a", "Page of the passage", { href: link.href }));
  const copy = element("button", "Copy as footnote", { type: "button" });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(passage.footnote);
    copy.textContent = "Copied";
  });
  const close = element("button", "Close (Esc)", { type: "button" });
  close.addEventListener("click", closePanel);
  actions.append(copy, close);
  panel.append(actions);
  document.body.append(panel);
  panel.show();
  panel.querySelector("h2").focus();
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.passage");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    const reply = await fetch(`${link.href}.json`);
    const found = await reply.json();
    showPassage(found.passage, link);
  } catch {
    location.href = link.href;
  }
});

let waiting = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel) {
    closePanel();
    event.stopPropagation();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (waiting) {
    waiting = false;
    if (SECTIONS[event.key]) location.href = SECTIONS[event.key];
  } else if (event.key === "g") {
    waiting = true;
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search").focus();
  }
});
