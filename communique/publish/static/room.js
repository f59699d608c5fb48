// Passages in a panel, without leaving the page.
"use strict";

let panel = null;
let opener = null;

function closePanel() {
  if (panel) panel.remove();
  panel = null;
  if (opener) opener.focus();
  opener = null;
}

function showPassage(passage, link) {
  if (panel) panel.remove();
  opener = link;
  panel = make("dialog", "", { class: "panel", "aria-labelledby": "panel-title" });
  panel.append(make("h2", passage.title, { id: "panel-title", tabindex: "-1" }));
  const quote = make("blockquote");
  const words = make("p", "", { class: "context" });
  const own = make("bdi");
  own.append(passage.before, make("mark", passage.words, { class: "here" }), passage.after);
  words.append(own);
  quote.append(words);
  panel.append(quote);
  for (const line of passage.lines) panel.append(make("p", line, { class: "meta" }));
  const actions = make("p", "", { class: "actions" });
  actions.append(make("a", "Open in the document", { href: passage.open }), make("a", "Page of the passage", { href: link.href }));
  const copy = make("button", "Copy as footnote", { type: "button" });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(passage.footnote);
    copy.textContent = "Copied";
  });
  const close = make("button", "Close (Esc)", { type: "button" });
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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !panel || document.querySelector("dialog.ask[open]")) return;
  closePanel();
  event.stopPropagation();
});

// Paper cannot be opened: what is folded is printed open.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => { folded.open = false; }, { once: true });
  }
});
