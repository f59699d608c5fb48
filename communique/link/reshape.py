"""What people decided about which engagements are one, applied to clusters of event mentions.

As in `shape`: decisions are applied in their order, to what the rules have clustered; what is kept keeps its id. A
split takes event mentions (by the places of their clauses) out of a cluster; a unit of which only some are taken is
made anew on both sides. Everything else about the engagements follows in `assemble`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.link.assemble import make_ids
from communique.link.engagements import Clustered
from communique.link.entities import Known
from communique.link.index import Cluster
from communique.link.shape import FEW, GONE, Shape, get_anchor, get_taken, reason_of
from communique.link.units import Unit, absorb, make_unit, unite
from communique.model import Action, Anchor, Decision, EventMention, Evidence, Reading


def shape_clusters(clustered: Clustered, readings: Sequence[Reading], known: Known, shape: Shape) -> Clustered:
    """Clusters as people decided.

    Args:
        clustered: What the rules made.
        readings: The same as there.
        known: Their entities.
        shape: What is to be followed; misfits are added to it.
    """
    wanted = shape.of("engagements")
    if not wanted:
        return clustered
    clusters = _Clusters(clustered, readings, known)
    for decision in wanted:
        apply = {Action.MERGE: _merge, Action.SPLIT: _split, Action.DISTINCT: _part}[decision.action]
        if reason := apply(clusters, decision):
            shape.miss(decision, reason)
    found = sorted(clusters.by_id.values(), key=lambda cluster: min(unit.id for unit in cluster.units))
    return Clustered(tuple(found), clusters.inside)


def _form(units: Sequence[Unit], like: Cluster, id: str, reason: str) -> Cluster:
    """A cluster of units, with what another one says of it."""
    profile = units[0]
    for unit in units[1:]:
        profile = absorb(profile, unit)
    several = [unit.persons for unit in units if len(unit.persons) > 1]
    core = frozenset.intersection(*several) if several else profile.persons
    return Cluster(list(units), profile, core, like.reasons | {reason}, list(like.shared), id=id)


class _Clusters:
    """Clusters by the id of their engagement."""

    def __init__(self, clustered: Clustered, readings: Sequence[Reading], known: Known) -> None:
        ids = make_ids(clustered.clusters, readings)
        self.by_id = dict(zip(ids, clustered.clusters, strict=True))
        self.inside = dict(clustered.inside)
        self._readings = {reading.document.id: reading for reading in readings}
        self._known = known
        self._events: defaultdict[str, list[EventMention]] = defaultdict(list)
        for reading in readings:
            self._events[reading.document.id] += reading.annotations.events

    def find_mentions(self, places: Iterable[Evidence]) -> set[str]:
        """Event mentions that stand at one of the places; where several do, those whose clause is just that."""
        found: set[str] = set()
        for place in places:
            near = [e for e in self._events[place.document] if _overlaps(e.evidence, place)]
            exact = [e for e in near if (e.evidence.start, e.evidence.end) == (place.start, place.end)]
            found.update(event.id for event in exact or near)
        return found

    def find_of(self, mentions: Iterable[str]) -> Counter[str]:
        """How many of the mentions each engagement has."""
        wanted = set(mentions)
        return Counter(
            id for id, cluster in self.by_id.items() for u in cluster.units for m in u.mentions if m.id in wanted
        )

    def find(self, anchor: Anchor) -> str | None:
        """The engagement of that id; else the one that has more than half of the words."""
        if anchor.id in self.by_id:
            return anchor.id
        votes = self.find_of(self.find_mentions(anchor.places))
        best = votes.most_common(1)
        return best[0][0] if best and best[0][1] * 2 > sum(votes.values()) else None

    def merge(self, kept: str, others: Iterable[str], id: str, reason: str) -> None:
        """Puts clusters into one, which has the id that people chose to keep, whatever the rules now call it."""
        clusters = [self.by_id.pop(kept), *(self.by_id.pop(other) for other in others)]
        units = [unit for cluster in clusters for unit in cluster.units]
        shared = {unit.id: unit for cluster in clusters for unit in cluster.shared}
        own = {unit.id for unit in units}
        made = _form(units, clusters[0], id, reason)
        made.reasons.update(why for cluster in clusters for why in cluster.reasons)
        made.shared = [unit for name, unit in sorted(shared.items()) if name not in own]
        self.by_id[id] = made

    def take(self, id: str, taken: set[str], new: str, reason: str) -> bool:
        """Makes a cluster of its own out of mentions of one. False when nothing would be left, or nothing is there."""
        cluster = self.by_id[id]
        left: list[Unit] = []
        gone: list[Unit] = []
        for unit in cluster.units:
            stay = [mention for mention in unit.mentions if mention.id not in taken]
            go = [mention for mention in unit.mentions if mention.id in taken]
            left += [self._make_part(unit, stay)] if stay and go else [unit] if stay else []
            gone += [self._make_part(unit, go)] if stay and go else [unit] if go else []
        if not left or not gone:
            return False
        self.by_id[id] = _form(left, cluster, id, reason)
        self.by_id[new] = _form(gone, replace(cluster, reasons=set(), shared=[]), new, reason)
        return True

    def _make_part(self, unit: Unit, mentions: Sequence[EventMention]) -> Unit:
        made = unite([make_unit(m, self._readings[m.document], self._known) for m in mentions])
        if unit.id in self.inside:
            self.inside[made.id] = self.inside[unit.id]
        context = {name: getattr(unit, name) for name in ("context_dates", "context_spots", "context_visits")}
        return replace(made, **context)


def _overlaps(evidence: Evidence, place: Evidence) -> bool:
    return evidence.start < place.end and place.start < evidence.end


def _merge(clusters: _Clusters, decision: Decision) -> str:
    kept = clusters.find(get_anchor(decision, decision.subject))
    others = [clusters.find(get_anchor(decision, id)) for id in decision.after["others"]]
    if kept is None or None in others:
        return GONE
    different = [other for other in dict.fromkeys(others) if other is not None and other != kept]
    if different or kept != decision.subject:
        clusters.merge(kept, different, decision.subject, reason_of(decision))
    return ""


def _split(clusters: _Clusters, decision: Decision) -> str:
    taken = clusters.find_mentions(get_taken(decision))
    of = clusters.find_of(taken).most_common(1)
    if not of:
        return GONE
    return "" if clusters.take(of[0][0], taken, decision.after["new"], reason_of(decision)) else FEW


def _part(clusters: _Clusters, decision: Decision) -> str:
    own, other = get_anchor(decision, decision.subject), get_anchor(decision, decision.after["other"])
    first, second = clusters.find(own), clusters.find(other)
    if first is None or second is None:
        return GONE
    if first == second:
        taken = clusters.find_mentions(other.places) - clusters.find_mentions(own.places)
        return "" if clusters.take(first, taken, other.id, reason_of(decision)) else GONE
    return ""
