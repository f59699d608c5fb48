"""What is written takes its name whole, or not at all: it is written aside, brought to the disk, and renamed.

The name aside is fixed (``.NAME.new``), so that what a killed process left is found and cleared by the next one, and it
is locked while it is written, so that two processes never write into one. The system drops the lock when a process ends
in any way. What is read under the real name is the old or the new at every moment, also after a loss of power.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOSYS, ENOTSUP
from pathlib import Path

from communique.errors import CommuniqueError

# What SQLite keeps beside a file while it writes.
BESIDE = ("-wal", "-shm", "-journal")
_AT_FDCWD, _EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h; RENAME_SWAP of macOS is 2 as well


@contextmanager
def write_aside(path: Path, *, folder: bool = False) -> Iterator[Path]:
    """An empty file or folder beside ``path``, of this process alone, to be renamed; what is left of it is removed.

    Raises:
        CommuniqueError: Another process is writing it.
        OSError: It cannot be made.
    """
    aside = path.with_name(f".{path.name}.new")
    handle = _make(aside, folder=folder)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _is_at(handle, aside):
            raise BlockingIOError
        _clear(aside, folder=folder)
        yield aside
    except BlockingIOError as error:
        raise CommuniqueError(f"{path}: another process is writing this", "try again when it has ended") from error
    finally:
        with suppress(OSError):
            if _is_at(handle, aside):
                _remove(aside)
        os.close(handle)


def make_folder(path: Path) -> None:
    """Makes a folder with its parents, each in a way that lasts."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Brings a folder with all that is in it to the disk."""
    for found, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(found, name), "rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(found))


def replace_folder(new: Path, old: Path) -> None:
    """Gives a folder, which is on the disk, another's name, and removes that other one.

    The two are exchanged at once, so that there is a whole folder of this name at every moment. Where the system cannot
    do that, there is none for an instant.
    """
    if not old.exists():
        new.rename(old)
        sync_folder(old.parent)
        return
    handle = os.open(old, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # it will stand where others write aside
        if not _exchange(new, old):
            parting = old.with_name(f".{old.name}.old")
            shutil.rmtree(parting, ignore_errors=True)
            old.rename(parting)
            new.rename(old)
            parting.rename(new)
        sync_folder(old.parent)
    finally:
        if _is_at(handle, new):  # the parting one
            shutil.rmtree(new, ignore_errors=True)
        os.close(handle)


def _make(aside: Path, *, folder: bool) -> int:
    if folder:
        aside.mkdir(exist_ok=True)
        return os.open(aside, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    return os.open(aside, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _is_at(handle: int, path: Path) -> bool:
    """True when the name still leads to what was opened."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def _clear(aside: Path, *, folder: bool) -> None:
    if folder:
        for found in aside.iterdir():
            _remove(found)
        return
    # A journal left by a killed process would be played into the new file (sqlite.org/howtocorrupt.html, section 1.4).
    for suffix in BESIDE:
        aside.with_name(aside.name + suffix).unlink(missing_ok=True)
    os.truncate(aside, 0)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return
    path.unlink()
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two names at once. False where the system or its file system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    try:
        if sys.platform == "darwin":
            code = library.renamex_np(*names, _EXCHANGE)
        else:
            code = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    except AttributeError:
        return False
    if code == 0:
        return True
    number = ctypes.get_errno()
    if number in (EINVAL, ENOSYS, ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
