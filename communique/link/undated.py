"""When was a report written that prints no date? What the engagements that it tells of leave open.

A report comes after the first day of what it tells as past or under way, and before the last day of what it still
expects; under way are both. The days are those that other reports give. Nothing is chosen within what is left open,
and the text itself stays undated: the result has basis inferred, with the words that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from communique.link.intervals import NARROW, Interval, find_interval
from communique.link.merge import make_when, unite_evidence
from communique.link.units import AHEAD
from communique.model import Engagement, Evidence, Linked, Reading, Status, When


def infer_published(readings: Iterable[Reading], linked: Linked) -> dict[str, When]:
    """Dates of documents without one, as far as the corpus bounds them on both sides.

    Args:
        readings: Layer 1.
        linked: What `link` made of them.

    Returns:
        By document id, the days that are left, basis inferred. Documents with a date of their own, those with a bound
        on one side only, and those whose bounds exclude each other are left out.
    """
    of_mention = {id: row for row in linked.engagements for account in row.accounts for id in account.mentions}
    found = {}
    for reading in readings:
        if find_interval(reading.document.published) is None:
            when = _bound(reading, of_mention)
            if when is not None:
                found[reading.document.id] = when
    return dict(sorted(found.items()))


def _bound(reading: Reading, of_mention: Mapping[str, Engagement]) -> When | None:
    after: list[tuple[date, Evidence]] = []
    before: list[tuple[date, Evidence]] = []
    for event in reading.annotations.events:
        engagement = of_mention.get(event.id)
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
    return make_when(Interval(first, last), words, "bounded by what it tells as past and as still to come")


def _is_known_elsewhere(engagement: Engagement, document: str) -> bool:
    return any(account.document != document for account in engagement.accounts)
