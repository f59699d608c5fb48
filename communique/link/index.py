"""Clusters of units, and the index that finds those which a unit could belong to.

Units are found by people and month, and by people alone or people and place when they have no date; a unit without
people by its place. So no two units are compared that have nothing in common, and the work grows with the number of
reports, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from communique.link.containment import get_guests
from communique.link.intervals import find_months, widen
from communique.link.score import Score, is_known_by_topic
from communique.link.units import Unit, absorb, find_kinds_of_groups

# Participants beyond this many do not find further candidates.
MAX_INDEXED = 8

Key = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Cluster:
    """Units of one engagement. ``shared`` are units that are accounts of other engagements too."""

    units: list[Unit]
    profile: Unit
    core: frozenset[str]  # persons whom every account of two or more names
    reasons: set[str] = field(default_factory=set)
    shared: list[Unit] = field(default_factory=list)

    def add(self, unit: Unit, why: Score) -> None:
        self.units.append(unit)
        self.profile = absorb(self.profile, unit)
        self.reasons.update(why.reasons)
        if len(unit.persons) > 1:
            self.core = self.core & unit.persons if len(self.core) > 1 else unit.persons


class Index:
    """Clusters by people and month, and by people alone."""

    def __init__(self) -> None:
        self._clusters: defaultdict[Key, dict[int, Cluster]] = defaultdict(dict)
        self.all: list[Cluster] = []
        self.of_unit: dict[str, Cluster] = {}

    def start(self, unit: Unit) -> Cluster:
        cluster = Cluster([unit], unit, unit.persons)
        self.all.append(cluster)
        self.register(cluster, unit)
        return cluster

    def register(self, cluster: Cluster, unit: Unit) -> None:
        self.of_unit[unit.id] = cluster
        for key in (*_month_keys(unit), *_wide_keys(unit)):
            self._clusters[key][id(cluster)] = cluster

    def _find(self, keys: Iterable[Key]) -> list[Cluster]:
        return list({number: c for key in keys for number, c in self._clusters.get(key, {}).items()}.values())

    def find_near(self, unit: Unit) -> list[Cluster]:
        """Clusters that a dated unit may belong to. Whoever takes part is not looked for by place."""
        keys = [key for key in _month_keys(unit) if "in" not in key or not unit.who]
        return self._find(keys or _wide_keys(unit))

    def find_any(self, unit: Unit) -> list[Cluster]:
        """Clusters that an undated unit may belong to."""
        return self._find(_wide_keys(unit))


def _month_keys(unit: Unit) -> Iterator[Key]:
    yield from ((unit.family, "inside", visit) for visit in unit.context_visits)
    for days in unit.all_dates:
        if days.n_days <= 62:
            for month in find_months(widen(days, 1) if unit.is_visit else days):
                if unit.is_visit:
                    yield from ((unit.family, guest, month) for guest in get_guests(unit))
                else:
                    yield from ((unit.family, who, month) for who in unit.who)
                yield from ((unit.family, "in", spot.name, month) for spot in unit.spots)


def _wide_keys(unit: Unit) -> Iterator[Key]:
    who = sorted(get_guests(unit) if unit.is_visit else unit.who)[:MAX_INDEXED]
    if unit.is_visit:
        yield from ((unit.family, guest) for guest in who)
    yield from ((unit.family, *pair) for pair in combinations(who, 2))
    places = [spot.name for spot in unit.all_spots]
    kinds = find_kinds_of_groups(unit.groups)
    for one in who if len(who) < 3 else ():
        yield from ((unit.family, one, "in", place) for place in places)
        yield from ((unit.family, one, "with", kind) for kind in kinds)
    yield from ((unit.family, "in", place) for place in places if not who)
    yield from ((unit.family, "on", topic) for topic in unit.topics if is_known_by_topic(unit))
