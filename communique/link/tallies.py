"""Counts that reports claim ("the 18th meeting in the past year") beside what the record itemises of the same kind.

A claim is never counted with, and nothing is added to it: a comparison ``tally`` shows the claim and, one by one, the
engagements of the same people (for a visit: the same guest in the same state) up to the one it is made of, within the
time that the claim names. That the record has fewer is usual (``broader``); as many corroborate; more only show that
claim and record count different things (`different scope`). A report that itemises its own count corroborates nothing
(``same chain``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from communique.link.intervals import Interval, find_interval
from communique.link.places import make_spot
from communique.link.units import get_family
from communique.link.values import find_ordinal
from communique.model import (
    Assertion,
    ComparedValue,
    Comparison,
    Engagement,
    EngagementKind,
    Property,
    Reading,
    Relation,
    Role,
    Status,
    TimeExpression,
    TimeType,
    content_id,
)
from communique.text.timex.days import find_days

Key = tuple[str, ...]
_UNIT_DAYS = {"D": 1, "W": 7, "M": 30.44, "Y": 365.25}


def compare_tallies(
    engagements: Sequence[Engagement], readings: Iterable[Reading], chain: Mapping[str, str]
) -> tuple[Comparison, ...]:
    """Comparisons of claimed counts with what the record has, sorted by id.

    Args:
        engagements: Of all reports.
        readings: For the time that a claim names, and for the words of other engagements.
        chain: For every document the first among its copies.
    """
    claims = [
        (row, account.document, assertion, number)
        for row in engagements
        for account in row.accounts
        for assertion in account.assertions
        if assertion.property is Property.ORDINAL and (number := find_ordinal(assertion.value)) > 1
    ]
    if not claims:
        return ()
    held = {reading.document.id: reading for reading in readings}
    alike = _group(engagements)
    found = []
    for row, document, claim, number in claims:
        window = _find_window(row, claim, held[document].annotations.times)
        key = _get_key(row)
        if window is not None and key is not None:
            found.append(_compare(row, claim, number, _select(alike[key], row, window), (held, chain)))
    return tuple(sorted({row.id: row for row in found}.values(), key=lambda row: row.id))


def _get_key(row: Engagement) -> Key | None:
    """Engagements with one key are of one series: a guest's visits to a state, meetings of the same people."""
    people = sorted({p.entity for p in row.participants if p.entity and p.role is not Role.ABSENT})
    if row.kind is EngagementKind.VISIT:
        state = make_spot(row.place).territory if row.place else ""
        guests = sorted({p.entity for p in row.participants if p.entity and p.role is Role.VISITOR})
        return ("visit", state, *guests) if state and guests else None
    return (get_family(row.kind), *people[:2]) if len(people) == 2 else None


def _group(engagements: Iterable[Engagement]) -> dict[Key, list[tuple[Interval, Engagement]]]:
    """Dated engagements that took place, by series; one of several people is in the series of each two of them."""
    alike: defaultdict[Key, list[tuple[Interval, Engagement]]] = defaultdict(list)
    for row in engagements:
        days = find_interval(row.date)
        if days is None or row.status not in (Status.HAPPENED, Status.ONGOING):
            continue
        people = sorted({p.entity for p in row.participants if p.entity and p.role is not Role.ABSENT})
        if row.kind is EngagementKind.VISIT:
            keys = [key] if (key := _get_key(row)) else []
        else:
            pairs = [(a, b) for i, a in enumerate(people[:8]) for b in people[i + 1 : 8]]
            keys = [(get_family(row.kind), *pair) for pair in pairs]
        for key in keys:
            alike[key].append((days, row))
    return alike


def _find_window(row: Engagement, claim: Assertion, times: Iterable[TimeExpression]) -> Interval | None:
    """The days about which a claim counts: up to the engagement that it is made of. None where that has no date."""
    days = find_interval(row.date)
    if days is None:
        return None
    at = claim.evidence
    for time in times:
        if at.start <= time.start and time.end <= at.end:
            named = find_days(time.value) if time.type is TimeType.DATE else None
            if named and named.start:
                return Interval(named.start, days.end)
            length = _count_days(time.value) if time.type is TimeType.DURATION else 0
            if length:
                return Interval(days.start - timedelta(length), days.end)
    return Interval(date.min, days.end)


def _count_days(value: str) -> int:
    """The most days that a TIMEX3 duration, told in whole units, stands for: "P10M" ten months and a half, 319 days.

    0 where it has no number.
    """
    digits, unit = value[1:-1], value[-1:]
    is_counted = value[:1] == "P" and digits.isdigit() and unit in _UNIT_DAYS
    return int((int(digits) + 0.5) * _UNIT_DAYS[unit]) if is_counted else 0


def _select(series: Iterable[tuple[Interval, Engagement]], row: Engagement, window: Interval) -> list[Engagement]:
    inside = [(days, other) for days, other in series if window.start <= days.end and days.end <= window.end]
    return [other for _, other in sorted(inside, key=lambda pair: (pair[0], pair[1].id)) if other.id != row.id] + [row]


def _compare(
    row: Engagement,
    claim: Assertion,
    number: int,
    items: Sequence[Engagement],
    context: tuple[Mapping[str, Reading], Mapping[str, str]],
) -> Comparison:
    held, chain = context
    values = [ComparedValue(claim.value, claim.evidence.document, claim.evidence, claim.voice)]
    for item in items:
        first = item.evidence[0]
        evidence = held[first.document].document.evidence(first.start, first.end)
        when = item.date.edtf if item.date and item.date.edtf else "no date"
        values.append(ComparedValue(f"{item.title}, {when}", first.document, evidence))
    n = len(items)
    own = claim.evidence.document
    is_own = all(any(chain[account.document] == chain[own] for account in item.accounts) for item in items)
    relation, reason = Relation.BROADER, f"the report counts {number}, the record itemises {n} of them"
    if n == number:
        relation = Relation.SAME_CHAIN if is_own else Relation.CORROBORATES
        reason = f"the record itemises as many, {'all from this report' if is_own else 'some from other reports'}"
    elif n > number:
        relation, reason = Relation.DIFFERENT_SCOPE, f"the report counts {number}, the record has {n} that may be meant"
    places = [word for value in values for word in (value.document, value.evidence.start, value.evidence.end)]
    id = content_id("cmp", row.id, "tally", *places)
    return Comparison(id, row.id, "tally", relation, tuple(values), reason)
