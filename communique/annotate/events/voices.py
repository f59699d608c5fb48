"""Whose word each assertion is: that of the speaker whose statement holds its words, else the report's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from communique.annotate.voices import find_statement
from communique.model import Assertion, EventMention, Order, Polarity, Property, Source, Statement

_SAYING = (Polarity.ASSERTED, Polarity.DENIED)


def add_voices(events: Iterable[EventMention], statements: tuple[Statement, ...]) -> tuple[EventMention, ...]:
    """Event mentions with the voice of every assertion; where a report tells it itself, None."""
    saying = tuple(s for s in statements if s.polarity in _SAYING and s.source is not None)
    return tuple(_add(event, saying) for event in events)


def _add(event: EventMention, statements: tuple[Statement, ...]) -> EventMention:
    if not event.assertions:
        return event
    return replace(event, assertions=tuple(_add_voice(assertion, statements) for assertion in event.assertions))


def _add_voice(assertion: Assertion, statements: tuple[Statement, ...]) -> Assertion:
    if assertion.property is Property.ORDER and assertion.value in set(Order):
        return assertion  # how the report itself goes on
    return replace(assertion, voice=find_speaker(assertion, statements))


def find_speaker(assertion: Assertion, statements: tuple[Statement, ...]) -> Source | None:
    """The speaker of the shortest statement that holds the words; else whoever the reading of the clause has found."""
    statement = find_statement(statements, assertion.evidence.span)
    return statement.source if statement is not None else assertion.voice
