"""The place of a report's dateline, for what it tells as "here"."""

from __future__ import annotations

from dataclasses import replace

from communique.annotate.clauses import get_children
from communique.annotate.events.circumstances import iter_hooks
from communique.annotate.events.triggers import Trigger
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import PartKind, Place


def find_here(trigger: Trigger, actors: Actors) -> Place | None:
    """ "met here on Friday": the place of the dateline above, with both words as evidence; None without "here"."""
    adverb = next(
        (word for hook in iter_hooks(trigger) for word in get_children(hook, "advmod") if word.lower_ == "here"), None
    )
    place = _find_dateline_place(trigger.block, actors) if adverb is not None else None
    if place is None or adverb is None:
        return None
    span = trigger.block.span(adverb)
    return replace(place, evidence=(actors.parsed.document.evidence(span.start, span.end), *place.evidence))


def _find_dateline_place(block: Block, actors: Actors) -> Place | None:
    """The place of the last dateline before a paragraph."""
    above = [b for b in actors.parsed.blocks if b.part.part is PartKind.DATELINE and b.start <= block.start]
    for token in above[-1].tokens if above else ():
        place = actors.place(above[-1], token)
        if place is not None:
            return place
    return None
