// What every page has: words to say, dialogs, and the keys that lead from page to page. Without scripts every link still works.
"use strict";

const SECTIONS = { o: ["/", "overview"], c: ["/chronology", "chronology"], n: ["/names", "names"], s: ["/statements", "statements"], a: ["/agenda", "agenda"], m: ["/commitments", "commitments"], f: ["/forecasts", "forecasts"], x: ["/conflicts", "conflicts"], d: ["/documents", "documents"], h: ["/history", "history"] };
const LEADS = Object.entries(SECTIONS).map(([letter, [, words]]) => `${letter} ${words}`).join(", ");
const KEYS = [["j k", "next, previous entry of a list"], ["/", "search"], ["g, then a letter", LEADS], ["?", "this list"], ["Esc", "leave a dialog, form or panel"]];
const ENTRIES = "ul.names > li, ol.chronology li, article.statement, article.comparison, tbody tr, ul.brief > li";

let singleKeys = true;
try { singleKeys = localStorage.getItem("communique-keys") !== "off"; } catch { /* private windows have no store */ }

// What is kept of this visit while it goes from page to page.
function keep(name, value) {
  try { sessionStorage.setItem(`communique-${name}`, JSON.stringify(value)); } catch { /* private windows have no store */ }
}

function kept(name) {
  try { return JSON.parse(sessionStorage.getItem(`communique-${name}`)); } catch { return null; }
}

function make(tag, words, attributes = {}, ...children) {
  const made = document.createElement(tag);
  if (words) made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const said = make("p", "", { class: "said vh", role: "status", "aria-live": "polite" });
const shown = make("p", "", { class: "toast", hidden: "" }, make("span", "", { "aria-hidden": "true" }));
document.body.append(said, shown);

function say(words, undoing = null) {
  said.textContent = "";
  said.textContent = words;
  shown.firstChild.textContent = words;
  while (shown.children.length > 1) shown.lastChild.remove();
  if (undoing) {
    const button = make("button", "Undo", { type: "button" });
    button.addEventListener("click", undoing);
    shown.append(" ", button);
  }
  shown.hidden = false;
}

function labelled(words, field) {
  const label = make("label", `${words} `);
  label.append(field);
  return make("p", "", {}, label);
}

// A dialog with a title, content and buttons (words, value); what was pressed, "" for none. ``leave``: the button that does
// nothing, which has the focus where nothing is to be typed.
function dialog(title, content, buttons, leave = "Cancel") {
  const before = document.activeElement;
  const id = `dialog-${Date.now()}`;
  const form = make("form", "", { method: "dialog" }, make("h2", title, { id }), ...content);
  const actions = make("p", "", { class: "actions" });
  for (const [words, value] of buttons) actions.append(make("button", words, { value }));
  actions.append(make("button", leave, { type: "button", class: "cancel" }));
  form.append(actions);
  const made = make("dialog", "", { class: "ask", "aria-labelledby": id }, form);
  actions.lastChild.addEventListener("click", () => made.close(""));
  shown.hidden = true;
  document.body.append(made);
  made.showModal();
  if (!form.querySelector("input, select, textarea")) actions.lastChild.focus();
  return new Promise((resolve) => {
    made.addEventListener("close", () => {
      made.remove();
      if (before && before.isConnected) before.focus();
      resolve(made.returnValue);
    });
  });
}

function listKeys(keys) {
  const found = make("dl", "", { class: "keys" });
  for (const [key, words] of keys) found.append(make("div", "", {}, make("dt", "", {}, make("kbd", key)), make("dd", words)));
  return found;
}

// The keys of every page, and those that a page adds: title and keys.
const added = [];

async function help() {
  const content = added.flatMap(([title, keys]) => [make("h3", title), listKeys(keys)]);
  const told = make("p", singleKeys ? "" : "Single keys are off; buttons and links do the same.", { class: "meta" });
  const chosen = await dialog("Keys", [told, ...content, make("h3", "On every page"), listKeys(KEYS)], [[singleKeys ? "Switch single keys off" : "Switch single keys on", "switch"]], "Close");
  if (chosen !== "switch") return;
  singleKeys = !singleKeys;
  try { localStorage.setItem("communique-keys", singleKeys ? "on" : "off"); } catch { /* as above */ }
  say(singleKeys ? "Single keys are on" : "Single keys are off; buttons and links do the same. The button Keys switches them on");
}

// To the next or previous entry of a list: its first link that is no passage.
function step(by) {
  const links = [...document.querySelectorAll(ENTRIES)].map((entry) => entry.querySelector("a[href]:not(.passage)")).filter((link) => link && link.checkVisibility());
  if (!links.length) return;
  const here = document.activeElement;
  const at = links.indexOf(here);
  const after = links.findIndex((link) => here.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = at >= 0 ? at + by : here === document.body || after < 0 ? (by > 0 ? 0 : links.length - 1) : by > 0 ? after : after - 1;
  links[Math.max(0, Math.min(next, links.length - 1))].focus();
}

let waiting = false; // for the letter after g

document.addEventListener("keydown", (event) => {
  if (["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key)) return;
  const wasWaiting = waiting;
  waiting = false;
  if (event.key === "Escape") shown.hidden = true;
  const isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping || document.querySelector("dialog.ask[open]")) return;
  if (wasWaiting) {
    // The letter is for the page asked for, whatever has the focus: no decision may hear it.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (SECTIONS[event.key]) location.href = SECTIONS[event.key][0];
    else say(event.key === "Escape" ? "Stays here" : `No page has this letter. After g: ${LEADS}`);
  } else if (event.key === "g") {
    event.stopImmediatePropagation();
    waiting = true;
    say(`Go to: ${LEADS}`);
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search").focus();
  } else if (event.key === "?") {
    event.preventDefault();
    event.stopImmediatePropagation();
    help();
  } else if (["j", "k"].includes(event.key) && !event.target.closest(".proposal") && !document.querySelector("article[data-document]")) {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  }
}, true);

for (const button of document.querySelectorAll("button.keys")) {
  button.hidden = false;
  button.addEventListener("click", help);
}
