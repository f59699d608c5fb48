"""The files and their items in the record: what each was read as. Functions on a connection, inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from communique.codec import Plain, from_plain, to_json
from communique.model import Problem
from communique.record.rows import make_storable, to_cell


@dataclass(frozen=True, slots=True)
class FileRead:
    """What an item was read as, and by which run: a document (its id), a problem, or a container of other items.

    ``source`` and ``original``: the file that was given, and the digest of its bytes.
    """

    facts_digest: str
    run: str
    document: str | None
    problem: Problem | None
    source: str = ""
    original: str = ""
    is_container: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What is to be noted of an item without a document.

    ``name`` and ``sha256`` are its own, ``facts_digest`` that of what a manifest says of it; ``source`` and
    ``original`` are the file that was given and the digest of its bytes, the item's own where they are empty.
    """

    name: str
    sha256: str = ""
    facts_digest: str = ""
    source: str = ""
    original: str = ""


def load_files(connection: sqlite3.Connection) -> dict[tuple[str, str], FileRead]:
    """Every item that was ever read, by name and SHA-256 of its bytes."""
    found = {}
    names = "name, sha256, facts, run, document, problem, source, original, contents IS NOT NULL"
    for name, sha256, facts, run, document, reason, *rest in connection.execute(f"SELECT {names} FROM files"):
        problem = from_plain(Problem, json.loads(reason)) if reason else None
        found[name, sha256] = FileRead(facts, run, document, problem, rest[0], rest[1], bool(rest[2]))
    return found


def note_problem(connection: sqlite3.Connection, problem: Problem, noted: Noted, run: str) -> bool:
    """Notes why an item could not be read, over what was noted under its name. True when this was not known."""
    name, reason = make_storable(noted.name), _to_reason(problem)
    source, original = make_storable(noted.source or name), noted.original if noted.source else noted.sha256
    known = connection.execute(
        "SELECT problem FROM files WHERE name = ? AND sha256 = ?", (name, noted.sha256)
    ).fetchone()
    connection.execute("DELETE FROM files WHERE name = ? AND problem IS NOT NULL", (name,))
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, NULL)",
        (name, noted.sha256, noted.facts_digest, run, reason, source, original),
    )
    return bool(known != (reason,))


def note_container(
    connection: sqlite3.Connection, noted: Noted, contents: Plain, problem: Problem | None, run: str
) -> bool:
    """Notes that all items of a file are in the record, and forgets what could not be read of an earlier content.

    Args:
        connection: Inside the caller's transaction.
        noted: The file.
        contents: How many items it has, and what was passed over.
        problem: What of the container itself was lost.
        run: By what it was read.

    Returns:
        True when this was not known.
    """
    name, sha256 = make_storable(noted.name), noted.sha256
    reason = _to_reason(problem) if problem else None
    known = connection.execute(
        "SELECT problem, contents FROM files WHERE name = ? AND sha256 = ?", (name, sha256)
    ).fetchone()
    gone = connection.execute(
        "DELETE FROM files WHERE source = ? AND name <> ? AND document IS NULL AND (original <> ? OR run <> ?)",
        (name, name, sha256, run),
    ).rowcount
    gone += connection.execute(
        "DELETE FROM files WHERE name = ? AND sha256 <> ? AND problem IS NOT NULL", (name, sha256)
    ).rowcount
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?)",
        (name, sha256, noted.facts_digest, run, reason, name, sha256, to_cell(contents)),
    )
    return bool(gone) or bool(known != (reason, to_cell(contents)))


def _to_reason(problem: Problem) -> str:
    words = (problem.subject, problem.stage, problem.reason, problem.next_step)
    return to_json(Problem(problem.id, *map(make_storable, words)))
