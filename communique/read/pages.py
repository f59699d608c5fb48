"""A web page into a document: its blocks put together, a block a paragraph, so that offsets have a text."""

from __future__ import annotations

from dataclasses import replace

from communique.model import Document, Part, PartKind, When
from communique.read.facts import add_facts
from communique.read.html import Block, read_page
from communique.read.parts import refine_parts
from communique.read.reader import add_metadata, make_document


def read_html(content: bytes, name: str, charset: str | None = None) -> Document:
    """The document in a web page.

    Args:
        content: Its bytes.
        name: For messages.
        charset: What the server said of it.

    Raises:
        ReadError: It holds no report, or is made to defeat parsers.
    """
    page = read_page(content, name, charset)
    text = "\n\n".join(
        "\n".join(block.lines) if _is_tight(block) else "\n\n".join(block.lines) for block in page.blocks
    )
    document = replace(make_document(page.decoded, text, name), media_type="text/html")
    parts = refine_parts(document, _place_parts(document, page.blocks))
    return add_metadata(add_facts(replace(document, parts=parts)), page.metadata)


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
