"""Clusters of units, and the index that finds those which a unit could belong to.

Dated units are found by two people (or the only one) and day, or month where one of them gives no day; undated ones by
people and the months that their report's date leaves open; a unit without people by its place or topic. So no two units
are compared that have nothing in common, and the work grows with the number of reports, not with its square, also where
all reports are about the same few people (`benchmarks/bench_link.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations

from communique.link.containment import get_guests
from communique.link.intervals import Interval, find_months, widen
from communique.link.score import TIME_DAYS, Score, is_known_by_topic
from communique.link.units import Unit, absorb, find_kinds_of_groups

# Participants beyond this many are not looked up two by two.
MAX_INDEXED = 8
# A date that leaves open more days than this (a quarter, a year) is no help in finding.
MAX_DAYS = 62
SEVERAL = "one report speaks of several meetings together"
OPEN = "open"  # the time of such dates
# An undated unit of an undated report that has more candidates than this by one key fits none alone.
MAX_OPEN = 100
# Bounds that are open at one end reach to these years.
MIN_YEAR, MAX_YEAR = 1, 9999

Key = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Cluster:
    """Units of one engagement. ``shared`` are units that are accounts of other engagements too."""

    units: list[Unit]
    profile: Unit
    core: frozenset[str]  # persons whom every account of two or more names
    reasons: set[str] = field(default_factory=set)
    shared: list[Unit] = field(default_factory=list)
    is_dissolved: bool = False  # its units are accounts of several others
    id: str = ""  # of its engagement, where a person's decision gives it

    def add(self, unit: Unit, why: Score) -> None:
        self.units.append(unit)
        self.profile = absorb(self.profile, unit)
        self.reasons.update(why.reasons)
        if len(unit.persons) > 1:
            self.core = self.core & unit.persons if len(self.core) > 1 else unit.persons


class Index:
    """Clusters by who (or where) and when."""

    def __init__(self) -> None:
        self._clusters: dict[Key, list[Cluster]] = {}
        self.all: list[Cluster] = []  # the dissolved ones with them
        self.of_unit: dict[str, Cluster] = {}

    def start(self, unit: Unit) -> Cluster:
        cluster = Cluster([unit], unit, unit.persons)
        self.all.append(cluster)
        self.register(cluster, unit)
        return cluster

    def dissolve(self, cluster: Cluster, parts: Sequence[Unit]) -> None:
        """Starts an engagement for each of the parts of which a cluster's units turn out to speak together."""
        cluster.is_dissolved = True
        started = [self.start(replace(part, context_dates=cluster.profile.dates)) for part in parts]
        for part in started:
            part.shared += cluster.units
            part.reasons.add(SEVERAL)
        self.of_unit |= {unit.id: started[0] for unit in cluster.units}

    def register(self, cluster: Cluster, unit: Unit) -> None:
        self.of_unit[unit.id] = cluster
        wide = list(_wide_keys(unit))
        near, open_ = _find_times(unit), _find_open_times(unit)
        dated = [(*key, time) for key in _near_keys(unit) for time in near]
        for key in (*wide, *_visit_keys(unit), *dated, *((*key, time) for key in wide for time in open_)):
            clusters = self._clusters.setdefault(key, [])
            if not clusters or clusters[-1] is not cluster:
                clusters.append(cluster)

    def _find(self, keys: Iterable[Key]) -> list[Cluster]:
        return list({id(c): c for key in keys for c in self._clusters.get(key, ()) if not c.is_dissolved}.values())

    def find_near(self, unit: Unit) -> list[Cluster]:
        """Clusters that a dated unit may belong to: a day apart at most, or of its month where one gives no day."""
        times = _ask_times(unit)
        keys = [*_visit_keys(unit), *((*key, time) for key in _near_keys(unit, asking=True) for time in times)]
        return self._find(keys or _wide_keys(unit))

    def find_any(self, unit: Unit) -> list[Cluster]:
        """Clusters that an undated unit may belong to, within what its report's date or its day of the year leaves."""
        times = _ask_open_times(unit)
        if times is None:
            # A report without a date: what many engagements fit, it cannot tell apart but by the place.
            few = [key for key in _wide_keys(unit) if len(self._clusters.get(key, ())) <= MAX_OPEN]
            return self._find(few)
        return self._find((*key, time) for key in _wide_keys(unit) for time in times)


def _visit_keys(unit: Unit) -> Iterator[Key]:
    yield from ((unit.family, "inside", visit) for visit in unit.context_visits)


# --- when -----------------------------------------------------------------------------------------


def _find_times(unit: Unit) -> list[str]:
    """Under which times dated units find a dated one: its days, its months ("~" before one that it leaves open)."""
    times: dict[str, None] = {}
    for days in unit.all_dates:
        if days.n_days <= MAX_DAYS:
            near = widen(days, 1) if unit.is_visit else days
            months = find_months(near)
            times |= dict.fromkeys(months)
            times |= dict.fromkeys(_list_days(near) if days.is_narrow else [f"~{month}" for month in months])
    return list(times)


def _find_open_times(unit: Unit) -> list[str]:
    """Under which times undated units find a dated one: its months, with year and without."""
    times: dict[str, None] = {}
    for days in unit.all_dates:
        months = find_months(widen(days, 1) if unit.is_visit else days) if days.n_days <= MAX_DAYS else []
        times |= dict.fromkeys([*months, *(month[4:] for month in months)] or [OPEN])
    return list(times)


def _ask_times(unit: Unit) -> list[str]:
    """Under which times a dated unit looks for others."""
    times: dict[str, None] = {}
    for days in unit.all_dates:
        if days.n_days <= MAX_DAYS:
            near = widen(days, 1) if unit.is_visit else days
            months = find_months(near)
            times |= dict.fromkeys([*_list_days(near), *(f"~{m}" for m in months)] if days.is_narrow else months)
    return list(times)


def _ask_open_times(unit: Unit) -> list[str] | None:
    """Under which times an undated unit looks for dated ones; None where nothing bounds it."""
    if unit.yearless:
        months = [month[4:] for days in unit.yearless for month in find_months(widen(days, 1))]
    elif unit.bounds:
        edges = [edge for bound in unit.bounds for edge in bound if MIN_YEAR < edge.year < MAX_YEAR]
        months = [month for edge in edges for month in find_months(widen(Interval(edge, edge), TIME_DAYS))]
    else:
        return None
    return [*dict.fromkeys(months), OPEN]


def _list_days(days: Interval) -> list[str]:
    return [(days.start + timedelta(n)).isoformat() for n in range(days.n_days)]


# --- who and where --------------------------------------------------------------------------------


def _near_keys(unit: Unit, asking: bool = False) -> Iterator[Key]:
    """Who or where, for a dated unit. Two that share one person only agree if one of them names nobody else."""
    family, who = unit.family, sorted(get_guests(unit) if unit.is_visit else unit.who)
    if unit.is_visit:
        yield from ((family, "guest", guest) for guest in who)
        yield from ((family, "in", spot.name) for spot in unit.spots if not (asking and who))
        return
    is_small = 2 <= len(who) <= MAX_INDEXED
    if is_small:
        yield from ((family, "two", *pair) for pair in combinations(who, 2))
    if asking:
        yield from ((family, kind, one) for one in who for kind in (("alone", "many") if is_small else ("has",)))
    else:
        yield from ((family, "has", one) for one in who)
        if not is_small:
            yield from ((family, "alone" if len(who) == 1 else "many", one) for one in who)
    yield from ((family, "in", spot.name) for spot in unit.spots if not (asking and who))
    if not (asking and len(who) > 1):
        yield from ((family, "kind", kind) for kind in find_kinds_of_groups(unit.groups))


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
        if unit.family == "dinner":
            yield unit.family, one, "host"
    yield from ((unit.family, "in", place) for place in places if not who)
    yield from ((unit.family, "on", topic) for topic in unit.topics if is_known_by_topic(unit))
