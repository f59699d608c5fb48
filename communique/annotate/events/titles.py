"""A short title for an event mention, in plain words: kind, who, where."""

from __future__ import annotations

from communique.annotate.clauses import iter_objects
from communique.annotate.events.drafts import is_named
from communique.annotate.events.triggers import Trigger
from communique.model import EngagementKind, Participant, Place, Role

_WORDS = {
    EngagementKind.PRESS_CONFERENCE: "Press conference",
    EngagementKind.CALL: "Phone call",
}
# More names than this make a list, not a title.
_MAX_NAMES = 3


def make_title(trigger: Trigger, participants: tuple[Participant, ...], place: Place | None) -> str:
    """ "Visit of A to B", "Meeting of A and B in C", "Talks in C", "Conference on D"."""
    kind = _WORDS.get(trigger.kind, trigger.kind.value.replace("_", " ").capitalize())
    if is_named(trigger):
        start = min(child.left_edge.i for child in trigger.token.lefts if child.dep_ in ("compound", "nmod"))
        kind = " ".join(trigger.block.tokens[start : trigger.end].text.split())
        return f"{kind} in {place.name}" if place is not None and place.name not in kind else kind
    is_visit = trigger.kind is EngagementKind.VISIT
    names = [p.name for p in participants if p.role is not Role.ABSENT and (not is_visit or p.role is Role.VISITOR)]
    title = kind
    if names:
        shown = names[:_MAX_NAMES] + (["others"] if len(names) > _MAX_NAMES else [])
        title += " of " + (shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1])
    if place is not None:
        return f"{title} {'to' if is_visit else 'in' if place.territory else 'at'} {place.name}"
    if not names:
        topics = [noun.text for _, noun in iter_objects(trigger.token, "on", "about") if noun.ent_type_ != "DATE"]
        title += f" on {topics[0]}" if topics else ""
    return title
