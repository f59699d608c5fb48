"""Texts in which it is written whom words mean: ``{Ulf Falk:He} said {?:the spokesman} lied.``

The label is the name of the person or thing meant, ``?`` for nobody known. Braces do not nest.
"""

from __future__ import annotations

import re

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.who.actors import Actors, find_actors
from communique.model import Basis, Document, Evidence, Fact, Part, PartKind, Span, content_id

_MARK = re.compile(r"\{([^:{}]+):([^{}]*)\}")


def read_marks(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """The text without marks, and (label, where its words are) of each mark."""
    text, marks, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        marks.append((match[1], Span(len(text), len(text) + len(match[2]))))
        text += match[2]
        last = match.end()
    return text + marked[last:], marks


def make_document(
    text: str, *, author: str | None = None, comment: str | None = None, by: str | None = None
) -> Document:
    """A document with a body, signed in its first line if ``author`` stands there, and a comment ``by`` somebody."""
    parts = [Part(PartKind.BODY, 0, len(text))]
    signed = None
    if author is not None:
        at = text.find(author)
        found = Evidence(content_id("doc", text), at, at + len(author), author) if at >= 0 else None
        signed = Fact(author, Basis.PRINTED if found else Basis.SET, found)
        if at == 0:
            parts = [Part(PartKind.BYLINE, 0, len(author)), Part(PartKind.BODY, len(author) + 1, len(text))]
    whole = text
    if comment is not None:
        whole = f"{text}\n{comment}"
        parts.append(Part(PartKind.COMMENT, len(text) + 1, len(whole), author=by))
    return Document(content_id("doc", text), "text.txt", "", whole, author=signed, parts=tuple(parts))


def find(text: str, model: LanguageModel) -> Actors:
    """Who is who in a text that is one body."""
    return find_actors(parse(make_document(text), model))


def get_meant(actors: Actors, span: Span) -> str | None:
    """The name of whom the mention that ends with these words means; None where there is none."""
    found = (mention for mention in actors.mentions if span.start <= mention.start < mention.end == span.end)
    return next((actors.referents[mention.entity].name for mention in found), None)
