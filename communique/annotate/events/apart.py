"""What sets two event mentions of one report apart: days, places, counts, "previously", another plan."""

from __future__ import annotations

from communique.annotate.events.drafts import Draft, is_definite
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import AHEAD, EngagementKind, Place, Property, Status, When
from communique.tables import load_table
from communique.text.lengths import read_digits


def is_set_apart(draft: Draft, candidate: Draft) -> bool:
    """Do the words keep a draft from being the engagement of an earlier one, whoever takes part?"""
    is_near = draft.trigger.block is candidate.trigger.block  # a report that looks back tells all of it so
    if (
        candidate.is_history
        and not is_near
        and draft.date is None
        and (draft.place is None or not is_definite(draft.trigger))
    ):
        return True  # "the talks" are not those of last year
    if candidate.date is None and _is_before(draft.date, candidate.near):
        return True  # "paid a visit on Sunday for talks with A", "A, whom he met on Friday"
    base = candidate.same
    if base is not None and not (_overlap(draft.date, base.date) and _same_place(draft.place, base.place)):
        return True
    if draft.status in AHEAD and candidate.status is Status.HAPPENED and _is_again(draft.trigger):
        return True
    if is_elsewhere(draft.trigger) != is_elsewhere(candidate.trigger):
        return not (_overlap(draft.date, candidate.date) and draft.date is not None and candidate.date is not None)
    if is_plural(draft.trigger) != is_plural(candidate.trigger) and draft.trigger.is_noun and candidate.trigger.is_noun:
        return True
    if not _overlap(draft.date, candidate.date) or not _same_place(draft.place, candidate.place):
        return True
    if _is_dated_otherwise(draft, candidate) or _when(draft) in get_words("sequence", "next_day"):
        return True
    mine, theirs = _ordinal(draft), _ordinal(candidate.same or candidate)
    if mine is not None and theirs is not None and mine != theirs:
        return True
    is_same_place = draft.place is not None and candidate.place is not None and draft.place.name == candidate.place.name
    if (
        not is_same_place
        and draft.status in AHEAD
        and candidate.status is Status.HAPPENED
        and draft.trigger.block.start != candidate.trigger.block.start
    ):
        return _starts_anew(draft)
    return Status.CANCELLED in (draft.status, candidate.status) and draft.status is Status.HAPPENED


def _is_again(trigger: Trigger) -> bool:
    return any(child.lower_ == "again" for child in trigger.token.children)


def find_near(draft: Draft, earlier: list[Draft]) -> When | None:
    """The day of a journey that the same sentence tells of one who takes part; None where none is told."""
    sentence = draft.trigger.token.sent
    for other in reversed(earlier):
        if other.trigger.block is not draft.trigger.block or other.trigger.token.sent.start != sentence.start:
            return None
        if other.trigger.kind is EngagementKind.VISIT and other.date is not None and other.names & draft.names:
            return other.date
    return None


def _is_before(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.end is None or other.start is None:
        return False
    return one.end < other.start


def _starts_anew(draft: Draft) -> bool:
    """ "will hold another meeting", "plan to meet": not the meeting that was, unless the words point back to it."""
    return not (draft.trigger.is_noun and is_definite(draft.trigger))


def is_elsewhere(trigger: Trigger) -> bool:
    """Do the words set the engagement apart from the one at hand: "previously", "last met", "an earlier visit"?"""
    words = [child for child in trigger.token.children if child.dep_ in ("amod", "advmod", "det")]
    if trigger.is_noun:
        return any(child.lower_ in get_words("elsewhere", "adjectives") for child in words if child.i < trigger.token.i)
    return any(child.lower_ in get_words("elsewhere", "adverbs") and child.dep_ == "advmod" for child in words)


def _overlap(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.start is None or other.start is None:
        return True
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.name == other.name or (one.entity and one.entity == other.entity):
        return True
    if one.territory and other.territory and one.territory != other.territory:
        return False
    # Two cities are two places; a city lies in its state, a venue may lie in any city.
    return not (_is_city(one) and _is_city(other))


def _is_city(place: Place) -> bool:
    territories = load_table("territories")
    row = territories.get(place.territory or "", {})
    return place.name in load_table("places") or place.name == row.get("capital")


def _is_dated_otherwise(draft: Draft, candidate: Draft) -> bool:
    """ "on Monday" and "in May 2009", one of them unresolved: only a word that points back makes them one."""
    mine, theirs = _when(draft), _when(candidate)
    if not mine or not theirs or mine == theirs or None not in (draft.date, candidate.date):
        return False
    return not (draft.trigger.is_noun and is_definite(draft.trigger))


def _when(draft: Draft) -> str:
    return next((a.value.lower() for a in draft.assertions if a.property is Property.WHEN), "")


def _ordinal(draft: Draft) -> int | None:
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["numbers"]
    for assertion in draft.assertions:
        if assertion.property is Property.ORDINAL:
            word = next((w for w in assertion.value.lower().split() if w in numbers or w[:1].isdigit()), "")
            return numbers.get(word) or read_digits(word)
    return None


def is_plural(trigger: Trigger) -> bool:
    """ "meetings": several; "talks" are one."""
    return trigger.token.tag_ in ("NNS", "NNPS") and trigger.token.lower_ != "talks"
