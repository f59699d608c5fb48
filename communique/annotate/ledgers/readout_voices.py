"""Whose word a value is where a statement holds another speaker's, or denies: finer than the whole statement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from communique.annotate.clauses import MAX_DEPTH, get_children, get_lemma, is_negated
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.readout_cues import get_readout_words
from communique.annotate.parse import Block, Parsed
from communique.annotate.who.actors import Actors
from communique.model import Assertion, EventMention, Evidence, Order, Polarity, Property, Source, Span, Statement
from communique.text.holding import SpanIndex

# "Not said" is told as well: "the envoy did not say it was tense".
_SAID = (Polarity.ASSERTED, Polarity.DENIED, Polarity.NOT_SAID)


@dataclass(frozen=True, slots=True)
class Content:
    """What a speaker said, denied or did not say, and who."""

    span: Span
    source: Source
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose word a value is: None where it is the report's own. What is denied or not said nobody asserts."""

    source: Source | None
    is_asserted: bool = True


def index_contents(statements: Iterable[Statement]) -> SpanIndex[Content]:
    """What speakers say in a document, for `hear`."""
    return SpanIndex(
        (content.start, content.end, row.id, Content(Span(content.start, content.end), row.source, row.polarity))
        for row in statements
        if row.polarity in _SAID and row.source is not None
        for content in row.content
    )


def _end(words: Evidence) -> int:
    """ "ended at 6 p.m." at the end of a sentence: the statement leaves out the stop."""
    return words.end - words.quote.endswith(".")


def hear(contents: SpanIndex[Content], words: Evidence, block: Block, actors: Actors) -> Heard:
    """Whose words some are: of the shortest content that holds them, or of who else speaks within it.

    Args:
        contents: Of `index_contents`.
        words: The words of a value; a full stop that closes them is left out.
        block: Where they stand.
        actors: Who is who in the document.
    """
    content = contents.find_shortest(words.start, _end(words))
    if content is None:
        return Heard(None)
    inner = _hear_within(content.span, words, block, actors)
    is_asserted = content.polarity is Polarity.ASSERTED and (inner is None or inner.is_asserted)
    return Heard((inner.source if inner is not None else None) or content.source, is_asserted)


def _hear_within(content: Span, words: Evidence, block: Block, actors: Actors) -> Heard | None:
    """Who else says words within what somebody says: "Oslo said it was warm, but a Finnish envoy said it was tense"."""
    span = block.tokens.char_span(words.start - block.start, words.end - block.start, alignment_mode="expand")
    if span is None:
        return None
    for verb in islice(span.root.ancestors, MAX_DEPTH):
        if block.start + verb.idx < content.start or verb.i > span.start:
            return None
        subjects = [noun for noun in get_children(verb, "nsubj") if noun.i < verb.i]
        is_denial = get_lemma(verb) in get_readout_words("denying")
        if subjects and (is_denial or get_lemma(verb) in get_readout_words("saying")):
            people = (*find_people(actors, block, subjects[-1]), *actors.sources(block, subjects[-1]))
            return Heard(next(iter(people), None), not (is_denial or is_negated(verb)))
    return None


def is_told_anyway(assertion: Assertion) -> bool:
    """Is a value told also where a speaker denies it: that it took place or not, and how the report itself goes on?"""
    is_order = assertion.property is Property.ORDER and assertion.value in set(Order)
    return is_order or assertion.property is Property.STATUS


def give_voices(
    events: Iterable[EventMention], statements: tuple[Statement, ...], parsed: Parsed, actors: Actors
) -> tuple[EventMention, ...]:
    """Event mentions with finer voices of what they assert: those who deny it, and those quoted within a statement.

    A value that somebody denies, or is told not to have said, is no assertion and is left out.
    """
    contents = index_contents(statements)
    denials = [row for row in statements if row.polarity is Polarity.DENIED and row.cue is not None and row.source]
    starts = [block.start for block in parsed.blocks]

    def iter_voiced(assertions: Iterable[Assertion]) -> Iterator[Assertion]:
        for assertion in assertions:
            at = assertion.evidence
            heard = hear(contents, at, parsed.blocks[bisect_right(starts, at.start) - 1], actors)
            held = (d.source for d in denials if d.cue and at.start <= d.cue.start and d.cue.end <= at.end)
            if heard.is_asserted or is_told_anyway(assertion):
                yield replace(assertion, voice=heard.source or assertion.voice or next(held, None))

    def give(event: EventMention) -> EventMention:
        return replace(event, assertions=tuple(iter_voiced(event.assertions)))

    return tuple(give(event) if event.assertions else event for event in events)
