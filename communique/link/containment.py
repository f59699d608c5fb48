"""Within one document: which meetings, dinners, press conferences and ceremonies belong to which visit.

A report of a visit seldom repeats day and town for each thing that took place on it. `lend_context` finds the visit by
the guest, by what is known of days and places, and by what the report says itself (``parent``), and lends days and
places both ways: of the visit to what it contains, of what it contains to a visit without a date. Where two visits
come into question, the one that is the report's news is meant; else none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.link.intervals import Interval, get_gap, project
from communique.link.places import PlaceRelation, compare_places
from communique.link.score import NEWS_DAYS
from communique.link.units import Unit
from communique.model import EngagementKind

# What a visit may contain.
CONTAINED_KINDS = frozenset(
    {
        EngagementKind.MEETING,
        EngagementKind.TALKS,
        EngagementKind.DINNER,
        EngagementKind.PRESS_CONFERENCE,
        EngagementKind.CEREMONY,
        EngagementKind.SIGNING,
    }
)
# Of these a report need not say who takes part.
_NAMELESS_KINDS = frozenset({EngagementKind.PRESS_CONFERENCE, EngagementKind.DINNER})
# Days of one visit lie within this many.
VISIT_DAYS = 7


def lend_context(units: Sequence[Unit]) -> tuple[list[Unit], dict[str, str]]:
    """Units of one document -> the same with their context, and unit id -> id of the visit that contains it."""
    visits = [unit for unit in units if unit.is_visit and (unit.visitors or unit.who)]
    inside = {}
    contained: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        visit = _find_visit(unit, visits)
        if visit is not None:
            inside[unit.id] = visit.id
            contained[visit.id].append(unit)
    dated = {visit.id: _date_visit(visit, contained[visit.id]) for visit in visits}
    return [_lend(dated.get(unit.id, unit), dated.get(inside.get(unit.id, ""))) for unit in units], inside


def get_guests(visit: Unit) -> frozenset[str]:
    """Those who are on a visit: visitors, or whoever takes part where no report says who came."""
    return visit.visitors or visit.who


def _find_visit(unit: Unit, visits: Sequence[Unit]) -> Unit | None:
    if unit.is_visit or not unit.kinds & CONTAINED_KINDS:
        return None
    parents = {mention.parent for mention in unit.mentions if mention.parent}
    stated = [visit for visit in visits if parents & {mention.id for mention in visit.mentions}]
    if stated:
        return stated[0]
    fitting = [visit for visit in visits if _may_contain(visit, unit)]
    if not _may_leave_out_guest(unit):
        fitting = [visit for visit in fitting if get_guests(visit) & (unit.persons | unit.visitors)]
    if len(fitting) > 1:
        fitting = [visit for visit in fitting if _is_news(visit)]
    return fitting[0] if len(fitting) == 1 else None


def _may_leave_out_guest(unit: Unit) -> bool:
    """Reports name the host alone for a dinner, nobody for a press conference or for talks on the days of the visit."""
    if unit.kinds & _NAMELESS_KINDS:
        return len(unit.persons) < 2
    if unit.hosts and unit.groups and unit.who <= unit.hosts and not unit.ahead:
        return True  # "the ambassador gave a reception for students", in a report of a visit
    return unit.is_dated and not unit.who and not unit.groups


def _may_contain(visit: Unit, unit: Unit) -> bool:
    if visit.ahead and not unit.ahead:
        return False
    if compare_places(visit.spots, unit.spots) is PlaceRelation.EXCLUDED:
        return False
    days, own = find_days(visit.dates), find_days(unit.dates)
    if unit.dates:
        # A month alone ("they last met in April") does not make a meeting part of a visit.
        near = {days} if days is not None else visit.dates
        return own is not None and all(get_gap(stay, own) <= stay.is_narrow for stay in near)
    if unit.yearless:
        own = find_days(unit.yearless)
        if own is None:
            return False
        if days is not None:
            readings = [project(own, year) for year in {days.start.year, days.end.year}]
            return any(reading is not None and get_gap(days, reading) <= 1 for reading in readings)
        stated = find_days(visit.yearless)
        return stated is None or get_gap(stated, own) <= 1
    return True


def find_days(dates: Iterable[Interval]) -> Interval | None:
    """From the first to the last of the narrow intervals; None without any, or when they lie too far apart."""
    narrow = [days for days in dates if days.is_narrow]
    if not narrow:
        return None
    hull = Interval(min(days.start for days in narrow), max(days.end for days in narrow))
    return hull if hull.is_narrow else None


def _is_news(visit: Unit) -> bool:
    """True for a visit whose days are near the date of its report, or that a report puts there by itself."""
    days = find_days(visit.dates)
    published = {bound.end if bound.start.year == 1 else bound.start for bound in visit.bounds}
    return days is not None and any(get_gap(Interval(day, day), days) <= NEWS_DAYS for day in published)


def _date_visit(visit: Unit, contained: Sequence[Unit]) -> Unit:
    """A visit without a date takes the days of what it contains, where these lie near each other."""
    if find_days(visit.all_dates) or visit.yearless:
        return visit
    days = find_days({days for unit in contained for days in unit.dates})
    if days is not None and days.n_days <= VISIT_DAYS:
        return replace(visit, context_dates=frozenset([days]))
    days = find_days({days for unit in contained for days in unit.yearless})
    if days is not None and days.n_days <= VISIT_DAYS:
        return replace(visit, yearless=frozenset([days]))
    return visit


def _lend(unit: Unit, visit: Unit | None) -> Unit:
    if visit is None:
        return unit
    days = find_days(visit.all_dates)
    if find_days(unit.all_dates) or unit.yearless or days is None:
        return replace(unit, context_spots=visit.spots)
    return replace(unit, context_spots=visit.spots, context_dates=frozenset([days]))
