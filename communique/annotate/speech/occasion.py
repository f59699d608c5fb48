"""On what occasion something was said: at the press conference, after the talks.

`find_occasion` looks in the sentence of a cue, outside of what is said, for an event mention behind "at", "during",
"after" and the like, or for one that the verb of saying itself is about ("told the news conference that"). A statement
without one of its own has that of the statement before it, where the same speaker goes on in the same paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.drafts import Draft, to_span
from communique.model import EventMention, Span
from communique.tables import load_table

# A sentence names no more engagements than this.
MOST_EVENTS = 20
# A preposition stands so many words before the event that it governs ("after his first private talks").
_WITHIN = 6
# "At the press conference after the talks": what came before it is the occasion only where no other is named.
_LATER = frozenset(["after", "following", "since"])


def find_occasions(parsed: Parsed, drafts: list[Draft], events: tuple[EventMention, ...]) -> dict[int, str]:
    """Ids of event mentions by the position of a draft in the list; drafts without an occasion are left out."""
    found: dict[int, str] = {}
    by_draft: dict[int, str] = {}
    events = tuple(sorted(events, key=lambda event: (event.trigger.start, event.id)))
    for number, draft in enumerate(drafts):
        occasion = _find_beside(parsed, draft, events)
        if occasion is None:
            before = next((d for d in (draft.follows, draft.twin, draft.outer) if d is not None), None)
            occasion = by_draft.get(id(before)) if before is not None else _go_on(drafts, number, by_draft)
        if occasion is not None:
            found[number] = by_draft[id(draft)] = occasion
    return found


def _go_on(drafts: list[Draft], number: int, by_draft: dict[int, str]) -> str | None:
    draft, before = drafts[number], drafts[number - 1] if number else None
    if before is None or draft.speaker is None or before.speaker is None or before.block != draft.block:
        return None
    same = before.speaker.entity is not None and before.speaker.entity == draft.speaker.entity
    return by_draft.get(id(before)) if same else None


def _find_beside(parsed: Parsed, draft: Draft, events: tuple[EventMention, ...]) -> str | None:
    if draft.cue is None:
        return None
    block = parsed.blocks[draft.block]
    sentence = block.span(draft.cue.token.sent)
    region = to_span(block, draft.cue.region)
    sentence = Span(min(sentence.start, region.start), max(sentence.end, region.end))
    first = bisect_left(events, sentence.start, key=lambda event: event.trigger.start)
    near = takewhile(lambda event: event.trigger.end <= sentence.end, events[first : first + MOST_EVENTS])
    outside = [e for e in near if not any(start <= e.trigger.start < end for start, end in draft.content)]
    at = block.start + draft.cue.token.idx
    behind = [
        (preposition in _LATER, abs(event.trigger.start - at), event.id)
        for event in outside
        if (preposition := _find_preposition(parsed, event, sentence.start)) and not _is_done(block, event)
    ]
    return min(behind)[2] if behind else None


def _find_preposition(parsed: Parsed, event: EventMention, start: int) -> str:
    """The preposition of occasion that governs the event's words; "" where none does."""
    before = parsed.folded[start : event.trigger.start].lower().split()[-_WITHIN:]
    prepositions: frozenset[str] = frozenset(load_table("cues")["occasion"]["prepositions"])
    breaks = frozenset(load_table("cues")["occasion"]["breaks"])
    for word in reversed(before):
        if word in prepositions:
            return word
        if word in breaks or word.endswith((",", ".", ":", ";", '"')):
            return ""
    return ""


def _is_done(block: Block, event: EventMention) -> bool:
    """ "In announcing the visit, she called it overdue": something was done with the visit, which was yet to come."""
    at = event.trigger.start - block.start
    token = next((token for token in block.tokens if token.idx >= at), None)
    return token is not None and token.dep_ == "dobj" and token.head.tag_ == "VBG" and token.head.dep_ == "pcomp"
