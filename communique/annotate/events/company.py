"""Who is said to have been at an engagement told of before: "X accompanied Y", "Z also took part", "W was there".

Such words name no engagement of their own. They are a mention of the nearest one in the same paragraph or the one
before; where there is none, "accompanied" tells of a journey and the others of nothing.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_agent,
    find_agents,
    find_governor,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.drafts import Draft
from communique.annotate.events.triggers import Trigger
from communique.model import AHEAD, EngagementKind, Role, Status

# At these somebody may be there without being named as a party first.
_ATTENDED = frozenset(
    {
        EngagementKind.MEETING,
        EngagementKind.TALKS,
        EngagementKind.DINNER,
        EngagementKind.PRESS_CONFERENCE,
        EngagementKind.CEREMONY,
        EngagementKind.CONFERENCE,
        EngagementKind.SIGNING,
    }
)
# Frames of verbs that tell who was there.
ATTENDING = ("company", "presence", "greeting")
# Between two paragraphs stand white space and marks only.
_REACH_CHARACTERS = 8


def find_accompanied(verb: Token) -> list[Token]:
    """Whom somebody accompanied: the object, or the name that follows where the parser gave it to the next clause."""
    if find_agent(verb) is not None:
        # "arrived, accompanied by", "arrived for a visit, accompanied by"
        above = find_governor(verb.head) if verb.dep_ == "acl" else None
        subjects = (find_subject(verb), find_subject(above) if above is not None else None)
        return [subject for subject in subjects if subject is not None]
    objects = get_children(verb, "dobj")
    if objects:
        return objects
    following = [t for t in verb.doc[verb.i + 1 : verb.i + 8] if t.left_edge.i == verb.i + 1 and t.pos_ == "PROPN"]
    return following[-1:]


def find_companions(verb: Token) -> list[Token]:
    """Who accompanied: the subject, or the agent of a passive."""
    agents = find_agents(verb)
    if agents:
        return agents
    subject = find_subject(verb)
    return [subject] if subject is not None else []


def names_journey(trigger: Trigger) -> bool:
    """ "accompanied him to Rome", "on the trip": the company is that of a journey."""
    return any(
        preposition.lower_ in ("to", "into") or get_lemma(noun) in ("trip", "visit", "tour", "journey", "flight")
        for preposition, noun in iter_objects(trigger.token, "to", "into", "on", "during", "for")
    )


def find_attended(draft: Draft, earlier: list[Draft]) -> Draft | None:
    """The engagement at which a draft's people are said to have been; None where the text has told of none."""
    trigger = draft.trigger
    if trigger.frame == "company" and names_journey(trigger):
        return None
    for candidate in reversed(earlier):
        distance = trigger.block.start - candidate.trigger.block.end
        if candidate.trigger.block is not trigger.block and distance > _REACH_CHARACTERS:
            return None
        if draft.status in AHEAD and candidate.status is Status.HAPPENED:
            continue  # "are to be joined": not at what was
        is_on_visit = trigger.token.dep_ == "acl" and trigger.token.head.i == candidate.trigger.token.i
        if is_on_visit and candidate.trigger.block is trigger.block and candidate.names & draft.names:
            return candidate.same or candidate  # "came for a visit, accompanied by"
        if trigger.frame == "greeting" and _receives(draft, candidate):
            return candidate.same or candidate
        if candidate.trigger.kind not in _ATTENDED or _is_clause_of_journey(trigger, candidate):
            continue
        is_both = trigger.frame == "greeting" and draft.names <= candidate.names
        is_both &= draft.date is None or candidate.date is not None
        is_joined = trigger.frame == "presence" and find_agent(trigger.token) is not None
        if is_joined and len(draft.names - candidate.names) > 1:
            continue  # "was joined by": who was there is known
        if trigger.frame == "presence" or is_both or (trigger.frame == "company" and candidate.names & draft.names):
            return candidate.same or candidate
    return None


def _receives(draft: Draft, visit: Draft) -> bool:
    """ "flew to Riga, where she was greeted by the premier": the host of the visit told of in the same sentence."""
    greeting, arrival = draft.trigger.token, visit.trigger.token
    is_sentence = greeting.doc is arrival.doc and greeting.sent.start == arrival.sent.start
    return is_sentence and visit.trigger.kind is EngagementKind.VISIT and bool(visit.names & draft.names)


def _is_clause_of_journey(trigger: Trigger, candidate: Draft) -> bool:
    """ "met X and flew home, accompanied by Y": the participle belongs to its own verb."""
    head = trigger.token.head
    is_participle = trigger.token.tag_ == "VBN" and trigger.token.dep_ in ("advcl", "acl") and is_verb(head)
    return is_participle and head.i != candidate.trigger.token.i and candidate.trigger.carrier is not head


def find_purpose(draft: Draft, earlier: list[Draft]) -> Draft | None:
    """ "took part to facilitate a discussion": the discussion is what they took part in."""
    carrier = draft.trigger.carrier
    if not draft.trigger.is_noun or carrier is None or carrier.dep_ not in ("advcl", "xcomp"):
        return None
    for candidate in reversed(earlier):
        is_above = candidate.trigger.block is draft.trigger.block and candidate.trigger.token.i == carrier.head.i
        if is_above and candidate.trigger.frame in ("presence", "company") and candidate.same is not None:
            return candidate.same
    return None


def as_mention_of(draft: Draft, attended: Draft) -> None:
    """Makes a draft a mention of an engagement told of before."""
    draft.same = attended.same or attended
    kind = draft.same.trigger.kind
    draft.trigger = replace(draft.trigger, kind=kind)
    draft.status = None  # that of what it is a mention of
    if kind is not EngagementKind.VISIT:
        draft.parties = tuple(
            replace(party, role=Role.PARTICIPANT) if party.role is Role.VISITOR else party for party in draft.parties
        )
    elif draft.trigger.frame == "greeting":
        visitors = {party.source.entity for party in draft.same.parties}
        draft.parties = tuple(
            replace(party, role=Role.VISITOR if party.source.entity in visitors else Role.HOST)
            for party in draft.parties
        )
