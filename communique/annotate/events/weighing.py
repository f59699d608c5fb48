"""What a clause's status is when arrivals and days are weighed: who has arrived is there."""

from __future__ import annotations

from communique.annotate.clauses import get_auxiliaries, get_lemma
from communique.annotate.events.drafts import Draft
from communique.annotate.events.triggers import Trigger
from communique.model import Document, EngagementKind, PartKind, Status, When


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


def weigh_purpose(draft: Draft, document: Document) -> Status | None:
    """ "was in Lima last week for talks": the talks were, if the journey was over by the day of the report."""
    parent = draft.parent
    noun = draft.trigger.token
    if parent is None or parent.trigger.kind is not EngagementKind.VISIT or draft.status is not Status.PLANNED:
        return draft.status
    is_purpose = draft.trigger.is_noun and noun.dep_ == "pobj" and noun.head.lower_ == "for"
    published, date = document.published, parent.date
    is_over = (
        published is not None
        and date is not None
        and published.start is not None
        and date.end is not None
        and date.end < published.start
    )
    return Status.HAPPENED if is_purpose and is_over and parent.status is Status.HAPPENED else draft.status


def is_tomorrow(trigger: Trigger, when: When | None, document: Document) -> bool:
    """ "leaves for Rome tomorrow", "travels to Rome this week": ahead."""
    verb = trigger.carrier
    if when is None or verb is None or verb.tag_ not in ("VBZ", "VBP") or verb.i != trigger.token.i:
        return False
    if get_auxiliaries(verb) or any(evidence.quote.lower() == "tomorrow" for evidence in when.evidence):
        return not get_auxiliaries(verb)
    end = document.published.end if document.published is not None else None
    return end is not None and when.end is not None and when.end > end and trigger.block.part.part is PartKind.BODY


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
