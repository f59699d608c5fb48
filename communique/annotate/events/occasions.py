"""Which engagement lies within which, where a clause says so: "during the visit", "on the sidelines of the summit"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import find_first_conjunct, get_lemma
from communique.annotate.events.circumstances import iter_hooks
from communique.annotate.events.drafts import Draft
from communique.annotate.events.stays import find_journey, is_at
from communique.annotate.events.triggers import get_words
from communique.model import EngagementKind


def find_occasions(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """The engagements within which a draft's clause says that it took place: "during the visit", "at a summit in"."""
    verbs = {hook.i for hook in iter_hooks(draft.trigger)}
    found = []
    for other in drafts:
        if (
            other is draft
            or other.trigger.block is not draft.trigger.block
            or (other.same or other) is (draft.same or draft)
        ):
            continue
        if other.trigger.is_noun and other.trigger.kind not in (EngagementKind.LETTER, EngagementKind.CALL):
            owner = _find_occasion(other.trigger.token)
            if owner is not None and owner.i in verbs:
                found.append(other)
        elif other.trigger.frame == "to" and draft.trigger.is_noun:
            # "arrived in Cairo for talks".
            noun = find_first_conjunct(draft.trigger.token)
            if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.i == other.trigger.token.i:
                found.append(other)
        is_there = bool(draft.names & other.names) and is_at(draft.place, other.place)
        if is_there and find_journey(draft.trigger, [other.trigger]) is not None:
            found.append(other)
        if _elaborates(draft, other):
            found.append(other)
    return found


def _elaborates(draft: Draft, other: Draft) -> bool:
    """ "The talks were long: the meeting with A took four hours": what follows the colon is part of the talks."""
    talks, part = other.trigger.token, draft.trigger.token
    if other.names or other.trigger.kind is not EngagementKind.TALKS or talks.lower_ != "talks" or part.i < talks.i:
        return False
    is_part = draft.trigger.kind in (EngagementKind.MEETING, EngagementKind.TALKS) and len(draft.names) > 1
    same_sentence = part.sent.start == talks.sent.start
    return is_part and same_sentence and any(token.text == ":" for token in talks.doc[talks.i : part.i])


def _find_occasion(noun: Token) -> Token | None:
    """What took place "at", "during", "on the sidelines of" the engagement that a noun names."""
    noun = find_first_conjunct(noun)
    for _ in range(3):
        if noun.dep_ != "pobj" or noun.head.pos_ not in ("ADP", "SCONJ"):
            return None
        preposition = noun.head
        owner = find_first_conjunct(preposition).head
        if (
            preposition.lower_ in ("of", "to")
            and get_lemma(owner) in get_words("noun_rules", "bridges")
            and owner.dep_ == "pobj"
        ):
            noun = owner
            continue
        on_what = get_words("noun_rules", "bridges") | {"trip", "visit", "tour"}
        if preposition.lower_ in ("at", "during", "within", "in") or (
            preposition.lower_ == "on" and get_lemma(noun) in on_what
        ):
            return owner
        return None
    return None
