"""With whom a guest stood before the press: the counterpart of the talks that the press conference followed.

A minister on a visit holds the press conference after talks with the minister of the other side. Where a report names
one speaker of "the press conference after the talks", the other one is added if exactly one person of the talks told
before holds an office of the same kind; whether that person was there is left open.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.annotate.clauses import find_first_conjunct, get_children, get_lemma, iter_objects
from communique.annotate.events.drafts import Draft
from communique.annotate.events.people import Party
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, Role, SourceKind

_TALKS = frozenset({EngagementKind.MEETING, EngagementKind.TALKS})


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
