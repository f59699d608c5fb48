"""Proves that rows are what the log makes of them: decisions are applied anew to the rows as the machine has them.

What linking made of merges and splits is not linked again here; that they were followed, or are told of as a problem,
is looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from communique.link.decisions import find_in_force, get_new_row, makes_row
from communique.model import Action, Decision
from communique.record.anchors import REVIEWED, Finder
from communique.record.decisions import load_decisions
from communique.record.folding import STAGE
from communique.record.replay import find_absorbed, is_followed, settle
from communique.record.rows import Row
from communique.record.settling import Texts, load_all, to_cells


def find_unsettled(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Rows (or decisions), by id, that are not what the log makes of them, with the reason."""
    log = load_decisions(connection)
    if not log and not connection.execute("SELECT 1 FROM reviews LIMIT 1").fetchone():
        return  # nobody decided: a record of any size has nothing to prove here
    held = find_in_force(log)
    shown = {noun: load_all(connection, noun) for noun in REVIEWED}
    kept = connection.execute('SELECT noun, "row", state, decision, machine FROM reviews ORDER BY 1, 2').fetchall()
    machine = _take_back(shown, [row for row in kept if row[4]], log)
    outcome = settle(
        {**machine, "documents": load_all(connection, "documents", settled=False)}, held, Texts(connection)
    )
    for noun in REVIEWED:
        now, then = ({row["id"]: row for row in rows[noun]} for rows in (shown, outcome.rows))
        yield from ((id, "it is not what the decisions on it make of it") for id in _differ(now, then))
    reviews = [{(row[0], row[1]): tuple(row[2:]) for row in rows} for rows in (kept, map(to_cells, outcome.reviews))]
    yield from ((str(id), "its state is not what the decisions on it come to") for _, id in _differ(*reviews))
    yield from _find_not_followed(connection, held, Finder(shown))


def _differ(a: Mapping[Any, object], b: Mapping[Any, object]) -> list[Any]:
    return sorted((key for key in a.keys() | b.keys() if a.get(key) != b.get(key)), key=str)


def _take_back(shown: dict[str, list[Row]], kept: list[tuple[str, ...]], log: list[Decision]) -> dict[str, list[Row]]:
    """Rows as the machine has them: what decisions changed as it was before, what they made not at all."""
    before = {(noun, id): json.loads(machine) for noun, id, _, _, machine in kept}
    made = {decision.subject for decision in log if makes_row(decision)}
    return {
        noun: [before.get((noun, row["id"]), row) for row in rows if row["id"] not in made]
        for noun, rows in shown.items()
    }


def _find_not_followed(
    connection: sqlite3.Connection, held: list[Decision], finder: Finder
) -> Iterator[tuple[str, str]]:
    told = {id for (id,) in connection.execute("SELECT subject FROM problems WHERE stage = ?", (STAGE,))}
    absorbed = find_absorbed(held)
    for decision in held:
        shapes = decision.action in (Action.MERGE, Action.SPLIT) and get_new_row(decision) not in absorbed
        if shapes and decision.id not in told and not is_followed(decision, finder):
            yield decision.id, f"nothing followed from this {decision.action}"
