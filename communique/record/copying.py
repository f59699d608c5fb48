"""Copying a database file while others may read and write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from communique.errors import RecordError
from communique.record.connect import connect, explain_errors
from communique.record.disk import BESIDE, sync_folder, write_aside


def copy_database(
    connection: sqlite3.Connection, path: Path, check: Callable[[Path], None] = lambda copy: None
) -> None:
    """Copies what a connection shows, in the state of one moment, into a file; the copy is whole or not there.

    Args:
        connection: To a database, also while it is being written.
        path: Of the copy; a file of this name is replaced.
        check: Is given the finished copy under another name; what it raises keeps the copy from taking its name.

    Raises:
        RecordError: The copy cannot be written; a file of this name is as it was.
    """
    try:
        with write_aside(path) as aside:
            with explain_errors(path), closing(connect(aside, "rw")) as copy:
                connection.backup(copy)
                # One file, whatever mode the record was in. SQLite tells by the mode that stays when this fails.
                [mode] = copy.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete" or any(aside.with_name(aside.name + suffix).exists() for suffix in BESIDE):
                raise RecordError(f"{path}: the copy cannot be made (the disk reports an error)", "check the disk")
            check(aside)
            aside.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise RecordError(f"{path}: the copy cannot be made ({error.strerror})", "check the folder") from error
