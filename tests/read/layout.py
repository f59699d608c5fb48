"""A report as a test lays it out: what a reader found, in the words of the parts."""

from __future__ import annotations

from communique.model import Document, Part
from communique.read import read_text


def read(text: str) -> Document:
    return read_text(text, "report.txt")


def lay_out(document: Document) -> list[tuple[str, str]]:
    """Each part's kind and words."""
    return [(part.part.value, words_of(document, part)) for part in document.parts]


def words_of(document: Document, part: Part) -> str:
    return document.text[part.start : part.end]


def parts_of(text: str) -> list[tuple[str, str]]:
    return lay_out(read(text))


def kinds_of(text: str) -> list[str]:
    return [kind for kind, _ in parts_of(text)]
