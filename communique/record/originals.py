"""The bytes that texts were made of, in the record: content-addressed, packed by zlib. Functions on a connection."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from typing import NamedTuple

# A file is read up to 50 MB; what unpacks to more is no original of ours.
MAX_BYTES = 64_000_000


class Original(NamedTuple):
    """A file's bytes, and why they cannot be those that were kept; empty where they are."""

    sha256: str
    content: bytes
    fault: str


def store_original(connection: sqlite3.Connection, content: bytes) -> None:
    """Keeps the bytes of a file, once for all files that hold the same."""
    connection.execute(
        "INSERT INTO originals VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (hashlib.sha256(content).hexdigest(), len(content), zlib.compress(content)),
    )


def unpack(sha256: str, n_bytes: int, packed: bytes) -> Original:
    """An original out of its row."""
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, MAX_BYTES)
    except (zlib.error, TypeError) as error:
        return Original(sha256, b"", f"cannot be unpacked ({error})")
    if not unpacker.eof or len(content) != n_bytes or hashlib.sha256(content).hexdigest() != sha256:
        return Original(sha256, content, "the bytes are not those that were kept: their digest differs")
    return Original(sha256, content, "")


def iter_originals(connection: sqlite3.Connection) -> Iterator[Original]:
    """All of them, by digest."""
    names = [name for (name,) in connection.execute("SELECT sha256 FROM originals ORDER BY sha256")]
    for name in names:
        row = connection.execute("SELECT sha256, n_bytes, packed FROM originals WHERE sha256 = ?", (name,)).fetchone()
        yield unpack(*row)
