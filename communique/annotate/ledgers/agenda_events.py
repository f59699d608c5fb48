"""The engagement that an agenda cue is about: in its sentence, else the last one told before that it can mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_agent,
    find_governor,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.beside import find_event_beside
from communique.annotate.ledgers.cue import Cue
from communique.annotate.ledgers.issues import get_issue_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, EventMention, Evidence, PartKind, Status

# How far back, in characters, an engagement is meant where only one who took part is named.
NEAR = 1500
_OFF = (Status.CANCELLED, Status.DENIED)


def find_joined(events: Iterable[EventMention]) -> frozenset[Evidence]:
    """The triggers that tell several engagements: "meetings with A and B"."""
    keys: defaultdict[Evidence, set[str]] = defaultdict(set)
    for event in events:
        keys[event.trigger].add(_key(event))
    return frozenset(trigger for trigger, several in keys.items() if len(several) > 1)


def find_cue_event(
    cue: Cue, block: Block, actors: Actors, events: tuple[EventMention, ...], joined: frozenset[Evidence]
) -> EventMention | None:
    """The engagement that a clause is about; None where none can be told.

    In this order: one named in the sentence; the last before with the same people; where nobody is named ("they", "the
    two", "was discussed") the one told just before, or most spoken of. A headline means the first with its people.

    Args:
        cue: The clause.
        block: Where it stands.
        actors: Who is who in the document.
        events: Its event mentions.
        joined: Of these, `find_joined`.
    """
    event = _find_event(cue, block, actors, events)
    return _lift(event, events) if event is not None and event.trigger in joined else event


def _lift(event: EventMention, events: tuple[EventMention, ...]) -> EventMention | None:
    """Of "meetings with A and B" what holds them all: their occasion, else the visit told last before."""
    if event.parent is not None:
        return next((other for other in events if other.id == event.parent), None)
    there = {party.entity for party in event.participants}
    visits = [
        other
        for other in events
        if other.kind is EngagementKind.VISIT and there & {party.entity for party in other.participants}
    ]
    before = [visit for visit in visits if visit.trigger.start < event.trigger.start]
    return before[-1] if before else None


def _key(event: EventMention) -> str:
    return event.same_as or event.id


def _find_event(cue: Cue, block: Block, actors: Actors, events: tuple[EventMention, ...]) -> EventMention | None:
    verb = cue.verb
    beside = find_event_beside(verb, block, events)
    if beside is not None:
        return beside
    if block.part.part is PartKind.TITLE:
        return _find_of_title(block, actors, events)
    start = block.start + verb.sent.start_char
    before = [event for event in events if event.trigger.start < start]
    # Of "X was raised by the minister" the subject is the issue.
    collective = _is_collective(verb)
    find_names = find_cue_actors if collective or not cue.is_impersonal else _find_agents
    names = find_names(verb, block, actors)
    for event in reversed(before):
        shared = names & {party.entity for party in event.participants}
        is_near = start - event.trigger.start < NEAR and get_lemma(verb) not in get_issue_words("prepositions", "loose")
        if len(shared) > 1 or (shared and shared == names and len(names) == 1 and is_near):
            return event
    real = [event for event in before if event.participants and event.status not in _OFF]
    if collective:
        near = [event for event in real if start - event.trigger.start < NEAR and _can_be(verb, event, actors)]
        return near[-1] if near else _find_whole(verb, events, start)
    if names or not cue.is_impersonal:
        return None
    # Nobody named ("will also be discussed"): what the paragraph opens with, else what is most spoken of so far.
    first = [event for event in real if block.start <= event.trigger.start < block.start + _end_of_first(block)]
    if first and len({_key(event) for event in first}) == 1:
        return first[0]
    told = Counter(event.same_as or event.id for event in real)
    return max(real, key=lambda event: (told[event.same_as or event.id], event.trigger.start), default=None)


def _find_of_title(block: Block, actors: Actors, events: tuple[EventMention, ...]) -> EventMention | None:
    """The first engagement of the report with two whom the title names, else with one of them."""
    named = {mention.entity for mention in actors.mentions if block.start <= mention.start < block.end}
    shared = [(len(named & {party.entity for party in event.participants}), event) for event in events]
    best = max((number for number, _ in shared), default=0)
    return next((event for number, event in shared if number == best), None) if best else None


def _is_collective(verb: Token) -> bool:
    """ "they", "the two", "both sides", an unknown "minister": who was at the engagement told before."""
    subject = find_subject(verb)
    if subject is None or subject.pos_ == "PROPN":
        return False
    if any(child.dep_ in ("poss", "prep", "relcl") or child.pos_ == "PROPN" for child in subject.children):
        return False
    return get_lemma(subject) in get_issue_words("agenda", "collectives") or subject.lower_ in ("they", "two", "we")


def _end_of_first(block: Block) -> int:
    """Where the first sentence of a paragraph ends, in characters from its beginning."""
    first = next(iter(block.tokens.sents), None)
    return first.end_char if first is not None else 0


def _can_be(verb: Token, event: EventMention, actors: Actors) -> bool:
    """Are "the ministers" those of an engagement? Not of one with a president, nor "the presidents" of ministers."""
    subject = find_subject(verb)
    role = get_lemma(subject) if subject is not None else ""
    ranks = get_issue_words("agenda", "heads"), get_issue_words("agenda", "deputies")
    if role not in ranks[0] | ranks[1]:
        return True
    others = ranks[0] if role in ranks[1] else ranks[1]
    held = [_find_ranks(party.entity, actors) for party in event.participants if party.entity]
    return not any(words & others and not words & (ranks[0] | ranks[1]) - others for words in held)


def _find_ranks(entity: str, actors: Actors) -> frozenset[str]:
    """The words of the offices that somebody holds in this report."""
    offices = actors.referent(entity).offices
    return frozenset(word for office in offices if not office.former for word in office.office.lower().split())


def _find_whole(verb: Token, events: tuple[EventMention, ...], start: int) -> EventMention | None:
    """The visit told last before, where what "the ministers" met at is not told."""
    subject = find_subject(verb)
    if subject is None or get_lemma(subject) not in get_issue_words("agenda", "deputies"):
        return None
    visits = [e for e in events if e.kind is EngagementKind.VISIT and e.status not in _OFF]
    before = [visit for visit in visits if 0 < start - visit.trigger.start < NEAR]
    return before[-1] if before else None


def _find_agents(verb: Token, block: Block, actors: Actors) -> set[str]:
    agent = find_agent(verb)
    return {s.entity for s in find_people(actors, block, agent) if s.entity} if agent is not None else set()


def find_cue_actors(verb: Token, block: Block, actors: Actors) -> set[str]:
    """The known people in a clause: its subject, whom the verb above it is done to, to whom something is told."""
    found: set[str] = set()
    subject = find_subject(verb)
    said = verb.head if verb.dep_ == "advcl" and is_verb(verb.head) else verb
    is_they = subject is None or subject.lower_ in ("they", "we")
    if is_they and said.dep_ == "ccomp" and is_verb(said.head):
        subject = find_subject(said.head)  # "the ministers said they discussed"
    governor = find_governor(verb) if verb.dep_ in ("pcomp", "xcomp", "advcl") else None
    objects = get_children(governor, "dobj") if governor is not None else []
    if get_lemma(verb) in get_issue_words("objects", "told"):
        objects += [noun for _, noun in iter_objects(verb, "to")]
    for noun in (*([subject] if subject is not None else []), *objects):
        found.update(source.entity for source in find_people(actors, block, noun) if source.entity)
    return found
