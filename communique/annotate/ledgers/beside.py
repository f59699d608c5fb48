"""The engagement told beside a verb: of the event mentions in its sentence the nearest."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.parse import Block
from communique.model import EventMention


def find_event_beside(verb: Token, block: Block, events: tuple[EventMention, ...]) -> EventMention | None:
    """The event mention nearest to a verb in its sentence, of two as near the first; None if the sentence has none."""
    start, end = block.start + verb.sent.start_char, block.start + verb.sent.end_char
    here = (event for event in events if start <= event.trigger.start < end)
    at = block.start + verb.idx
    return min(here, key=lambda event: (abs(event.trigger.start - at), event.trigger.start), default=None)
