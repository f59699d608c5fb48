"""Measures of all documents: which answers which, and whether the dates agree with that.

A report that says only "in response to the list" may name the list without telling more of it; where that name is one
measure's in another report, the answer points there when the own report has nothing with a date. An effect dated before
its cause is flagged, never corrected: one of the dates, or the word "response", may be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.link.intervals import find_interval
from communique.model import Measure, OrderCheck, When
from communique.text.names import fold_name


def link_measures(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Measures with ``answers`` pointing to the best dated measure of that name, and ``order_check``; sorted by id."""
    by_id = {measure.id: measure for measure in measures}
    by_name = _index_names(list(by_id.values()))
    linked = []
    for _, measure in sorted(by_id.items()):
        answered = by_id.get(measure.answers or "")
        linked.append(replace(measure, answers=_find_dated(answered, by_name).id if answered else None))
    return check_orders(linked)


def check_orders(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Measures, in the same order, with ``order_check`` as their days and ``answers`` have it."""
    by_id = {measure.id: measure for measure in measures}
    by_name = _index_names(measures)
    checked = []
    for measure in measures:
        answered = by_id.get(measure.answers or "")
        dates = [_find_date(row, by_name) for row in (measure, answered) if row]
        check = _check_order(*dates) if len(dates) == 2 else OrderCheck.UNKNOWN
        checked.append(measure if check is measure.order_check else replace(measure, order_check=check))
    return tuple(checked)


def _index_names(measures: Sequence[Measure]) -> Mapping[tuple[str, str], list[Measure]]:
    by_name: defaultdict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        by_name[measure.kind, fold_name(measure.name)].append(measure)
    return by_name


def _find_dated(measure: Measure, by_name: Mapping[tuple[str, str], list[Measure]]) -> Measure:
    """The measure itself when it is dated, else the one dated measure of its kind and name, else itself."""
    if find_interval(measure.date):
        return measure
    dated = [other for other in by_name[measure.kind, fold_name(measure.name)] if find_interval(other.date)]
    return dated[0] if len(dated) == 1 else measure


def _find_date(measure: Measure, by_name: Mapping[tuple[str, str], list[Measure]]) -> When | None:
    return _find_dated(measure, by_name).date


def _check_order(effect: When | None, cause: When | None) -> OrderCheck:
    """Effect before cause only when every day that the effect may have lies before every day of the cause."""
    later, earlier = find_interval(effect), find_interval(cause)
    if later is None or earlier is None:
        return OrderCheck.UNKNOWN
    if later.end < earlier.start:
        return OrderCheck.EFFECT_BEFORE_CAUSE
    return OrderCheck.OK if earlier.end <= later.start else OrderCheck.UNKNOWN
