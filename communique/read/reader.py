"""A file, its bytes or its text into a document.

Order of the steps: `decode` or `html` makes the text; `parts` and `facts` find what is in it; what a person sets comes
last and overrides. Text that web pages hold is put together here, a block a paragraph, so that offsets have a text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from communique.errors import ReadError, SettingsError
from communique.model import Basis, Document, Fact, Part, PartKind, content_id
from communique.read.decode import Decoded, check_text, decode
from communique.read.facts import add_facts
from communique.read.files import SourceFile, read_content
from communique.read.items import MAX_BYTES, MAX_CHARACTERS, Draft
from communique.read.kinds import Kind, find_kind
from communique.read.manifest import COLUMNS, DATE_FORMS
from communique.read.metadata import Metadata
from communique.read.parts import find_parts, refine_parts
from communique.text.dates import parse_edtf

_NOTHING: Mapping[str, str] = {}
_HALF = re.compile("[\ud800-\udfff]")


def read_file(source: SourceFile, facts: Mapping[str, str] = _NOTHING) -> Document:
    """The document in a file.

    Args:
        source: As `find_files` gives it.
        facts: What a person sets, by the manifest's columns; overrides what the file says.

    Raises:
        ReadError: The file cannot be read, with the reason and what to do.
        SettingsError: A value in ``facts`` is not valid.
    """
    return read_bytes(read_content(source, MAX_BYTES), source.name, facts)


def read_bytes(content: bytes, name: str, facts: Mapping[str, str] = _NOTHING) -> Document:
    """The document in the bytes of a text file or web page, read in this process.

    Only for bytes that are trusted: others are read by `cage.Cage`, which knows all kinds of files.

    Raises:
        ReadError: It is no report that can be read, with the reason and what to do.
        SettingsError: A value in ``facts`` is not valid.
    """
    if len(content) > MAX_BYTES:
        raise ReadError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB", "split it into single reports")
    digest = hashlib.sha256(content).hexdigest()
    if find_kind(content, name) is Kind.HTML:
        # Late, for it brings trafilatura and lxml, which a process needs that reads pages, and no other.
        from communique.read.pages import read_html

        document = read_html(content, name)
    else:
        document = read_plain(decode(content, name), name)
    return set_facts(replace(document, sha256=digest), facts)


def read_text(text: str, name: str, facts: Mapping[str, str] = _NOTHING) -> Document:
    """The document in a text that is already decoded. Its digest is that of its UTF-8 bytes.

    Raises:
        ReadError: The text is blank, too long, or not text.
        SettingsError: A value in ``facts`` is not valid.
    """
    check_text(text, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return set_facts(replace(read_plain(Decoded(text, "utf-8", Basis.STATED), name), sha256=digest), facts)


def read_plain(decoded: Decoded, name: str) -> Document:
    """The document in a plain text, its parts found by its layout."""
    document = make_document(decoded, decoded.text, name)
    if name.lower().endswith(".md"):
        document = replace(document, media_type="text/markdown")
    return add_facts(replace(document, parts=find_parts(document)))


def make_document(decoded: Decoded, text: str, name: str) -> Document:
    """A document with its text alone.

    Raises:
        ReadError: The text is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"{name} has more than {MAX_CHARACTERS:,} characters", "split it into single reports")
    return Document(content_id("doc", text), name, "", text, encoding=decoded.encoding, encoding_basis=decoded.basis)


def add_metadata(document: Document, declared: Metadata) -> Document:
    """What a page declares fills what the text does not print; its day and its outlet's name are believed first."""
    published = document.published
    if declared.published and not (published and published.edtf == declared.published.edtf):
        # A page may print today's date above a report; what it declares is the report's. The other is kept in the note.
        note = f"the page also prints {published.edtf}" if published else ""
        published = replace(declared.published, note="; ".join(filter(None, (declared.published.note, note))))
    return replace(
        document,
        title=document.title or make_fact(document, declared.title),
        author=make_fact(document, declared.author) or document.author,
        publisher=make_fact(document, declared.publisher) or document.publisher,
        url=make_fact(document, declared.url) or document.url,
        language=make_fact(document, declared.language),
        published=published,
    )


def make_fact(document: Document, value: str | None) -> Fact | None:
    """A declared value, None for None, with evidence where the text has the same words above its body."""
    if not value:
        return None
    body = next((part.start for part in document.parts if part.part is PartKind.BODY), 0)
    at = document.text.find(value, 0, body)
    return Fact(value, Basis.PRINTED, document.evidence(at, at + len(value)) if at >= 0 else None)


# --- other formats --------------------------------------------------------------------------------


def read_draft(draft: Draft, name: str) -> Document:
    """The document in a text that a format gives, with what the format declares of it.

    Raises:
        ReadError: The text is blank, too long, or not text.
    """
    text = _HALF.sub("\ufffd", draft.text)
    check_text(text, name)
    document = make_document(Decoded(text, draft.encoding, draft.encoding_basis), text, name)
    document = replace(document, media_type=draft.media_type, pages=draft.pages, losses=draft.losses)
    if draft.has_title and "\n\n" in text:
        end = text.index("\n\n")
        known = [Part(PartKind.TITLE, 0, end), Part(PartKind.BODY, end + 2, len(text))]
        parts = refine_parts(document, known)
    else:
        parts = find_parts(document)
    return add_metadata(add_facts(replace(document, parts=parts)), draft.declared)


# --- what a person sets ---------------------------------------------------------------------------


def set_facts(document: Document, facts: Mapping[str, str]) -> Document:
    """The document with what a person says of it, by the manifest's columns.

    Raises:
        SettingsError: A value is not valid.
    """
    changes: dict[str, Any] = {}
    for column, value in facts.items():
        if column not in COLUMNS:
            raise SettingsError(f"{document.file}: unknown property '{column}'", f"use any of {', '.join(COLUMNS)}")
        if not value.strip():
            continue
        if column == "published":
            when = parse_edtf(value)
            if when is None:
                raise SettingsError(f"{document.file}: '{value}' is no date", DATE_FORMS)
            changes[column] = when
        else:
            changes[column] = Fact(value.strip(), Basis.SET)
    return replace(document, **changes)
