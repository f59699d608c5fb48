"""Registers in the record: what narrows dates. Functions on a connection, inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3

from communique.codec import from_plain, to_json
from communique.model import Register, RegisterRow
from communique.record.rows import make_storable


def load_registers(connection: sqlite3.Connection) -> list[Register]:
    """All of them, by id."""
    found = connection.execute("SELECT id, name, rows FROM registers ORDER BY id")
    return [make_stored(id, name, rows) for id, name, rows in found]


def make_stored(id: str, name: str, rows: str) -> Register:
    """A register out of its row; its rows are JSON there."""
    return Register(id, name, from_plain(tuple[RegisterRow, ...], json.loads(rows)))


def store_register(connection: sqlite3.Connection, register: Register) -> bool:
    """Stores a register over one that says the same. True when anything has changed."""
    cells = (make_storable(register.name), to_json(register.rows))
    known = connection.execute("SELECT name, rows FROM registers WHERE id = ?", (register.id,)).fetchone()
    connection.execute("INSERT OR REPLACE INTO registers VALUES (?, ?, ?)", (register.id, *cells))
    return bool(known != cells)


def remove_register(connection: sqlite3.Connection, id: str) -> bool:
    """Takes a register out. True when it was there."""
    return bool(connection.execute("DELETE FROM registers WHERE id = ?", (id,)).rowcount)
