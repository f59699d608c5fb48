"""Days that a report's "then" and "the following day" carry from one engagement to another.

One report may tell the order and another the day: where the meeting told before "the following day" is dated by any
report, what followed it took place a day later; and the other way round. Only days that a report gives are carried, not
those lent by a visit, and never out of the visit that contains an engagement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from communique.link.intervals import Interval, find_interval, get_gap
from communique.link.merge import make_when, unite_evidence
from communique.model import EngagementKind, EventMention, Evidence, Order, Property, Reading, Status, When

_SHIFTS = {Order.SAME_DAY.value: 0, Order.NEXT_DAY.value: 1}
_NOTES = {
    0: "the day of what is told beside it",
    1: "the day after what is told before it",
    -1: "the day before what follows",
}


class Step(NamedTuple):
    """``later`` took place ``n_days`` after ``earlier`` (both numbers of clusters), by these words."""

    earlier: int
    later: int
    n_days: int
    words: Evidence


def find_steps(readings: Iterable[Reading], cluster_of: Mapping[str, int]) -> list[Step]:
    """What the reports say of the order of engagements, each step once, in the order of documents and texts."""
    steps: dict[Step, None] = {}
    for reading in readings:
        told: list[EventMention] = []
        if not any(a.property is Property.ORDER for e in reading.annotations.events for a in e.assertions):
            continue
        for event in sorted(reading.annotations.events, key=lambda e: (e.trigger.start, e.id)):
            for assertion in event.assertions:
                before = _find_before(event, told, cluster_of) if assertion.property is Property.ORDER else None
                if before is not None and event.id in cluster_of:
                    n_days = _SHIFTS[assertion.value]
                    steps[Step(cluster_of[before.id], cluster_of[event.id], n_days, assertion.evidence)] = None
            if event.status is Status.HAPPENED and event.kind is not EngagementKind.VISIT:
                told.append(event)
    return list(steps)


def _find_before(
    event: EventMention, told: Sequence[EventMention], cluster_of: Mapping[str, int]
) -> EventMention | None:
    """The last engagement told before another one that shares somebody with it."""
    who = {p.entity for p in event.participants} - {None}
    for earlier in reversed(told):
        is_other = cluster_of.get(earlier.id) not in (None, cluster_of.get(event.id))
        if is_other and who & {p.entity for p in earlier.participants}:
            return earlier
    return None


def carry_days(steps: Sequence[Step], dates: dict[int, When | None], stays: Mapping[int, Interval]) -> None:
    """Dates what the steps reach, in place.

    Args:
        steps: In a fixed order.
        dates: Of clusters, as reports give them.
        stays: Days of the visit that contains a cluster; a day outside them is not carried.
    """
    changed = True
    while changed:
        changed = False
        for step in steps:
            for known, open_, shift in (
                (step.earlier, step.later, step.n_days),
                (step.later, step.earlier, -step.n_days),
            ):
                when, days = dates.get(known), find_interval(dates.get(known))
                if when is None or days is None or days.n_days > 1 or _is_day(dates.get(open_)):
                    continue
                day = days.start + timedelta(shift)
                found = Interval(day, day)
                own = find_interval(dates.get(open_))
                if any(limit is not None and get_gap(limit, found) for limit in (own, stays.get(open_))):
                    continue
                dates[open_] = make_when(found, unite_evidence((*when.evidence, step.words)), _NOTES[shift])
                changed = True


def _is_day(when: When | None) -> bool:
    days = find_interval(when)
    return days is not None and days.n_days == 1
