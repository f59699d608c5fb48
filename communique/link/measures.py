"""Measures of all documents: which rows are one measure, which answers which, and whether the dates agree with that.

Order of the steps: days of undated reports (`measure_dates`), one measure in several reports (`alike_measures`),
answers whose cause another report tells, and the order. A report that says only "in response to the list" may name the
list without telling more of it: the answer then points to the dated row of the same measure. An effect dated before
its cause is flagged, never corrected: one of the dates, or the word "response", may be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from communique.link.alike_measures import find_own_words, find_same, get_side
from communique.link.intervals import find_interval
from communique.link.measure_dates import Bounds, Days, date_measure, find_bounds
from communique.model import (
    ComparedValue,
    Comparison,
    Measure,
    MeasureKind,
    OrderCheck,
    Relation,
    Status,
    content_id,
)

NOTHING = Days({}, {})


def link_measures(
    measures: Sequence[Measure], days: Days = NOTHING, sides: Mapping[str, str | None] | None = None
) -> tuple[Measure, ...]:
    """Measures with ``same_as``, ``answers`` and ``order_check``; sorted by id.

    Args:
        measures: Of all documents, pointing to layer 2.
        days: Of their reports.
        sides: The state of an entity, where known.
    """
    known = sides or {}
    by_id = {measure.id: date_measure(measure, days) for measure in measures}
    same = find_same(list(by_id.values()), known)
    groups: defaultdict[str, list[Measure]] = defaultdict(list)
    for id, measure in sorted(by_id.items()):
        groups[same.get(id, id)].append(measure)
    named = _index_names(by_id.values())
    linked = []
    for id, measure in sorted(by_id.items()):
        answered = by_id.get(measure.answers or "") or _find_elsewhere(measure, named, known)
        row = replace(measure, same_as=first if (first := same.get(id)) != id else None)
        if answered is not None and same.get(answered.id, answered.id) != same.get(id, id):
            causes = groups[same.get(answered.id, answered.id)]
            check = _check_order(_unite(groups[same.get(id, id)], days), _unite(causes, days))
            row = replace(row, answers=_find_dated(answered, causes).id, order_check=check)
        linked.append(row)
    return tuple(linked)


def check_orders(measures: Sequence[Measure], days: Days) -> tuple[Measure, ...]:
    """Linked measures, in the same order, with ``order_check`` as their rows have it now."""
    by_id = {measure.id: measure for measure in measures}
    groups: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in sorted(measures, key=lambda row: row.id):
        groups[measure.same_as or measure.id].append(measure)
    checked = []
    for measure in measures:
        cause = by_id.get(measure.answers or "")
        check = OrderCheck.UNKNOWN
        if cause is not None and (cause.same_as or cause.id) != (measure.same_as or measure.id):
            own, causes = groups[measure.same_as or measure.id], groups[cause.same_as or cause.id]
            check = _check_order(_unite(own, days), _unite(causes, days))
        checked.append(measure if check is measure.order_check else replace(measure, order_check=check))
    return tuple(checked)


# --- causes that another report tells -------------------------------------------------------------


def _index_names(measures: Iterable[Measure]) -> Mapping[str, list[Measure]]:
    named: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        for word in find_own_words(measure.name):
            named[word].append(measure)
    return named


def _find_elsewhere(
    measure: Measure, named: Mapping[str, list[Measure]], sides: Mapping[str, str | None]
) -> Measure | None:
    """The one measure of another report that has the words of what this one is said to answer."""
    if measure.cause is None:
        return None
    words = find_own_words(measure.cause.quote)
    side = get_side(measure.actor, sides)
    found = {
        other.id: other
        for word in words
        for other in named.get(word, ())
        if other.document != measure.document
        and other.kind is not MeasureKind.ROLLBACK
        and words <= find_own_words(other.name)
        and (side is None or get_side(other.actor, sides) != side)
    }
    dated = [other for other in found.values() if find_interval(other.date)]
    chosen = dated or list(found.values())
    names = {(other.kind, get_side(other.actor, sides)) for other in chosen}
    return min(chosen, key=lambda other: other.id) if len(names) == 1 else None


# --- the order ------------------------------------------------------------------------------------


def _find_dated(measure: Measure, group: Sequence[Measure]) -> Measure:
    """The measure itself when it is dated, else the row of the same measure that is dated best, else itself."""
    if find_interval(measure.date):
        return measure
    dated = [(days.n_days, row.id, row) for row in group if (days := find_interval(row.date))]
    return min(dated, key=lambda one: one[:2])[2] if dated else measure


def _unite(group: Sequence[Measure], days: Days) -> Bounds:
    """The days that all reports of a measure leave open together; those that exclude each other leave nothing known."""
    real = [row for row in group if row.status not in (Status.POSSIBLE, Status.CANCELLED, Status.DENIED)]
    bounds = [find_bounds(row, days) for row in real]
    first = max((b.first for b in bounds if b.first), default=None)
    last = min((b.last for b in bounds if b.last), default=None)
    return Bounds(first, last) if first is None or last is None or first <= last else Bounds(None, None)


def compare_orders(measures: Sequence[Measure], days: Days) -> tuple[Comparison, ...]:
    """The order of every measure that is dated before what it answers, both with their words; sorted by id."""
    by_id = {measure.id: measure for measure in measures}
    groups: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        groups[measure.same_as or measure.id].append(measure)
    found = []
    for measure in measures:
        cause = by_id.get(measure.answers or "")
        if cause is not None and measure.order_check is OrderCheck.EFFECT_BEFORE_CAUSE:
            own = groups[measure.same_as or measure.id]
            values = [_tell(min(own, key=lambda row: _get_last(row, days)), days), _tell(cause, days)]
            id = content_id("cmp", measure.id, "order", cause.id)
            reason = "the answer is dated before what it is said to answer"
            found.append(Comparison(id, measure.id, "order", Relation.CONTRADICTS, tuple(values), reason))
    return tuple(sorted(found, key=lambda row: row.id))


def _get_last(measure: Measure, days: Days) -> tuple[date, str]:
    return find_bounds(measure, days).last or date.max, measure.id


def _tell(measure: Measure, days: Days) -> ComparedValue:
    last = find_bounds(measure, days).last
    known = measure.date.edtf if measure.date and measure.date.edtf else f"../{last}" if last else "no date"
    return ComparedValue(f"{measure.name}, {known}", measure.document, measure.evidence[0])


def _check_order(effect: Bounds, cause: Bounds) -> OrderCheck:
    """Effect before cause only when every day that the effect may have lies before every day of the cause."""
    if effect.last is not None and cause.first is not None and effect.last < cause.first:
        return OrderCheck.EFFECT_BEFORE_CAUSE
    if effect.first is not None and cause.last is not None and cause.last <= effect.first:
        return OrderCheck.OK
    return OrderCheck.UNKNOWN
