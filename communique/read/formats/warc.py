"""The records of a web archive (WARC 1.0 and 1.1, packed with gzip or not), none lost in silence.

Common readers give a record that was cut off as if it were whole, and swallow the next one where a length is wrong.
Here every record's length is checked against the file, its end against the mark that must stand there, its digest where
there is one, and every gzip member against its check sum. After a damaged place the reader looks for the next record.
Source: ISO 28500 (WARC 1.1); RFC 1952 (gzip).
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from communique.errors import ReadError
from communique.read.items import MAX_BYTES, MAX_HEADER, MB, Budget, Loss, check_ratio

GZIP = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/\d\.\d+\r?\n")
_NEXT = re.compile(rb"\r\n\r\nWARC/\d\.\d+\r\n")
_MARK = b"\r\n\r\n"
_CHUNK = 65_536


class Record(NamedTuple):
    """A record: its headers (names in lower case), its block, and what is wrong with it, empty if nothing."""

    number: int
    headers: dict[str, str]
    block: bytes
    fault: str


class _Stretch(NamedTuple):
    """Bytes that were together in the file (a gzip member, or all of it), and what is wrong with them."""

    content: bytes
    fault: str


def iter_records(content: bytes, budget: Budget) -> Iterator[Record | Loss]:
    """The records in their order, and a loss for each place where there may have been more.

    Args:
        content: Of the file.
        budget: What may be inflated.

    Raises:
        ReadError: More is inflated than the budget allows.
    """
    number = 0
    stretches = _iter_members(content, budget) if content.startswith(GZIP[:2]) else iter([_Stretch(content, "")])
    for stretch in stretches:
        if not stretch.content:
            yield Loss(stretch.fault)
            continue
        for found in _iter_stretch(stretch):
            if isinstance(found, Loss):
                yield found
            else:
                number += 1
                yield found._replace(number=number)


# --- gzip -----------------------------------------------------------------------------------------


def _iter_members(content: bytes, budget: Budget) -> Iterator[_Stretch]:
    """The members of a gzip file, each inflated as far as it goes."""
    at = 0
    while 0 <= at < len(content):
        stretch, end = _inflate(content, at, budget)
        yield stretch
        if not stretch.fault:
            rest = content[end : end + 3]
            if not content[end:].strip(b"\0"):
                return
            if rest == GZIP:
                at = end
                continue
            yield _Stretch(b"", f"at byte {end:,} there is something else than a gzip member")
        at = content.find(GZIP, max(end if not stretch.fault else at + 1, at + 1))


def _inflate(content: bytes, at: int, budget: Budget) -> tuple[_Stretch, int]:
    """A member that begins at a byte, and where it ends."""
    inflater = zlib.decompressobj(31)
    pieces: list[bytes] = []
    length, fed, fault = 0, at, ""
    try:
        while not inflater.eof and fed < len(content):
            waiting = content[fed : fed + _CHUNK]
            fed += len(waiting)
            while waiting:
                piece = inflater.decompress(waiting, MB)
                waiting = inflater.unconsumed_tail
                length += len(piece)
                check_ratio(length, fed - at)
                budget.spend(len(piece))
                pieces.append(piece)
                if inflater.eof:
                    break
    except zlib.error as error:
        fault = f"the gzip member at byte {at:,} is damaged ({error})"
    except ReadError as error:
        if budget.bytes_left < 0:
            raise
        return _Stretch(b"", f"the gzip member at byte {at:,} {error.reason}"), fed
    if not fault and not inflater.eof:
        fault = f"the gzip member at byte {at:,} is cut off"
    return _Stretch(b"".join(pieces), fault), fed - len(inflater.unused_data)


# --- records --------------------------------------------------------------------------------------


def _iter_stretch(stretch: _Stretch) -> Iterator[Record | Loss]:
    content, at = stretch.content, 0
    while at < len(content):
        if not content[at : at + 8].strip(b"\r\n \0"):
            at += 1 if content[at : at + 1] in (b"\r", b"\n", b" ", b"\0") else 8
            continue
        if not _VERSION.match(content, at):
            following = _VERSION.search(content, at)
            yield Loss(stretch.fault or "between two records there is something else")
            if following is None:
                return
            at = following.start()
        found, at = _read_record(content, at, stretch.fault)
        yield found


def _read_record(content: bytes, at: int, fault: str) -> tuple[Record | Loss, int]:
    head_end = content.find(_MARK, at, at + MAX_HEADER)
    if head_end < 0:
        following = _NEXT.search(content, at)
        reason = fault or f"a record's head is longer than {MAX_HEADER:,} bytes or cut off"
        return Loss(reason), following.start() + len(_MARK) if following else len(content)
    headers = parse_headers(content[at:head_end])
    start = head_end + len(_MARK)
    declared = headers.get("content-length", "")
    length = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 16 else None
    if length is not None and start + length + len(_MARK) <= len(content):
        end = start + length
        if content[end : end + len(_MARK)] == _MARK:
            block = content[start:end]
            return Record(0, headers, block[:MAX_BYTES], fault or _check(headers, block)), end + len(_MARK)
    # The length does not lead to an end of a record: the next record shows where this one ends.
    following = _NEXT.search(content, start)
    end = following.start() if following else len(content)
    if following is None and length is not None and content[start:].rstrip(b"\r\n") and start + length >= len(content):
        what = fault or f"the record is cut off: {len(content) - start:,} of {length:,} bytes are there"
    else:
        what = fault or f"the record's length is wrong: {declared[:20]!r}, and it ends after {end - start:,} bytes"
    return Record(0, headers, content[start:end][:MAX_BYTES], what), end + len(_MARK) if following else len(content)


def parse_headers(head: bytes) -> dict[str, str]:
    """Header lines into names (in lower case) and values; the first of several counts. The first line is left out."""
    headers: dict[str, str] = {}
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _check(headers: dict[str, str], block: bytes) -> str:
    """Why a block is not the one that was archived; empty where its digest agrees, or there is none that is known."""
    method, _, stated = headers.get("warc-block-digest", "").partition(":")
    if method.lower() not in ("sha1", "sha256") or not stated:
        return ""
    found = hashlib.new(method.lower(), block)
    known = {found.hexdigest(), base64.b32encode(found.digest()).decode("ascii").rstrip("=").lower()}
    return "" if stated.strip().rstrip("=").lower() in known else "the record is not what was archived: digests differ"
