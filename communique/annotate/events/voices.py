"""Whose word each assertion is: that of the speaker whose statement holds its words, else the report's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from communique.model import Assertion, EventMention, Order, Polarity, Property, Source, Statement
from communique.text.holding import SpanIndex

_SAYING = (Polarity.ASSERTED, Polarity.DENIED)


def add_voices(events: Iterable[EventMention], statements: tuple[Statement, ...]) -> tuple[EventMention, ...]:
    """Event mentions with the voice of every assertion; where a report tells it itself, None."""
    speakers = SpanIndex(
        (content.start, content.end, statement.id, statement.source)
        for statement in statements
        if statement.polarity in _SAYING and statement.source is not None
        for content in statement.content
    )
    return tuple(_add(event, speakers) for event in events)


def _add(event: EventMention, speakers: SpanIndex[Source]) -> EventMention:
    if not event.assertions:
        return event
    return replace(event, assertions=tuple(_add_voice(assertion, speakers) for assertion in event.assertions))


def _add_voice(assertion: Assertion, speakers: SpanIndex[Source]) -> Assertion:
    if assertion.property is Property.ORDER and assertion.value in set(Order):
        return assertion  # how the report itself goes on
    speaker = speakers.find_shortest(assertion.evidence.start, assertion.evidence.end)
    return replace(assertion, voice=speaker or assertion.voice)
