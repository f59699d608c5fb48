"""A summit in the host's own country is a visit of the guest: its report is an account of that visit too.

One report says that a president will visit a country in September, another that the two presidents will hold a summit
in a city of that country in September. The summit lies within the visit, and the second report tells of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from communique.link.containment import get_guests
from communique.link.index import Cluster
from communique.link.intervals import find_months, get_gap
from communique.link.units import Unit
from communique.model import EngagementKind

# A summit or visit dated no closer than this is not brought together with another one.
_MAX_DAYS = 31


def share_summits(
    clusters: Sequence[Cluster], inside: Mapping[str, str], find_side: Callable[[str], str | None]
) -> dict[str, str]:
    """Gives visits the reports of the summits that they were made for.

    Returns:
        Unit id of a summit -> unit id of the visit that contains it, where no report says so by itself.
    """
    visits: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.profile.is_visit:
            for guest in get_guests(cluster.profile):
                for month in _find_months(cluster.profile):
                    visits[guest, month].append(cluster)
    found = {}
    for cluster in clusters:
        visit = _find_visit(cluster.profile, visits, find_side) if _is_summit(cluster.profile) else None
        if visit is None:
            continue
        for unit in cluster.units:
            if unit.id not in inside:
                found[unit.id] = visit.units[0].id
            if not unit.documents & visit.profile.documents and unit not in visit.shared:
                visit.shared.append(unit)
                visit.reasons.add("a summit in the host's country, on the guest's visit")
    return found


def _is_summit(unit: Unit) -> bool:
    return EngagementKind.CONFERENCE in unit.kinds and len(unit.persons) == 2 and bool(unit.spots)


def _find_months(unit: Unit) -> list[str]:
    return [month for days in unit.all_dates if days.n_days <= _MAX_DAYS for month in find_months(days)]


def _find_visit(
    summit: Unit, visits: Mapping[tuple[str, str], list[Cluster]], find_side: Callable[[str], str | None]
) -> Cluster | None:
    where = {spot.territory for spot in summit.spots if spot.territory}
    sides = {person: find_side(person) for person in summit.persons}
    guests = [person for person, side in sides.items() if side and side not in where]
    if len(where) != 1 or len(guests) != 1 or not where & set(sides.values()):
        return None
    near = {id(c): c for month in _find_months(summit) for c in visits.get((guests[0], month), ())}
    fitting = [
        cluster
        for cluster in near.values()
        if where & {spot.territory for spot in cluster.profile.spots}
        and all(get_gap(a, b) == 0 for a in summit.all_dates for b in cluster.profile.all_dates)
    ]
    return fitting[0] if len(fitting) == 1 else None
