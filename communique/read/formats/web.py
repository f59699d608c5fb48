"""The reports in a web archive: the answers of servers that hold a page, a text, a PDF or a feed.

Pictures, style sheets, scripts and the archive's own records are passed over and counted. An answer other than 200 is
no report. A record without its content (a *revisit*) is one only where the archive holds the original.
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from communique.errors import ReadError
from communique.read.formats.archive import clean_name
from communique.read.formats.warc import Record, iter_records, parse_headers
from communique.read.items import MAX_HEADER, MB, Budget, Loss, Member, Members, PassedOver, Refusal, check_ratio

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rdf",
    "application/feed+json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_AGAIN = "get the page again"


class _Answer(NamedTuple):
    """A server's answer: status, media type, charset, and the body without its packing."""

    status: int
    kind: str
    charset: str
    body: bytes
    fault: str


def open_warc(content: bytes, name: str, budget: Budget) -> Members:
    """The reports among the records.

    Raises:
        ReadError: It holds no record, or more than may be inflated.
    """
    digests: set[str] = set()
    seen = 0
    for record in iter_records(content, budget):
        if isinstance(record, Loss):
            yield record
            continue
        seen += 1
        yield _read_record(record, digests, budget)
        digests.add(record.headers.get("warc-payload-digest", ""))
    if not seen:
        raise ReadError(f"{name} holds no record that can be read", "get the archive again")


def _read_record(record: Record, digests: set[str], budget: Budget) -> Member | Refusal | PassedOver | Loss:
    kind = record.headers.get("warc-type", "").lower()
    address = record.headers.get("warc-target-uri", "").strip("<>")
    name = clean_name(re.sub(r"^https?://", "", address)) if address else f"record {record.number}"
    if kind == "revisit":
        digest = record.headers.get("warc-payload-digest", "")
        if digest and digest in digests:
            return PassedOver("revisit of a page that is there", 1)
        return Refusal(name, record.block, "is a revisit without its original", "add the archive with the original")
    if kind not in ("response", "resource", "conversion"):
        return PassedOver(f"{kind or 'unknown'} record", 1) if not record.fault else Loss(record.fault)
    try:
        answer = _answer(record, budget) if kind == "response" else _plain_answer(record)
    except ReadError as error:
        return Refusal(name, record.block, "; ".join(filter(None, (error.reason, record.fault))), error.next_step)
    return _judge(record, answer, name, address)


def _judge(record: Record, answer: _Answer, name: str, address: str) -> Member | Refusal | PassedOver:
    suffix = _SUFFIXES.get(answer.kind)
    if 300 <= answer.status < 400:
        return PassedOver(f"HTTP {answer.status}", 1)
    if answer.status != 200:
        return Refusal(name, answer.body, f"is no report: the server answered {answer.status}", _AGAIN)
    if suffix is None:
        return PassedOver(answer.kind or "unknown kind", 1)
    losses = tuple(filter(None, (record.fault, answer.fault)))
    if not answer.body.strip():
        return Refusal(name, answer.body, "; ".join(["is empty", *losses]), _AGAIN)
    day = record.headers.get("warc-date", "")
    step = f"warc: record {record.number}, {address or 'no address'}{f', archived {day}' if day else ''}"
    url = address if address.startswith(("https://", "http://")) else ""
    return Member(name, answer.body, step, url=url, charset=answer.charset, suffix=suffix, losses=losses)


def _plain_answer(record: Record) -> _Answer:
    kind, charset = _find_kind(record.headers.get("content-type", ""))
    return _Answer(200, kind, charset, record.block, "")


def _answer(record: Record, budget: Budget) -> _Answer:
    """A server's answer out of a record.

    Raises:
        ReadError: It is no answer, or packed in a way that is not known or beyond measure.
    """
    status = _STATUS.match(record.block)
    end = re.compile(rb"\r?\n\r?\n").search(record.block, 0, MAX_HEADER)
    if status is None or end is None:
        raise ReadError("holds no answer of a web server", _AGAIN)
    headers = parse_headers(record.block[: end.start()])
    body, fault = record.block[end.end() :], ""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body, fault = _join_chunks(body)
    elif not record.fault:
        declared = headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and len(declared) < 16 and int(declared) > len(body):
            fault = f"the page is cut off: {len(body):,} of {int(declared):,} bytes are there"
    kind, charset = _find_kind(headers.get("content-type", ""))
    codings = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",") if coding.strip()]
    for coding in reversed(codings):
        if coding == "identity":
            continue
        body, broken = _unpack(body, coding, budget)
        fault = fault or broken
    return _Answer(int(status[1]), kind, charset, body, fault)


def _find_kind(header: str) -> tuple[str, str]:
    kind = header[:200].split(";")[0].strip().lower()
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", header[:400], re.IGNORECASE)
    return kind, charset[1] if charset else ""


def _join_chunks(body: bytes) -> tuple[bytes, str]:
    pieces: list[bytes] = []
    at = 0
    while match := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,100}\r\n").match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces), ""
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
        if at > len(body):
            break
    if not pieces:  # archives often hold the body already joined, with the header left as it was
        return body, "" if body.lstrip()[:1] == b"<" else "the page is cut into pieces that do not fit"
    return b"".join(pieces), "the page is cut into pieces that do not fit"


def _unpack(body: bytes, coding: str, budget: Budget) -> tuple[bytes, str]:
    windows = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(coding)
    if windows is None:
        raise ReadError(f"is packed as {coding}, which is not known here", "save the page by hand")
    if coding != "deflate" and not body.startswith(b"\x1f\x8b"):
        return body, ""  # archived unpacked, with the header left as it was
    for window in windows:
        pieces: list[bytes] = []
        inflater, length, waiting = zlib.decompressobj(window), 0, body
        try:
            while waiting and not inflater.eof:
                piece = inflater.decompress(waiting, MB)
                waiting = inflater.unconsumed_tail
                length += len(piece)
                check_ratio(length, len(body))
                budget.spend(len(piece))
                pieces.append(piece)
        except zlib.error:
            if not pieces and window != windows[-1]:
                continue
            return b"".join(pieces), "the page is damaged where it was packed"
        return b"".join(pieces), "" if inflater.eof else "the page is cut off where it was packed"
    raise AssertionError("unreachable")
