"""Days of undated reports, once the corpus bounds when they were written: "last month" of a report of May is April.

A report's relative words are reckoned from the first and from the last day that its date leaves open, and the result is
as wide as that: "Tuesday" in a report of February to April is one of the Tuesdays from the first to the last of them.
Basis is inferred, with the words and what the report's own date rests on. What a report dates itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from communique.link.chains import Chained
from communique.link.intervals import Interval, find_interval, find_yearless
from communique.link.merge import make_when, unite_evidence
from communique.link.units import AHEAD
from communique.model import (
    Basis,
    EventMention,
    Evidence,
    Office,
    Property,
    Reading,
    Referent,
    Statement,
    TimeExpression,
    TimeType,
    When,
)
from communique.text.timex.days import find_days
from communique.text.timex.finder import find_time_expressions
from communique.text.timex.phrases import Context, Tense, TimePhrase
from communique.text.timex.values import resolve

# Wider than this, a report's date says too little to reckon from.
MAX_OPEN = 120
_NOTE = "reckoned from the report's inferred date"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date_readings(
    readings: Sequence[Reading], published: Mapping[str, When], chained: Mapping[str, Chained]
) -> list[Reading]:
    """Readings with the days that can be told now.

    Args:
        readings: Layer 1.
        published: Dates of undated reports, worked out from the corpus.
        chained: Days of event mentions by id, worked out from the order of engagements.

    Returns:
        The same readings in the same order; those about which nothing new is known are the same objects.
    """
    return [_date(reading, published.get(reading.document.id), chained) for reading in readings]


def _date(reading: Reading, when: When | None, chained: Mapping[str, Chained]) -> Reading:
    days = find_interval(when)
    if when is None or days is None or days.n_days > MAX_OPEN:
        when, days = None, None
    found = reading.annotations
    times = {(t.start, t.end): t for t in found.times if t.type in (TimeType.DATE, TimeType.TIME)}
    events = []
    for event in found.events:
        dated = _find_date(event, times, days, when, chained.get(event.id))
        events.append(event if dated is None or dated == event.date else replace(event, date=dated))
    referents = [_date_offices(r, reading, days, when) for r in found.referents] if days else found.referents
    statements = [_date_statement(row, days, when) for row in found.statements] if days else found.statements
    before = (*found.events, *found.referents, *found.statements)
    if all(a is b for a, b in zip((*events, *referents, *statements), before, strict=True)):
        return reading
    rows = replace(found, events=tuple(events), referents=tuple(referents), statements=tuple(statements))
    return replace(reading, annotations=rows)


def _date_statement(row: Statement, published: Interval, when: When | None) -> Statement:
    """A statement of which only words without a year or a day tell when it was made."""
    made = reckon_when(row.made, published, when, Tense.PAST)
    return row if made is row.made else replace(row, made=made)


def reckon_when(told: When | None, published: Interval, report: When | None, tense: Tense) -> When | None:
    """The days that a date's words mean in an undated report, as far as the report's own days tell.

    Args:
        told: A date of a row, whose first evidence is the words of the date; it is returned as it is where it has days.
        published: The days on which the report may have been written.
        report: The same, with its evidence.
        tense: Of what is dated.
    """
    if told is None or report is None or told.start or told.end or not told.evidence:
        return told
    days, note = _reckon(told.evidence[0].quote, published, tense)
    if days is None:
        return told
    return make_when(_clip(days, note), unite_evidence((*told.evidence, *report.evidence)), note)


def _find_date(
    event: EventMention,
    times: Mapping[tuple[int, int], TimeExpression],
    published: Interval | None,
    when: When | None,
    chained: Chained | None,
) -> When | None:
    is_open = find_interval(event.date) is None or (event.date is not None and event.date.basis is Basis.INFERRED)
    if not is_open:
        return None
    said = [a.evidence for a in event.assertions if a.property is Property.WHEN]
    reckoned, note, evidence = None, "", list[Evidence]()
    if published is not None and when is not None and said and (said[0].start, said[0].end) in times:
        tense = Tense.FUTURE if event.status in AHEAD else Tense.PAST
        reckoned, note = _reckon(said[0].quote, published, tense)
        evidence = [*said, *when.evidence]
    if chained is not None:
        limits = chained.days
        first = max(limits.start, reckoned.start) if reckoned else limits.start
        last = min(limits.end, reckoned.end) if reckoned else limits.end
        reckoned = Interval(first, last) if first <= last else limits
        note = f"{note}, {chained.note}" if note and note != _NOTE else chained.note
        evidence += chained.evidence
    return make_when(_clip(reckoned, note), unite_evidence(evidence), note) if reckoned else None


def _clip(days: Interval, note: str) -> Interval:
    """From the first to the last such weekday of the days."""
    named = [n for n, name in enumerate(_WEEKDAYS) if note.startswith(f"a {name}")]
    if not named:
        return days
    first = days.start + timedelta((named[0] - days.start.weekday()) % 7)
    last = days.end - timedelta((days.end.weekday() - named[0]) % 7)
    return Interval(first, last) if first <= last else days


def _reckon(quote: str, published: Interval, tense: Tense) -> tuple[Interval | None, str]:
    """The days that words mean in a report of some day of ``published``, and a note; None where they mean none."""
    phrases = find_time_expressions(quote)
    if len(phrases) != 1:
        return None, ""
    ends = [_resolve(phrases[0], day, tense) for day in published]
    if ends[0] is None or ends[1] is None or ends[1].end < ends[0].start:
        return None, ""
    weekday = phrases[0].value.rpartition("-WXX-")[2] if "-WXX-" in phrases[0].value else ""
    is_open = ends[0] != ends[1]
    if is_open and find_yearless(phrases[0].value):
        return None, ""  # which of two years
    if find_yearless(phrases[0].value):
        return Interval(ends[0].start, ends[1].end), "year from the corpus"
    note = f"a {_WEEKDAYS[int(weekday) - 1]}" if weekday and is_open else _NOTE
    return Interval(ends[0].start, ends[1].end), note


def _resolve(phrase: TimePhrase, day: date, tense: Tense) -> Interval | None:
    days = find_days(resolve(phrase, Context(report=day, tense=tense)).value)
    return Interval(days.start, days.end) if days and days.start and days.end else None


def _date_offices(referent: Referent, reading: Reading, published: Interval | None, when: When | None) -> Referent:
    """Beginnings of offices that a report gives without a year."""
    if published is None or when is None or not any(find_yearless(o.start) for o in referent.offices):
        return referent
    return replace(referent, offices=tuple(_date_office(o, published, when) for o in referent.offices))


def _date_office(office: Office, published: Interval, when: When) -> Office:
    if not find_yearless(office.start) or office.start is None:
        return office
    phrase = TimePhrase(0, 0, TimeType.DATE, office.start)
    values = {resolve(phrase, Context(report=day, tense=Tense.PAST)).value for day in published}
    if len(values) != 1:
        return office
    return replace(office, start=values.pop(), evidence=unite_evidence((*office.evidence, *when.evidence)))
