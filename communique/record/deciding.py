"""The right to write one decision: a short transaction, beside whatever else reads or writes the record.

Unlike a build, it takes no lock beside the record: SQLite makes one writer wait for the other, and a decision takes a
few milliseconds. What it has returned from is on the disk (``synchronous = EXTRA``). It waits for `WAIT_S` before it
says that the record is in use; a build writes in steps that are much shorter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from communique.errors import RecordError
from communique.record.connect import (
    PATIENCE_S,
    SCHEMA_VERSION,
    connect,
    execute_patiently,
    explain_errors,
    find_version,
)
from communique.record.writer import Run

WAIT_S = PATIENCE_S


def check_version(path: Path) -> None:
    """Raises `RecordError` unless there is a record of this version."""
    version = find_version(path)
    if version == 0:
        raise RecordError(f"{path}: there is no record here", "communique build makes one")
    if version < SCHEMA_VERSION:
        raise RecordError(f"{path}: made by an older version", "communique build brings it up to date")


@contextmanager
def begin(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection in a transaction, which is on the disk when the block ends, or not at all when it raises.

    Raises:
        RecordError: There is no record of this version, or it cannot be written.
        RecordLocked: Others kept it for `WAIT_S`.
    """
    check_version(path)
    with explain_errors(path), closing(connect(path, "rw")) as connection:
        # A record at rest has no log: what commits there is the removal of the journal, and FULL does not wait until
        # that is on the disk. Of 40 losses of power (eval/crashes), 11 took a decision back with FULL, none with EXTRA.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA foreign_keys = ON")
        execute_patiently(connection, "BEGIN IMMEDIATE", WAIT_S)
        try:
            yield connection
            execute_patiently(connection, "COMMIT", WAIT_S)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def load_run(connection: sqlite3.Connection, path: Path) -> Run:
    """The run that made layer 2.

    Raises:
        RecordError: A build was interrupted, or goes on.
    """
    names = ("version", "model", "tables", "settings")
    found = connection.execute(
        f"SELECT {', '.join(f'r.{name}' for name in names)} FROM runs r JOIN meta m ON m.value = r.id"
        " WHERE m.name = 'linked'"
    ).fetchone()
    if found is None:
        raise RecordError(f"{path}: the last build did not end", "run communique build again")
    return Run(*found)
