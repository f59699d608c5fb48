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
from communique.model import Basis, Document, Fact, Part, PartKind, When, content_id
from communique.read.decode import Decoded, check_text, decode
from communique.read.facts import add_facts
from communique.read.files import HTML_SUFFIXES, SUFFIXES, SourceFile, read_content
from communique.read.html import Block, Page, read_page
from communique.read.manifest import COLUMNS, DATE_FORMS
from communique.read.parts import find_parts, refine_parts
from communique.text.dates import parse_edtf

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 5_000_000
_LOOKS_LIKE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_NOTHING: Mapping[str, str] = {}


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
    """The document in a file's bytes; the name's suffix says of which kind it is, failing that its first bytes.

    Raises:
        ReadError: It is no report that can be read, with the reason and what to do.
        SettingsError: A value in ``facts`` is not valid.
    """
    if len(content) > MAX_BYTES:
        raise ReadError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB", "split it into single reports")
    lower = name.lower()
    is_html = lower.endswith(HTML_SUFFIXES) or (not lower.endswith(SUFFIXES) and _LOOKS_LIKE_HTML.match(content))
    digest = hashlib.sha256(content).hexdigest()
    document = _read_html(content, name) if is_html else _read_plain(decode(content, name), name)
    return _set_facts(replace(document, sha256=digest), facts)


def read_text(text: str, name: str, facts: Mapping[str, str] = _NOTHING) -> Document:
    """The document in a text that is already decoded. Its digest is that of its UTF-8 bytes.

    Raises:
        ReadError: The text is blank, too long, or not text.
        SettingsError: A value in ``facts`` is not valid.
    """
    check_text(text, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return _set_facts(replace(_read_plain(Decoded(text, "utf-8", Basis.STATED), name), sha256=digest), facts)


def _read_plain(decoded: Decoded, name: str) -> Document:
    document = _make_document(decoded, decoded.text, name)
    if name.lower().endswith(".md"):
        document = replace(document, media_type="text/markdown")
    return add_facts(replace(document, parts=find_parts(document)))


def _make_document(decoded: Decoded, text: str, name: str) -> Document:
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"{name} has more than {MAX_CHARACTERS:,} characters", "split it into single reports")
    return Document(content_id("doc", text), name, "", text, encoding=decoded.encoding, encoding_basis=decoded.basis)


# --- web pages ------------------------------------------------------------------------------------


def _read_html(content: bytes, name: str) -> Document:
    page = read_page(content, name)
    text = "\n\n".join(
        "\n".join(block.lines) if _is_tight(block) else "\n\n".join(block.lines) for block in page.blocks
    )
    document = replace(_make_document(page.decoded, text, name), media_type="text/html")
    parts = refine_parts(document, _place_parts(document, page.blocks))
    return _add_metadata(add_facts(replace(document, parts=parts)), page)


def _is_tight(block: Block) -> bool:
    return block.part in (PartKind.BYLINE, PartKind.COMMENT)


def _place_parts(document: Document, blocks: tuple[Block, ...]) -> list[Part]:
    """Where the blocks stand in the text that was put together from them."""
    parts, at = [], 0
    for block in blocks:
        start = document.text.index(block.lines[0], at)
        for line in block.lines:
            at = document.text.index(line, at) + len(line)
        parts.append(Part(block.part, start, at, block.author, block.place, _date_comment(document, block, start, at)))
    return parts


def _date_comment(document: Document, block: Block, start: int, end: int) -> When | None:
    if block.when is None:
        return None
    at = document.text.index(block.date, start, end)
    return replace(block.when, evidence=(document.evidence(at, at + len(block.date)),))


def _add_metadata(document: Document, page: Page) -> Document:
    """What the page declares fills what the text does not print; its day and its outlet's name are believed first."""
    declared = page.metadata
    published = document.published
    if declared.published and not (published and published.edtf == declared.published.edtf):
        # A page may print today's date above a report; what it declares is the report's. The other is kept in the note.
        note = f"the page also prints {published.edtf}" if published else ""
        published = replace(declared.published, note="; ".join(filter(None, (declared.published.note, note))))
    return replace(
        document,
        title=document.title or _declare(document, declared.title),
        author=_declare(document, declared.author) or document.author,
        publisher=_declare(document, declared.publisher) or document.publisher,
        url=_declare(document, declared.url) or document.url,
        language=_declare(document, declared.language),
        published=published,
    )


def _declare(document: Document, value: str | None) -> Fact | None:
    """A declared value, with evidence where the text has the same words above its body."""
    if not value:
        return None
    body = next((part.start for part in document.parts if part.part is PartKind.BODY), 0)
    at = document.text.find(value, 0, body)
    return Fact(value, Basis.PRINTED, document.evidence(at, at + len(value)) if at >= 0 else None)


# --- what a person sets ---------------------------------------------------------------------------


def _set_facts(document: Document, facts: Mapping[str, str]) -> Document:
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
