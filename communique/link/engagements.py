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

Candidates come from `index`; the order of the units comes from their content, so that the order of the documents makes
no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.containment import find_days, lend_context
from communique.link.entities import Known
from communique.link.index import SEVERAL, Cluster, Index
from communique.link.intervals import Interval, find_interval, get_gap, project, widen
from communique.link.score import Score, is_known_by_topic, score
from communique.link.summits import share_summits
from communique.link.units import PUBLICATION_SLACK, Unit, make_units, unite
from communique.model import Reading

# Dated units need this much; with it, people and date, or people, place and kind, must agree (see `score.WEIGHTS`).
THRESHOLD = 4.5
# Undated ones, and those of one document, need less, but must fit one alone by the margin.
UNDATED_THRESHOLD = 4.0
MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Clustered:
    """Clusters in the order of their first unit's id, and which unit lies inside which visit's."""

    clusters: tuple[Cluster, ...]
    inside: dict[str, str]


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
    clusters = [cluster for cluster in index.all if not cluster.is_dissolved]
    inside |= share_summits(clusters, inside, find_side)
    return Clustered(tuple(sorted(clusters, key=lambda cluster: min(u.id for u in cluster.units))), inside)


def _cluster(
    by_document: Mapping[str, list[Unit]], find_side: Callable[[str], str | None]
) -> tuple[dict[str, str], Index]:
    """One round: which unit lies inside which visit, and the clusters."""
    inside: dict[str, str] = {}
    units: list[Unit] = []
    for of_document in by_document.values():
        lent, contained = lend_context(of_document)
        units += lent
        inside |= contained
    index = Index()
    _join_dated([unit for unit in units if unit.all_dates], index, find_side)
    _join_undated([unit for unit in units if not unit.all_dates], index, find_side)
    return inside, index


def _find_stays(
    by_document: Mapping[str, list[Unit]], inside: Mapping[str, str], index: Index
) -> dict[str, tuple[str, Interval]]:
    """Id of a visit's unit -> the visit, and the days that all reports give to it and to what took place on it."""
    days: defaultdict[str, set[Interval]] = defaultdict(set)
    visits = {}
    for units in by_document.values():
        for unit in units:
            visit = unit.id if unit.is_visit else inside.get(unit.id)
            if visit is not None:
                visits[visit] = index.of_unit[visit].units[0].id
                days[visits[visit]] |= unit.all_dates
    stays = {visit: find_days(days[cluster]) for visit, cluster in visits.items()}
    return {visit: (visits[visit], stay) for visit, stay in stays.items() if stay is not None}


def _lend_days(
    units: Sequence[Unit], inside: Mapping[str, str], stays: Mapping[str, tuple[str, Interval]]
) -> list[Unit]:
    """Undated units with the days of the visit that contains them, or that they are."""
    lent = []
    for unit in units:
        visit, stay = stays.get(unit.id if unit.is_visit else inside.get(unit.id, ""), (None, None))
        if visit is not None and not unit.is_visit:
            unit = replace(unit, context_visits=frozenset([visit]))
        if stay is not None and not unit.is_dated and not unit.yearless:
            unit = replace(unit, context_dates=frozenset([stay]))
        lent.append(unit)
    return lent


def _order(unit: Unit) -> tuple[object, ...]:
    days = min((days.n_days for days in unit.all_dates), default=10**7)
    # Who names the host alone can be compared only once it is known whose visit it was part of.
    names_host_only = bool(unit.persons) and unit.persons <= unit.hosts
    told = len(unit.persons) > 2, not unit.dates, days, not unit.yearless, len(unit.persons)
    return not unit.who, names_host_only, *told, unit.id


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


def _join_dated(units: Iterable[Unit], index: Index, find_side: Callable[[str], str | None]) -> None:
    for unit in sorted(units, key=_order):
        _join(unit, index.find_near(unit), THRESHOLD, index, find_side)


def _join(
    unit: Unit, near: list[Cluster], threshold: float, index: Index, find_side: Callable[[str], str | None]
) -> None:
    parts = _find_parts(unit, near, threshold, find_side)
    if parts:
        for cluster in parts:
            cluster.shared.append(unit)
            cluster.reasons.add(SEVERAL)
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
    if len(unit.persons) < 3 or unit.is_visit:
        return []
    parts = []
    for cluster in near:
        if 2 <= len(cluster.core) < len(unit.persons) and cluster.core < unit.persons:
            why = score(unit, cluster.profile)
            if why is not None and why.total >= threshold:
                parts.append(cluster)
    return parts if parts and _are_parts([cluster.core for cluster in parts], unit.persons, find_side) else []


def _join_undated(units: Iterable[Unit], index: Index, find_side: Callable[[str], str | None]) -> None:
    left: defaultdict[tuple[str, ...], list[Unit]] = defaultdict(list)
    ordered = sorted(units, key=_order)
    split = {unit.id for unit in _split_joint(ordered, index, find_side)}
    ordered = [unit for unit in ordered if unit.id not in split]
    near = {unit.id: [c for c in index.find_any(unit) if c.profile.all_dates] for unit in ordered}
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


def _split_joint(units: Sequence[Unit], index: Index, find_side: Callable[[str], str | None]) -> list[Unit]:
    """Takes "talks with X and Y" apart where another report tells of a meeting with X and of one with Y, undated.

    Returns:
        The units that are meetings of their own now, with the day of the joint report.
    """
    parts: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    joint: dict[str, Cluster] = {}
    for unit in units:
        if len(unit.persons) < 2 or unit.is_visit or unit.yearless:
            continue
        for cluster in index.find_any(unit):
            is_joint = all(len(u.persons) > 2 for u in cluster.units) and bool(cluster.profile.dates)
            is_part = (
                len(unit.persons & cluster.profile.persons) == 2 and not unit.documents & cluster.profile.documents
            )
            if is_joint and is_part and score(unit, cluster.profile) is not None:
                first = cluster.units[0].id
                joint[first] = cluster
                parts[first, min(unit.documents)].append(unit)
    found: list[Unit] = []
    for (first, _), some in sorted(parts.items()):
        cluster = joint[first]
        people = [unit.persons & cluster.profile.persons for unit in some]
        if not cluster.is_dissolved and _are_parts(people, cluster.profile.persons, find_side):
            index.dissolve(cluster, some)
            found += some
    return found


def _are_parts(parts: Sequence[frozenset[str]], whole: frozenset[str], find_side: Callable[[str], str | None]) -> bool:
    """Do meetings make up a joint one: different ones, all with one guest, the others of one state?"""
    guests = frozenset.intersection(*parts)
    sides = {find_side(person) for person in whole - guests} - {None}
    return len(set(parts)) > 1 and frozenset().union(*parts) == whole and bool(guests) and len(sides) <= 1


def _equal_key(unit: Unit) -> tuple[str, ...]:
    """Equal for undated units that may be one without more: two persons at least, in the same place; or one topic."""
    if is_known_by_topic(unit):
        return unit.family, "on", *sorted(unit.topics)
    if len(unit.persons) < 2 or not unit.spots or unit.yearless:
        return (unit.id,)
    return unit.family, *sorted(unit.persons), "in", *sorted(spot.name for spot in unit.spots)


def _anchor(units: Sequence[Unit], index: Index) -> list[Unit] | None:
    """Units of a document without a date, with days of the year put into the one year in which they meet the corpus."""
    anchors = []
    for unit in units:
        if any(days.is_narrow for days in unit.yearless) and not unit.all_dates:
            best = _choose(unit, index.find_any(unit), THRESHOLD)
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
