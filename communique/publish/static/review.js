// Deciding on rows by keyboard or by buttons. A look never decides; every decision can be undone; nothing is HTML from data.
"use strict";

const REASONS = ["not said in these words", "wrong person", "wrong date", "wrong kind", "said twice in this list", "not a fact of this report"];
const WORDS = { proposed: ["◌", "unreviewed"], accepted: ["✓", "accepted"], edited: ["✎", "edited"], rejected: ["✗", "rejected"], unsure: ["?", "unsure"], stale: ["!", "decided on other words"] };
const NEW = { statements: ["source"], commitments: ["what", "due"], forecasts: ["what", "hedge"], measures: ["kind", "name"], agenda: ["issue", "phase"], engagements: ["kind", "title", "date"] };
const KEYS = [["j ↓", "next"], ["k ↑", "previous"], ["a", "accept"], ["x", "reject"], ["u", "unsure"], ["space", "leave undecided"], ["e", "edit fields"], ["[ ]", "grow the words at their start, at their end"], ["{ }", "shrink them at their start, at their end"], ["m", "same as …"], ["d", "different from …"], ["s", "split: some of the words mean another one"], ["n", "new row of the selected words"], ["h", "history of this row"], ["backspace, Ctrl+Z", "undo"], ["Ctrl+Shift+Z", "redo"], ["/", "search"], ["g then o c n s a m f x d h", "overview, chronology, names, …"], ["Esc", "leave a form or panel"]];

const SLICE = 1000; // ids in one body, of which the server takes 64 KiB

const items = [...document.querySelectorAll(".proposal")];
const shared = document.querySelector("article[data-document]");
const done = [];
const redone = [];
let at = -1;
let busy = false;
let grown = null;
let singleKeys = true;
try { singleKeys = localStorage.getItem("communique-keys") !== "off"; } catch { /* private windows have no store */ }

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

function say(words, canUndo = false) {
  said.textContent = "";
  said.textContent = words;
  shown.firstChild.textContent = words;
  while (shown.children.length > 1) shown.lastChild.remove();
  if (canUndo) {
    const button = make("button", "Undo", { type: "button" });
    button.addEventListener("click", undo);
    shown.append(" ", button);
  }
  shown.hidden = false;
}

// What was decided last, and what is to be said of it on the page that is shown next.
function keep(decision, words) {
  try { sessionStorage.setItem("communique-last", JSON.stringify([decision, words])); } catch { /* private windows have no store */ }
}

function kept() {
  try {
    const [decision, words] = JSON.parse(sessionStorage.getItem("communique-last")) || [];
    return { decision, words };
  } catch { return {}; }
}

function forget() {
  try { sessionStorage.removeItem("communique-last"); } catch { /* as above */ }
}

function stateOf(item) {
  const state = item.querySelector(".review");
  return Object.keys(WORDS).find((word) => state && state.classList.contains(word)) || "proposed";
}

function left() {
  return items.filter((item) => stateOf(item) === "proposed").length;
}

function setState(row, review) {
  for (const item of items.filter((other) => other.dataset.row === row)) {
    const state = item.querySelector(".review");
    const [icon, word] = WORDS[review] || WORDS.proposed;
    state.className = `review ${review}`;
    state.replaceChildren(make("span", icon, { "aria-hidden": "true" }), ` ${word}`);
  }
}

// What the server answers; what is no JSON, and no answer at all, as an error in words.
async function ask(path, body) {
  const options = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  let reply, text;
  try {
    reply = await fetch(path, options);
    text = await reply.text();
  } catch {
    return { ok: false, status: 0, error: body ? "The server does not answer; History tells whether it was decided" : "The server does not answer" };
  }
  try {
    return { ok: reply.ok, status: reply.status, ...JSON.parse(text) };
  } catch {
    return { ok: false, status: reply.status, error: text.trim() || `The server refuses this (${reply.status})` };
  }
}

// Sends many ids, as the value of a key of the body, in slices that the server takes; gives what was answered, together.
// After an error nothing more is sent: the answer is that error, with what was stored before it.
async function askAll(path, key, ids, body) {
  const all = { ok: true, decisions: [], states: {}, left: 0 };
  for (let first = 0; first < ids.length; first += SLICE) {
    const told = await ask(path, { ...body, [key]: ids.slice(first, first + SLICE) });
    if (!told.ok) return { ...all, ok: false, error: told.error, next: told.next };
    all.decisions.push(...told.decisions);
    Object.assign(all.states, told.states);
    all.left += told.left;
  }
  return all;
}

function complain(told) {
  const before = told.decisions && told.decisions.length ? `after ${told.decisions.length} decisions: ` : "";
  say(`${before}${told.error}${told.next ? `; ${told.next}` : ""}`);
}

// --- who ---------------------------------------------------------------------------------------

async function who() {
  let name = document.querySelector('meta[name="who"]').content;
  try { name = localStorage.getItem("communique-who") || name; } catch { /* as above */ }
  if (name) return name;
  const field = make("input", "", { type: "text", id: "who", required: "", autocomplete: "name" });
  const chosen = await dialog("Who decides?", [make("p", "Every decision is signed. Which name shall stand below yours?"), labelled("Name", field)], [["Sign", "sign"]]);
  name = field.value.trim();
  if (chosen !== "sign" || !name) return "";
  document.querySelector('meta[name="who"]').content = name;
  try { localStorage.setItem("communique-who", name); } catch { /* as above */ }
  return name;
}

function labelled(words, field) {
  const label = make("label", `${words} `);
  label.append(field);
  return make("p", "", {}, label);
}

// A dialog with a title, content and buttons (words, value); what was pressed, "" for none.
function dialog(title, content, buttons) {
  const before = document.activeElement;
  const id = `dialog-${Date.now()}`;
  const form = make("form", "", { method: "dialog" }, make("h2", title, { id }), ...content);
  const actions = make("p", "", { class: "actions" });
  for (const [words, value] of buttons) actions.append(make("button", words, { value }));
  actions.append(make("button", "Cancel", { type: "button", class: "cancel" }));
  form.append(actions);
  const made = make("dialog", "", { class: "ask", "aria-labelledby": id }, form);
  actions.lastChild.addEventListener("click", () => made.close(""));
  document.body.append(made);
  made.showModal();
  return new Promise((resolve) => {
    made.addEventListener("close", () => {
      made.remove();
      if (before && before.isConnected) before.focus();
      resolve(made.returnValue);
    });
  });
}

// --- the list ----------------------------------------------------------------------------------

const bar = make("p", "", { class: "bar" });
for (const [key, words, act] of [["a", "Accept", accept], ["x", "Reject", reject], ["u", "Unsure", unsure], ["e", "Edit", edit], ["m", "Same as …", () => join("merge")], ["d", "Different from …", () => join("distinct")], ["s", "Split …", () => split()], ["h", "History", history_], ["Ctrl+Z", "Undo", undo]]) {
  const button = make("button", `${words} `, { type: "button", "data-key": key }, make("kbd", key));
  button.addEventListener("click", (event) => { event.stopPropagation(); act(); });
  bar.append(button);
}

function goTo(index, focus = true) {
  if (!items.length) return;
  const next = Math.max(0, Math.min(index, items.length - 1));
  if (items[at]) {
    items[at].removeAttribute("aria-current");
    mark(items[at], false);
  }
  at = next;
  const item = items[at];
  item.setAttribute("aria-current", "true");
  item.tabIndex = 0;
  for (const button of bar.children) button.hidden = "mds".includes(button.dataset.key) && !/^(eng|ent)-/.test(item.dataset.row);
  item.append(bar);
  mark(item, true);
  if (focus) item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center" });
}

function mark(item, on) {
  if (!item.dataset.start) return;
  const place = document.getElementById(`c${item.dataset.start}-${item.dataset.end}`);
  if (place) place.classList.toggle("current", on);
}

function current() {
  if (at < 0) goTo(0);
  return items[at];
}

function finish(message, item, told, forward) {
  done.push(told.decision);
  redone.length = 0;
  setState(told.subject, told.review || "proposed");
  say(`${message}, ${left()} left`);
  if (forward && items.length > 1) goTo(items.indexOf(item) + 1);
}

async function decide(message, body, forward = true) {
  if (busy) return false;
  const item = current();
  const name = await who();
  if (!name) return false;
  busy = true;
  try {
    const told = await ask("/decisions", { subject: item.dataset.row, who: name, ...body });
    if (told.ok) {
      finish(message, item, told, forward);
      return told;
    }
    if (told.theirs) {
      busy = false;
      return conflict(message, item, { subject: item.dataset.row, who: name, ...body }, told, forward);
    }
    complain(told);
  } finally {
    busy = false;
  }
  return false;
}

// Somebody else was there first: both versions, and the choice.
async function conflict(message, item, body, told, forward) {
  const lines = make("table", "", {}, make("thead", "", {}, make("tr", "", {}, make("th", "Field", { scope: "col" }), make("th", "As it is now", { scope: "col" }), make("th", "As you want it", { scope: "col" }))));
  const rows = make("tbody");
  for (const name of Object.keys(told.theirs)) {
    const [theirs, mine] = [told.theirs[name], told.mine[name]].map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    if (theirs !== mine) rows.append(make("tr", "", {}, make("th", name, { scope: "row" }), make("td", theirs), make("td", mine)));
  }
  lines.append(rows);
  const chosen = await dialog("Somebody else was here first", [make("p", told.error), lines], [["Keep theirs", "theirs"], ["Decide all the same", "mine"]]);
  if (chosen === "mine") return decide(message, { ...body, seen: told.revision }, forward);
  setState(item.dataset.row, told.theirs.review || "proposed");
  item.dataset.seen = told.revision;
  say("Left as it is");
  return false;
}

// The state of a row that this person looks at; "" where the server does not tell it, and nothing can be decided.
async function seen(item) {
  if (!item.dataset.seen) {
    const told = await ask(`/ask/fields/${encodeURIComponent(item.dataset.row)}`);
    if (!told.ok) complain(told);
    item.dataset.seen = told.revision || "";
  }
  return item.dataset.seen;
}

async function accept() { return verdict("accept", "accepted"); }
async function unsure() { return verdict("unsure", "unsure"); }

async function verdict(action, message, why = "") {
  const item = current();
  const state = await seen(item);
  const told = state && await decide(message, { action, why, seen: state });
  if (told) item.dataset.seen = told.revision;
}

async function reject() {
  const item = current();
  const list = make("ol", "", { class: "reasons" });
  for (const reason of REASONS) list.append(make("li", reason));
  const field = make("input", "", { type: "text", id: "why", autocomplete: "off" });
  const asked = dialog("Why is it wrong?", [list, labelled("A number, other words, or nothing", field)], [["Reject", "reject"]]);
  if ((await asked) !== "reject") return;
  const words = field.value.trim();
  if (items[at] !== item) goTo(items.indexOf(item));
  await verdict("reject", "rejected", /^[1-6]$/.test(words) ? REASONS[words - 1] : words);
}

// --- editing -----------------------------------------------------------------------------------

async function edit() {
  const item = current();
  closeForm(item);
  const told = await ask(`/ask/fields/${encodeURIComponent(item.dataset.row)}`);
  if (!told.ok) { say(told.error); return; }
  item.dataset.seen = told.revision;
  const form = make("form", "", { class: "fields" });
  for (const field of told.fields) form.append(labelled(field.label, input(field)));
  form.append(labelled("Why", make("input", "", { type: "text", name: "-why" })));
  const save = make("button", "Save ", {}, make("kbd", "Ctrl+Enter"));
  const leave = make("button", "Leave ", { type: "button" }, make("kbd", "Esc"));
  leave.addEventListener("click", () => { closeForm(item); item.focus(); });
  form.append(make("p", "", { class: "actions" }, save, leave));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const why = form.querySelector('[name="-why"]').value;
    // Only what this person changed: somebody else may have changed another field meanwhile.
    const given = {};
    for (const field of told.fields) {
      const value = form.querySelector(`[name="${field.name}"]`).value;
      if (value !== field.value) given[field.name] = value;
    }
    const answer = await decide("saved", { action: "edit", fields: given, why, seen: item.dataset.seen }, false);
    if (answer) {
      item.dataset.seen = answer.revision;
      closeForm(item);
      if (items.length > 1) goTo(items.indexOf(item) + 1);
      else location.reload();
    }
  });
  item.append(form);
  form.querySelector("input, select, textarea").focus();
}

function input(field) {
  if (field.named.length) {
    const select = make("select", "", { name: field.name });
    for (const [id, words] of field.named) select.append(make("option", words, id === field.value ? { value: id, selected: "" } : { value: id }));
    return select;
  }
  if (field.choices.length && !field.many) {
    const select = make("select", "", { name: field.name });
    for (const choice of field.choices) select.append(make("option", choice.replaceAll("_", " "), choice === field.value ? { value: choice, selected: "" } : { value: choice }));
    return select;
  }
  const made = make(field.many ? "textarea" : "input", "", field.many ? { name: field.name, rows: "2" } : { type: "text", name: field.name });
  made.value = field.value;
  return made;
}

function closeForm(item) {
  for (const form of item.querySelectorAll("form.fields, .grown")) form.remove();
  grown = null;
}

// --- the words themselves ------------------------------------------------------------------------

async function grow(move) {
  const item = current();
  if (!shared || !item.dataset.start) { say("These words cannot be grown here"); return; }
  const from = grown || { start: item.dataset.start, end: item.dataset.end };
  const path = `/ask/span/${encodeURIComponent(shared.dataset.document)}?start=${from.start}&end=${from.end}&move=${encodeURIComponent(move)}`;
  const told = await ask(path);
  if (!told.ok) { say(told.error); return; }
  closeForm(item);
  grown = { document: shared.dataset.document, start: told.start, end: told.end };
  const words = make("p", "", { class: "context" });
  const own = make("bdi");
  own.append(`…${told.before}`, make("mark", told.quote, { class: "here" }), `${told.after}…`);
  words.append(own);
  item.append(make("div", "", { class: "grown" }, words, make("p", "Enter keeps these words, Esc leaves them", { class: "meta" })));
  say(told.quote);
}

async function keepGrown() {
  const item = current();
  const state = await seen(item);
  const told = state && await decide("words changed", { action: "edit", span: grown, seen: state }, false);
  if (!told) return;
  Object.assign(item.dataset, { start: grown.start, end: grown.end, seen: told.revision });
  closeForm(item);
  item.focus();
}

function edge(node, offset) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".text");
  if (!block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return [Number(block.dataset.start), range.toString().length];
}

async function create() {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const edges = range && shared ? [edge(range.startContainer, range.startOffset), edge(range.endContainer, range.endOffset)] : [];
  if (edges.length !== 2 || !edges[0] || !edges[1]) { say("Select the words in the text first"); return; }
  const quote = range.toString();
  const noun = make("select", "", { name: "noun" });
  for (const word of Object.keys(NEW)) noun.append(make("option", word === "agenda" ? "agenda item" : word.replace(/s$/, ""), { value: word }));
  const fields = make("div");
  const fill = () => fields.replaceChildren(...NEW[noun.value].map((name) => labelled(name, make("input", "", { type: "text", name }))));
  noun.addEventListener("change", fill);
  fill();
  const chosen = await dialog("New row", [make("blockquote", quote), labelled("What it is", noun), fields], [["Make it", "make"]]);
  if (chosen !== "make") return;
  const given = Object.fromEntries([...fields.querySelectorAll("input")].map((field) => [field.name, field.value]));
  const name = await who();
  if (!name) return;
  const told = await ask("/decisions", { action: "create", subject: noun.value, who: name, fields: given, selection: { document: shared.dataset.document, from: edges[0], to: edges[1] } });
  if (!told.ok) { say(told.error); return; }
  done.push(told.decision);
  say(`made ${told.words || noun.value}; load the page again to see it in the list`);
}

// --- the same, or not ----------------------------------------------------------------------------

async function join(action) {
  const item = current();
  const row = encodeURIComponent(item.dataset.row);
  const search = make("input", "", { type: "search", id: "candidate", autocomplete: "off" });
  const list = make("fieldset", "", { class: "candidates" }, make("legend", "Candidates"));
  const touched = make("p", "", { class: "meta", role: "status" });
  const load = async () => {
    const told = await ask(`/ask/candidates/${row}?q=${encodeURIComponent(search.value)}`);
    list.replaceChildren(make("legend", told.candidates && told.candidates.length ? "Candidates" : "Nobody found"));
    for (const candidate of told.candidates || []) {
      const radio = make("input", "", { type: "radio", name: "other", value: candidate.id });
      radio.addEventListener("change", async () => {
        const effect = await ask(`/ask/touched/${row}?other=${encodeURIComponent(candidate.id)}`);
        const parts = Object.entries(effect.touched || {}).map(([noun, number]) => `${number} ${noun}`);
        touched.textContent = `Will touch ${parts.join(", ") || "nothing else"}${effect.warnings && effect.warnings.length ? `. Beware: ${effect.warnings.join("; ")}` : ""}`;
      });
      list.append(make("p", "", {}, make("label", "", {}, radio, make("strong", ` ${candidate.words}`), make("span", ` ${candidate.more}`, { class: "meta" }))));
    }
  };
  search.addEventListener("input", load);
  await load();
  const words = action === "merge" ? ["Which one is the same?", "Same"] : ["Which one is different?", "Different"];
  const why = make("input", "", { type: "text", name: "why" });
  const chosen = await dialog(words[0], [labelled("Search", search), list, touched, labelled("Why", why)], [[words[1], "yes"]]);
  const radio = list.querySelector("input:checked");
  if (chosen !== "yes" || !radio) return;
  const values = action === "merge" ? { others: [radio.value] } : { other: radio.value };
  const told = await decide(action === "merge" ? "merged" : "kept apart", { action, values, why: why.value }, false);
  if (!told) return;
  if (action !== "merge" || shared) return;
  keep(told.decision, "merged");
  location.href = location.pathname.replace(/[^/]+$/, encodeURIComponent(told.subject));
}

function history_() { location.href = `/history?subject=${encodeURIComponent(current().dataset.row)}`; }

// --- undo and redo -------------------------------------------------------------------------------

// One decision, or several that were taken together.
async function takeBack(decision, onto, message) {
  const name = await who();
  if (!name) return;
  const several = Array.isArray(decision);
  const told = several ? await askAll("/decisions/undo", "decisions", decision, { who: name }) : await ask("/decisions/undo", { decision, who: name });
  if (!told.ok) {
    complain(told);
    if (several && told.decisions.length) {
      onto.push(told.decisions);
      for (const [row, review] of Object.entries(told.states)) refresh(row, review);
    }
    return;
  }
  onto.push(several ? told.decisions : told.decision);
  const isKept = JSON.stringify(kept().decision) === JSON.stringify(decision);
  forget();
  if (isKept && !several) { location.href = location.pathname.replace(/[^/]+$/, encodeURIComponent(told.subject)); return; }
  if (!items.length || isKept) { location.reload(); return; }
  if (several) {
    for (const [row, review] of Object.entries(told.states)) refresh(row, review);
    say(`${message}: ${told.decisions.length}${told.left ? `, ${told.left} stand, since others rest on them` : ""}; ${left()} left`);
    return;
  }
  if (!told.gone) setState(told.subject, told.review || "proposed");
  const index = items.findIndex((item) => item.dataset.row === told.subject);
  if (index >= 0) {
    items[index].dataset.seen = told.revision || "";
    goTo(index);
  }
  say(`${message}, ${left()} left`);
}

function refresh(row, review) {
  setState(row, review || "proposed");
  for (const item of items.filter((other) => other.dataset.row === row)) item.dataset.seen = "";
}

async function undo() {
  const last = done.pop() || kept().decision;
  if (last) await takeBack(last, redone, "undone");
  else say("Nothing to undo here; see History");
}

async function redo() {
  const last = redone.pop();
  if (last) await takeBack(last, done, "done again");
  else say("Nothing to do again");
}

for (const button of document.querySelectorAll("button.undo")) {
  button.addEventListener("click", async () => {
    const name = await who();
    if (!name) return;
    const taken = button.dataset.decision.split(" ");
    const told = taken.length > 1 ? await askAll("/decisions/undo", "decisions", taken, { who: name }) : await ask("/decisions/undo", { decision: taken[0], who: name });
    if (told.ok) location.reload();
    else complain(told);
  });
}

// --- keys ----------------------------------------------------------------------------------------

const ACTS = {
  j: () => goTo(at + 1), ArrowDown: () => goTo(at + 1), k: () => goTo(at - 1), ArrowUp: () => goTo(at - 1),
  " ": () => { say(`left undecided, ${left()} left`); goTo(at + 1); },
  a: accept, x: reject, u: unsure, e: edit, n: create, h: history_, Backspace: undo,
  m: () => join("merge"), d: () => join("distinct"), s: () => split(),
  "[": () => grow("start-"), "]": () => grow("end+"), "{": () => grow("start+"), "}": () => grow("end-"),
};

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog.ask")) return;
  const inside = event.target.closest ? event.target.closest(".proposal") : null;
  const form = event.target.closest ? event.target.closest("form.fields") : null;
  if (form) {
    if (event.key === "Escape") { closeForm(inside); inside.focus(); event.preventDefault(); }
    if (event.key === "Enter" && event.ctrlKey) { form.requestSubmit(); event.preventDefault(); }
    return;
  }
  if (event.target.closest && event.target.closest("input, textarea, select")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    if (event.shiftKey) redo(); else undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys) return;
  if (event.key === "?") { help(); return; }
  if (event.key === "n" && getSelection().toString()) { event.preventDefault(); create(); return; }
  if (!inside) {
    if (event.key === "r" && items.length) { event.preventDefault(); start(); }
    return;
  }
  if (items.indexOf(inside) !== at) goTo(items.indexOf(inside), false);
  if (grown && event.key === "Enter") { event.preventDefault(); keepGrown(); return; }
  if (grown && event.key === "Escape") { event.preventDefault(); closeForm(inside); return; }
  if (event.target.closest("button, a") && [" ", "Enter"].includes(event.key)) return;
  const act = ACTS[event.key];
  if (act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}, true);

for (const item of items) {
  item.addEventListener("focusin", () => { if (items.indexOf(item) !== at) goTo(items.indexOf(item), false); });
}

function start() {
  const first = items.findIndex((item) => item.dataset.start && stateOf(item) === "proposed");
  goTo(first >= 0 ? first : 0);
  say(`${left()} to review`);
}

async function help() {
  const list = make("dl", "", { class: "keys" });
  for (const [key, words] of KEYS) list.append(make("div", "", {}, make("dt", "", {}, make("kbd", key)), make("dd", words)));
  const chosen = await dialog("Keys", [list, make("p", "Single keys act while a proposal has the focus.", { class: "meta" })], [[singleKeys ? "Switch single keys off" : "Switch single keys on", "switch"]]);
  if (chosen !== "switch") return;
  singleKeys = !singleKeys;
  try { localStorage.setItem("communique-keys", singleKeys ? "on" : "off"); } catch { /* as above */ }
  say(singleKeys ? "Single keys are on" : "Single keys are off; the buttons do the same");
}

for (const hidden of document.querySelectorAll(".review-only")) hidden.hidden = false;
for (const [id, act] of [["start", start], ["help", help]]) {
  const button = document.getElementById(id);
  if (button) button.addEventListener("click", act);
}
if (!shared && items.length === 1) items[0].append(bar);
