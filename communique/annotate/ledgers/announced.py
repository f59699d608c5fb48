"""Engagements that a document announces with their day into commitments: those who are to take part owe it.

Only what is planned outright ("will meet on 3 June", "are to visit in May", "a meeting in June"), by people who are
named; what is expected or possible is a forecast, and what is told without a day binds nobody to anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import MAX_DEPTH, find_clause, find_phrase, get_lemma, is_verb, to_span
from communique.annotate.ledgers.hedges import get_forecast_words
from communique.annotate.ledgers.terms import find_terms
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.annotate.who.noun_kinds import get_source_kind
from communique.model import (
    Commitment,
    EventMention,
    Participant,
    PartKind,
    Precision,
    Role,
    Source,
    SourceKind,
    Status,
    When,
    content_id,
)
from communique.text.dates import get_deadline

# "on the sidelines of the G20 summit" tells where, and announces nothing of the summit.
_SIDE = re.compile(r"\b(?:sidelines|margins|fringes) of (?:\S+ ){0,3}$")


def find_announced(
    block: Block, actors: Actors, events: tuple[EventMention, ...], told: Sequence[Commitment]
) -> Iterator[Commitment]:
    """The announced engagements of a paragraph that ``told`` does not hold already."""
    document = actors.parsed.document
    published = document.published.start if document.published else None
    if block.part.part is not PartKind.BODY:
        return
    for event in events:
        if not (block.start <= event.trigger.start < block.end) or event.status is not Status.PLANNED:
            continue
        if any(row.evidence[0].start <= event.trigger.start < row.evidence[0].end for row in told):
            continue
        if _SIDE.search(document.text[block.start : event.trigger.start]):
            continue
        debtors = tuple(_to_source(p, actors) for p in event.participants if p.role is not Role.ABSENT)
        if event.date is None or not _is_ahead(event.date, published):
            continue
        if not any(s.entity for s in debtors) and not _is_told_outright(event, block):
            continue
        if _is_guess(event, block):
            continue
        start, end = _find_what(event, block)
        words = block.tokens.char_span(start - block.start, end - block.start, alignment_mode="expand")
        what = document.evidence(start, end)
        yield Commitment(
            content_id("cmt", document.id, event.evidence.start, what.start, what.end, "announced"),
            document.id, debtors, (), " ".join(what.quote.split()), None, get_deadline(event.date), (event.evidence,),
            engagement=event.same_as or event.id,
            terms=find_terms(words.root, words) if words is not None and len(words) else (),
        )  # fmt: skip


def _is_told_outright(event: EventMention, block: Block) -> bool:
    """ "the next round will be held in New York on Friday": announced, even if nobody is named."""
    words = block.tokens.char_span(
        event.evidence.start - block.start, event.evidence.end - block.start, alignment_mode="expand"
    )
    is_day = event.date is not None and event.date.precision in (Precision.DAY, Precision.RANGE)
    is_somebody = any(person.role is not Role.ABSENT for person in event.participants)
    is_said = words is not None and any(word.lower_ in ("will", "due", "to") for word in words)
    return is_day and event.place is not None and (is_somebody or is_said)


def _is_guess(event: EventMention, block: Block) -> bool:
    """ "diplomats expect that she will visit": somebody's forecast, announced by nobody."""
    at = event.trigger.start - block.start
    span = block.tokens.char_span(at, event.trigger.end - block.start, alignment_mode="expand")
    guessing = get_forecast_words("verbs", "attitude") | get_forecast_words("verbs", "opinion")
    return span is not None and any(
        is_verb(above) and get_lemma(above) in guessing for above in islice(span.root.ancestors, MAX_DEPTH)
    )


def _is_ahead(when: When, published: date | None) -> bool:
    return published is None or when.end is None or when.end >= published


def _find_what(event: EventMention, block: Block) -> tuple[int, int]:
    """The clause from its verb on, or the noun's phrase; all of the evidence where the verb stands elsewhere."""
    at = event.trigger.start - block.start
    span = block.tokens.char_span(at, event.trigger.end - block.start, alignment_mode="expand")
    token: Token | None = span.root if span is not None and len(span) else None
    if token is None:
        return event.evidence.start, event.evidence.end
    if is_verb(token):
        last = find_clause(token)[1]
        return to_span(block.tokens, block.start, token.i, max(last, token.i + 1))
    first, last = find_phrase(token)
    start, end = to_span(block.tokens, block.start, first, last)
    told = block.tokens.char_span(
        event.evidence.start - block.start, event.evidence.end - block.start, alignment_mode="expand"
    )
    if told is not None and any(word.tag_ in ("MD", "VBZ", "VBP", "VBD") for word in told):
        return min(start, event.evidence.start), max(end, event.evidence.end)  # "a second round will be held in"
    return start, end


def _to_source(person: Participant, actors: Actors) -> Source:
    kind = get_source_kind(actors.referent(person.entity).kind) if person.entity else SourceKind.COLLECTIVE
    words = person.evidence[0] if person.evidence else None
    if words is None:
        return Source(person.name, kind, person.entity)
    return Source(person.name, kind, person.entity, words.start, words.end, words.quote)
