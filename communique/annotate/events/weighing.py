"""What a clause's status is when arrivals and days are weighed: who has arrived is there."""

from __future__ import annotations

from communique.annotate.clauses import get_auxiliaries, get_lemma
from communique.annotate.events.triggers import Trigger
from communique.model import Document, Status, When


def weigh_arrival(trigger: Trigger, status: Status | None) -> Status | None:
    """Who has arrived is there."""
    verb = trigger.carrier
    if (
        verb is not None
        and status is Status.HAPPENED
        and get_lemma(verb) in ("arrive", "land")
        and get_auxiliaries(verb) & {"has", "have", "'ve"}
    ):
        return Status.ONGOING
    return status


def weigh_date(status: Status | None, when: When | None, document: Document) -> Status | None:
    """What is to be after the day of publication has not happened, whatever the tense ("meets the emir on Friday")."""
    published = document.published
    if (
        when is None
        or when.start is None
        or published is None
        or published.end is None
        or status not in (None, Status.HAPPENED, Status.ONGOING)
    ):
        return status
    if when.start > published.end:
        return Status.PLANNED
    if status is None and when.end is not None and published.start is not None and when.end < published.start:
        return Status.HAPPENED
    return status
