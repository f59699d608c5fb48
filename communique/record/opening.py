"""Opening a record for writing: the right to write first, then the file, whole and of this version.

One process writes at a time. The right to write is an exclusive lock on a second, empty SQLite file beside the record
(``communique.db-lock``): the system drops it when the process ends in any way, kill -9 included; readers are not kept
out, as they would be by a lock on the record itself; and it works wherever SQLite does. The file stays: removing it
would let two processes lock two different files. A record must not be open when a process forks.

While it is written, a record is in write-ahead mode, so that it can be read meanwhile. `close` ends that mode: a record
at rest is one file, which can be copied, published, and read where nothing can be written. The price: who holds a
`reader.Record.snapshot` of a record at rest for longer than `connect.BUSY_MS` keeps a writer from starting.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from communique.errors import RecordError, RecordLocked
from communique.record.connect import BUSY_MS, connect, execute_patiently, explain_errors, find_version
from communique.record.migrations import create, migrate


def open_for_writing(path: Path, wait_s: float = 0.0) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """The record, made if there is nothing or an empty file, and the lock that must be closed after it.

    Raises:
        RecordLocked: Another process is writing it.
        RecordError: It is not ours, damaged, of a newer version, or cannot be written; nothing was touched.
    """
    find_version(path)
    lock = _take_lock(path, wait_s)
    try:
        if find_version(path) == 0:  # now that nobody else can be making it
            create(path)
        return _open(path), lock
    except BaseException:
        lock.close()
        raise


def _take_lock(path: Path, wait_s: float) -> sqlite3.Connection:
    with explain_errors(path):
        lock = connect(path.with_name(f"{path.name}-lock"), "rwc")
        try:
            lock.execute(f"PRAGMA busy_timeout = {int(1000 * wait_s)}")
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise RecordLocked(
                    f"{path}: another process is writing this record", "try again when it has ended"
                ) from error
            raise
    return lock


def _open(path: Path) -> sqlite3.Connection:
    with explain_errors(path):
        connection = connect(path, "rw")
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise RecordError(
                    f"{path}: the file is damaged ({found})", "restore a backup, or build the record anew"
                )
            mode = execute_patiently(connection, "PRAGMA journal_mode = WAL", BUSY_MS / 1000)
            if mode != ("wal",):
                raise RecordError(
                    f"{path}: the disk cannot keep a log of what is written", "use a folder on a local disk"
                )
            connection.execute("PRAGMA synchronous = FULL")
            migrate(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def close(connection: sqlite3.Connection, lock: sqlite3.Connection) -> None:
    """Closes what `open_for_writing` gave."""
    with suppress(sqlite3.Error):  # somebody is reading: the mode stays, and no harm is done
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    lock.close()
