// Deciding on rows by keyboard or by buttons. A look never decides; every decision can be undone; nothing is HTML from data.
"use strict";

const REASONS = ["not said in these words", "wrong person", "wrong date", "wrong kind", "said twice in this list", "not a fact of this report"];
const WORDS = { proposed: ["◌", "unreviewed"], accepted: ["✓", "accepted"], edited: ["✎", "edited"], rejected: ["✗", "rejected"], unsure: ["?", "unsure"], stale: ["!", "decided on other words"] };
const NEW = { statements: ["source"], commitments: ["what", "due"], forecasts: ["what", "hedge"], measures: ["kind", "name"], agenda: ["issue", "phase"], engagements: ["kind", "title", "date"] };
added.push(["With the focus on a proposal, or on what is to be decided", [["r", "go there: to the first proposal that nobody decided on"], ["j ↓", "next"], ["k ↑", "previous"], ["a", "accept"], ["x", "reject"], ["u", "unsure"], ["space", "leave undecided"], ["e", "edit fields"], ["[ ]", "grow the words at their start, at their end"], ["{ }", "shrink them at their start, at their end"], ["m", "same as …"], ["d", "different from …"], ["s", "split: some of the words mean another one"], ["n", "new row of the selected words"], ["h", "history of the row"], ["backspace, Ctrl+Z", "undo what was decided last in this window"], ["Ctrl+Shift+Z", "redo"]]]);

const SLICE = 1000; // ids in one body, of which the server takes 64 KiB

const items = [...document.querySelectorAll(".proposal")];
const shared = document.querySelector("article[data-document]");
const done = kept("done") || []; // what was decided in this window, the latest last: decision, row, words, path of the page
const redone = kept("redone") || [];
let at = -1;
let busy = false;
let grown = null;

function note(decision, row, words) {
  done.push({ decision, row, words, path: location.pathname });
  redone.length = 0;
  keepStacks();
}

function keepStacks() {
  keep("done", done.slice(-100));
  keep("redone", redone.slice(-100));
}

// Words to be said on the page that is shown next; ``canUndo``: with a button that takes the last decision back.
function sayNext(words, canUndo = false) {
  keep("next", [words, canUndo]);
}

function stateOf(item) {
  const state = item.querySelector(".review");
  return Object.keys(WORDS).find((word) => state && state.classList.contains(word)) || "proposed";
}

function left() {
  return items.filter((item) => stateOf(item) === "proposed").length;
}

function setState(row, review) {
  for (const state of document.querySelectorAll(`.review[data-row="${CSS.escape(row)}"]`)) {
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
  const words = `${before}${told.error}${told.next ? `; ${told.next}` : ""}`;
  say(words);
  const form = items[at] && items[at].querySelector("form.fields");
  if (form) complainIn(form, words);
}

// An error beside the field that it is about: the one whose new value it names, else the last.
function complainIn(form, words) {
  shown.hidden = true;
  for (const old of form.querySelectorAll(".error")) old.remove();
  for (const field of form.elements) field.removeAttribute("aria-invalid");
  const given = [...form.elements].filter((field) => field.name && field.name !== "-why" && field.value !== field.dataset.was);
  const field = given.find((one) => one.value.trim() && words.includes(one.value.trim())) || given.at(-1);
  const told = make("p", words, { class: "error", id: "field-error" });
  if (!field) { form.append(told); return; }
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "field-error");
  field.closest("p").after(told);
  field.focus();
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

// --- the list ----------------------------------------------------------------------------------

const bar = make("p", "", { class: "bar" });
for (const [key, words, act] of [["a", "Accept", accept], ["x", "Reject", reject], ["u", "Unsure", unsure], ["e", "Edit", edit], ["m", "Same as …", () => join("merge")], ["d", "Different from …", () => join("distinct")], ["s", "Split …", () => split()], ["h", "History", tellHistory], ["Ctrl+Z", "Undo", undo]]) {
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
  note(told.decision, told.subject, `${message}: ${told.words || "the row"}`);
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
  for (const field of told.fields) {
    const made = input(field);
    made.dataset.was = made.value;
    form.append(labelled(field.label, made));
  }
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
      if (items.length > 1) { goTo(items.indexOf(item) + 1); return; }
      sayNext("saved", true);
      location.reload();
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
  note(told.decision, told.subject, `made: ${told.words || noun.value}`);
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
        touched.textContent = `Will touch ${parts.join(", ") || "nothing else"}${effect.warnings && effect.warnings.length ? `. Against it: ${effect.warnings.join("; ")}` : ""}`;
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
  if (chosen !== "yes") return;
  if (!radio) { say("Nothing was chosen, and nothing done"); return; }
  if (action === "merge" && !(await isSure(row, radio.value))) return;
  const values = action === "merge" ? { others: [radio.value] } : { other: radio.value };
  const told = await decide(action === "merge" ? "merged" : "kept apart", { action, values, why: why.value }, false);
  if (!told) return;
  if (action !== "merge" || shared) return;
  sayNext("merged", true);
  show(told.subject);
}

// Whether two rows shall be one although something speaks against it; what does is told first.
async function isSure(row, other) {
  const effect = await ask(`/ask/touched/${row}?other=${encodeURIComponent(other)}`);
  if (!effect.warnings) { complain(effect); return false; }
  if (!effect.warnings.length) return true;
  const lines = make("ul");
  for (const warning of effect.warnings) lines.append(make("li", warning));
  return (await dialog("This speaks against it", [lines], [["Merge all the same", "yes"]])) === "yes";
}

// The own page of a row, of the kind that is shown, read anew.
function show(row) {
  const path = location.pathname.replace(/[^/]+$/, encodeURIComponent(row));
  if (path === location.pathname) location.reload();
  else location.href = path;
}

const VERBS = { accept: "accepted", reject: "rejected", edit: "edited", create: "made", merge: "merged", distinct: "kept apart", link: "linked", undo: "took back a decision" };

// What was settled on the row, without leaving the place.
async function tellHistory() {
  const item = current();
  const path = `/history?subject=${encodeURIComponent(item.dataset.row)}`;
  const told = await ask(path.replace("?", ".json?"));
  if (!told.tables) { complain(told); return; }
  const lines = make("ol", "", { class: "told" });
  for (const row of told.tables.decisions || []) {
    const day = row.decided_at.slice(0, 16).replace("T", " ");
    lines.append(make("li", `${VERBS[row.action] || row.action} by ${row.who}, ${day} UTC${row.why ? `: ${row.why}` : ""}`));
  }
  const content = lines.children.length ? lines : make("p", "Nobody has settled anything about it.");
  await dialog("History of the row", [content, make("p", "", {}, make("a", "Before and after, on its own page", { href: path }))], [], "Close");
  item.focus();
}

// --- undo and redo -------------------------------------------------------------------------------

// Takes back the last of ``from``, one decision or several that were taken together, and puts what did that onto ``onto``.
async function takeBack(from, onto, message) {
  const last = from.at(-1);
  const name = await who();
  if (!name) return;
  const several = Array.isArray(last.decision);
  const told = several ? await askAll("/decisions/undo", "decisions", last.decision, { who: name }) : await ask("/decisions/undo", { decision: last.decision, who: name });
  if (told.ok || told.status !== 0) from.pop(); // what the server refuses once, it refuses again
  if (several ? told.decisions.length : told.ok) onto.push({ ...last, decision: several ? told.decisions : told.decision });
  keepStacks();
  if (several) for (const [row, review] of Object.entries(told.states)) refresh(row, review);
  if (!told.ok) complain(told);
  else if (several) tellAll(told, message);
  else tellOne(told, last, message);
}

function tellAll(told, message) {
  const words = `${message}: ${told.decisions.length}${told.left ? `, ${told.left} stand, since others rest on them` : ""}`;
  if (shared) { say(`${words}; ${left()} left`); return; }
  sayNext(words);
  location.reload();
}

function tellOne(told, last, message) {
  const index = items.findIndex((item) => item.dataset.row === told.subject);
  if (!told.gone) setState(told.subject, told.review || "proposed");
  if (shared && index >= 0) {
    items[index].dataset.seen = told.revision || "";
    goTo(index);
    say(`${message} (${last.words}), ${left()} left`);
    return;
  }
  const isHere = items.length === 1 && [last.row, told.subject].includes(items[0].dataset.row);
  const words = `${message} (${last.words})`;
  if (isHere || location.pathname === "/history") sayNext(words);
  if (isHere) show(told.gone ? last.row : told.subject);
  else if (location.pathname === "/history") location.reload();
  else say(last.path === location.pathname ? words : `${words}; it stands on another page`);
}

function refresh(row, review) {
  setState(row, review || "proposed");
  for (const item of items.filter((other) => other.dataset.row === row)) item.dataset.seen = "";
}

async function undo() {
  if (done.length) await takeBack(done, redone, "undone");
  else say("Nothing was decided in this window; History undoes what was decided before");
}

async function redo() {
  if (redone.length) await takeBack(redone, done, "done again");
  else say("Nothing to do again");
}

for (const button of document.querySelectorAll("button.undo")) {
  button.addEventListener("click", async () => {
    const name = await who();
    if (!name) return;
    const taken = button.dataset.decision.split(" ");
    const told = taken.length > 1 ? await askAll("/decisions/undo", "decisions", taken, { who: name }) : await ask("/decisions/undo", { decision: taken[0], who: name });
    if (!told.ok) { complain(told); return; }
    sayNext("undone");
    location.reload();
  });
}

// --- keys ----------------------------------------------------------------------------------------

const ACTS = {
  j: () => goTo(at + 1), ArrowDown: () => goTo(at + 1), k: () => goTo(at - 1), ArrowUp: () => goTo(at - 1),
  " ": () => { say(`left undecided, ${left()} left`); goTo(at + 1); },
  a: accept, x: reject, u: unsure, e: edit, n: create, h: tellHistory, Backspace: undo,
  m: () => join("merge"), d: () => join("distinct"), s: () => split(),
  "[": () => grow("start-"), "]": () => grow("end+"), "{": () => grow("start+"), "}": () => grow("end-"),
};

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog.ask[open]")) return;
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
  if (event.key === "n" && getSelection().toString()) { event.preventDefault(); create(); return; }
  if (!inside) {
    if (event.key === "r" && items.length) { event.preventDefault(); start(); }
    else if (items.length && "axuemdsh".includes(event.key)) say("Keys decide only with the focus on what they decide: r goes there");
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
  say(shared ? `${left()} to review` : "a accepts, x rejects, e edits; ? lists the keys");
}

for (const hidden of document.querySelectorAll(".review-only")) hidden.hidden = false;
const starter = document.getElementById("start");
if (starter) starter.addEventListener("click", start);
if (!shared && items.length === 1) items[0].append(bar);

// --- where this window was on the page before ------------------------------------------------------

addEventListener("pagehide", () => {
  if (shared && items[at]) keep("place", [location.pathname, items[at].dataset.row, items[at].dataset.start || ""]);
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

const [place, came] = [kept("place") || [], performance.getEntriesByType("navigation")[0]];
if (shared && place[0] === location.pathname && came && ["reload", "back_forward"].includes(came.type)) {
  const index = items.findIndex((item) => item.dataset.row === place[1] && (item.dataset.start || "") === place[2]);
  if (index >= 0) goTo(index);
}

const next = kept("next");
if (next) {
  keep("next", null);
  say(next[0], next[1] ? undo : null);
}
