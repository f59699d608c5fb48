"""With whom a guest stood before the press: the counterpart of the talks that the press conference followed.

A minister on a visit holds the press conference after talks with the minister of the other side. Where a report names
one speaker of "the press conference after the talks", the other one is added if exactly one person of the talks told
before holds an office of the same kind; whether that person was there is left open.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.annotate.clauses import find_first_conjunct, get_children, get_lemma, iter_objects
from communique.annotate.events.drafts import Draft, get_names
from communique.annotate.events.people import Party, as_parties
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, Role, SourceKind, Status

_TALKS = frozenset({EngagementKind.MEETING, EngagementKind.TALKS})
_AT_TABLE = _TALKS | {EngagementKind.DINNER}
_DONE = (Status.HAPPENED, Status.ONGOING)


def add_counterpart(draft: Draft, earlier: Iterable[Draft], actors: Actors) -> None:
    """Adds the counterpart of the one speaker of a press conference after talks, where there is one only."""
    speakers = [party for party in draft.parties if party.role is not Role.ABSENT]
    if draft.trigger.kind is not EngagementKind.PRESS_CONFERENCE or len(speakers) != 1 or not _follows_talks(draft):
        return
    speaker = speakers[0].source.entity
    if speaker is None or speakers[0].source.kind is not SourceKind.PERSON:
        return
    others: dict[str, Party] = {}
    for talks in earlier:
        if talks.trigger.kind in _TALKS and speaker in talks.names:
            for party in talks.parties:
                entity = party.source.entity
                if entity is not None and entity != speaker and party.role is not Role.ABSENT:
                    others.setdefault(entity, party)
    classes = _get_classes(actors, speaker)
    equals = [party for entity, party in others.items() if classes & _get_classes(actors, entity)]
    if len(equals) == 1:
        draft.parties = (*draft.parties, Party(equals[0].source, Role.PARTICIPANT, None))
        draft.names |= {equals[0].source.entity or ""}


def _follows_talks(draft: Draft) -> bool:
    token = draft.trigger.token
    if any(child.lower_ == "joint" for child in get_children(token, "amod")):
        return True
    hung = [*iter_objects(token, "after", "following"), *iter_objects(find_first_conjunct(token).head.head, "after")]
    return any(get_lemma(noun) in ("talk", "meeting", "negotiation") for _, noun in hung)


def _get_classes(actors: Actors, entity: str) -> frozenset[str]:
    held = [holder.classes for holder in actors.holders.get(entity, []) if not holder.former]
    return frozenset().union(*held)


def add_travellers(drafts: list[Draft]) -> None:
    """ "The two travel on to Lima. Five hours of talks with the president end late": theirs, who are there."""
    for draft, before in zip(drafts[1:], drafts, strict=False):
        is_open = draft.trigger.is_noun and draft.trigger.kind in _AT_TABLE and len(draft.names) == 1
        is_journey = before.trigger.kind is EngagementKind.VISIT and before.trigger.block is draft.trigger.block
        is_done = draft.status in _DONE and before.status in _DONE
        if not (is_open and is_journey and is_done) or draft.same is not None or draft.is_quoted:
            continue
        if not any(iter_objects(draft.trigger.token, "with")) or get_children(draft.trigger.token, "poss"):
            continue
        guests = [p.source for p in before.parties if p.role is Role.VISITOR and p.source.entity is not None]
        if guests and not draft.names & before.names:
            draft.parties = (*draft.parties, *as_parties(Role.PARTICIPANT, guests))
            draft.names = get_names(draft.parties)
