"""The place of a report's dateline, for what it tells as "here"."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.annotate.clauses import get_children, get_lemma, iter_objects
from communique.annotate.events.circumstances import iter_hooks
from communique.annotate.events.triggers import Trigger
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import PartKind, Place, Span

# The opening of a dateline: one to four words in capitals, closed by a mark.
_TOWN = re.compile(r"((?:[^\W\d_][\w'’.-]*)(?: [^\W\d_][\w'’.-]*){0,3})(?=,| [(/–—-])")


def find_here(trigger: Trigger, actors: Actors) -> Place | None:
    """ "met here on Friday": the place of the dateline above, with both words as evidence; None without "here"."""
    adverb = next(
        (word for hook in iter_hooks(trigger) for word in get_children(hook, "advmod") if word.lower_ == "here"), None
    )
    if adverb is None and not _is_arrival(trigger):
        return None
    place = _find_dateline_place(trigger.block, actors)
    if place is None or adverb is None:
        return place
    span = trigger.block.span(adverb)
    return replace(place, evidence=(actors.parsed.document.evidence(span.start, span.end), *place.evidence))


def _is_arrival(trigger: Trigger) -> bool:
    """ "arrived from Rome tonight", "came on Saturday": where the report is from."""
    verb = trigger.token
    if trigger.frame != "to" or get_lemma(verb) not in ("arrive", "come", "land"):
        return False
    if get_children(verb, "prt", "acomp", "dobj", "xcomp", "ccomp", "advcl", "oprd"):
        return False
    around = [*get_children(verb, "npadvmod", "advmod"), *(noun for _, noun in iter_objects(verb))]
    is_timed = any(noun.ent_type_ in ("DATE", "TIME") for noun in around)
    is_plain = all(noun.ent_type_ in ("DATE", "TIME", "GPE") or noun.dep_ == "advmod" for noun in around)
    return is_timed and is_plain and not any(iter_objects(verb, "to", "into", "in", "at", "for", "with"))


def _find_dateline_place(block: Block, actors: Actors) -> Place | None:
    """The place of the last dateline before a paragraph."""
    above = [b for b in actors.parsed.blocks if b.part.part is PartKind.DATELINE and b.start <= block.start]
    if not above:
        return None
    opening = _find_opening(above[-1])
    for token in above[-1].tokens:
        place = actors.place(above[-1], token)
        is_first = opening is not None and token.idx < opening.end - above[-1].start
        if place is not None and (is_first or opening is None):
            return place
    return _as_written(opening, actors) if opening is not None else None


def _find_opening(dateline: Block) -> Span | None:
    """The town that a dateline opens with, in capitals: "NADI" of "NADI, Fiji, July 16 --"."""
    match = _TOWN.match(dateline.tokens.text)
    return Span(dateline.start, dateline.start + match.end(1)) if match is not None else None


def _as_written(town: Span, actors: Actors) -> Place:
    evidence = actors.parsed.document.evidence(town.start, town.end)
    words = re.sub(r"\w[\w'’]*", lambda word: word.group().capitalize(), evidence.quote)
    return Place(words, None, None, (evidence,))
