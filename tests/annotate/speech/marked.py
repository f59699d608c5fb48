"""Texts with the expected answer written into them: ``{source:Lavrov} {cue:said} {content:talks would resume}.``

Braces do not nest. `read_marks` gives the plain text and the marked words, in text order.
"""

from __future__ import annotations

import re

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.speech.statements import find_statements
from communique.annotate.who.actors import find_actors
from communique.model import Document, Part, PartKind, Statement, content_id

_MARK = re.compile(r"\{(\w+):([^{}]*)\}")


def read_marks(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without marks, and (label, words) of each mark."""
    return _MARK.sub(r"\2", marked), [(match[1], match[2]) for match in _MARK.finditer(marked)]


def make_plain(text: str, part: PartKind = PartKind.BODY, author: str | None = None) -> Document:
    """A document that is one part."""
    parts = (Part(part, 0, len(text), author),)
    return Document(content_id("doc", text), "text.txt", "", text, parts=parts)


def say(text: str, model: LanguageModel, part: PartKind = PartKind.BODY, author: str | None = None) -> list[Statement]:
    """The statements of a text that is one part."""
    parsed = parse(make_plain(text, part, author), model)
    return list(find_statements(parsed, find_actors(parsed)))
