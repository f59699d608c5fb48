"""Which journey a meeting was made on, where one sentence tells both.

"She was in Lima on 3 and 4 June, seeing the president", "flew to Cairo to meet the king", "visited Rome, where he was
received by the pope", "visited Rome and met the pope": the meeting lies in the journey, and was where that went. Its
day is not told beyond that; the journey has the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from communique.annotate.clauses import MAX_DEPTH, find_first_conjunct, find_governor, get_children, get_lemma, is_verb
from communique.annotate.events.apart import is_elsewhere
from communique.annotate.events.triggers import Trigger
from communique.model import EngagementKind, Place

# Verbs of journeys that say that somebody is where the journey goes.
_THERE = ("stay", "to", "place", "company")
# Words at most from the journey to what was held on it.
_REACH = 100
# "concluded a visit after meeting the king": these leave what was before on the journey.
_ENDING = frozenset(["conclude", "end", "finish", "wrap", "complete", "close"])
_ON_JOURNEYS = frozenset(
    {EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.DINNER, EngagementKind.PRESS_CONFERENCE}
)
# Clauses before or after which something was are no part of it.
_OTHER_TIME = frozenset(["before", "after", "since", "until", "till", "while", "although", "because", "if", "unless"])


def find_journey(trigger: Trigger, others: Iterable[Trigger]) -> Trigger | None:
    """The journey on which an engagement was, by their clauses; the nearest before it; None where none is told."""
    if trigger.kind not in _ON_JOURNEYS or trigger.frame in ("company", "presence") or is_elsewhere(trigger):
        return None
    found: Trigger | None = None
    for other in others:
        is_journey = other.kind is EngagementKind.VISIT and (other.frame in _THERE or _is_made(other))
        is_before = other.block is trigger.block and 0 < trigger.token.i - other.token.i < _REACH
        is_near = is_journey and is_before and other.token.sent.start == trigger.token.sent.start
        if is_near and _is_made_on(trigger, other):
            found = other
    return found


def is_at(place: Place | None, journey: Place | None) -> bool:
    """Can a meeting with a place of its own lie in a journey to another? Yes within one state, or at a venue."""
    if place is None or journey is None or place.name == journey.name:
        return True
    return place.territory is None or place.territory == journey.territory


def _is_made(trigger: Trigger) -> bool:
    """ "paid a visit to Rome", "was on a visit to Rome"."""
    return trigger.is_noun and trigger.manner == "hold"


def _is_made_on(trigger: Trigger, journey: Trigger) -> bool:
    verb = journey.carrier
    if verb is None:
        return False
    for hook in _find_verbs(trigger):
        is_after = hook.dep_ == "pcomp" and hook.head.lower_ == "after" and hook.head.head.i == verb.i
        if is_after and get_lemma(verb) in _ENDING:
            return True
        if hook.i == verb.i:
            return trigger.is_noun and not journey.is_noun
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.i == hook.i and not _is_other_time(verb):
            return True  # "Visiting Rome, she met the pope"
        if verb.i < hook.i and any(_is_reached(above, verb) for above in _climb(hook)):
            return True
    return False


def _find_verbs(trigger: Trigger) -> Iterator[Token]:
    """The verb that tells an engagement; for a noun of purpose ("for talks with") the verb that it hangs on."""
    if not trigger.is_noun:
        yield trigger.token
        return
    if trigger.carrier is not None and trigger.manner in ("hold", "host"):
        yield trigger.carrier
    noun = find_first_conjunct(trigger.token)
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and is_verb(noun.head.head):
        yield noun.head.head


def _is_reached(above: Token, verb: Token) -> bool:
    """The verb itself, or one coordinated with it."""
    return above.i == verb.i or (verb.dep_ == "conj" and verb.head.i == above.i)


def _climb(verb: Token) -> Iterator[Token]:
    """The verbs above that a verb goes on from: by "and", as a participle, "where he", "to meet"."""
    for _ in range(MAX_DEPTH):
        head = verb.head
        if head.i == verb.i or _is_other_time(verb):
            return
        is_participle = verb.dep_ in ("advcl", "acl", "xcomp") and verb.tag_ in ("VBG", "VB")
        is_there = verb.dep_ in ("relcl", "advcl", "ccomp") and any(c.lower_ == "where" for c in verb.children)
        is_during = verb.dep_ == "relcl" and any(
            noun.lower_ == "which" and noun.head.lower_ in ("during", "in")
            for child in get_children(verb, "prep") for noun in get_children(child, "pobj")
        )  # fmt: skip
        if not (is_participle or is_there or is_during or verb.dep_ == "conj"):
            return
        above = head if is_verb(head) else find_governor(head)
        if above is None:
            return
        yield above
        verb = above


def _is_other_time(verb: Token) -> bool:
    """ "before meeting", "after she had met"."""
    marks = {child.lower_ for child in get_children(verb, "mark", "advmod", "prep")}
    return bool(marks & _OTHER_TIME)
