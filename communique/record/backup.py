"""A backup of a record: a copy in the state of one moment, proved before it takes its name.

A backup is a record like any other: it can be read where it lies, and copied back in the place of a lost one.
"""

from __future__ import annotations

from pathlib import Path

from communique.errors import RecordError
from communique.record.connect import find_version
from communique.record.reader import open_record
from communique.record.verify import Verification, verify


class DamageError(RecordError):
    """What was copied does not hold. ``found`` says where."""

    def __init__(self, record: Path, found: Verification) -> None:
        first = found.damage[0]
        super().__init__(
            f"{record}: no backup was made, since the record does not hold ({first.subject}: {first.reason})",
            "communique verify says more; an earlier backup is as it was",
        )
        self.found = found


def backup(record: Path, path: Path) -> Verification:
    """Copies a record, also while a build writes it, and proves the copy as `verify` does.

    A build that has not ended is no damage: the copy holds what was stored, and a build can go on in it.

    Args:
        record: What to copy.
        path: The copy; an earlier backup of this name is replaced at once, when the new one has been proved.

    Returns:
        What was looked at in the copy.

    Raises:
        DamageError: Something in the record does not hold; an earlier backup stays.
        RecordError: There is no record, or the copy cannot be written, or the path is that of something else.
    """
    _check_target(record, path)
    proved: list[Verification] = []

    def prove(copy: Path) -> None:
        with open_record(copy) as copied:
            found = verify(copied)
        if found.damage:
            raise DamageError(record, found)
        proved.append(found)

    with open_record(record) as opened:
        opened.copy_to(path, prove)
    return proved[0]


def _check_target(record: Path, path: Path) -> None:
    """Refuses to write over what is no backup: the record itself, another file, a record that is being written."""
    if path.is_symlink() or (path.exists() and record.exists() and path.samefile(record)):
        raise RecordError(f"{path}: this is the record itself, or a link", "name another file with --to")
    if not path.absolute().parent.is_dir():
        raise RecordError(f"{path}: there is no folder {path.absolute().parent}", "make it, or name another file")
    find_version(path)
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise RecordError(
                f"{path}: a record that is being written, or was interrupted", "name another file with --to"
            )
