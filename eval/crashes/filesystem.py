"""A disk that may lose what was not synced: files as what is safe and what is on its way.

What is written to a file is safe when the file has been synced, and the names of files when anything has been synced
after them (as on a journaling file system). Of the rest, a loss of power leaves any part of each file's writes, in any
order, torn at sectors, and the changes of names up to any moment.

Source: the crash tests of SQLite (sqlite.org/testing.html, section 3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512


@dataclass(slots=True)
class File:
    """A file's safe bytes, and the writes (place, bytes) and truncations (length, None) since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.safe, *change)
        self.pending.clear()

    def survive(self, random: Random) -> bytes:
        """What a loss of power might leave."""
        content = bytearray(self.safe)
        share = random.choice((0.0, 0.5, 0.9, 1.0))
        for at, written in self.pending:
            if random.random() >= share:
                continue
            if written and random.random() < 0.2:
                written = written[: random.randrange(0, len(written) + SECTOR, SECTOR)]
            _apply(content, at, written)
        return bytes(content)


def _apply(content: bytearray, at: int, written: bytes | None) -> None:
    if written is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(written)] = written


Names = dict[str, File | None]  # by path; None for a folder


class Disk:
    """Names and files, as a process changes them."""

    def __init__(self, folder: Path) -> None:
        self.names: Names = {}
        for path in sorted(folder.rglob("*")):
            self.names[str(path)] = None if path.is_dir() else File(bytearray(path.read_bytes()))
        self.names[str(folder)] = None
        self._folder = folder
        self._safe_names = dict(self.names)
        self._pending: list[Callable[[Names], None]] = []

    def change(self, work: Callable[[Names], None]) -> None:
        """Changes names."""
        work(self.names)
        self._pending.append(work)

    def sync(self, path_or_file: File | None) -> None:
        """A file, or a folder (None), is synced."""
        if path_or_file is not None:
            path_or_file.sync()
        for work in self._pending:
            work(self._safe_names)
        self._pending.clear()

    def leave(self, folder: Path, random: Random) -> None:
        """Writes into a folder what a loss of power at this moment might leave."""
        names = dict(self._safe_names)
        for work in self._pending[: random.randint(0, len(self._pending))]:
            work(names)
        for path, file in sorted(names.items()):
            target = folder / Path(path).relative_to(self._folder)
            if file is None:
                target.mkdir(parents=True, exist_ok=True)
            elif not path.endswith("-shm"):  # rebuilt by who comes first
                target.write_bytes(file.survive(random))


# --- changes of names -----------------------------------------------------------------------------


def add(path: str, file: File | None) -> Callable[[Names], None]:
    """A new file or folder."""
    return lambda names: names.update({path: file})


def remove(path: str) -> Callable[[Names], None]:
    """A file or an empty folder goes."""

    def work(names: Names) -> None:
        names.pop(path, None)

    return work


def move(old: str, new: str) -> Callable[[Names], None]:
    """A file or a folder with all in it takes another name."""

    def work(names: Names) -> None:
        moved = dict(_take(names, old))
        for _ in _take(names, new):
            pass
        names.update({f"{new}{path.removeprefix(old)}": file for path, file in moved.items()})

    return work


def exchange(one: str, other: str) -> Callable[[Names], None]:
    """Two names are exchanged."""

    def work(names: Names) -> None:
        ones, others = dict(_take(names, one)), dict(_take(names, other))
        names.update({f"{other}{path.removeprefix(one)}": file for path, file in ones.items()})
        names.update({f"{one}{path.removeprefix(other)}": file for path, file in others.items()})

    return work


def _take(names: Names, path: str) -> Iterator[tuple[str, File | None]]:
    for found in [name for name in names if name == path or name.startswith(f"{path}/")]:
        yield found, names.pop(found)
