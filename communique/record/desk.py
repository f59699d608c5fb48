"""A record, to work out decisions on: rows as they are shown, found by the beginning of their ids."""

from __future__ import annotations

import json
import sqlite3

from communique.errors import DecisionError
from communique.model import PartKind
from communique.record.anchors import REVIEWED
from communique.record.rows import Row
from communique.record.settling import Texts, load_row
from communique.record.values import Context


class Desk:
    """The tables, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.texts = Texts(connection)

    def resolve(self, name: str) -> tuple[str, str]:
        """The noun and the id of a row, by the beginning of its id.

        Raises:
            DecisionError: There is none, or several.
        """
        found: list[tuple[str, str]] = []
        for noun in (*REVIEWED, "mentions", "event_mentions"):
            if self.connection.execute(f"SELECT 1 FROM {noun} WHERE id = ?", (name,)).fetchone():
                return noun, name
            rows = self.connection.execute(
                f"SELECT id FROM {noun} WHERE id >= ?1 AND id < ?1 || char(1114111) LIMIT 2", (name,)
            )
            found += [(noun, id) for (id,) in rows]
        if len(found) != 1 or not name:
            how = "several ids begin with" if len(found) > 1 else "no row to decide on has the id"
            raise DecisionError(f"{how} {name!r}", "communique list NOUN shows the ids")
        return found[0]

    def find(self, name: str) -> tuple[str, Row]:
        """A row on which people decide.

        Raises:
            DecisionError: There is none.
        """
        noun, id = self.resolve(name)
        row = load_row(self.connection, noun, id) if noun in REVIEWED else None
        if row is None:
            raise DecisionError(
                f"{id} is one of the {noun}, which are not decided on", f"one decides on {', '.join(REVIEWED)}"
            )
        return noun, row

    def load(self, noun: str, id: str) -> Row | None:
        return load_row(self.connection, noun, id)

    def context(self, named: dict[str, str], document: str | None) -> Context:
        return Context(self.texts, self.resolve, self.load, self.find_part, named, document)

    def find_part(self, document: str, offset: int) -> str:
        found = self.connection.execute("SELECT parts FROM documents WHERE id = ?", (document,)).fetchone()
        parts = json.loads(found[0]) if found else []
        return next((part["part"] for part in parts if part["start"] <= offset < part["end"]), PartKind.BODY.value)
