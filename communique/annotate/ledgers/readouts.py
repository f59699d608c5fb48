"""What voices say of an engagement in sentences that do not name it, as assertions of its event mention.

"Quito said the call lasted ten minutes; Bogota put it at an hour": both are values of one call, each in its own voice.
The engagement meant is the one told last in the paragraph or in the one before; a bare value ("put it at an hour")
needs a value of that property told there before. What no such engagement can be told of is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.annotate.clauses import find_subject, get_children, get_lemma, is_negated, to_span
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.readout_cues import Found, find_values, get_verbs
from communique.annotate.ledgers.readout_topics import find_mentioned
from communique.annotate.ledgers.readout_voices import Content, Heard, give_voices, hear, index_contents
from communique.annotate.parse import Block, Parsed, get_lemmas, is_reported
from communique.annotate.who.actors import Actors
from communique.model import (
    Assertion,
    EngagementKind,
    EventMention,
    Evidence,
    Property,
    Source,
    Span,
    Statement,
    Status,
    TimeExpression,
)
from communique.text.holding import SpanIndex

_TOLD = (Status.HAPPENED, Status.ONGOING)
_KINDS = (
    EngagementKind.MEETING,
    EngagementKind.TALKS,
    EngagementKind.CALL,
    EngagementKind.DINNER,
    EngagementKind.CONFERENCE,
    EngagementKind.PRESS_CONFERENCE,
    EngagementKind.CEREMONY,
)
# So many characters before a clause the engagement may be told.
_REACH = 900
# So far before it the words of a mention's results may stand.
_FAR = 6000


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a document, with the assertions found so far by event mention."""

    actors: Actors
    events: tuple[EventMention, ...]
    starts: tuple[int, ...]  # where their triggers stand
    same: dict[str, list[EventMention]]  # mentions of one engagement, by the id of the first
    contents: SpanIndex[Content]
    added: defaultdict[str, list[Assertion]]

    def iter_before(self, at: int) -> Iterator[EventMention]:
        """The event mentions before an offset and within reach of it, the latest first."""
        for k in range(bisect_left(self.starts, at) - 1, -1, -1):
            if at - self.starts[k] > _REACH:
                return
            yield self.events[k]

    def iter_around(self, span: Span) -> Iterator[EventMention]:
        """The event mentions to which the words of a span may belong."""
        first, last = bisect_left(self.starts, span.start - _FAR), bisect_left(self.starts, span.end + _REACH)
        yield from self.events[first:last]


def add_readouts(
    parsed: Parsed,
    actors: Actors,
    times: tuple[TimeExpression, ...],
    statements: tuple[Statement, ...],
    events: tuple[EventMention, ...],
) -> tuple[EventMention, ...]:
    """Event mentions with what later clauses and other voices say of them.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        times: Its time expressions.
        statements: Its statements, for the voices.
        events: Its event mentions, with the voices of what is asserted beside them (`events.voices`).
    """
    events = give_voices(events, statements, parsed, actors)
    events = tuple(sorted(events, key=lambda event: event.trigger.start))
    starts = tuple(event.trigger.start for event in events)
    told = _Told(actors, events, starts, _join_same(events), index_contents(statements), defaultdict(list))
    if any(event.kind in _KINDS for event in events):
        for block in parsed.blocks:
            if is_reported(block) and not block.is_heading:
                _read_block(block, [t for t in times if block.start <= t.start < block.end], told)
    return tuple(_add(event, told.added[event.id]) if event.id in told.added else event for event in told.events)


def _join_same(events: Iterable[EventMention]) -> dict[str, list[EventMention]]:
    same: defaultdict[str, list[EventMention]] = defaultdict(list)
    for event in events:
        same[event.same_as or event.id].append(event)
    return dict(same)


def _add(event: EventMention, added: Iterable[Assertion]) -> EventMention:
    rows = sorted((*event.assertions, *added), key=lambda a: (a.evidence.start, a.evidence.end, a.property))
    return replace(event, assertions=tuple(rows))


def _read_block(block: Block, times: list[TimeExpression], told: _Told) -> None:
    verbs = get_verbs()
    found = [
        one
        for i, lemma in enumerate(get_lemmas(block.tokens))
        if lemma in verbs
        for one in find_values(block.tokens[i], block, times)
    ]
    for one in sorted(found, key=lambda one: (one.start, one.end, one.property)):
        event = _find_meant(one, block, told)
        if event is not None:
            _assert(one, block, event, told)
    for text in find_mentioned(block, told.actors):
        happened = (event for event in told.iter_before(text.at) if event.status is Status.HAPPENED)
        event = next(happened, None)
        if event is not None:
            told.added[event.id].append(text.assertion)


def _find_meant(found: Found, block: Block, told: _Told) -> EventMention | None:
    """The mention told last before a clause; None where the clause names an engagement itself, or none is near."""
    at = block.start + found.verb.idx
    is_denial = found.property is Property.STATUS
    event = next((event for event in told.iter_before(at) if event.kind in _KINDS), None)
    if event is None or (event.status not in _TOLD and not is_denial):
        return None
    if is_denial:
        return event if _fits(found, block, event, told) else None
    if _is_inside(found, block, event.trigger.start) or (found.is_bare and not _find_like(found, event, told)):
        return None
    return event


def _is_inside(found: Found, block: Block, start: int) -> bool:
    """Does an event mention stand in the clause of the value: then it tells the value itself."""
    for subject in get_children(found.verb, "nsubj", "nsubjpass", "dobj"):
        first, last = to_span(block.tokens, block.start, subject.left_edge.i, subject.right_edge.i + 1)
        if first <= start < last and found.caller is not subject:
            return True
    return False


def _find_like(found: Found, event: EventMention, told: _Told) -> Assertion | None:
    """The value of the same property that is told of an engagement before a bare one."""
    rows = [
        assertion
        for other in told.same[event.same_as or event.id]
        for assertion in (*other.assertions, *told.added.get(other.id, ()))
        if assertion.property is found.property
    ]
    return max(rows, key=lambda row: row.evidence.start, default=None)


def _fits(found: Found, block: Block, event: EventMention, told: _Told) -> bool:
    """Whom somebody denies to have met has to be one of those who are said to have met."""
    below = [child for clause in get_children(found.verb, "ccomp", "xcomp", "pcomp") for child in clause.children]
    named = [s.entity for child in below if child.dep_ == "dobj" for s in find_people(told.actors, block, child)]
    there = {party.entity for party in event.participants}
    return all(entity in there for entity in named if entity is not None)


def _assert(found: Found, block: Block, event: EventMention, told: _Told) -> None:
    span = to_span(block.tokens, block.start, found.start, found.end)
    evidence = told.actors.parsed.document.evidence(*span)
    known = [a.evidence for other in told.iter_around(span) for a in other.assertions if a.property is found.property]
    if any(e.start < evidence.end and evidence.start < e.end for e in known):
        return
    heard = _hear(found, block, evidence, told)
    if not heard.is_asserted and found.property is not Property.STATUS:
        return  # "denied that it was tense"
    voice = heard.source
    there = {party.entity for party in event.participants if party.entity}
    if found.is_theirs and (voice is None or voice.entity not in there):
        return  # what somebody else reached, or where
    if (found.is_bare or found.value) and voice is None:
        return  # whose figure it is is not told
    value = found.value or " ".join(evidence.quote.split())
    if found.is_bare and found.property is Property.NUMBER:
        like = _find_like(found, event, told)
        counted = like.value.split()[-1] if like is not None else ""
        value = value if value.endswith(counted) else f"{value} {counted}"
    told.added[event.id].append(Assertion(found.property, value, evidence, voice))


def _hear(found: Found, block: Block, evidence: Evidence, told: _Told) -> Heard:
    """Who gives a value: the subject of the clause that gives it, else the speaker of the shortest statement."""
    heard = hear(told.contents, evidence, block, told.actors)
    if found.caller is not None:
        is_asserted = heard.is_asserted and not is_negated(found.verb)
        return Heard(next(iter(_iter_sources(found, block, told)), None), is_asserted)
    return heard


def _iter_sources(found: Found, block: Block, told: _Told) -> Iterator[Source]:
    caller = found.caller
    if caller is None:
        return
    if get_lemma(caller) in ("talk", "meeting", "call") or find_subject(found.verb) is None:
        return
    yield from find_people(told.actors, block, caller)
    yield from told.actors.sources(block, caller)
