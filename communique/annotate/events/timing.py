"""When an engagement began and ended, and how long it lasted, by the verbs that tell of it.

Each finding is a property with token indices, half-open. A reach ("the third visit in 10 months") is no length, a delay
("began two hours late") is a beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import find_phrase, get_children, get_lemma, is_verb, iter_objects
from communique.annotate.events.circumstances import Timed
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import Property, TimeType

Found = tuple[Property, int, int]

_HOURS = ("midnight", "noon", "dawn", "night", "evening", "morning", "o'clock", "sunrise", "sunset", "dusk", "hour")
# "met until dawn": behind a verb of meeting itself these tell the end.
_UNTIL = ("until", "till", "past", "into")


def iter_predicates(trigger: Trigger) -> Iterator[Token]:
    """The verbs that tell of the engagement itself: its own, "which lasted", "and ended"."""
    first: list[Token] = []
    head = trigger.token.head
    if not trigger.is_noun:
        first.append(trigger.token)
        # "met for talks that ran for two hours": the talks are the meeting.
        for _, noun in iter_objects(trigger.token, "for", "in"):
            if get_lemma(noun) in get_words("mood", "events"):
                first += get_children(noun, "relcl")
    else:
        if trigger.token.dep_ in ("nsubj", "nsubjpass") and is_verb(head):
            first.append(head)
        if trigger.carrier is not None and trigger.carrier not in first:
            first.append(trigger.carrier)
        first += get_children(trigger.token, "relcl", "acl")
    for verb in first:
        yield verb
        if trigger.is_noun and verb.dep_ in ("relcl", "ROOT", "ccomp", "conj", "advcl"):
            yield from (
                child
                for child in get_children(verb, "conj")
                if is_verb(child) and not get_children(child, "nsubj", "nsubjpass")
            )


def find_durations(trigger: Trigger, timed: list[Timed]) -> Iterator[Found]:
    """ "lasted four hours", "a two-hour meeting", "spent an hour in talks", "was just as long" (left to the caller)."""
    verbs = {verb.i for verb in iter_predicates(trigger)}
    for one in timed:
        if one.expression.type is not TimeType.DURATION or _is_delay(one):
            continue
        by_noun = one.governor.i == trigger.token.i and (one.root.i < trigger.token.i or not _is_reach(one))
        by_verb = one.governor.i in verbs and not _is_reach(one)
        if by_noun or by_verb or _is_spent(one, trigger):
            span = _get_span(one, trigger)
            if span is not None:
                yield (Property.DURATION, *span)
    for verb in iter_predicates(trigger):
        for adjective in get_children(verb, "acomp"):
            is_as_long = adjective.lower_ == "long" and any(c.lower_ == "as" for c in adjective.children)
            if is_as_long and get_lemma(verb) == "be":
                yield (Property.DURATION, *find_phrase(adjective))


def _get_span(one: Timed, trigger: Trigger) -> tuple[int, int] | None:
    start, end = one.expression.start - trigger.block.start, one.expression.end - trigger.block.start
    span = trigger.block.tokens.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    first = span.start + (len(span) > 1 and span[0].pos_ == "DET" and span[0].lower_ == "the")
    before = trigger.block.tokens[max(0, first - 2) : first].text.lower()
    if before in ("more than", "less than", "fewer than", "at least", "well over"):
        return first - 2, span.end
    is_about = first and trigger.block.tokens[first - 1].lower_ in (
        "about",
        "around",
        "over",
        "nearly",
        "almost",
        "some",
    )
    return first - bool(is_about), span.end


def _is_reach(timed: Timed) -> bool:
    """ "the third visit in 10 months", "the first in ten years": a reach, not a length."""
    head = timed.root.head
    return head.lower_ in ("in", "within", "since", "after", "before", "over", "during", "of")


def _is_delay(timed: Timed) -> bool:
    """ "two hours late", "an hour after the reception"."""
    following = timed.root.nbor(1).lower_ if timed.root.i + 1 < len(timed.root.doc) else ""
    return following in ("late", "later", "early", "earlier", "ago", "behind", "after", "before")


def _is_spent(timed: Timed, trigger: Trigger) -> bool:
    """ "spent four hours in talks", "after two hours of talks"."""
    token = trigger.token
    if not trigger.is_noun or token.dep_ != "pobj":
        return False
    preposition = token.head
    if preposition.lower_ == "of":
        return preposition.head.i == timed.root.i
    verb = preposition.head
    return preposition.lower_ == "in" and get_lemma(verb) == "spend" and timed.root.head.i == verb.i


# --- beginning and end ----------------------------------------------------------------------------


def find_ends(trigger: Trigger, timed: list[Timed]) -> Iterator[Found]:
    """ "ended shortly before midnight", "went on until 2 a.m."."""
    for verb in iter_predicates(trigger):
        is_end = get_lemma(verb) in get_words("predicates", "ends")
        is_met = verb.i == trigger.token.i
        if is_end or is_met:
            prepositions = get_words("predicates", "end_prepositions") if is_end else frozenset(_UNTIL)
            for start, end in _iter_hours(verb, prepositions, trigger, timed):
                yield Property.END, start, end


def find_starts(trigger: Trigger, timed: list[Timed]) -> Iterator[Found]:
    """ "began at nine", "started two hours late", "kept her waiting for three hours before their meeting"."""
    for verb in iter_predicates(trigger):
        if get_lemma(verb) not in get_words("predicates", "starts"):
            continue
        for start, end in _iter_hours(verb, get_words("predicates", "end_prepositions"), trigger, timed):
            yield Property.START, start, end
        for child in get_children(verb, "advmod"):
            delays = [t for t in timed if t.root.head.i == child.i and t.expression.type is TimeType.DURATION]
            if child.lower_ in ("late", "early") and delays:
                yield Property.START, child.left_edge.i, child.i + 1
    yield from _find_waits(trigger, timed)


def _find_waits(trigger: Trigger, timed: list[Timed]) -> Iterator[Found]:
    for one in timed:
        waiting = one.governor
        if one.expression.type is not TimeType.DURATION or get_lemma(waiting) != "wait":
            continue
        hooks = [waiting, waiting.head]
        below = {noun.i for hook in hooks for _, noun in iter_objects(hook, "before", "for", "ahead")}
        below |= {child.i for hook in hooks for child in get_children(hook, "advcl", "pcomp")}
        if trigger.token.i in below:
            yield Property.START, waiting.i, one.root.i + 1


def _iter_hours(
    verb: Token, prepositions: frozenset[str], trigger: Trigger, timed: list[Timed]
) -> Iterator[tuple[int, int]]:
    """Hours and parts of the day behind a verb, with what stands before them ("well past midnight")."""
    tokens = trigger.block.tokens
    for preposition, noun in iter_objects(verb):
        inner = [noun, *(other for child in get_children(preposition, "prep") for other in get_children(child, "pobj"))]
        for hour in inner:
            is_time = hour.ent_type_ == "TIME" or get_lemma(hour) in _HOURS
            if not is_time or preposition.lower_ not in prepositions:
                continue
            start = min([preposition.i, *(c.i for c in preposition.lefts if c.dep_ in ("advmod", "npadvmod"))])
            while start - 1 > verb.i and tokens[start - 1].pos_ == "ADV":
                start -= 1
            end = max(t.i for t in hour.subtree) + 1
            spans = [_get_span(one, trigger) for one in timed]
            yield start, max([end, *(span[1] for span in spans if span and span[0] <= hour.i < span[1])])
            break
