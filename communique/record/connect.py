"""Opening an SQLite file without harm: is it ours, of which version, and what SQLite's errors mean to a person.

A file is looked at through a connection that can neither write nor lock (``immutable``) before anything else opens
it, so that a file that is not ours is never touched. It is not opened with `open`: closing such a handle would drop the
locks that SQLite holds on the file in the same process (sqlite.org/howtocorrupt.html, section 2.2).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from stat import S_ISREG

from communique.errors import RecordError, RecordLocked

APPLICATION_ID = 0x434D5145  # "CMQE", at byte 68 of the file
SCHEMA_VERSION = 9
BUSY_MS = 10_000
RETRY_S = 0.01
# SQLite lets in whoever asks first, not who waits longest: of eight that write without a pause, on a machine with ten
# times the work that it can do, one waited for more than a minute.
PATIENCE_S = 300.0

_MEANING = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make space and run the same command again"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error or is full", "check the disk and run the same command again"),
    sqlite3.SQLITE_READONLY: ("it cannot be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_PERM: ("it cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "restore a backup, or build the record anew into another file"),
    sqlite3.SQLITE_NOTADB: ("this is not a Communique record", "name another file with --record"),
}


@contextmanager
def explain_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into `RecordError` or `RecordLocked`, naming the file and the next step."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise RecordLocked(
                f"{path}: another process is using this record", "try again when it has ended"
            ) from error
        reason, next_step = _MEANING.get(code, (str(error), "communique verify says more"))
        raise RecordError(f"{path}: {reason}", next_step) from error


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Connects by URI. ``mode`` is ``ro``, ``rw``, ``rwc`` or ``ro&immutable=1``."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def execute_patiently(connection: sqlite3.Connection, statement: str, wait_s: float) -> tuple[object, ...] | None:
    """Runs a statement as soon as others let it.

    SQLite waits by itself (``busy_timeout``), but not where waiting with what it holds could keep the other from going
    on: then it has to be asked again.

    Returns:
        The first row of its outcome, None where it has none.

    Raises:
        OperationalError: Others were in the way for all that time.
    """
    deadline = time.monotonic() + wait_s
    while True:
        try:
            found: tuple[object, ...] | None = connection.execute(statement).fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
        else:
            return found


def find_version(path: Path) -> int:
    """The schema version of a record; 0 when there is nothing yet (no file, or an empty one).

    Raises:
        RecordError: The path is a folder, not ours, damaged in its first page, or of a newer version.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}", "name another file with --record") from error
    if not S_ISREG(stat.st_mode):
        raise RecordError(f"{path}: this is not a file", "name a file with --record")
    if stat.st_size == 0:
        return 0
    with explain_errors(path), closing(connect(path, "ro&immutable=1")) as connection:
        # A run that was ended while it brought its log into the file leaves the file shorter than its first page says,
        # which the next opening mends; SQLite bears with that only where a schema may be repaired.
        connection.execute("PRAGMA writable_schema = ON")
        application = read_pragma(connection, "application_id")
        version = read_pragma(connection, "user_version")
    if application != APPLICATION_ID or version < 1:
        raise RecordError(f"{path}: this is not a Communique record", "name another file with --record")
    if version > SCHEMA_VERSION:
        raise RecordError(
            f"{path}: made by a newer version (schema {version}, this program knows {SCHEMA_VERSION})",
            "update communique",
        )
    return version


def read_pragma(connection: sqlite3.Connection, name: str) -> int:
    """A pragma's whole number."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
