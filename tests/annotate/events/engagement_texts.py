"""Reads a short text as far as event mentions, for the tests of engagements and of the ledgers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from communique.annotate.events.engagements import find_engagements
from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import Parsed, parse
from communique.annotate.times import find_times
from communique.annotate.who.actors import Actors, find_actors
from communique.model import (
    Basis,
    Document,
    EventMention,
    Evidence,
    Part,
    PartKind,
    Precision,
    Role,
    Statement,
    StatementForm,
    TimeExpression,
    When,
    content_id,
)

PUBLISHED = date(2019, 10, 16)


@dataclass(frozen=True, slots=True)
class Told:
    """A text with what was found in it."""

    document: Document
    parsed: Parsed
    actors: Actors
    times: tuple[TimeExpression, ...]
    events: tuple[EventMention, ...]


def read(text: str, model: LanguageModel, *parts: Part, published: date = PUBLISHED) -> Told:
    """Reads a text, of 16 October 2019 unless told otherwise; all body unless parts are given."""
    when = When(published.isoformat(), published, published, Precision.DAY, Basis.SET)
    document = Document(content_id("doc", text), "report.txt", "", text, published=when)
    document = replace(document, parts=parts or (Part(PartKind.BODY, 0, len(text)),))
    parsed = parse(document, model)
    actors = find_actors(parsed)
    times = find_times(parsed)
    return Told(document, parsed, actors, times, find_engagements(parsed, actors, times))


def find_names(event: EventMention, role: Role | None = None) -> set[str]:
    return {p.name for p in event.participants if role is None or p.role is role}


def say(told: Told, words: str, speaker: str) -> Statement:
    """A statement with ``words`` as its content, by the person of that name in the text."""
    start = told.document.text.index(words)
    content: Evidence = told.document.evidence(start, start + len(words))
    at = told.document.text.index(speaker)
    source = told.actors.sources(
        *next(
            (block, token)
            for block in told.parsed.blocks
            for token in block.tokens
            if block.start + token.idx <= at + len(speaker) - 1 < block.start + token.idx + len(token)
        )
    )[0]
    return Statement(
        content_id("stm", told.document.id, start), told.document.id, PartKind.BODY, StatementForm.INDIRECT, (content,),
        None, source,
    )  # fmt: skip
