"""When measures were taken, for comparing: what their reports say, and what the reports' own days leave open.

A report without a date tells "last month": once the corpus dates the report, that is a month. What a report tells as
done was done by the day of the report: a bound that is used for the order of measures and shown nowhere as a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.link.intervals import find_interval
from communique.link.merge import unite_evidence
from communique.link.redate import MAX_OPEN, reckon_when
from communique.link.units import PUBLICATION_SLACK
from communique.model import Basis, Measure, Precision, Reading, Status, When
from communique.text.lengths import find_least_days
from communique.text.timex.phrases import Tense

Words = tuple[str, int, int]  # a document and a place in it


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day that a measure may have; None where nothing bounds it."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """The days of reports (None where unknown), and the TIMEX3 values of the words that they use."""

    published: Mapping[str, When | None]
    values: Mapping[Words, str]


def date_measure(measure: Measure, days: Days) -> Measure:
    """A measure with the days that its words mean, now that its report has a date; else the same row."""
    when = measure.date
    published = days.published.get(measure.document)
    known = find_interval(published)
    if when is None or not when.evidence or when.start or when.end or published is None or known is None:
        return measure
    words = when.evidence[0]
    least = find_least_days(days.values.get((words.document, words.start, words.end), ""))
    evidence = unite_evidence((words, *published.evidence))
    if least is not None:
        end = known.end - timedelta(least)
        return replace(
            measure, date=When(f"../{end}", None, end, Precision.UNKNOWN, Basis.INFERRED, evidence, when.note)
        )
    if known.n_days > MAX_OPEN:
        return measure
    tense = Tense.PAST if measure.status is Status.HAPPENED else Tense.FUTURE
    return replace(measure, date=reckon_when(when, known, published, tense))


def find_bounds(measure: Measure, days: Days) -> Bounds:
    """The days that a measure may have: its date, and for what is told as done, up to its report's day."""
    when = measure.date
    first, last = (when.start, when.end) if when is not None else (None, None)
    known = find_interval(days.published.get(measure.document))
    if measure.status is Status.HAPPENED and known is not None:
        by = known.end + timedelta(PUBLICATION_SLACK if find_interval(when) else 0)
        last = min(last, by) if last is not None else by
    return Bounds(first, last if first is None or last is None or last >= first else first)


def find_values(readings: Iterable[Reading]) -> dict[Words, str]:
    """The TIMEX3 value of every time expression, by its place."""
    return {(t.document, t.start, t.end): t.value for reading in readings for t in reading.annotations.times}
