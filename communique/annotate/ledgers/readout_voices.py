"""Whose word a value is where a statement holds another speaker's, or denies: finer than the whole statement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from communique.annotate.clauses import MAX_DEPTH, get_children, get_lemma
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.readout_cues import get_readout_words
from communique.annotate.parse import Block, Parsed
from communique.annotate.who.actors import Actors
from communique.model import Assertion, EventMention, Evidence, Polarity, Source, Span, Statement
from communique.text.holding import SpanIndex

_SAID = (Polarity.ASSERTED, Polarity.DENIED)


@dataclass(frozen=True, slots=True)
class Content:
    """What a speaker said, and who."""

    span: Span
    source: Source


def find_content(statements: Iterable[Statement], words: Evidence) -> Content | None:
    """The shortest content of a statement that holds words, whatever full stop closes these."""
    return _index(statements).find_shortest(words.start, _end(words))


def _index(statements: Iterable[Statement]) -> SpanIndex[Content]:
    return SpanIndex(
        (content.start, content.end, row.id, Content(Span(content.start, content.end), row.source))
        for row in statements
        if row.polarity in _SAID and row.source is not None
        for content in row.content
    )


def _end(words: Evidence) -> int:
    """ "ended at 6 p.m." at the end of a sentence: the statement leaves out the stop."""
    return words.end - words.quote.endswith(".")


def find_inner_voice(content: Span, words: Evidence, block: Block, actors: Actors) -> Source | None:
    """Who else says words within what somebody says: "Oslo said it was warm, but a Finnish envoy said it was tense"."""
    span = block.tokens.char_span(words.start - block.start, words.end - block.start, alignment_mode="expand")
    if span is None:
        return None
    for verb in islice(span.root.ancestors, MAX_DEPTH):
        if block.start + verb.idx < content.start or verb.i > span.start:
            return None
        subjects = [noun for noun in get_children(verb, "nsubj") if noun.i < verb.i]
        if get_lemma(verb) in get_readout_words("saying") and subjects:
            return next(iter((*find_people(actors, block, subjects[-1]), *actors.sources(block, subjects[-1]))), None)
    return None


def give_voices(
    events: Iterable[EventMention], statements: tuple[Statement, ...], parsed: Parsed, actors: Actors
) -> tuple[EventMention, ...]:
    """Event mentions with finer voices of what they assert: those who deny it, and those quoted within a statement."""
    contents = _index(statements)
    denials = [row for row in statements if row.polarity is Polarity.DENIED and row.cue is not None and row.source]
    starts = [block.start for block in parsed.blocks]

    def find(assertion: Assertion) -> Source | None:
        at = assertion.evidence
        content = contents.find_shortest(at.start, _end(at))
        if content is None:
            held = (d.source for d in denials if d.cue and at.start <= d.cue.start and d.cue.end <= at.end)
            return assertion.voice or next(held, None)
        block = parsed.blocks[bisect_right(starts, at.start) - 1]
        inner = find_inner_voice(content.span, at, block, actors)
        return inner or assertion.voice or content.source

    def give(event: EventMention) -> EventMention:
        return replace(event, assertions=tuple(replace(a, voice=find(a)) for a in event.assertions))

    return tuple(give(event) if event.assertions else event for event in events)
