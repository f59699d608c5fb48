"""Headlines say again what the report tells: "Leaders Prepare to Meet" above a report of their summit."""

from __future__ import annotations

from communique.annotate.events.coreference import get_group
from communique.annotate.events.drafts import Draft
from communique.model import EngagementKind, PartKind, Place

_MEETINGS = frozenset({EngagementKind.MEETING, EngagementKind.CONFERENCE})


def drop_headlines(drafts: list[Draft]) -> list[Draft]:
    """Leaves out a headline's mention of unnamed people, without day and place, where the report tells one such."""
    bases = {id(draft.same) for draft in drafts if draft.same is not None} | {id(draft.parent) for draft in drafts}
    return [draft for draft in drafts if id(draft) in bases or not _is_said_again(draft, drafts)]


def _is_said_again(draft: Draft, drafts: list[Draft]) -> bool:
    if draft.trigger.block.part.part is not PartKind.TITLE or draft.date is not None:
        return False
    if not draft.parties or any(party.source.entity is not None for party in draft.parties):
        return False
    group = _get_kinds(draft)
    below = [other for other in drafts if other.trigger.block.part.part is not PartKind.TITLE]
    if not any(_is_near(draft.place, other.place) for other in below):
        return False
    return any(_get_kinds(other) & group and not _is_far(draft.place, other.place) for other in below)


def _is_near(place: Place | None, other: Place | None) -> bool:
    """Is something of the report where the headline says?"""
    if place is None or (other is not None and place.name == other.name):
        return True
    return other is not None and place.territory is not None and place.territory == other.territory


def _is_far(place: Place | None, other: Place | None) -> bool:
    states = {one.territory for one in (place, other) if one is not None and one.territory is not None}
    return len(states) > 1


def _get_kinds(draft: Draft) -> frozenset[EngagementKind]:
    kind = get_group(draft.trigger.kind)
    return _MEETINGS if kind in _MEETINGS else frozenset({kind})
