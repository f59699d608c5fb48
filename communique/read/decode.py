"""Bytes into text: which encoding, and why it is believed.

Order of the steps: known kinds of files that are not text; byte order mark; UTF-16 without one, where every other byte
says so; UTF-8; what the file itself declares; else the guess Windows-1252, marked as a guess. Newlines stay.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from communique.errors import ReadError
from communique.model import Basis


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and whether that is certain (stated) or a guess (inferred)."""

    text: str
    encoding: str
    basis: Basis


# Longest first: UTF-32 little endian begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
)
# Encodings that a page may declare and that differ from UTF-8. Others (UTF-7, idna, rot13 ...) are not obeyed.
_DECLARABLE = re.compile(
    r"windows-?125[0-8]|cp-?125[0-8]|iso-?8859-?\d\d?|koi8-[ru]|gbk?|gb2312|gb18030|big5|euc-(?:jp|kr)|shift[_-]jis"
)
_LATIN_1 = re.compile(r"iso-?8859-?1")
# Share of control characters (tab, newlines and form feed aside) from which on a file is taken for binary.
_MAX_CONTROL = 0.25
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = bytes(range(0x80, 0x100))
# Words of nothing but high bytes are of another script; in Western ones such bytes stand singly, as letters beside
# plain letters, or as quotation marks, dashes, ellipses and fixed blanks.
_FOREIGN_RUN = re.compile(rb"[\xa8\xb8\xc0-\xff]{4,}")
_WESTERN = re.compile(
    rb"[\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xbb]|(?<=[A-Za-z])[\xc0-\xfe]{1,2}|[\xc0-\xfe]{1,2}(?=[A-Za-z])"
)
_HALF = re.compile("[\ud800-\udfff]")
_SAMPLE = 65_536
_AS_TEXT = "save it as plain text (UTF-8) or HTML"


def decode(content: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of a file, without byte order mark, newlines untouched.

    Where UTF-8 is damaged in few places the damage is replaced by U+FFFD, and the basis says that it is a guess.

    Args:
        content: The file's bytes.
        name: For messages.
        declared: The encoding that the file itself declares, for HTML.

    Raises:
        ReadError: The file is empty, blank, or no text.
    """
    if not content:
        raise ReadError(f"{name} is empty", "remove it or fill it")
    decoded = _decode_marked(content) or _decode_unmarked(content, name, declared)
    check_text(decoded.text, name)
    return decoded


def check_text(text: str, name: str) -> None:
    """Says whether a text can be read as a report.

    Raises:
        ReadError: The text is blank, or holds what no text holds: NUL, lone surrogates, many control characters.
    """
    if not text.strip():
        raise ReadError(f"{name} has no text", "remove it or fill it")
    if "\0" in text:
        raise ReadError(f"{name} is not text: it holds NUL characters", _AS_TEXT)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL * len(sample):
        raise ReadError(f"{name} is not text: it is full of control characters", _AS_TEXT)
    if _HALF.search(text):
        raise ReadError(f"{name} holds half characters (lone surrogates)", _AS_TEXT)


def _decode_marked(content: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(content[len(mark) :], encoding)
    return None


def _decode_as(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, Basis.STATED)
    except UnicodeDecodeError:
        return Decoded(content.decode(encoding, "replace"), encoding, Basis.INFERRED)


def _decode_unmarked(content: bytes, name: str, declared: str | None) -> Decoded:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise ReadError(f"{name} is {kind}, not text", _AS_TEXT)
    if wide := _find_wide(content[:_SAMPLE]):
        return Decoded(content.decode(wide, "replace"), wide, Basis.INFERRED)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", Basis.STATED)
    except UnicodeDecodeError:
        return _decode_declared(content, declared) or _guess(content)


def _find_wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script, nearly every other byte is NUL and hardly any of those between."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 4:
        return None
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_declared(content: bytes, declared: str | None) -> Decoded | None:
    encoding = (declared or "").strip().lower()
    if not _DECLARABLE.fullmatch(encoding):
        return None
    if _LATIN_1.fullmatch(encoding):
        encoding = "windows-1252"  # what pages that declare Latin-1 mean (WHATWG Encoding Standard)
    try:
        return Decoded(content.decode(encoding), codecs.lookup(encoding).name, Basis.STATED)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(content: bytes) -> Decoded:
    """What is no UTF-8: mostly sound UTF-8 with damage, a Cyrillic code page, Windows-1252, or else damaged UTF-8."""
    damaged = content.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    sound = sum(character > "\x7f" for character in damaged) - lost
    high = len(content) - len(content.translate(None, _HIGH))
    if sound > lost:
        encoding = "utf-8"
    elif 2 * sum(map(len, _FOREIGN_RUN.findall(content))) > high:
        # Small letters, which are most: E0 to FF in Windows-1251, C0 to DF in KOI8-R.
        small = sum(content.count(bytes((byte,))) for byte in range(0xE0, 0x100))
        encoding = "windows-1251" if 2 * small > high else "koi8-r"
    elif 2 * sum(map(len, _WESTERN.findall(content))) >= high:
        encoding = "windows-1252"
    else:
        encoding = "utf-8"
    return Decoded(content.decode(encoding, "replace"), encoding, Basis.INFERRED)
