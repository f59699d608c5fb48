"""Layer 2 in the record: what the reports together say. Functions on a connection, inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from typing import cast

from communique.codec import to_plain
from communique.model import Linked
from communique.record import lookups
from communique.record.rows import TABLES, Row, check_rows, copy_out, get_all_columns, get_columns, make_rows, to_cell
from communique.record.settling import settle_all


def replace_linked(connection: sqlite3.Connection, linked: Linked, run: str) -> None:
    """Replaces the whole of layer 2.

    Time expressions, event mentions and the annotators' problems are taken from layer 1 as it is stored; what people
    decided about rows is applied to them (`settling`).

    Raises:
        EvidenceError: A row does not hold in the texts, or two rows have one id; nothing was written.
    """
    payloads = connection.execute("SELECT payload FROM annotations ORDER BY document")
    problems = connection.execute("SELECT problem FROM files WHERE problem IS NOT NULL")
    rows = make_rows(linked, (json.loads(found) for (found,) in payloads), [json.loads(found) for (found,) in problems])
    texts: dict[str, str] = dict(connection.execute("SELECT id, text FROM documents"))
    _date_documents(connection, linked, texts)
    rows = settle_all(connection, rows)
    evidence = {noun: check_rows(noun, found, texts) for noun, found in rows.items()}
    connection.execute("DELETE FROM evidence WHERE noun <> 'documents'")
    for noun in TABLES:
        _replace_table(connection, noun, rows[noun])
        connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", sorted(evidence[noun]))
    lookups.renew(connection)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('linked', ?)", (run,))


def _date_documents(connection: sqlite3.Connection, linked: Linked, texts: dict[str, str]) -> None:
    """Notes when undated documents were written, as far as the other reports tell."""
    undated = "SELECT id FROM documents WHERE published IS NULL"
    connection.execute("UPDATE documents SET dated = NULL")
    connection.execute(
        f"DELETE FROM evidence WHERE noun = 'documents' AND role = 'published' AND \"row\" IN ({undated})"
    )
    for found in linked.published:
        when = cast("Row", to_plain(found.published))
        row: Row = {"id": found.document, "document": found.document, "published": when}
        evidence = sorted(check_rows("documents", [row], texts))
        connection.execute("UPDATE documents SET dated = ? WHERE id = ?", (to_cell(when), found.document))
        connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", evidence)


def _replace_table(connection: sqlite3.Connection, noun: str, rows: list[Row]) -> None:
    columns, all_columns = get_columns(noun), get_all_columns(noun)
    names, places = ", ".join(f'"{name}"' for name in all_columns), ", ".join("?" * len(all_columns))
    connection.execute(f"DELETE FROM {noun}")
    cells = ([*(to_cell(row[name]) for name in columns), *copy_out(noun, row)] for row in rows)
    connection.executemany(f"INSERT INTO {noun} ({names}) VALUES ({places})", cells)
