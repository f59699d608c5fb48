"""The right to write one decision: a short transaction, beside whatever else reads or writes the record.

Decisions queue for a lock of their own, on an empty file beside the record (``communique.db-queue``), since SQLite lets
whoever comes last try most often. The lock of a build is another one: SQLite makes a decision and a build wait for each
other, and a decision takes a few milliseconds. What it has returned from is on the disk (``synchronous = EXTRA``). It
waits for `WAIT_S` before it says that the record is in use; a build writes in steps that are much shorter.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from communique.errors import RecordError, RecordLocked
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
_POLL_S = 0.005


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
    deadline = time.monotonic() + WAIT_S
    with _queue(path, deadline), explain_errors(path), closing(connect(path, "rw")) as connection:
        # A record at rest has no log: what commits there is the removal of the journal, and FULL does not wait until
        # that is on the disk. Of 40 losses of power (eval/crashes), 11 took a decision back with FULL, none with EXTRA.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA foreign_keys = ON")
        execute_patiently(connection, "BEGIN IMMEDIATE", max(0.0, deadline - time.monotonic()))
        try:
            yield connection
            execute_patiently(connection, "COMMIT", WAIT_S)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def _queue(path: Path, deadline: float) -> Iterator[None]:
    """Keeps other decisions out until the block ends; the system does that too when the process ends in any way.

    The file is not SQLite's: closing one of those would drop the locks that SQLite holds on it in the same process. It
    stays, as removing it would let two processes lock two files.
    """
    try:
        handle = os.open(path.with_name(f"{path.name}-queue"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}", "check the permissions of its folder") from error
    try:
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise RecordLocked(f"{path}: other decisions are being written", "try again when they are done")
            time.sleep(_POLL_S)  # the same for all who wait, however long: each has the same chance
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP):
            raise
    return True  # also on a disk without such locks: there SQLite alone makes one wait for the other


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
