"""Rows of layer 1 as they stand in layer 2: what names a referent there names the entity that it was linked to.

A referent is one entity, unless people took some of its words for another one; then each word tells its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from communique.codec import Plain

_Row = dict[str, Any]
# Referent, start, end of a mention -> entity; start and end None: of the referent's first mention.
Linked = Mapping[tuple[Plain, Plain, Plain], Plain]


def get_mention_key(mention: _Row) -> tuple[Plain, ...]:
    """What a mention has in both layers."""
    return tuple(mention[name] for name in ("document", "start", "end", "kind", "form"))


def find_linked(mentions: Iterable[_Row], entities: Mapping[tuple[Plain, ...], Plain]) -> Linked:
    """Which entity a referent was linked to; where people took some of its words out, each word tells its own."""
    known: dict[tuple[Plain, Plain, Plain], Plain] = {}
    for mention in mentions:
        entity = entities.get(get_mention_key(mention))
        known.setdefault((mention["entity"], None, None), entity)
        known[mention["entity"], mention["start"], mention["end"]] = entity
    return known


def replace_entities(value: Plain, known: Linked) -> Plain:
    """Layer 1 names referents; layer 2 names the entities that they were linked to, or nobody."""
    if isinstance(value, list):
        return [replace_entities(member, known) for member in value]
    if isinstance(value, dict):
        return {
            name: _find_entity(value, known) if name == "entity" else replace_entities(member, known)
            for name, member in value.items()
        }
    return value


def _find_entity(actor: Mapping[str, Plain], known: Linked) -> Plain:
    evidence = actor.get("evidence")
    places = [actor, *(evidence if isinstance(evidence, list) else [])]
    spans = [(cast("_Row", place).get("start"), cast("_Row", place).get("end")) for place in places]
    found = ((actor["entity"], *span) for span in spans if span[0] is not None)
    return next((known[key] for key in found if key in known), known.get((actor["entity"], None, None)))
