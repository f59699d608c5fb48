"""Bytes into text, and which encoding is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import ReadError
from communique.model import Basis
from communique.read.decode import decode

WORDS = "“Yes” – said Ana Ruiz in Lisbon.\r\nThey left."
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@pytest.mark.parametrize(
    ("content", "encoding", "basis"),
    [
        (WORDS.encode(), "utf-8", Basis.STATED),
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8", Basis.STATED),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "utf-16-le", Basis.STATED),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be", Basis.STATED),
        (b"\xff\xfe\0\0" + WORDS.encode("utf-32-le"), "utf-32-le", Basis.STATED),
        (b"\0\0\xfe\xff" + WORDS.encode("utf-32-be"), "utf-32-be", Basis.STATED),
        (WORDS.encode("utf-16-le"), "utf-16-le", Basis.INFERRED),
        (WORDS.encode("utf-16-be"), "utf-16-be", Basis.INFERRED),
        (WORDS.encode("windows-1252"), "windows-1252", Basis.INFERRED),
    ],
)
def test_encodings(content: bytes, encoding: str, basis: Basis) -> None:
    assert decode(content, "a.txt") == (WORDS, encoding, basis)


def test_newlines_are_not_translated() -> None:
    assert decode(b"one\r\ntwo\rthree\nfour", "a.txt").text == "one\r\ntwo\rthree\nfour"


def test_little_damage_in_utf_8_is_marked_and_leaves_the_rest() -> None:
    decoded = decode("“Não”, disse São".encode() + b"\xff.", "a.txt")
    assert decoded == ("“Não”, disse São\ufffd.", "utf-8", Basis.INFERRED)


def test_a_declared_encoding_is_tried_before_the_guess() -> None:
    content = "Москва и Лиссабон".encode("windows-1251")
    assert decode(content, "a.html", "windows-1251") == ("Москва и Лиссабон", "cp1251", Basis.STATED)


@pytest.mark.parametrize("declared", ["utf-7", "rot13", "idna", "no-such-encoding", "utf-8"])
def test_a_declared_encoding_that_is_false_or_strange_is_not_obeyed(declared: str) -> None:
    assert decode(WORDS.encode("windows-1252"), "a.html", declared).text == WORDS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \t\r\n" * 10, "has no text"),
        (b"%PDF-1.7 and so on", "is a PDF file"),
        (b"PK\x03\x04and so on", "is a zip archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"They met.\0They left.", "is not text"),
        (bytes(range(1, 32)) * 20, "is not text"),
        (bytes(range(256)) * 8, "is not text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=f"^a.txt {reason}") as caught:
        decode(content, "a.txt")
    assert caught.value.next_step


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig"]))
def test_what_was_written_as_utf_8_is_read_back(text: str, encoding: str) -> None:
    if not text.startswith("\ufeff"):
        content = text.encode(encoding)
        if not content.startswith((b"BZh", b"ID3", b"GIF8", b"%PDF-", b"{\\rtf")):
            assert decode(content, "a.txt").text == text


@given(TEXTS)
def test_what_was_written_with_a_mark_is_read_back(text: str) -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\0\0\xfe\xff", "utf-32-be")):
        if not text.startswith("\0"):
            assert decode(mark + text.encode(encoding), "a.txt") == (text, encoding, Basis.STATED)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_refused(content: bytes) -> None:
    try:
        text = decode(content, "a.txt").text
    except ReadError:
        return
    assert text.strip()
    assert text.encode("utf-8")
