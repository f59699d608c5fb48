"""Event mentions of all documents into clusters, each of which is one engagement.

Order of the steps:

1. units (`units`): what each document declares to be the same, then what scores as the same within it;
2. days and places that visits lend to what they contain (`containment`);
3. dated units of all documents, the narrowest first, those with fewer people before those with more;
4. undated units join the one dated engagement that they fit clearly better than any other; what fits none or several
   stays apart, but for equal participants in an equal place;
5. a second round of 2 to 4 with what the first has found out: the days of visits that a report does not date itself,
   and the year of a document without a date, where a day of the year meets that of a dated engagement.

A report's "talks with X and Y" that stands beside separate talks with X and with Y is an account of both.

Candidates come from an index by people and months, so that no two units are compared that could not be one; the order
of the units comes from their content, so that the order of the documents makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from communique.link.containment import find_days, get_guests, lend_context
from communique.link.entities import Known
from communique.link.intervals import Interval, find_interval, find_months, get_gap, project, widen
from communique.link.score import Score, score
from communique.link.units import PUBLICATION_SLACK, Unit, absorb, find_kinds_of_groups, make_units, unite
from communique.model import Reading

# Dated units need this much; with it, people and date, or people, place and kind, must agree (see `score.WEIGHTS`).
THRESHOLD = 4.5
# Undated ones, and those of one document, need less, but must fit one alone by the margin.
UNDATED_THRESHOLD = 4.0
MARGIN = 1.0
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


@dataclass(frozen=True, slots=True)
class Clustered:
    """Clusters in the order of their first unit's id; which unit lies inside which visit; years worked out (step 4)."""

    clusters: tuple[Cluster, ...]
    inside: dict[str, str]


class _Index:
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

    def find(self, keys: Iterable[Key]) -> list[Cluster]:
        return list({number: c for key in keys for number, c in self._clusters.get(key, {}).items()}.values())


def cluster_events(readings: Sequence[Reading], known: Known, find_side: Callable[[str], str | None]) -> Clustered:
    """Event mentions of all readings -> clusters.

    Args:
        readings: In any order.
        known: Their entities.
        find_side: The state that a person (an entity's id) stands for, None where not known.
    """
    by_document = {r.document.id: _cluster_document(make_units(r, known)) for r in readings}
    dateless = {r.document.id for r in readings if find_interval(r.document.published) is None}
    inside, index = _cluster(by_document, find_side)
    # What the first round found out, about years and visits, brings more together in the second.
    stays = _find_stays(by_document, inside, index)
    for document, units in by_document.items():
        in_year = _anchor(units, index) if document in dateless else None
        by_document[document] = _lend_days(in_year or units, inside, stays)
    inside, index = _cluster(by_document, find_side)
    return Clustered(tuple(sorted(index.all, key=lambda cluster: min(u.id for u in cluster.units))), inside)


def _cluster(
    by_document: Mapping[str, list[Unit]], find_side: Callable[[str], str | None]
) -> tuple[dict[str, str], _Index]:
    """One round: which unit lies inside which visit, and the clusters."""
    inside: dict[str, str] = {}
    units: list[Unit] = []
    for of_document in by_document.values():
        lent, contained = lend_context(of_document)
        units += lent
        inside |= contained
    index = _Index()
    _join_dated([unit for unit in units if unit.all_dates], index, find_side)
    _join_undated([unit for unit in units if not unit.all_dates], index, find_side)
    return inside, index


def _find_stays(by_document: Mapping[str, list[Unit]], inside: Mapping[str, str], index: _Index) -> dict[str, Interval]:
    """Id of a visit's unit -> the days that all reports together give to that visit and to what took place on it."""
    days: defaultdict[int, set[Interval]] = defaultdict(set)
    visits = {}
    for units in by_document.values():
        for unit in units:
            visit = unit.id if unit.is_visit else inside.get(unit.id)
            if visit is not None:
                visits[visit] = id(index.of_unit[visit])
                days[visits[visit]] |= unit.all_dates
    stays = {visit: find_days(days[cluster]) for visit, cluster in visits.items()}
    return {visit: stay for visit, stay in stays.items() if stay is not None}


def _lend_days(units: Sequence[Unit], inside: Mapping[str, str], stays: Mapping[str, Interval]) -> list[Unit]:
    """Undated units with the days of the visit that contains them, or that they are."""
    lent = []
    for unit in units:
        stay = stays.get(unit.id if unit.is_visit else inside.get(unit.id, ""))
        if stay is None or unit.dates or unit.yearless:
            lent.append(unit)
        else:
            lent.append(replace(unit, context_dates=frozenset([stay])))
    return lent


def _order(unit: Unit) -> tuple[object, ...]:
    days = min((days.n_days for days in unit.all_dates), default=10**7)
    return not unit.who, len(unit.persons) > 2, not unit.dates, days, not unit.yearless, len(unit.persons), unit.id


def _cluster_document(units: list[Unit]) -> list[Unit]:
    """Units of one document that score as one; a handful, so every one is set against every other."""
    clusters: list[Cluster] = []
    for unit in sorted(units, key=_order):
        best = _choose(unit, clusters, UNDATED_THRESHOLD, in_document=True)
        if best is None:
            clusters.append(Cluster([unit], unit, unit.persons))
        else:
            best[0].add(unit, best[1])
    return [unite(cluster.units) for cluster in clusters]


def _choose(
    unit: Unit, clusters: Iterable[Cluster], threshold: float, in_document: bool = False
) -> tuple[Cluster, Score] | None:
    """The cluster that a unit fits best; None when it fits none, or two nearly as well."""
    fitting = []
    for cluster in clusters:
        why = score(unit, cluster.profile, in_document)
        if why is not None and why.total >= threshold:
            fitting.append((why.total, cluster, why))
    if not fitting:
        return None
    totals = sorted((total for total, *_ in fitting), reverse=True)
    if len(totals) > 1 and totals[0] - totals[1] < MARGIN:
        return None
    _, cluster, why = max(fitting, key=lambda found: found[0])
    return cluster, why


def _join_dated(units: Iterable[Unit], index: _Index, find_side: Callable[[str], str | None]) -> None:
    for unit in sorted(units, key=_order):
        # Whoever says who takes part is not looked for by place: the nameless come last and find the named.
        keys = [key for key in _month_keys(unit) if "in" not in key or not unit.who] or [*_wide_keys(unit)]
        _join(unit, index.find(keys), THRESHOLD, index, find_side)


def _join(
    unit: Unit, near: list[Cluster], threshold: float, index: _Index, find_side: Callable[[str], str | None]
) -> None:
    parts = _find_parts(unit, near, threshold, find_side)
    if parts:
        for cluster in parts:
            cluster.shared.append(unit)
            cluster.reasons.add("one report speaks of several meetings together")
        return
    best = _choose(unit, near, threshold)
    if best is None:
        index.start(unit)
        return
    cluster, why = best
    cluster.add(unit, why)
    index.register(cluster, unit)


def _find_parts(
    unit: Unit, near: Iterable[Cluster], threshold: float, find_side: Callable[[str], str | None]
) -> list[Cluster]:
    """The clusters of which "talks with X and Y" is an account: each with part of its people, all sharing a guest."""
    if len(unit.persons) < 3:
        return []
    parts = []
    for cluster in near:
        if 2 <= len(cluster.core) < len(unit.persons) and cluster.core < unit.persons:
            why = score(unit, cluster.profile)
            if why is not None and why.total >= threshold:
                parts.append(cluster)
    if len({cluster.core for cluster in parts}) < 2 or frozenset().union(*(c.core for c in parts)) != unit.persons:
        return []
    guests = frozenset.intersection(*(cluster.core for cluster in parts))
    sides = {find_side(person) for person in unit.persons - guests} - {None}
    return parts if guests and len(sides) <= 1 else []


def _join_undated(units: Iterable[Unit], index: _Index, find_side: Callable[[str], str | None]) -> None:
    left: defaultdict[Key, list[Unit]] = defaultdict(list)
    ordered = sorted(units, key=_order)
    near = {unit.id: [c for c in index.find(_wide_keys(unit)) if c.profile.all_dates] for unit in ordered}
    for unit in ordered:
        fitting = [c for c in near[unit.id] if (s := score(unit, c.profile)) and s.total >= UNDATED_THRESHOLD]
        if fitting:
            _join(unit, fitting, UNDATED_THRESHOLD, index, find_side)
        else:
            left[_equal_key(unit)].append(unit)
    for _, same in sorted(left.items()):
        cluster = index.start(same[0])
        for unit in same[1:]:
            why = score(unit, cluster.profile)
            if why is None:
                index.start(unit)
            else:
                cluster.add(unit, why)
                index.register(cluster, unit)


def _equal_key(unit: Unit) -> Key:
    """Equal for undated units that may be one without more: the same two persons at least, in the same place."""
    if len(unit.persons) < 2 or not unit.spots or unit.yearless:
        return (unit.id,)
    return unit.family, *sorted(unit.persons), "in", *sorted(spot.name for spot in unit.spots)


def _anchor(units: Sequence[Unit], index: _Index) -> list[Unit] | None:
    """Units of a document without a date, with days of the year put into the one year in which they meet the corpus."""
    anchors = []
    for unit in units:
        if any(days.is_narrow for days in unit.yearless) and not unit.all_dates:
            best = _choose(unit, index.find(_wide_keys(unit)), THRESHOLD)
            if best is not None and (days := find_days(best[0].profile.dates)):
                anchors.append(days)
    if len({days.start.year for days in anchors}) != 1:
        return None
    anchor = Interval(min(days.start for days in anchors), max(days.end for days in anchors))
    return [_put_into_year(unit, anchor) for unit in units]


def _put_into_year(unit: Unit, anchor: Interval) -> Unit:
    """What is ahead lies after the anchor's days or among them, what is past before them or among them."""
    if unit.dates or not unit.yearless:
        return unit
    near = widen(anchor, PUBLICATION_SLACK)
    found = set()
    for days in unit.yearless:
        readings = [p for year in range(anchor.start.year - 1, anchor.end.year + 2) if (p := project(days, year))]
        touching = [reading for reading in readings if get_gap(reading, near) == 0]
        later = [reading for reading in readings if reading.start > near.end]
        earlier = [reading for reading in readings if reading.end < near.start]
        found.update(touching[:1] or (later[:1] if unit.ahead else earlier[-1:]))
    return replace(unit, dates=frozenset(found), yearless=frozenset()) if found else unit


def _month_keys(unit: Unit) -> Iterator[Key]:
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
