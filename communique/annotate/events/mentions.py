"""Drafts into event mentions: ids, titles, offices, and the words that are the evidence."""

from __future__ import annotations

from communique.annotate.clauses import (
    find_clause,
    find_governor,
    find_phrase,
    get_children,
    get_lemma,
    is_verb,
    shorten,
    to_span,
)
from communique.annotate.events.circumstances import iter_hooks
from communique.annotate.events.drafts import Draft, is_named
from communique.annotate.events.people import Party
from communique.annotate.events.titles import make_title
from communique.annotate.who.actors import Actors
from communique.model import Document, EventMention, Evidence, Participant, Source, Status, content_id


def to_mention(draft: Draft, actors: Actors, document: Document) -> EventMention:
    """The event mention of a draft that is complete."""
    trigger = draft.trigger
    span = to_span(trigger.block.tokens, trigger.block.start, trigger.start, trigger.end)
    participants = tuple(_to_participant(party, actors, document) for party in draft.parties)
    return EventMention(
        id=_get_id(draft, document),
        document=document.id,
        kind=trigger.kind,
        title=make_title(trigger, participants, draft.place),
        status=draft.status or Status.HAPPENED,
        trigger=document.evidence(*span),
        evidence=_find_evidence(draft, document),
        participants=participants,
        date=draft.date,
        place=draft.place,
        parent=_get_id(draft.parent.same or draft.parent, document) if draft.parent else None,
        same_as=_get_id(draft.same, document) if draft.same else None,
        assertions=draft.assertions,
    )


def _get_id(draft: Draft, document: Document) -> str:
    span = to_span(draft.trigger.block.tokens, draft.trigger.block.start, draft.trigger.start, draft.trigger.end)
    return content_id("evm", document.id, draft.trigger.kind, span.start, span.end, draft.extra)


def _to_participant(party: Party, actors: Actors, document: Document) -> Participant:
    source = party.source
    evidence: tuple[Evidence, ...] = ()
    if source.start is not None and source.end is not None:
        evidence = (document.evidence(source.start, source.end),)
    return Participant(source.name, party.role, source.entity, _find_office(source, actors), party.present, evidence)


def _find_office(source: Source, actors: Actors) -> str | None:
    """The office as the words give it; else the one that the document gives to the person elsewhere, if only one."""
    if source.entity is None:
        return None
    offices = [o for o in actors.referent(source.entity).offices if not o.former and o.office.lower() != "counterpart"]
    for office in offices:
        if source.start is not None and any(source.start <= e.start < (source.end or 0) for e in office.evidence):
            return office.office
    return offices[0].office if len(offices) == 1 else None


def _find_evidence(draft: Draft, document: Document) -> Evidence:
    """The clause that tells the event, or the noun's phrase where that says enough."""
    trigger = draft.trigger
    top = trigger.carrier
    for hook in iter_hooks(trigger):
        top = hook if is_verb(hook) else top
    while top is not None and top.dep_ == "xcomp" and top.head.i != top.i and top.head.pos_ in ("VERB", "AUX", "ADJ"):
        top = top.head
    if top is not None and top.dep_ == "ccomp" and get_lemma(top.head) in ("deny", "doubt", "dispute"):
        top = top.head  # "denies that the talks were direct" must not be shown as "the talks were direct"
    if top is not None and not (trigger.is_noun and top.dep_ == "acl"):
        start, end = find_clause(top)
        if not trigger.is_noun:
            own = find_clause(trigger.token)
            start, end = min(start, own[0]), max(end, own[1])
    else:
        start, end = find_phrase(trigger.token, with_clauses=True)
        governor = find_governor(trigger.token)
        is_finite = governor is not None and (
            governor.tag_ in ("VBD", "VBZ", "VBP") or bool(get_children(governor, "aux"))
        )
        if (
            governor is not None
            and is_finite
            and not is_named(trigger)
            and (end - start < 5 or trigger.token.dep_ == "nsubj")
        ):
            start, end = find_clause(governor)
    start, end = min(start, trigger.start), max(end, trigger.end)
    tokens = trigger.block.tokens
    start, end = shorten(tokens, start, end, trigger.token.i)
    return document.evidence(*to_span(tokens, trigger.block.start, start, end))
