"""Who was there, as one report and its voices tell: a value for the report, and one for each disputed presence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from communique.link.forms import People
from communique.link.said import Layer1, Said
from communique.model import EntityKind, EventMention, Participant, Role


def read_people(mentions: Sequence[EventMention], layer1: Layer1) -> Iterator[Said]:
    """Everybody whom a report puts at an engagement by name, and whom it says to have been absent.

    Where one voice has somebody there whom another has not, each says it for itself, and the report leaves him out.

    Args:
        mentions: One report's words for the engagement.
        layer1: What is looked up of it.
    """
    disputed = _find_disputed(mentions, layer1)
    for entity in sorted(disputed):
        yield from _read_disputed(entity, mentions, layer1)
    there, absent = _find_there(mentions, layer1)
    there, absent = there - disputed, absent - there - disputed
    if not there | absent:
        return
    names = {entity: layer1.known.entities[entity].name for entity in there | absent}
    words = [names[id] for id in sorted(there, key=lambda id: names[id])]
    words += [f"not {names[id]}" for id in sorted(absent, key=lambda id: names[id])]
    first = min(mentions, key=lambda mention: (-len(mention.participants), mention.evidence.start))
    form = People(frozenset(there), frozenset(absent))
    yield Said(", ".join(words), first.document, first.evidence, form)


def _find_there(mentions: Iterable[EventMention], layer1: Layer1) -> tuple[set[str], set[str]]:
    there, absent = set[str](), set[str]()
    for mention in mentions:
        for party, entity in _iter_persons(mention, layer1):
            (absent if _is_absent(party) else there).add(entity)
    return there, absent


def _iter_persons(mention: EventMention, layer1: Layer1) -> Iterator[tuple[Participant, str]]:
    for party in mention.participants:
        entity = layer1.known.get(party.entity)
        if entity is not None and layer1.known.entities[entity].kind is EntityKind.PERSON:
            yield party, entity


def _is_absent(party: Participant) -> bool:
    return party.role is Role.ABSENT or party.present is False


def _find_disputed(mentions: Sequence[EventMention], layer1: Layer1) -> set[str]:
    """Persons whom one voice has there and another has not."""
    absent = {entity for m in mentions for party, entity in _iter_persons(m, layer1) if _is_absent(party)}
    if not absent:
        return set()
    voices: defaultdict[tuple[str, bool], set[str | None]] = defaultdict(set)
    for mention in mentions:
        voice, _ = layer1.find_voice(mention.trigger)
        for party, entity in _iter_persons(mention, layer1):
            voices[entity, _is_absent(party)].add((voice.entity or voice.name) if voice else None)
    return {one for one in absent if voices[one, False] and not voices[one, False] & voices[one, True]}


def _read_disputed(entity: str, mentions: Iterable[EventMention], layer1: Layer1) -> Iterator[Said]:
    name = layer1.known.entities[entity].name
    for mention in mentions:
        voice, origins = layer1.find_voice(mention.trigger)
        for party, one in _iter_persons(mention, layer1):
            if one == entity:
                gone = _is_absent(party)
                form = People(frozenset() if gone else frozenset({one}), frozenset({one}) if gone else frozenset())
                yield Said(f"not {name}" if gone else name, mention.document, mention.evidence, form, voice, origins)
