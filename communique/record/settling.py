"""What decisions make of rows, in the tables. Functions on a connection, inside the caller's transaction.

`settle_all` is for a layer 2 that is being written as a whole, `settle_one` for a row about which something was just
decided: it takes the row as the machine has it out of ``reviews``, and applies what is in force about it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, cast

from communique.codec import Plain, to_json
from communique.link.decisions import find_in_force, get_new_row, makes_row
from communique.model import Action, Anchor, Decision, Problem, Review, content_id
from communique.record import lookups
from communique.record.anchors import CLAIMS, Finder
from communique.record.decisions import load_decisions
from communique.record.folding import STAGE, Reviewed, check_measures, settle_row
from communique.record.replay import Outcome, find_absorbed, is_followed, settle
from communique.record.rows import Row, check_rows, copy_out, get_all_columns, get_columns, to_cell


class Texts(Mapping[str, str]):
    """The texts of a record by document, each read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def __getitem__(self, document: str) -> str:
        if document not in self._known:
            found = self._connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
            if found is None:
                raise KeyError(document)
            self._known[document] = found[0]
        return self._known[document]

    def __iter__(self) -> Iterator[str]:
        return (id for (id,) in self._connection.execute("SELECT id FROM documents ORDER BY id"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM documents").fetchone()[0])


# --- rows out of tables ---------------------------------------------------------------------------


def load_row(connection: sqlite3.Connection, noun: str, id: str) -> Row | None:
    """A row of a noun as it is shown, with the columns of its class; of a document, what people decide on."""
    if noun == "documents":
        over = connection.execute("SELECT settled FROM documents WHERE id = ?", (id,)).fetchone()
        machine = _load_documents(connection, "WHERE id = ?", (id,))
        return {**machine[0], **json.loads(over[0] or "{}")} if machine else None
    rows = _load_rows(connection, noun, "WHERE id = ?", (id,))
    return rows[0] if rows else None


def load_all(connection: sqlite3.Connection, noun: str, settled: bool = True) -> list[Row]:
    """All rows of a noun as `load_row` gives them; ``settled`` False: documents without what people set."""
    if noun != "documents":
        return _load_rows(connection, noun)
    over = dict(connection.execute("SELECT id, settled FROM documents")) if settled else {}
    return [{**row, **json.loads(over.get(row["id"]) or "{}")} for row in _load_documents(connection)]


def _load_rows(connection: sqlite3.Connection, noun: str, where: str = "", values: Sequence[str] = ()) -> list[Row]:
    names = get_columns(noun)
    kinds = {info[1]: info[2] for info in connection.execute(f"PRAGMA table_info({noun})")}
    selected = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(f"SELECT {selected} FROM {noun} {where} ORDER BY id", values)
    return [{name: _decode(kinds[name], cell) for name, cell in zip(names, cells, strict=True)} for cells in found]


def _decode(kind: str, cell: Any) -> Any:
    return json.loads(cell) if kind == "JSON" and isinstance(cell, str) else cell


def _load_documents(connection: sqlite3.Connection, where: str = "", values: Sequence[str] = ()) -> list[Row]:
    """What the machine says of documents, in the fields that people decide on."""
    names = ("id", *CLAIMS["documents"])
    columns = ", ".join("coalesce(published, dated)" if name == "published" else name for name in names)
    found = connection.execute(f"SELECT {columns} FROM documents {where} ORDER BY id", values)
    rows = [dict(zip(names, cells, strict=True)) for cells in found]
    return [{**row, "published": json.loads(row["published"] or "null")} for row in rows]


# --- the whole of layer 2 -------------------------------------------------------------------------


def settle_all(connection: sqlite3.Connection, rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Rows of layer 2 as decisions in force make them; what follows for documents and reviews is written.

    Args:
        connection: With layer 2's days of documents written.
        rows: As linking left them, by noun, without documents.

    Returns:
        The rows to write, by noun, without documents; what does not fit is among the problems.
    """
    decisions = find_in_force(load_decisions(connection))
    machine = {**rows, "documents": _load_documents(connection) if decisions else []}
    outcome = settle(machine, decisions, Texts(connection))
    _clear(connection)
    known = {row["id"]: row for row in machine["documents"]}
    for row in outcome.rows.pop("documents"):
        _store_document(connection, row, known[row["id"]])
    connection.executemany("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", map(to_cells, outcome.reviews))
    connection.executemany("INSERT INTO relocated VALUES (?, ?)", sorted(outcome.relocated.items()))
    return _add_problems(outcome)


def _clear(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM reviews")
    connection.execute("DELETE FROM relocated")
    connection.execute("DELETE FROM evidence WHERE noun = 'documents' AND role = 'settled'")
    connection.execute("UPDATE documents SET settled = NULL WHERE settled IS NOT NULL")


def _add_problems(outcome: Outcome) -> dict[str, list[Row]]:
    rows = dict(outcome.rows)
    found = {row["id"]: row for row in rows["problems"]} | {p.id: _plain(p) for p in outcome.problems}
    rows["problems"] = [found[id] for id in sorted(found)]
    return rows


def _plain(found: Problem) -> Row:
    return {name: getattr(found, name) for name in get_columns("problems")}


def to_cells(reviewed: Reviewed) -> tuple[Plain, ...]:
    """A row of the table ``reviews``."""
    machine = to_json(reviewed.machine) if reviewed.machine is not None and reviewed.noun != "documents" else None
    return reviewed.noun, reviewed.row, reviewed.state.value, reviewed.decision, machine


def _store_document(connection: sqlite3.Connection, row: Row, machine: Row) -> None:
    """Lays what people set over a document's facts; the document's own stay."""
    changed = {name: row[name] for name in CLAIMS["documents"] if row[name] != machine[name]}
    if not changed:
        return
    connection.execute("UPDATE documents SET settled = ? WHERE id = ?", (to_json(changed), row["id"]))
    own: Row = {"id": row["id"], "document": row["id"], "settled": [changed]}
    evidence = sorted(check_rows("documents", [own], Texts(connection)))
    connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", evidence)


# --- one row --------------------------------------------------------------------------------------


class TableFinder:
    """As `anchors.Finder`, in the tables: by id, by what was relocated, and by words where that is not enough."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def has(self, noun: str, id: str) -> bool:
        return bool(self._connection.execute(f"SELECT 1 FROM {noun} WHERE id = ?", (id,)).fetchone())

    def get_machine(self, noun: str, id: str) -> Row | None:
        made = load_decisions(self._connection, "subject = ? AND json_type(after, '$.row') IS NOT NULL", (id,))
        return cast("Row", made[0].after["row"]) if made else load_machine(self._connection, noun, id, ())

    def find(self, anchor: Anchor) -> str | None:
        if self.has(anchor.noun, anchor.id):
            return anchor.id
        rows = {anchor.noun: [] if anchor.noun == "documents" else _load_rows(self._connection, anchor.noun)}
        return Finder(rows).find(anchor)


def settle_one(connection: sqlite3.Connection, noun: str, id: str, *, check: bool = True) -> None:
    """Makes a row what the decisions in force make of it, and writes it.

    ``check`` False leaves out what it changes in other rows, which is for `settle_others` when several are settled.
    """
    decisions = load_about(connection, id)
    finder = TableFinder(connection)
    machine = load_machine(connection, noun, id, decisions)
    held = find_in_force(decisions)
    absorbed = find_absorbed(held)
    own = [
        d for d in held if d.noun == noun and d.number >= absorbed.get(d.subject, d.number) and is_followed(d, finder)
    ]
    settled = settle_row(noun, machine, own, finder, Texts(connection))
    _replace_problems(connection, decisions, settled.problems)
    connection.execute('DELETE FROM reviews WHERE noun = ? AND "row" = ?', (noun, id))
    if settled.reviewed:
        connection.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", to_cells(settled.reviewed))
    if noun == "documents":
        connection.execute("DELETE FROM evidence WHERE noun = 'documents' AND row = ? AND role = 'settled'", (id,))
        connection.execute("UPDATE documents SET settled = NULL WHERE id = ?", (id,))
        if settled.row is not None and machine is not None:
            _store_document(connection, settled.row, machine)
        lookups.renew_row(connection, noun, id)
        return
    if settled.row != load_row(connection, noun, id):
        store_row(connection, noun, id, settled.row)
    if check:
        settle_others(connection, {noun})


def settle_others(connection: sqlite3.Connection, nouns: Collection[str]) -> None:
    """Makes other rows what they are beside rows of these nouns that were settled."""
    if "measures" in nouns:
        _check_measures(connection)


def load_about(connection: sqlite3.Connection, id: str) -> list[Decision]:
    """All decisions, undoes with them, about the row that has this id now, by number."""
    subjects = "SELECT ?1 UNION SELECT subject FROM relocated WHERE row = ?1"
    splits = "SELECT subject FROM decisions WHERE action = 'split' AND json_extract(after, '$.new') = ?1"
    found = load_decisions(connection, f"subject IN ({subjects} UNION {splits})", (id,))
    makers = {d.id for d in found if d.action is Action.SPLIT and get_new_row(d) == id}
    moved = {name for (name,) in connection.execute(f"{subjects}", (id,))}
    return [d for d in found if d.subject in moved or d.id in makers or _takes_back(d, makers, found)]


def _takes_back(decision: Decision, makers: set[str], decisions: Sequence[Decision]) -> bool:
    by_id = {other.id: other for other in decisions}
    while decision.action is Action.UNDO and decision.undoes in by_id:
        decision = by_id[decision.undoes]
    return decision.id in makers


def load_machine(connection: sqlite3.Connection, noun: str, id: str, decisions: Sequence[Decision]) -> Row | None:
    """A row as the machine has it; None where a person made it."""
    if noun == "documents":
        found = _load_documents(connection, "WHERE id = ?", (id,))
        return found[0] if found else None
    if any(makes_row(d) and d.subject == id for d in decisions):
        return None
    kept = connection.execute('SELECT machine FROM reviews WHERE noun = ? AND "row" = ?', (noun, id)).fetchone()
    return cast("Row", json.loads(kept[0])) if kept and kept[0] else load_row(connection, noun, id)


def _replace_problems(connection: sqlite3.Connection, decisions: Sequence[Decision], found: Sequence[Problem]) -> None:
    """Of decisions about one row: those that linking found stay, as it is not done anew."""
    ids = [d.id for d in decisions if d.action not in (Action.MERGE, Action.SPLIT, Action.DISTINCT)]
    connection.executemany("DELETE FROM problems WHERE stage = ? AND subject = ?", [(STAGE, id) for id in ids])
    rows = [list(_plain(p).values()) for p in found]
    connection.executemany("INSERT OR REPLACE INTO problems VALUES (?, ?, ?, ?, ?)", rows)


def _check_measures(connection: sqlite3.Connection) -> None:
    """Other measures may come before what they answer now, or no longer."""
    rows = load_all(connection, "measures")
    for before, row in zip(rows, check_measures(rows, load_all(connection, "documents")), strict=True):
        if row != before:
            connection.execute("UPDATE measures SET order_check = ? WHERE id = ?", (row["order_check"], row["id"]))


def store_row(connection: sqlite3.Connection, noun: str, id: str, row: Row | None) -> None:
    """Writes a row of layer 2 over what was there, with its evidence; None removes it."""
    had = connection.execute(f"DELETE FROM {noun} WHERE id = ?", (id,)).rowcount
    lookups.tally(connection, noun, (row is not None) - had)
    connection.execute('DELETE FROM evidence WHERE noun = ? AND "row" = ?', (noun, id))
    if row is None:
        lookups.renew_row(connection, noun, id)
        return
    names = get_all_columns(noun)
    cells = [*(to_cell(row[name]) for name in get_columns(noun)), *copy_out(noun, row)]
    quoted, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.execute(f"INSERT INTO {noun} ({quoted}) VALUES ({places})", cells)
    evidence = sorted(check_rows(noun, [row], Texts(connection)))
    connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", evidence)
    lookups.renew_row(connection, noun, id)


def get_state(connection: sqlite3.Connection, noun: str, id: str) -> tuple[Review, str]:
    """The state of a row, and the last decision in force on it, ``""`` where there is none."""
    found = connection.execute(
        'SELECT state, decision FROM reviews WHERE noun = ? AND "row" = ?', (noun, id)
    ).fetchone()
    return (Review(found[0]), found[1]) if found else (Review.PROPOSED, "")


def make_revision(connection: sqlite3.Connection, noun: str, id: str) -> str:
    """What a row is now, as a word: it changes when the row, its state or the last decision on it does."""
    return content_id("rev", to_json(load_row(connection, noun, id)), *get_state(connection, noun, id))
