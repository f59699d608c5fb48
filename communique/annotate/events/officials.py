"""Who takes part by office, or for a state or body: engagements are theirs, not those of private people or crowds."""

from __future__ import annotations

from communique.annotate.events.triggers import get_words
from communique.annotate.who.actors import Actors
from communique.model import Source, SourceKind


def is_official(source: Source, actors: Actors) -> bool:
    """Has somebody an office in the report, or is it a state, a body, or a group called by office?"""
    if source.entity is None:
        return is_of_office(source)
    if source.kind is SourceKind.PERSON:
        return bool(actors.holders.get(source.entity)) or len((source.quote or "").split()) > len(source.name.split())
    return source.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANIZATION)


def is_of_office(source: Source) -> bool:
    """Are people without a name called by an office: "a delegation", "two ministers", not "voters"?"""
    words = source.name.lower().replace("-", " ").split()
    offices = get_words("people", "offices")
    return any(word in offices or word.removesuffix("s") in offices or word[:-2] + "an" in offices for word in words)
