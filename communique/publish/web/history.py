"""What people settled, the latest first: who, when, on what, what was before and after; and what can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from communique.link.decisions import VERDICTS
from communique.model import Action
from communique.publish.lines import value_words
from communique.publish.site.lists import Page
from communique.publish.site.words import Row
from communique.publish.web.ask import Ask, Pages
from communique.publish.web.data import words_of
from communique.publish.web.desk import COUNTED, Desk
from communique.publish.web.views import View

ROWS = 100
MOST_TOGETHER = 5000
# What was decided in one go stands together in the log, with an instant that nothing beside it has, in microseconds.
_TOGETHER = """SELECT id FROM decisions WHERE number >
 coalesce((SELECT number FROM decisions WHERE number < ?1 AND decided_at <> ?2 ORDER BY number DESC LIMIT 1), 0)
 AND number <
 coalesce((SELECT number FROM decisions WHERE number > ?1 AND decided_at <> ?2 ORDER BY number LIMIT 1), 1 << 62)
 ORDER BY number LIMIT ?3"""


class Told(NamedTuple):
    """A decision as it is shown.

    ``title``: what its row is called. ``changes``: field, what was before, what is after. ``together``: ids of what
    was decided in one go with it and still holds, on the first of them on the page; else empty.
    """

    row: Row
    title: str
    changes: list[tuple[str, str, str]]
    is_undone: bool
    together: list[str]


def history_view(desk: Desk, ask: Ask) -> View:
    """The log, a page of it; of one row where it is asked for."""
    subject = ask.get("subject")
    condition, values = ("WHERE subject = ? OR after LIKE ?", (subject, f'%"{subject}"%')) if subject else ("", ())
    total = desk.count(f"SELECT 1 FROM decisions {condition}", values)
    place = f"ORDER BY number DESC LIMIT {ROWS} OFFSET {(ask.page - 1) * ROWS}"
    found: list[Row] = list(desk.record.select("decisions", f"{condition} {place}", values))
    undone = find_undone(desk)
    seen: set[str] = set()
    told = [_tell(desk, row, undone, seen) for row in found]
    ask = Ask(ask.name, {**ask.values, "size": str(ROWS)})
    pages = Pages(ask, total, COUNTED)
    context = {
        "decisions": told,
        "name": "history",
        "paths": pages,
        "number": ask.page - 1,
        "subject": _title(desk, subject) if subject else "",
    }
    following = pages[ask.page] if ask.page < len(pages) else None
    return View(Page("history", "history.html", "History", "history", context), {"decisions": found}, total, following)


def find_undone(desk: Desk) -> set[str]:
    """Decisions that are not in force: an undo of them is, that nobody took back."""
    undone: set[str] = set()
    held = desk.record.query("SELECT undoes, id FROM decisions WHERE undoes IS NOT NULL ORDER BY number DESC")
    for taken, by in held:
        if str(by) not in undone:
            undone.add(str(taken))
    return undone


def find_settled(desk: Desk, noun: str, id: str, field: str) -> Row | None:
    """Who set a field of a row as it is, when, and what the program has there (``found``); None where nobody did."""
    settled = desk.record.query(
        "SELECT d.subject, r.machine FROM reviews r JOIN decisions d ON d.id = r.decision"
        ' WHERE r.noun = ? AND r."row" = ?',
        (noun, id),
    )
    if not settled:
        return None
    subject, machine = settled[0]
    decisions = desk.record.select("decisions", f"WHERE subject = ? ORDER BY number DESC LIMIT {ROWS}", (subject,))
    undone: set[str] = set()
    for row in decisions:
        if row["undoes"] and row["id"] not in undone:
            undone.add(row["undoes"])
    found = (json.loads(str(machine)) if machine else {}).get(field)
    for row in decisions:
        if row["id"] not in undone and field in row["after"]:
            return {"who": row["who"], "decided_at": row["decided_at"], "found": found}
    return None


def _tell(desk: Desk, row: Row, undone: set[str], seen: set[str]) -> Told:
    together: list[str] = []
    if row["action"] in VERDICTS and "." in row["decided_at"] and row["decided_at"] not in seen:
        seen.add(row["decided_at"])
        together = [id for id in _find_together(desk, row) if id not in undone]
    title = _title(desk, row["subject"]) or _title_of_made(row)
    return Told(row, title, list(_changes(row)), row["id"] in undone, together if len(together) > 1 else [])


def _find_together(desk: Desk, row: Row) -> list[str]:
    values = (row["number"], row["decided_at"], MOST_TOGETHER + 1)
    found = [str(id) for (id,) in desk.record.query(_TOGETHER, values)]
    return found if len(found) <= MOST_TOGETHER else []


def _title(desk: Desk, id: str) -> str:
    """What a row is called; empty where the record has it no more."""
    now = desk.find_now(id) or id
    for noun in ("engagements", "entities", "documents", "statements", "agenda", "silences", "commitments"):
        if row := desk.get(noun, now):
            return _call(noun, row)
    for noun in ("forecasts", "measures", "comparisons"):
        if row := desk.get(noun, now):
            return _call(noun, row)
    return ""


def _call(noun: str, row: Row) -> str:
    if noun == "statements":
        words = value_words([evidence["quote"] for evidence in row["content"][:1]])
        return f"{words_of(row) or 'speaker unknown'}: {words}"
    return value_words(words_of(row) or row.get("file"))


def _title_of_made(row: Row) -> str:
    made = row["after"].get("row")
    return value_words(words_of(made)) if isinstance(made, Mapping) and words_of(made) else f"one of the {row['noun']}"


def _changes(row: Row) -> Iterator[tuple[str, str, str]]:
    if row["action"] == Action.MERGE:
        names = (row["before"].get("names") or {}).values()
        yield "one", "", " = ".join(value_words(name) for name in names)
        return
    for name, value in row["after"].items():
        if name == "take":
            yield "words taken", "", value_words([place["quote"] for place in value])
        elif name in ("new", "row", "other", "review"):
            continue  # ids of rows, which are links or titles; a verdict is its own word
        elif name in row["before"]:
            yield name.replace("_", " "), value_words(row["before"][name]), value_words(value)
        else:
            yield name.replace("_", " "), "", value_words(value)
