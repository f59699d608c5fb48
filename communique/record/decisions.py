"""The log of decisions in the record. Functions on a connection, inside the caller's transaction.

Rows are appended only (triggers hold that), and each row's hash covers the row and the hash before it: what is changed,
removed or put in between afterwards is found by ``verify``.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from communique.codec import Plain, from_plain, to_json
from communique.model import Decision
from communique.record.rows import to_cell

_COLUMNS = (
    *("number", "id", "action", "noun", "subject", "before", "after", "anchors", "who", "decided_at", "why", "undoes"),
    *("previous", "hash"),
)
HEAD = "decided"  # in the table meta: the hash of the last decision
_NESTED = frozenset({"before", "after", "anchors"})


def hash_decision(row: Mapping[str, Plain]) -> str:
    """The hash of a decision's row: SHA-256 over all its values but number and hash, as canonical JSON."""
    return hashlib.sha256(
        to_json([value for name, value in row.items() if name not in ("number", "hash")]).encode()
    ).hexdigest()


def load_decisions(connection: sqlite3.Connection, where: str = "", values: Iterable[str] = ()) -> list[Decision]:
    """The log by number; with ``where``, an SQL condition, what of it meets that."""
    condition = f" WHERE {where}" if where else ""
    found = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM decisions{condition} ORDER BY number", tuple(values))
    return [make_decision(dict(zip(_COLUMNS, cells, strict=True))) for cells in found]


def make_decision(row: Mapping[str, Any]) -> Decision:
    """A decision out of its row, in which nested values are JSON or plain."""
    return from_plain(Decision, {name: _parse(value) if name in _NESTED else value for name, value in row.items()})


def _parse(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def get_head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last decision; 0 and "" where there is none."""
    found = connection.execute("SELECT number, hash FROM decisions ORDER BY number DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else (0, "")


def append(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Appends a decision, and gives it with its number and hash.

    Args:
        connection: In a transaction.
        decision: Its number and hashes are not looked at.
    """
    number, previous = get_head(connection)
    row: dict[str, Any] = {name: getattr(decision, name) for name in _COLUMNS}
    row |= {
        "number": number + 1,
        "previous": previous,
        "action": decision.action.value,
        "anchors": json.loads(to_json(decision.anchors)),
    }
    row["hash"] = hash_decision(row)
    cells = [to_cell(value) for value in row.values()]
    places = ", ".join("?" * len(cells))
    connection.execute(f"INSERT INTO decisions ({', '.join(_COLUMNS)}) VALUES ({places})", cells)
    # So that it is noticed when the end of the log is cut off, which leaves the chain whole.
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (HEAD, row["hash"]))
    return make_decision(row)
