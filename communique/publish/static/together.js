// Many at once: the same verdict on all proposals that are shown, and the words of a row that mean another one.
"use strict";

// --- accept all ----------------------------------------------------------------------------------

async function acceptAll(rows, what) {
  const why = make("input", "", { type: "text", name: "why", autocomplete: "off" });
  const told = make("p", `${rows.length} ${rows.length === 1 ? "decision" : "decisions"}, one each. Undo takes them back, together or singly. What somebody else decides on meanwhile is left as it is.`);
  const chosen = await dialog(`Accept all ${what}?`, [told, labelled("Why", why)], [[`Accept ${rows.length}`, "yes"]]);
  if (chosen !== "yes") return;
  const name = await who();
  if (!name) return;
  const answer = await askAll("/decisions/all", "subjects", rows, { action: "accept", who: name, why: why.value });
  if (!answer.ok) {
    complain(answer);
    if (!answer.decisions.length) return;
    for (const [row, review] of Object.entries(answer.states)) refresh(row, review);
    note(answer.decisions, "", `${answer.decisions.length} accepted`);
    return;
  }
  const words = `${answer.decisions.length} accepted${answer.left ? `, ${answer.left} left, decided on meanwhile` : ""}`;
  note(answer.decisions, "", `${answer.decisions.length} accepted`);
  if (!shared) {
    sayNext(words, true);
    location.reload();
    return;
  }
  for (const [row, review] of Object.entries(answer.states)) refresh(row, review);
  say(`${words}; ${left()} left`, undo);
}

function undecided() {
  return [...new Set(items.filter((item) => item.dataset.start && stateOf(item) === "proposed").map((item) => item.dataset.row))];
}

for (const button of document.querySelectorAll("button.all")) {
  button.addEventListener("click", async () => {
    const rows = shared ? undecided() : button.dataset.rows.split(" ");
    if (rows.length) await acceptAll(rows, button.dataset.what);
    else say("Nothing is left to decide on here");
    button.focus();
  });
}

// --- split ---------------------------------------------------------------------------------------

async function split() {
  const item = current();
  const told = await ask(`/ask/parts/${encodeURIComponent(item.dataset.row)}`);
  if (!told.ok) { say(told.error); return; }
  if (told.parts.length < 2) { say("There is only one passage: nothing to split"); return; }
  const why = make("input", "", { type: "text", name: "why", autocomplete: "off" });
  const list = parts(told.parts);
  const more = told.left ? [make("p", `${told.left} more passages are not listed; communique split --take takes whole documents`, { class: "meta" })] : [];
  const chosen = await dialog("Which of these words mean another one?", [list, ...more, labelled("Why", why)], [["Split them off", "yes"]]);
  const take = [...list.querySelectorAll("input:checked")].map((box) => told.parts[Number(box.value)]);
  if (chosen !== "yes" || !take.length) return;
  if (take.length === told.parts.length) { say("These are all of its words; leave some"); return; }
  const places = take.map(({ document: id, start, end }) => ({ document: id, start, end }));
  const state = await seen(item);
  const answer = state && await decide("split off", { action: "split", values: { take: places }, why: why.value, seen: state }, false);
  if (!answer || shared || answer.gone) return;
  sayNext("Split off; this is the new one", true);
  show(answer.subject);
}

// The passages under their documents, each with a box to tick.
function parts(found) {
  const list = make("div", "", { class: "candidates" });
  const sources = [...new Set(found.map((part) => part.source))];
  for (const source of sources) {
    const group = make("fieldset", "", {}, make("legend", source));
    for (const [number, part] of found.entries()) {
      if (part.source !== source) continue;
      const own = make("bdi", "", {}, part.before, make("mark", part.words, { class: "here" }), part.after);
      group.append(make("p", "", {}, make("label", "", {}, make("input", "", { type: "checkbox", value: String(number) }), " ", own)));
    }
    list.append(group);
  }
  return list;
}
