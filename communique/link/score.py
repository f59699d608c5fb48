"""Are two units one engagement? Named features with weights, each with its reason; or an exclusion.

Excluded are: kinds that no report uses for one occasion, dates that share no day (days of a visit may follow each
other), different cities or states, other people. What is left is scored; `engagements` sets the score against its
thresholds. Weights were set by hand: no single feature but people and date together may reach the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from communique.link.intervals import YEARLESS, Interval, get_gap, project
from communique.link.places import PlaceRelation, compare_places
from communique.link.units import Unit, find_kinds_of_groups
from communique.model import EngagementKind
from communique.text.names import fold_name

WEIGHTS = {
    "same kind": 1.0,
    "kinds used for one occasion": 0.7,
    "same participants": 3.0,
    "same visitor": 2.0,
    "participants of one among the other's": 2.0,
    "shared participants": 1.5,
    "same guest, same kind of people": 2.5,
    "same kind of people": 1.5,
    "same host": 2.0,
    "one participant named": 0.5,
    "known by its place": 1.5,
    "same body's conference": 2.5,
    "known by its topic": 3.0,
    "same day": 3.0,
    "days that follow each other": 2.5,
    "same day of the year": 2.5,
    "day within the other's month": 1.5,
    "days of one visit": 1.5,
    "overlapping dates": 1.0,
    "near the report's date": 1.0,
    "same place": 1.5,
    "place within the other": 1.0,
    "places not known to be one": -1.0,
    "same count claimed": 1.0,
    "same document": 1.0,
    "part of one visit": 1.0,
}
# A date that lies this near to a report's own is its news; further back it is history.
NEWS_DAYS = 14
# What a report tells without a date lies within so many days of the report.
TIME_DAYS = 60


class Score(NamedTuple):
    """The sum of the weights of what speaks for it, and what that is."""

    total: float
    reasons: tuple[str, ...]


def score(unit: Unit, other: Unit, in_document: bool = False) -> Score | None:
    """How well two units agree; None when they exclude each other. Symmetric.

    Args:
        unit: One of them.
        other: The other one; may stand for several reports.
        in_document: Both are of one document, where repeating an engagement is usual.
    """
    if unit.family != other.family or (in_document and _contains(unit, other)):
        return None
    found = []
    for feature in (_compare_people, _compare_dates, _compare_spots):
        reason = feature(unit, other, in_document)
        if reason is None:
            return None
        found += reason
    found.append("same kind" if unit.kinds & other.kinds else "kinds used for one occasion")
    if unit.ordinals & other.ordinals:
        found.append("same count claimed")
    if in_document:
        found.append("same document")
    if unit.context_visits & other.context_visits:
        found.append("part of one visit")
    return Score(sum(WEIGHTS[reason] for reason in found), tuple(found))


def _contains(a: Unit, b: Unit) -> bool:
    """Does the report say that one took place at the other?"""
    ids_a, ids_b = ({mention.id for mention in unit.mentions} for unit in (a, b))
    return any(m.parent in ids_b for m in a.mentions) or any(m.parent in ids_a for m in b.mentions)


def _compare_people(a: Unit, b: Unit, in_document: bool) -> list[str] | None:
    if a.is_visit:
        guests_a, guests_b = a.visitors or a.who, b.visitors or b.who
        return ["same visitor"] if guests_a & guests_b else None
    if a.persons and b.persons:
        return _compare_persons(a, b, in_document)
    if a.who and b.who:
        if a.bodies == b.bodies and len(a.bodies) == 1 and EngagementKind.CONFERENCE in a.kinds | b.kinds:
            return ["same body's conference"]
        if a.bodies & b.bodies and not (a.persons or b.persons):
            return _compare_sets(a.bodies, b.bodies, in_document)
        return None
    if a.groups and b.groups and not (a.who or b.who) and not _same_people(a.groups, b.groups):
        return None
    if a.groups and b.groups and not (a.who and b.who) and len(a.who | b.who) < 3 and _same_people(a.groups, b.groups):
        return ["same kind of people"]
    if is_known_by_topic(a) and is_known_by_topic(b):
        return ["known by its topic"] if a.topics & b.topics and (in_document or _is_of_one_time(a, b)) else None
    if compare_places(a.spots, b.spots) is PlaceRelation.SAME:
        return ["known by its place"] if not (a.who or b.who) else []
    # A visit has one press conference and one dinner, as long as no report names two.
    once = a.family in ("press_conference", "dinner") and a.context_visits & b.context_visits
    return [] if a.who or b.who or once else None


def is_known_by_topic(unit: Unit) -> bool:
    """A conference without participants or place, told by what it is about: "a conference on Syria"."""
    is_nameless = not (unit.who or unit.groups or unit.spots)
    return is_nameless and EngagementKind.CONFERENCE in unit.kinds and bool(unit.topics)


def _is_of_one_time(a: Unit, b: Unit) -> bool:
    """Reports written within two months of each other mean one conference."""
    if a.all_dates and b.all_dates:
        return True
    edges_a, edges_b = ([_get_edge(bound) for bound in unit.bounds] for unit in (a, b))
    return any(abs((x - y).days) <= TIME_DAYS for x in edges_a for y in edges_b)


def _get_edge(bound: Interval) -> date:
    """The end of a bound that lies at its report's day."""
    return bound.end if bound.start.year == 1 else bound.start


def _compare_persons(a: Unit, b: Unit, in_document: bool) -> list[str] | None:
    shared = a.persons & b.persons
    if not shared and a.context_visits & b.context_visits and (a.persons <= a.hosts or b.persons <= b.hosts):
        return ["same kind of people"] if a.groups and b.groups and _same_people(a.groups, b.groups) else None
    if a.persons == b.persons == a.hosts == b.hosts and a.family == "dinner":
        return ["same host"]
    if len(shared) >= 2:
        return _compare_sets(a.persons, b.persons, in_document)
    if not shared:
        return None
    alone_a, alone_b = a.persons == shared, b.persons == shared
    if a.groups and b.groups and (alone_a or alone_b):
        return ["same guest, same kind of people"] if _same_people(a.groups, b.groups) else None
    if a.persons == b.persons and (a.bodies & b.bodies):
        return ["participants of one among the other's"]
    if (alone_a and not a.groups and not a.bodies) or (alone_b and not b.groups and not b.bodies):
        return ["one participant named"]
    return None


def _compare_sets(a: frozenset[str], b: frozenset[str], in_document: bool) -> list[str] | None:
    if a == b:
        return ["same participants"] if len(a) > 1 else ["one participant named"]
    if len(a & b) < 2:
        return None
    # Within a document, "talks with X and Y" beside "talks with X" is more often two meetings than one.
    if in_document and min(len(a), len(b)) < 3:
        return None
    return ["participants of one among the other's"] if a <= b or b <= a else ["shared participants"]


def _same_people(a: Iterable[str], b: Iterable[str]) -> bool:
    words_a, words_b = {fold_name(words) for words in a}, {fold_name(words) for words in b}
    return bool(words_a & words_b or find_kinds_of_groups(words_a) & find_kinds_of_groups(words_b))


def _compare_spots(a: Unit, b: Unit, _: bool) -> list[str] | None:
    """Own places first; what a visit lends counts only where one of the two has none of its own."""
    relation = compare_places(a.spots, b.spots)
    if relation in (PlaceRelation.UNKNOWN, PlaceRelation.OTHER):
        lent = compare_places(a.all_spots, b.all_spots)
        relation = lent if lent in (PlaceRelation.EXCLUDED, PlaceRelation.CONTAINED, PlaceRelation.SAME) else relation
    if relation is PlaceRelation.EXCLUDED or (relation is PlaceRelation.OTHER and _are_two_visits(a, b)):
        return None
    return {
        PlaceRelation.SAME: ["same place"],
        PlaceRelation.CONTAINED: ["place within the other"],
        PlaceRelation.OTHER: ["places not known to be one"],
    }.get(relation, [])


def _are_two_visits(a: Unit, b: Unit) -> bool:
    """Two towns, each with days of its own: two legs of a journey, though no table knows one of the towns."""
    days_a, days_b = ({d for d in unit.dates if d.is_narrow and d.n_days > 1} for unit in (a, b))
    return a.is_visit and b.is_visit and bool(days_a and days_b) and not days_a & days_b


def _compare_dates(a: Unit, b: Unit, _: bool) -> list[str] | None:
    if a.all_dates and b.all_dates:
        return _compare_intervals(a, b)
    if a.yearless and b.yearless:
        return _compare_yearless(a.yearless, b.yearless, a.is_visit)
    for undated, dated in ((a, b), (b, a)):
        if undated.yearless and dated.all_dates:
            years = {year for days in dated.all_dates for year in (days.start.year, days.end.year)}
            readings = [p for y in sorted(years) for days in undated.yearless if (p := project(days, y))]
            best = [r for p in readings if (r := _compare_yearless(frozenset([p]), dated.all_dates, a.is_visit))]
            if not best:
                return None
            return max(best, key=lambda reasons: WEIGHTS[reasons[0]])
        if undated.bounds and dated.all_dates:
            return _compare_bounds(undated.bounds, dated)
    return []


def _compare_intervals(a: Unit, b: Unit) -> list[str] | None:
    gap = _find_gap(a.all_dates, b.all_dates, a.is_visit)
    if gap is None:
        return None
    if not (a.dates and b.dates):
        return ["days of one visit"]
    narrow_a, narrow_b = any(d.is_narrow for d in a.dates), any(d.is_narrow for d in b.dates)
    if narrow_a and narrow_b:
        return ["same day" if gap == 0 else "days that follow each other"]
    return _rate_wide(a.dates | b.dates)


def _rate_wide(dates: Iterable[Interval]) -> list[str]:
    return ["day within the other's month" if max(days.n_days for days in dates) <= 31 else "overlapping dates"]


def _find_gap(a: frozenset[Interval], b: frozenset[Interval], is_visit: bool) -> int | None:
    """The largest gap between dates of both that may stand; None when one is too large."""
    if is_visit:
        # A visit has several days: those of each side are taken together.
        a, b = _take_hull(a), _take_hull(b)
    gaps = [(get_gap(x, y), is_visit and x.is_narrow and y.is_narrow) for x in a for y in b]
    return max(gap for gap, _ in gaps) if all(gap <= follows for gap, follows in gaps) else None


def _take_hull(dates: frozenset[Interval]) -> frozenset[Interval]:
    narrow = [days for days in dates if days.is_narrow]
    wide = {days for days in dates if not days.is_narrow}
    if not narrow:
        return dates
    return frozenset({Interval(min(days.start for days in narrow), max(days.end for days in narrow)), *wide})


def _compare_yearless(a: frozenset[Interval], b: frozenset[Interval], is_visit: bool) -> list[str] | None:
    if _find_gap(a, b, is_visit) is None:
        return None
    if any(days.is_narrow for days in a) and any(days.is_narrow for days in b):
        return ["same day of the year"]
    return _rate_wide([*a, *b]) if max(days.end.year for days in a) > YEARLESS else ["overlapping dates"]


def _compare_bounds(bounds: frozenset[Interval], dated: Unit) -> list[str] | None:
    if any(get_gap(bound, days) for bound in bounds for days in dated.all_dates):
        return None
    edges = [_get_edge(bound) for bound in bounds]
    narrow = [days for days in dated.all_dates if days.is_narrow]
    if any(get_gap(Interval(edge, edge), days) <= NEWS_DAYS for edge in edges for days in narrow):
        return ["near the report's date"]
    # Without a date of its own, what a report tells is of its time: last year's meeting of the same two is another one.
    is_of_its_time = any(get_gap(Interval(edge, edge), days) <= TIME_DAYS for edge in edges for days in dated.all_dates)
    return [] if is_of_its_time else None
