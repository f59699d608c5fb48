"""Small writes to the record, gathered: a transaction waits for the disk, and one for every file would be slow."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from communique.record.writer import RecordWriter

# Notes wait for each other so long, or until so many bytes wait with them: each transaction waits once for the disk.
STORE_EVERY_S = 1.0
STORE_EVERY_BYTES = 50_000_000


@dataclass(slots=True)
class Notes:
    """What waits to be stored with the next transaction."""

    writer: RecordWriter
    waiting: list[Callable[[], object]] = field(default_factory=list)
    n_bytes: int = 0
    stored_at: float = field(default_factory=time.monotonic)

    def add(self, note: Callable[[], object], n_bytes: int = 0) -> None:
        """Gathers a write of so many bytes, and stores what waits when it is time."""
        self.waiting.append(note)
        self.n_bytes += n_bytes
        if time.monotonic() - self.stored_at >= STORE_EVERY_S or self.n_bytes >= STORE_EVERY_BYTES:
            self.store()

    def store(self) -> None:
        """Stores what waits, in one transaction."""
        with self.writer.batch():
            for note in self.waiting:
                note()
        self.waiting.clear()
        self.n_bytes, self.stored_at = 0, time.monotonic()
