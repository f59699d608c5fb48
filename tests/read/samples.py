"""Small files of every kind, made here, whole and broken. Nothing in them is anybody's but ours."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping

TALKS = "Ministers Mira Solano and Tobias Renk met in Tallinn on 4 June 2019. They agreed to meet again in autumn."
PAGE = (
    f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Talks</title></head><body><article><p>{TALKS}</p>"
    "</article></body></html>"
)


def make_pdf(*pages: str, tail: bytes = b"%%EOF\n") -> bytes:
    """A PDF with a line of text on each page; an empty one has none."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, words in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 400] /Contents {5 + 2 * index} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in words.split("\n") if line)
        drawn = f"BT /F1 12 Tf 40 300 Td {lines} ET".encode("latin-1")
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%s" % (len(bodies) + 1, at, tail))


class _Stream(io.BytesIO):
    """What cannot go back, as a pipe."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation


def make_zip(members: Mapping[str, bytes], streamed: bool = False) -> bytes:
    """A ZIP archive; where it was streamed, lengths and checksums stand behind the members."""
    held = _Stream() if streamed else io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 6, 4, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def make_docx(*paragraphs: str, notes: str = "") -> bytes:
    """A Word document."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    deleted = "<w:p><w:del><w:r><w:delText>Never said.</w:delText></w:r></w:del></w:p>"
    parts = {"word/document.xml": f"<w:document {space}><w:body>{body}{deleted}</w:body></w:document>".encode()}
    if notes:
        parts["word/footnotes.xml"] = f"<w:footnotes {space}><w:p><w:t>{notes}</w:t></w:p></w:footnotes>".encode()
    return make_zip({"[Content_Types].xml": b"<Types/>", **parts})


def make_mail(body: str = TALKS, headers: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    """A mail message."""
    return (
        f"From: Desk <desk@news.example>\r\nSubject: Talks in Tallinn\r\nDate: Wed, 05 Jun 2019 09:00:00 +0000\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n{headers}\r\n{body}\r\n"
    ).encode()


def make_multipart(*parts: tuple[str, str], kind: str = "mixed") -> bytes:
    """A mail message of parts, each its headers and its body."""
    inner = "".join(f"--b\r\n{headers}\r\n\r\n{body}\r\n" for headers, body in parts)
    return make_mail(f"{inner}--b--", kind=f"multipart/{kind}; boundary=b")


def make_record(address: str, block: bytes | None = None, kind: str = "response", length: int | None = None) -> bytes:
    """A record of a web archive; by default a server's answer with a page."""
    if block is None:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-06-05T09:00:00Z\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def pack(content: bytes) -> bytes:
    """A gzip member without a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(content) + packer.flush()
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def make_feed(*items: str, kind: str = "rss") -> bytes:
    """An RSS or Atom feed of items."""
    if kind == "rss":
        channel = f"<channel><title>The Gazette</title>{''.join(items)}</channel>"
        return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title>{"".join(items)}</feed>'.encode()


def make_item(words: str = TALKS, title: str = "Talks in Tallinn") -> str:
    """An item of an RSS feed."""
    return (
        f"<item><title>{title}</title><link>https://news.example/1</link>"
        f"<pubDate>Wed, 05 Jun 2019 09:00:00 GMT</pubDate><description>{words}</description></item>"
    )


def make_lines(*rows: object) -> bytes:
    """JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()
