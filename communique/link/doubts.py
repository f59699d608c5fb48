"""Two engagements that may be one told with two dates or places: `compare_days`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from communique.link.accounts import collect
from communique.link.comparisons import make_comparison
from communique.link.intervals import Interval, find_interval, get_gap
from communique.link.places import PlaceRelation, compare_spots, make_spot
from communique.link.said import Layer1, Said
from communique.model import Comparison, Engagement, Property, Relation

# So many days apart two voices may date one meeting, and so many characters apart in their report.
_FAR = 7
_NEAR = 600


def compare_days(engagements: Iterable[Engagement], layer1: Layer1, chain: Mapping[str, str]) -> list[Comparison]:
    """Two meetings of the same people on neighbouring days, or on one day in two cities: one or two?

    Shown where no report has both, and where both are not parts of one stay.
    """
    found = []
    alike: defaultdict[tuple[str, ...], list[tuple[Interval, Engagement]]] = defaultdict(list)
    for engagement in engagements:
        people = sorted({p.entity for p in engagement.participants if p.entity and p.present is not False})
        days = find_interval(engagement.date)
        if len(people) > 1 and days and days.n_days == 1:
            alike[engagement.kind.value, *people].append((days, engagement))
    for same in alike.values():
        ordered = sorted(same, key=lambda pair: (pair[0], pair[1].id))
        for (days, a), (later, b) in pairwise(ordered):
            documents = [{chain[account.document] for account in engagement.accounts} for engagement in (a, b)]
            gap = get_gap(days, later)
            if documents[0] == documents[1] and len(documents[0]) == 1 and gap <= _FAR:
                found += _doubt_voices(a, b, Property.WHEN if gap else Property.PLACE, layer1)
            if gap > 1 or documents[0] & documents[1] or (a.parent is not None and a.parent == b.parent):
                continue
            if gap or _are_elsewhere(a, b):
                found.append(_doubt(a, b, Property.WHEN if gap else Property.PLACE, layer1))
    return found


def _doubt_voices(a: Engagement, b: Engagement, name: Property, layer1: Layer1) -> list[Comparison]:
    """One report that has a day, or a city, from one speaker and another from another, within a few lines."""
    said = [[v for v in collect(one, layer1).get(name, ()) if name is Property.PLACE or _is_day(v)] for one in (a, b)]
    if any(len({v.form for v in values}) != 1 or any(v.voice is None for v in values) for values in said):
        return []
    x, y = said[0][0], said[1][0]
    is_near = abs(x.evidence.start - y.evidence.start) <= _NEAR
    if not is_near or x.origins & y.origins or (x.voice and y.voice and x.voice.name == y.voice.name):
        return []
    if name is Property.PLACE and not _are_elsewhere(a, b):
        return []
    what = "days" if name is Property.WHEN else "places"
    reason = f"two meetings, or one with two {what}: two voices of one report; the other is {b.id}"
    return [make_comparison(a.id, name, Relation.CONTRADICTS, [*said[0], *said[1]], reason)]


def _doubt(a: Engagement, b: Engagement, name: Property, layer1: Layer1) -> Comparison:
    said = [v for engagement in (a, b) for v in collect(engagement, layer1).get(name, ())]
    what = "dates" if name is Property.WHEN else "places"
    reason = f"two meetings, or one with two {what}: no report has both; the other is {b.id}"
    told = [v for v in said if name is Property.PLACE or _is_day(v)]
    return make_comparison(a.id, name, Relation.CONTRADICTS, told, reason)


def _are_elsewhere(a: Engagement, b: Engagement) -> bool:
    if a.place is None or b.place is None:
        return False
    return compare_spots(make_spot(a.place), make_spot(b.place)) is PlaceRelation.EXCLUDED


def _is_day(said: Said) -> bool:
    return isinstance(said.form, Interval) and said.form.n_days == 1
