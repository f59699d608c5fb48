"""What a report says of the order of engagements: "then", "the following day".

"Then" gives the day of what was told before it, where that is known. Whether known or not, the words are asserted as an
`Order`, so that linking can take the day from another report.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import get_children, get_lemma, iter_objects
from communique.annotate.events.circumstances import iter_hooks, to_same_day
from communique.annotate.events.drafts import Draft
from communique.annotate.events.triggers import get_words
from communique.model import Assertion, Document, EngagementKind, Order, Property, Status


def add_order(draft: Draft, before: Draft, document: Document) -> None:
    """Asserts how a draft follows the one told just before; gives it that one's day where the words do."""
    names = before.names | (before.same or before).names
    is_told = before.status is Status.HAPPENED and draft.status is Status.HAPPENED and bool(draft.names & names)
    if not is_told or EngagementKind.VISIT in (draft.trigger.kind, before.trigger.kind):
        return
    if draft.date is None:
        _add_next_day(draft)
        _add_same_day(draft, before, document)


def _add_next_day(draft: Draft) -> None:
    for assertion in draft.assertions:
        if assertion.property is Property.WHEN and assertion.value.lower() in get_words("sequence", "next_day"):
            order = Assertion(Property.ORDER, Order.NEXT_DAY.value, assertion.evidence)
            draft.assertions = (*draft.assertions, order)
            return


def _add_same_day(draft: Draft, before: Draft, document: Document) -> None:
    if draft.trigger.is_noun and draft.trigger.carrier is None:
        return
    for word in _iter_same_day(draft):
        span = draft.trigger.block.span(word)
        words = document.evidence(span.start, span.end)
        order = Assertion(Property.ORDER, Order.SAME_DAY.value, words)
        draft.assertions = (*draft.assertions, order)
        day = before.date or (before.same.date if before.same is not None else None)
        if day is not None:
            draft.date = to_same_day(day, document, word, draft.trigger.block)
        return


def _iter_same_day(draft: Draft) -> Iterator[Token]:
    """ "then met"; "following the talks they held a press conference", "dined after the meeting"."""
    is_sequel = draft.trigger.kind in (EngagementKind.PRESS_CONFERENCE, EngagementKind.DINNER)
    for hook in iter_hooks(draft.trigger):
        for adverb in get_children(hook, "advmod"):
            is_later = adverb.lower_ in get_words("sequence", "same_day") and not list(adverb.lefts)
            if is_later and adverb.i < draft.trigger.token.i + 6:
                yield adverb
        for preposition, noun in iter_objects(hook, "after", "following") if is_sequel else ():
            if get_lemma(noun) in get_words("mood", "events"):
                yield preposition
