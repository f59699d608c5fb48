"""What people decided about who is who, applied to entities: merges, splits, "not the same"; and days of documents.

Decisions name rows by id and by the places of their words (`Anchor`), since ids change when reports or rules do. They
are applied one after the other, in the order in which they were taken, to what the rules have grouped:

- a merge puts the groups of the others into the one that is kept, which keeps its id;
- a split takes words out of a group and makes them one of their own. Where only some of a document's words for somebody
  are taken, they get a referent of their own before anything is grouped (`taken.take_words`);
- of two that are not the same, the second's words are taken out of the first's group, if the rules put them there.

What cannot be applied is a `Misfit`, and changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from communique.codec import Plain, from_plain
from communique.link.persons import Group
from communique.model import (
    Action,
    Anchor,
    Decision,
    Evidence,
    Problem,
    Reading,
    When,
    problem,
)

GONE = "the words that it is about are not there any more, or belong to several rows"
NEXT_STEP = "look at what became of it, undo it, and decide anew"
FEW = "all of the row's words are taken: nothing would be left"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A decision that can not be applied, and why."""

    decision: str
    reason: str


@dataclass(slots=True)
class Shape:
    """Decisions in force that linking must follow, and what did not fit."""

    decisions: tuple[Decision, ...] = ()
    misfits: list[Misfit] = field(default_factory=list)
    days: dict[str, When] = field(default_factory=dict)  # of documents that print none

    def of(self, noun: str) -> list[Decision]:
        return [decision for decision in self.decisions if decision.noun == noun]

    def miss(self, decision: Decision, reason: str) -> None:
        found = Misfit(decision.id, reason)
        if found not in self.misfits:
            self.misfits.append(found)


@dataclass(slots=True)
class Item:
    """A group of referents with the id that its entity gets."""

    id: str
    kind: Any
    group: Group


def reason_of(decision: Decision) -> str:
    """Why rows are one, or apart: as it stands among the reasons of a row."""
    return f"{decision.who} decided so ({decision.id})"


def get_anchor(decision: Decision, id: str) -> Anchor:
    """The anchor of a row that a decision names.

    Raises:
        KeyError: It names no such row: the log is damaged.
    """
    return {anchor.id: anchor for anchor in decision.anchors}[id]


def get_taken(decision: Decision) -> list[Evidence]:
    """The places that a split takes out of its row."""
    return [from_plain(Evidence, place) for place in decision.after["take"]]


def tell(misfits: Iterable[Misfit]) -> list[Problem]:
    """Misfits as problems of the record, whose subject is the decision."""
    return [problem(found.decision, "decide", found.reason, NEXT_STEP) for found in misfits]


def date_by_hand(readings: Sequence[Reading], decisions: Iterable[Decision], shape: Shape) -> list[Reading]:
    """Readings with the days that people gave to their documents.

    Those of documents that print none are noted in ``shape.days``: what such a report tells is reckoned from there.
    What a report reckons from a printed day that people corrected stays as it was annotated.
    """
    days = {d.subject: d.after["published"] for d in decisions if d.noun == "documents" and "published" in d.after}
    return [_date(r, days[r.document.id], shape) if r.document.id in days else r for r in readings]


def _date(reading: Reading, plain: Plain, shape: Shape) -> Reading:
    when = from_plain(When, plain) if plain else None
    if when is not None and reading.document.published is None:
        shape.days[reading.document.id] = when
    return replace(reading, document=replace(reading.document, published=when))


# --- groups ---------------------------------------------------------------------------------------


def shape_groups(items: list[Item], readings: Sequence[Reading], shape: Shape) -> list[Item]:
    """Groups as people decided. Items without referents are left out.

    Args:
        items: What the rules made, each id once.
        readings: With `taken.take_words` done.
        shape: What is to be followed; misfits are added to it.
    """
    decisions = shape.of("entities")
    wanted = [d for d in decisions if d.action in (Action.MERGE, Action.SPLIT, Action.DISTINCT)]
    if not wanted:
        return items
    groups = _Groups(items, readings)
    for decision in wanted:
        apply = {Action.MERGE: _merge, Action.SPLIT: _split, Action.DISTINCT: _part}[decision.action]
        if reason := apply(groups, decision):
            shape.miss(decision, reason)
    return [item for item in groups.items.values() if item.group.referents]


def find_spans(spans: Iterable[tuple[int, int]], places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans at places: those that are just a place, else those that overlap it."""
    known = set(spans)
    found: set[tuple[int, int]] = set()
    for start, end in places:
        near = {span for span in known if span[0] < end and start < span[1]}
        found |= {(start, end)} & near or near
    return found


class _Groups:
    """Items by id, the item of each referent, and the referents of places."""

    def __init__(self, items: Iterable[Item], readings: Sequence[Reading]) -> None:
        self.items = {item.id: item for item in items}
        self.of_referent = {referent.id: item for item in items for referent in item.group.referents}
        self._mentions: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for reading in readings:
            for mention in reading.annotations.mentions:
                self._mentions[mention.document].append((mention.start, mention.end, mention.entity))

    def find_referents(self, places: Iterable[Evidence]) -> dict[str, None]:
        """Referents that have words at one of the places."""
        found: dict[str, None] = {}
        for place in places:
            mentions = self._mentions[place.document]
            spans = find_spans((m[:2] for m in mentions), [(place.start, place.end)])
            found |= {m[2]: None for m in mentions if m[:2] in spans and m[2] in self.of_referent}
        return found

    def find(self, anchor: Anchor) -> Item | None:
        """The item of that id; else the one that has most of the words, if it has more than half of them."""
        item = self.items.get(anchor.id)
        if item is not None and item.group.referents:
            return item
        places = anchor.places
        votes = Counter(id for place in places for id in {self.of_referent[r].id for r in self.find_referents([place])})
        best = votes.most_common(1)
        return self.items[best[0][0]] if best and best[0][1] * 2 > len(places) else None

    def move(self, referents: Iterable[str], to: Item, reason: str) -> None:
        for id in referents:
            item = self.of_referent[id]
            moved = [referent for referent in item.group.referents if referent.id == id]
            item.group.referents = [referent for referent in item.group.referents if referent.id != id]
            to.group.referents += moved
            self.of_referent[id] = to
            item.group.reasons.add(reason)
        to.group.reasons.add(reason)

    def rename(self, item: Item, id: str) -> None:
        """What people chose to keep keeps its id, also where the rules now have another one for it."""
        if item.id != id:
            self.items = {id if known is item else name: known for name, known in self.items.items()}
            item.id = id

    def start(self, id: str, kind: Any) -> Item:
        return self.items.setdefault(id, Item(id, kind, Group([], set())))


def _merge(groups: _Groups, decision: Decision) -> str:
    kept = groups.find(get_anchor(decision, decision.subject))
    others = [groups.find(get_anchor(decision, id)) for id in decision.after["others"]]
    if kept is None or None in others:
        return GONE
    for other in others:
        if other is not None and other is not kept:
            groups.move([r.id for r in other.group.referents], kept, reason_of(decision))
            kept.group.names |= other.group.names
    groups.rename(kept, decision.subject)
    return ""


def _split(groups: _Groups, decision: Decision) -> str:
    places = get_taken(decision)
    taken = groups.find_referents(places)
    if not taken:
        return GONE
    emptied = {id(groups.of_referent[r]): groups.of_referent[r] for r in taken}.values()
    if any({r.id for r in item.group.referents} <= taken.keys() for item in emptied) and len(emptied) == 1:
        return FEW
    kind = next(iter(emptied)).kind
    groups.move(taken, groups.start(decision.after["new"], kind), reason_of(decision))
    return ""


def _part(groups: _Groups, decision: Decision) -> str:
    first = groups.find(get_anchor(decision, decision.subject))
    other = get_anchor(decision, decision.after["other"])
    second = groups.find(other)
    if first is None or second is None:
        return GONE
    if first is second:
        taken = groups.find_referents(other.places)
        own = groups.find_referents(get_anchor(decision, decision.subject).places)
        taken = {id: None for id in taken if id not in own and groups.of_referent[id] is first}
        if not taken:
            return GONE
        groups.move(taken, groups.start(other.id, first.kind), reason_of(decision))
    return ""
