"""When was a report written that prints no date? What the engagements that it tells of leave open.

A report comes after the first day of what it tells as past or under way, and before the last day of what it still
expects; under way are both. It comes after the day on which somebody took the office that it gives him. The days are
those that other reports give, or that follow from the order of engagements (`chains`). Nothing is chosen within what is
left open, and the text itself stays undated: the result has basis inferred, with the words that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from communique.link.chains import Chained, find_begun
from communique.link.entities import Known
from communique.link.intervals import NARROW, Interval, find_interval
from communique.link.merge import make_when, unite_evidence
from communique.link.units import AHEAD
from communique.model import Engagement, Evidence, Reading, Status, When


def infer_published(
    readings: Iterable[Reading],
    engagements: Iterable[Engagement],
    known: Known,
    chained: Mapping[str, Chained] = MappingProxyType({}),
) -> dict[str, When]:
    """Dates of documents without one, as far as the corpus bounds them on both sides.

    Args:
        readings: Layer 1.
        engagements: What linking made of them.
        known: Their entities, for the beginnings of offices.
        chained: Days of event mentions that follow from the order of engagements.

    Returns:
        By document id, the days that are left, basis inferred. Documents with a date of their own, those with a bound
        on one side only, and those whose bounds exclude each other are left out.
    """
    of_mention = {id: row for row in engagements for account in row.accounts for id in account.mentions}
    found = {}
    for reading in readings:
        if find_interval(reading.document.published) is None:
            when = _bound(reading, of_mention, chained, find_in_office(reading, known))
            if when is not None:
                found[reading.document.id] = when
    return dict(sorted(found.items()))


Bound = tuple[date, Evidence]
_NOTE = "bounded by what it tells as past and as still to come"


def find_in_office(reading: Reading, known: Known) -> list[Bound]:
    """The days from which on those in a report held the offices that it gives them, where another report dates them."""
    found = []
    for referent in reading.annotations.referents:
        person = known.get(referent.id)
        if person is not None and referent.offices and any(o.start for o in known.entities[person].offices):
            for start, evidence, _ in find_begun(person, reading.document.id, known):
                found += [(start, e) for e in evidence if e.document != reading.document.id]
    return found


def _bound(
    reading: Reading, of_mention: Mapping[str, Engagement], chained: Mapping[str, Chained], in_office: list[Bound]
) -> When | None:
    after: list[Bound] = list(in_office)
    before: list[Bound] = []
    for event in reading.annotations.events:
        engagement = of_mention.get(event.id)
        if event.id in chained and event.status in (*AHEAD, Status.ONGOING):
            before += [(chained[event.id].days.end, e) for e in (event.trigger, *chained[event.id].evidence)]
        days = find_interval(engagement.date) if engagement else None
        if engagement is None or days is None or not _is_known_elsewhere(engagement, event.document):
            continue
        if event.status in (Status.HAPPENED, Status.ONGOING):
            after.append((days.start, event.trigger))
        if days.n_days <= NARROW and (event.status in AHEAD or event.status is Status.ONGOING):
            before.append((days.end, event.trigger))
    if not after or not before:
        return None
    first, last = max(day for day, _ in after), min(day for day, _ in before)
    if first > last:
        return None
    words = unite_evidence(e for day, e in (*after, *before) if day in (first, last))
    return make_when(Interval(first, last), words, _NOTE)


def _is_known_elsewhere(engagement: Engagement, document: str) -> bool:
    return any(account.document != document for account in engagement.accounts)
