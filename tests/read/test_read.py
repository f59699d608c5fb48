"""Bytes and texts into documents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import ReadError, SettingsError
from communique.model import Basis, Precision
from communique.read import SourceFile, read_bytes, read_file, read_text, reader

REPORT = (
    "A Dinner in Lisbon\n\n4 March 2014\n\nMinisters Ana Ruiz and Ben Okafor met in Lisbon on Tuesday.\r\nThey left."
)


def test_a_document_holds_the_text_as_read() -> None:
    content = REPORT.encode()
    document = read_bytes(content, "sub/a.txt")
    assert document.text == REPORT
    assert (document.file, document.encoding, document.media_type) == ("sub/a.txt", "utf-8", "text/plain")
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_the_same_text_is_the_same_document() -> None:
    marked = read_bytes(b"\xef\xbb\xbf" + REPORT.encode(), "b.md")
    assert marked.id == read_bytes(REPORT.encode(), "a.txt").id == read_text(REPORT, "c").id
    assert (marked.media_type, marked.text) == ("text/markdown", REPORT)


def test_a_file_is_read_by_its_suffix_else_by_its_first_bytes(tmp_path: Path) -> None:
    content = b"<!DOCTYPE html><html><body><p>Ministers met in Lisbon on Tuesday, and spoke of fish.</p></body></html>"
    kinds = [read_bytes(content, name).media_type for name in ("a.html", "A.HTM", "-", "a.txt")]
    assert kinds == ["text/html", "text/html", "text/html", "text/plain"]
    (tmp_path / "a.html").write_bytes(content)
    assert read_file(SourceFile(tmp_path / "a.html", "a.html")) == read_bytes(content, "a.html")


def test_what_a_person_sets_overrides() -> None:
    facts = {
        "published": "2014-03",
        "title": "Fish",
        "publisher": "The Evening Courier",
        "standpoint": "sceptical",
        "url": " ",
    }
    document = read_text(REPORT, "a.txt", facts)
    assert document.title is not None
    assert document.publisher is not None
    assert document.standpoint is not None
    assert document.published is not None
    assert (document.title.value, document.title.basis, document.title.evidence) == ("Fish", Basis.SET, None)
    assert (document.publisher.value, document.standpoint.value, document.url) == (
        "The Evening Courier",
        "sceptical",
        None,
    )
    assert (document.published.edtf, document.published.precision) == ("2014-03", Precision.MONTH)
    assert document.published.basis is Basis.SET
    assert document.id == read_text(REPORT, "a.txt").id


@pytest.mark.parametrize("facts", [{"published": "soon"}, {"outlet": "X"}])
def test_what_cannot_be_set(facts: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        read_text(REPORT, "a.txt", facts)


@pytest.mark.parametrize("text", ["", " \n\u00a0", "a\0b", "half \ud800 a character"])
def test_texts_that_are_refused(text: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt"):
        read_text(text, "a.txt")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_CHARACTERS", len(REPORT))
    assert read_text(REPORT, "a.txt")
    with pytest.raises(ReadError, match="characters"):
        read_text(REPORT + "x", "a.txt")
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    with pytest.raises(ReadError, match="larger than"):
        read_bytes(REPORT.encode(), "a.txt")


@given(st.text(max_size=300))
def test_any_text_is_a_document_or_refused(text: str) -> None:
    try:
        document = read_text(text, "a.txt")
    except ReadError:
        return
    assert document.text == text
    for fact in (document.title, document.author, document.publisher, document.url):
        if fact is not None and fact.evidence is not None:
            assert document.evidence(*fact.evidence.span) == fact.evidence
