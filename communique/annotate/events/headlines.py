"""Headlines say again what the report tells: "Leaders Prepare to Meet" above a report of their summit."""

from __future__ import annotations

from communique.annotate.events.coreference import get_group
from communique.annotate.events.drafts import Draft
from communique.model import EngagementKind, PartKind

_MEETINGS = frozenset({EngagementKind.MEETING, EngagementKind.CONFERENCE})


def drop_headlines(drafts: list[Draft]) -> list[Draft]:
    """Leaves out a headline's mention of unnamed people, without day and place, where the report tells one such."""
    bases = {id(draft.same) for draft in drafts if draft.same is not None} | {id(draft.parent) for draft in drafts}
    return [draft for draft in drafts if id(draft) in bases or not _is_said_again(draft, drafts)]


def _is_said_again(draft: Draft, drafts: list[Draft]) -> bool:
    if draft.trigger.block.part.part is not PartKind.TITLE or draft.date is not None or draft.place is not None:
        return False
    if not draft.parties or any(party.source.entity is not None for party in draft.parties):
        return False
    group = _get_kinds(draft)
    below = (other for other in drafts if other.trigger.block.part.part is not PartKind.TITLE)
    return any(_get_kinds(other) & group for other in below)


def _get_kinds(draft: Draft) -> frozenset[EngagementKind]:
    kind = get_group(draft.trigger.kind)
    return _MEETINGS if kind in _MEETINGS else frozenset({kind})
