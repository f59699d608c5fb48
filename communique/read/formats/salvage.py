"""The members of a ZIP archive that was cut: its list of members stands at its end, and is lost with it.

Each member has a head of its own in front of its bytes (APPNOTE.TXT of PKWARE, section 4.3.7), and packed bytes know
their own end, so that all before the cut can be had whole, each proved by its checksum.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from communique.errors import ReadError
from communique.read.items import MB, Budget, check_ratio

HEAD = b"PK\x03\x04"
_FIELDS = Struct("<4sHHHHHLLLHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_BEHIND = Struct("<LLL")  # checksum and sizes, behind the packed bytes; before them a signature, as a rule
_SIGNATURE = b"PK\x07\x08"


class Salvaged(NamedTuple):
    """A member found by its own head; ``content`` is None where it is not whole, for a ``reason``."""

    name: str
    content: bytes | None
    reason: str = ""


def iter_salvaged(content: bytes, budget: Budget) -> Iterator[Salvaged]:
    """The members in the order in which they stand; the first that is not whole, and has no stated length, is the last.

    Args:
        content: The bytes of an archive that begins with a member's head.
        budget: What may still be inflated; a member beyond it is not whole.
    """
    at = 0
    while content.startswith(HEAD, at) and len(content) - at >= _FIELDS.size:
        _, _, flags, method, _, _, checksum, packed, _, name_length, extra_length = _FIELDS.unpack_from(content, at)
        begin = at + _FIELDS.size
        start = begin + name_length + extra_length
        encoding = "utf-8" if flags & _UTF8 else "cp437"
        name = content[begin : begin + name_length].decode(encoding, "replace")
        length = None if flags & _SIZES_BEHIND else packed
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            yield Salvaged(name, None, "is encrypted or packed in a way that is not known")
        elif method == _STORED:
            whole = length is not None and start + length <= len(content)
            plain = content[start : start + (length or 0)] if whole else None
            yield _prove(name, plain, checksum)
        else:
            try:
                plain, length = _inflate(content, start, length, budget)
            except (ReadError, zlib.error) as error:
                yield Salvaged(name, None, error.reason if isinstance(error, ReadError) else "is damaged")
            else:
                if flags & _SIZES_BEHIND and plain is not None and length is not None:
                    checksum = _read_behind(content, start + length)[0]
                yield _prove(name, plain, checksum)
        if length is None:
            return
        at = start + length
        if flags & _SIZES_BEHIND:
            at = _read_behind(content, at)[1]


def _prove(name: str, plain: bytes | None, checksum: int) -> Salvaged:
    if plain is None:
        return Salvaged(name, None, "is cut")
    return Salvaged(name, plain) if zlib.crc32(plain) == checksum else Salvaged(name, None, "is damaged")


def _inflate(content: bytes, start: int, length: int | None, budget: Budget) -> tuple[bytes | None, int | None]:
    """The plain bytes of what begins at a place, None if they do not end; and how long they are packed, if known.

    Raises:
        ReadError: They inflate beyond measure.
        zlib.error: They are damaged.
    """
    packed = memoryview(content)[start : None if length is None else start + length]
    engine, pieces, total, at = zlib.decompressobj(-zlib.MAX_WBITS), [], 0, 0
    while not engine.eof:
        given = engine.unconsumed_tail or packed[at : at + MB]
        if not given:
            pieces.append(engine.flush())
            break
        at += 0 if engine.unconsumed_tail else len(given)
        piece = engine.decompress(given, MB)
        total += len(piece)
        check_ratio(total, len(packed) if length is not None else at)
        budget.spend(len(piece))
        pieces.append(piece)
    if not engine.eof:
        return None, length
    return b"".join(pieces), at - len(engine.unused_data)


def _read_behind(content: bytes, at: int) -> tuple[int, int]:
    """The checksum behind packed bytes, and where the next head may stand."""
    at += len(_SIGNATURE) if content.startswith(_SIGNATURE, at) else 0
    if len(content) - at < _BEHIND.size:
        return -1, len(content)
    return _BEHIND.unpack_from(content, at)[0], at + _BEHIND.size
