"""The day of an entry in a chronology: "6 February. The two travel on to Moscow."

A paragraph that opens with a day, closed by a mark, tells of that day what it tells without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from communique.annotate.clauses import get_auxiliaries
from communique.annotate.events.apart import is_elsewhere
from communique.annotate.events.drafts import Draft
from communique.annotate.parse import Block
from communique.model import Document, PartKind, Status, TimeExpression, TimeType, When

# What may stand before the day of an entry, and what closes it.
_OPENING = re.compile(r"[\s•*·–—-]*(?:(?:on|in) )?", re.IGNORECASE)
_CLOSING = re.compile(r"\s*(?:\([^()]{1,30}\))?\s*(?:[.:;]|[–—]|-+(?=\s))\s*[A-Z\"'“]")


def find_entry_day(block: Block, times: Iterable[TimeExpression], document: Document) -> When | None:
    """The day that a paragraph opens with as an entry of a chronology does; None where it is told otherwise."""
    if block.part.part is not PartKind.BODY:
        return None
    for expression in times:
        if expression.type is not TimeType.DATE or expression.when is None or expression.when.start is None:
            continue
        if not _OPENING.fullmatch(document.text, block.start, expression.start):
            return None
        if not _CLOSING.match(document.text, expression.end, block.end):
            return None
        words = document.evidence(expression.start, expression.end)
        when = expression.when
        return replace(when, evidence=(words, *(one for one in when.evidence if one != words)))
    return None


def add_entry_day(draft: Draft, day: When | None, document: Document) -> None:
    """Gives the day of its entry to what is told as done or under way without a day.

    Entries are told in the present: "opens the talks", on a day before the report's, is done.
    """
    verb = draft.trigger.carrier
    is_before = verb is not None and bool(get_auxiliaries(verb) & {"had"})
    is_told = draft.status in (None, Status.HAPPENED, Status.ONGOING)
    if day is not None and draft.date is None and is_told and not is_before and not is_elsewhere(draft.trigger):
        draft.date = replace(day, note="the day of the entry in which it is told")
        published = document.published.start if document.published is not None else None
        if draft.status is Status.ONGOING and published and day.end and day.end < published:
            draft.status = Status.HAPPENED
