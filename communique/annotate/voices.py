"""Whose words something in a document is: the speaker of the statement that holds it, the author, or the publisher."""

from __future__ import annotations

from communique.annotate.clauses import SUBJECTS, find_quoted
from communique.annotate.who.actors import Actors
from communique.model import PartKind, Polarity, Source, SourceKind, Span, Statement, Voice, VoiceKind


def find_statement(statements: tuple[Statement, ...], span: Span) -> Statement | None:
    """The statement whose content holds a span; the shortest of several, None where nobody is quoted."""
    holding = [
        (content.end - content.start, statement.id, statement)
        for statement in statements
        for content in statement.content
        if content.start <= span.start and span.end <= content.end
    ]
    return min(holding, key=lambda one: one[:2])[2] if holding else None


def find_voice(actors: Actors, statements: tuple[Statement, ...], span: Span) -> Voice:
    """Who says the words at a span; not whoever is told not to have said them."""
    said = tuple(row for row in statements if row.polarity not in (Polarity.NOT_SAID, Polarity.DECLINED))
    statement = find_statement(said, span)
    if statement is not None and statement.source is not None:
        return Voice(VoiceKind.SPEAKER, statement.source.entity, statement.source.name)
    author = find_author(actors)
    if author is not None:
        return Voice(VoiceKind.AUTHOR, author.entity, author.name)
    return Voice(VoiceKind.PUBLISHER)


def find_author(actors: Actors) -> Source | None:
    """Who writes "I" in a report of their own; None where nobody signs or the report is in the third person."""
    author = actors.author()
    if author is None or not _is_first_person(actors):
        return None
    return Source(author.name, SourceKind.PERSON, author.id)


def _is_first_person(actors: Actors) -> bool:
    """Is "I" the subject of a sentence of the report, outside quotation marks?"""
    for block in actors.parsed.blocks:
        if block.part.part is PartKind.BODY:
            quoted = find_quoted(block.tokens)
            said = (token for token in block.tokens if token.lower_ == "i" and token.i not in quoted)
            if any(token.dep_ in SUBJECTS for token in said):
                return True
    return False
