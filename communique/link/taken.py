"""Words that a split takes out of somebody, in a report that says more of them: they get a referent of their own.

Linking groups referents, one of which holds all words of a report for somebody. Where only some of these are taken, the
report is read as if its annotators had told the two apart: mentions, and whatever stands on the words, are the new
referent's. Layer 1 as it is stored stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from communique.codec import Plain, from_plain, to_plain
from communique.link.shape import Shape, find_spans, get_taken
from communique.model import (
    Action,
    Annotations,
    Decision,
    Evidence,
    Mention,
    MentionForm,
    Reading,
    Referent,
    content_id,
)


def take_words(readings: Sequence[Reading], shape: Shape) -> list[Reading]:
    """Readings in which the words that splits take have referents of their own, where they had them in common."""
    taken: defaultdict[str, list[tuple[Decision, Evidence]]] = defaultdict(list)
    for decision in shape.of("entities"):
        if decision.action is Action.SPLIT:
            for place in get_taken(decision):
                taken[place.document].append((decision, place))
    return [_take(r, taken[r.document.id]) if r.document.id in taken else r for r in readings]


def _take(reading: Reading, taken: list[tuple[Decision, Evidence]]) -> Reading:
    for decision in dict.fromkeys(decision.id for decision, _ in taken):
        places = [(place.start, place.end) for other, place in taken if other.id == decision]
        reading = _take_one(reading, decision, places)
    return reading


def _take_one(reading: Reading, decision: str, places: list[tuple[int, int]]) -> Reading:
    own: defaultdict[str, list[Mention]] = defaultdict(list)
    left: defaultdict[str, list[Mention]] = defaultdict(list)
    taken = find_spans(((m.start, m.end) for m in reading.annotations.mentions), places)
    for mention in reading.annotations.mentions:
        (own if (mention.start, mention.end) in taken else left)[mention.entity].append(mention)
    new: dict[str, Referent] = {}
    for referent in reading.annotations.referents:
        mentions = own.get(referent.id)
        if mentions and left[referent.id]:
            names = sorted({m.quote for m in mentions if m.form is MentionForm.NAME}, key=lambda n: (-len(n), n))
            name = names[0] if names else referent.name
            id = content_id("ref", referent.id, decision)
            new[referent.id] = replace(referent, id=id, name=name, names=tuple(sorted(names or [name])), offices=())
    if not new:
        return reading
    ids = {old: referent.id for old, referent in new.items()}
    found = replace(reading.annotations, referents=(*reading.annotations.referents, *new.values()))
    plain = cast("dict[str, Plain]", to_plain(found))
    kept = {(m.start, m.end) for id in ids for m in left[id]}
    plain = {noun: rows if noun == "referents" else _point(rows, ids, taken, kept) for noun, rows in plain.items()}
    return replace(reading, annotations=from_plain(Annotations, plain))


def _point(
    value: Plain, ids: Mapping[str, str], taken: Container[tuple[int, int]], kept: Container[tuple[int, int]]
) -> Plain:
    """Every actor that stands on words that were taken gets the new referent of its old one."""
    if isinstance(value, list):
        return [_point(member, ids, taken, kept) for member in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _point(member, ids, taken, kept) for name, member in value.items()}
    entity = value.get("entity")
    if isinstance(entity, str) and entity in ids:
        spans = list(_spans(value))
        if any(span in taken for span in spans) and not any(span in kept for span in spans):
            changed["entity"] = ids[entity]
    return changed


def _spans(actor: Mapping[str, Plain]) -> Iterable[tuple[int, int]]:
    own = [actor] if isinstance(actor.get("start"), int) else []
    evidence = actor.get("evidence")
    places = own or (evidence if isinstance(evidence, list) else [])
    return [(cast("Any", place)["start"], cast("Any", place)["end"]) for place in places]
