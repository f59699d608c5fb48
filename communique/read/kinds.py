"""Which kind of file some bytes are: by what they begin with, then by the name's suffix.

What the bytes say outweighs the suffix, for a file may be called anything; but text is text under a text suffix, even
where it shows markup.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from communique.errors import ReadError


class Kind(StrEnum):
    """A kind of file that is read."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MAIL = "mail"
    MAILBOX = "mailbox"
    WARC = "warc"
    ZIP = "zip"  # WACZ too
    FEED = "feed"
    CSV = "csv"
    JSON_LINES = "jsonl"
    JSON = "json"


# The suffixes that are looked at in folders, with the kind that they promise.
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text", ".md"), Kind.TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml"), Kind.HTML),
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MAILBOX,
    **dict.fromkeys((".warc", ".warc.gz"), Kind.WARC),
    **dict.fromkeys((".zip", ".wacz"), Kind.ZIP),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml"), Kind.FEED),
    ".csv": Kind.CSV,
    **dict.fromkeys((".jsonl", ".ndjson"), Kind.JSON_LINES),
    ".json": Kind.JSON,
}
# Kinds that a suffix alone cannot make true: the bytes must say so, too.
_SIGNED = {Kind.PDF: "PDF file", Kind.DOCX: "Word document", Kind.WARC: "web archive", Kind.ZIP: "archive"}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_DOCX_MAIN = "word/document.xml"
_GZIP = b"\x1f\x8b\x08"
_PDF_WITHIN = 1024  # a PDF may have a few bytes before its head (Adobe's reader allows so many)


def find_suffix(name: str) -> str:
    """The suffix of a name, in lower case, of two parts where that is one (``.warc.gz``); empty where it has none."""
    lower = name.lower().rpartition("/")[2]
    if lower.endswith(".warc.gz"):
        return ".warc.gz"
    stem, dot, suffix = lower.rpartition(".")
    return f".{suffix}" if dot and stem else ""


def find_kind(content: bytes, name: str) -> Kind:
    """The kind of a file.

    Args:
        content: Its bytes.
        name: With its suffix.

    Raises:
        ReadError: The suffix promises a kind that the bytes are not.
    """
    promised = SUFFIXES.get(find_suffix(name))
    if content.startswith(b"%PDF-") or (promised is Kind.PDF and b"%PDF-" in content[:_PDF_WITHIN]):
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.DOCX if promised is Kind.DOCX or _is_docx(content) else Kind.ZIP
    if content.startswith(b"WARC/") or (content.startswith(_GZIP) and _holds_records(content, promised)):
        return Kind.WARC
    if promised in (Kind.TEXT, Kind.MAIL, Kind.MAILBOX, Kind.CSV, Kind.JSON_LINES, Kind.JSON, Kind.FEED, Kind.HTML):
        return Kind.HTML if promised is Kind.FEED and _HTML.match(content[:4096]) else promised
    if _HTML.match(content[:4096]):
        return Kind.HTML
    if promised in _SIGNED:
        what = "is empty" if not content else f"is no {_SIGNED[promised]}, whatever its name says"
        raise ReadError(f"{name} {what}", "get the file again")
    return Kind.TEXT


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _DOCX_MAIN in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _holds_records(content: bytes, promised: Kind | None) -> bool:
    if promised is Kind.WARC:
        return True
    try:
        return zlib.decompressobj(31).decompress(content[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False
