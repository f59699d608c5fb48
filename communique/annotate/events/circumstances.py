"""When, by the parse around a trigger: which time expressions belong to it.

A time expression belongs to the nearest verb or trigger above it, or to the trigger that it directly follows; "last
month's attack" keeps its date to itself. Durations are no dates: they are left to `assertions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_first_conjunct,
    find_governor,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.triggers import Trigger, get_keys, get_words
from communique.annotate.parse import Block
from communique.model import Basis, Document, EngagementKind, Precision, TimeExpression, TimeType, When

_THROUGH = frozenset(["to", "until", "till", "through", "up to", "-", "–", "—"])
# "On 3 June 2011 Secretary Paz said": a day is no attribute of a person, nor of another day.
_UNDATED = ("DATE", "PERSON")
_HELD = frozenset(
    ["hold", "host", "plan", "schedule", "set", "start", "begin", "open", "convene", "take_place", "occur", "happen"]
)
_PLANNED = frozenset(["plan", "schedule", "set", "arrange"])
_DAYS = (Precision.DAY, Precision.RANGE)
_BEFORE_DAYS = frozenset(["on", "in", "the", "late", "early", "of", "(", "for", "last", "this", "next"])
# First and last day of a range stand within so many tokens.
_FAR = 8


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """A time expression with its first token, its head and the word that it belongs to."""

    expression: TimeExpression
    first: Token
    root: Token
    governor: Token


def _is_undated(head: Token) -> bool:
    """ "On Sunday Secretary of State Paz said": the parser hangs the day on the title or on the name."""
    is_title = head.dep_ in ("nmod", "compound") and head.head.ent_type_ == "PERSON"
    return head.ent_type_ in _UNDATED or is_title


def attach_times(block: Block, times: tuple[TimeExpression, ...], triggers: list[Trigger]) -> list[Timed]:
    """The time expressions of a paragraph with what they belong to, in text order."""
    nouns = {trigger.token.i for trigger in triggers if trigger.is_noun}
    found = []
    for expression in times:
        if not (block.start <= expression.start and expression.end <= block.end):
            continue
        span = block.tokens.char_span(
            expression.start - block.start, expression.end - block.start, alignment_mode="expand"
        )
        if span is not None and len(span):
            root = span.root
            found.append(Timed(expression, span[0], root, _find_owner(block, span[0], span[-1], root, nouns)))
    return _join_ranges(block, found)


def _join_ranges(block: Block, found: list[Timed]) -> list[Timed]:
    """ "from March 23 to March 25", "between 3 June and 5 June", "on 3 and 4 June": first and last day as one range."""
    joined: list[Timed] = []
    for timed in found:
        before = joined[-1] if joined else None
        if before is not None and _is_range(block, before, timed):
            joined[-1] = _join(before, timed)
        else:
            joined.append(timed)
    return joined


def _join(first: Timed, last: Timed) -> Timed:
    left, right = first.expression.when, last.expression.when
    if left is None or right is None:
        return first
    evidence = (*left.evidence, *right.evidence)
    basis = left.basis if left.basis is right.basis else Basis.RELATIVE
    when = When(f"{left.start}/{right.end}", left.start, right.end, Precision.RANGE, basis, evidence)
    expression = replace(first.expression, end=last.expression.end, edtf=when.edtf, when=when)
    governor = first.governor if is_verb(first.governor) else last.governor
    return replace(first, expression=expression, governor=governor)


def _is_range(block: Block, first: Timed, last: Timed) -> bool:
    left, right = first.expression.when, last.expression.when
    if left is None or right is None or left.end is None or right.start is None or right.start <= left.end:
        return False
    if last.first.i - first.root.i > _FAR:
        return False
    between = block.tokens.text[first.expression.end - block.start : last.expression.start - block.start].strip()
    if between.lower() in _THROUGH:
        return True
    opening = block.tokens[first.first.i - 1].lower_ if first.first.i else ""
    if between == "and" and opening == "between":
        return True
    is_next = left.precision in _DAYS and right.precision is Precision.DAY and (right.start - left.end).days == 1
    return is_next and between.rstrip() in ("and", ",", ", and", "&") and first.governor.i == last.governor.i


def _find_owner(block: Block, first: Token, last: Token, root: Token, nouns: set[int]) -> Token:
    before = first.i - 1
    while before >= 0 and block.tokens[before].lower_ in _BEFORE_DAYS:
        before -= 1
    if before in nouns:
        return block.tokens[before]
    token = root
    while token.head.i != token.i:
        head = token.head
        # "in Chungking on Monday", "with Han Jae-won on Monday": names tagged as verbs.
        is_name = head.dep_ == "pobj" and (head.text[0].isupper() or head.tag_ != "VBG")
        if (is_verb(head) and not is_name) or head.i in nouns:
            return head
        if head.dep_ == "pobj" and head.head.lower_ in ("of", "with", "between") and head.head.head.i in nouns:
            return head.head.head  # "a meeting of ministers in Brussels in April": the parser hangs April on them
        if token.dep_ in ("compound", "nmod", "poss", "amod") and head.i > last.i and not _is_undated(head):
            return head
        is_of_time = head.ent_type_ in ("DATE", "TIME")  # "for 25 minutes on Monday"
        if head.pos_ not in ("ADP", "PROPN", "NUM", "ADV") and token.ent_type_ != head.ent_type_ and not is_of_time:
            return head
        if (
            head.pos_ == "PROPN"
            and token.dep_ in ("poss", "compound", "nmod")
            and head.ent_type_ != "TIME"
            and not _is_undated(head)
        ):
            return head
        token = head
    return token


def iter_hooks(trigger: Trigger) -> Iterator[Token]:
    """The tokens whose times and places are those of the engagement: the trigger, its carrier, what controls it."""
    yield trigger.token
    first = find_first_conjunct(trigger.token)
    if trigger.is_noun and first.i != trigger.token.i and first.pos_ == "NOUN" and trigger.manner in ("hold", "host"):
        yield first
    yield from _iter_clauses(trigger)
    verb = trigger.carrier if trigger.manner in ("hold", "host", "predicate") else None
    if trigger.manner == "copula" and get_children(trigger.carrier or trigger.token, "expl"):
        verb = trigger.carrier  # "there was no meeting on Friday"
    if trigger.is_noun and trigger.manner == "expect" and trigger.token.dep_ == "nsubjpass":
        verb = trigger.carrier  # "a visit is expected next week"
    if trigger.is_noun and trigger.manner == "plan" and trigger.carrier is not None:
        # "scheduled for May" dates the talks, "announced in May" does not.
        is_dating = get_lemma(trigger.carrier) in ("schedule", "plan", "set", "arrange")
        verb = trigger.carrier if is_dating or trigger.token.dep_ == "nsubjpass" else None
    while verb is not None:
        if verb.i != trigger.token.i:
            yield verb
        verb = _climb(verb)


def _iter_clauses(trigger: Trigger) -> Iterator[Token]:
    """ "a meeting that was to be held in May", "the talks, which took place in Oslo", also behind "of ministers"."""
    if not trigger.is_noun:
        return
    below = [trigger.token, *(noun for _, noun in iter_objects(trigger.token, "by", "to", "of", "between", "with"))]
    for noun in below:  # "a visit to Lima by Ana Ruiz, planned for this week, was called off"
        yield from (verb for verb in get_children(noun, "acl") if verb.tag_ == "VBN" and get_lemma(verb) in _PLANNED)
    for verb in islice(trigger.token.subtree, MAX_TOKENS):
        if verb.dep_ != "relcl" or verb.i < trigger.token.i:
            continue
        subjects = get_children(verb, "nsubj", "nsubjpass")
        if any(subject.lower_ in ("that", "which") for subject in subjects):
            yield from (told for told in (verb, *get_children(verb, "xcomp")) if not _HELD.isdisjoint(get_keys(told)))


def _climb(verb: Token) -> Token | None:
    """The verb that says no more than how real the one below is: "is expected to", "had the opportunity to"."""
    head = verb.head
    if head.i == verb.i:
        return None
    if (
        verb.dep_ == "xcomp"
        and is_verb(head)
        and (
            get_lemma(head)
            in get_words("status", "expect") | {"be", "schedule", "plan", "set", "begin", "continue", "go", "have"}
        )
    ):
        return head
    if (
        verb.dep_ in ("acl", "relcl")
        and get_lemma(head) in get_words("status", "realised_nouns")
        and is_verb(head.head)
        and verb.tag_ == "VB"
    ):
        return head.head
    return None


def find_dates(trigger: Trigger, timed: list[Timed]) -> list[Timed]:
    """The dates of an engagement; several where they are coordinated ("in June and October 2019")."""
    dates = [t for t in timed if t.expression.type in (TimeType.DATE, TimeType.TIME)]
    for hook in iter_hooks(trigger):
        if own := [t for t in dates if t.governor.i == hook.i and not _is_elsewhere(trigger, t)]:
            return _choose(trigger, own)
    head = trigger.token.head
    if trigger.is_noun and trigger.token.dep_ == "dobj" and get_lemma(head) in ("follow", "precede"):
        # "The call followed the meeting on 9 August": the parser hangs the day on the verb.
        return [t for t in dates if t.governor.i == head.i and t.root.i > trigger.token.i][:1]
    if trigger.is_noun and trigger.token.dep_ == "npadvmod":
        # "They spoke on Monday, their first meeting": the clause tells when.
        return [t for t in dates if t.governor.i == trigger.token.head.i][:1]
    verb = trigger.carrier if trigger.manner in ("hold", "host") else None
    if verb is not None and verb.dep_ == "conj" and is_verb(verb.head):
        # "On Tuesday he met the emir and visited the port": what opens the sentence holds for both.
        return [t for t in dates if t.governor.i == verb.head.i and t.root.i < verb.head.i][:1]
    if trigger.is_noun and trigger.token.dep_ == "pobj" and trigger.token.head.lower_ in ("at", "in", "during"):
        governor = find_governor(trigger.token)
        if governor is not None and trigger.kind is not EngagementKind.VISIT:
            return [t for t in dates if t.governor.i == governor.i and t.expression.when is not None][:1]
    return []


def _is_elsewhere(trigger: Trigger, timed: Timed) -> bool:
    """ "since February", "as of May": bounds, not the day."""
    if trigger.is_noun and trigger.carrier is not None and get_lemma(trigger.carrier) in ("follow", "precede"):
        after = [noun for noun in get_children(trigger.carrier, "dobj") if noun.i < timed.root.i]
        if after and trigger.token.dep_ == "nsubj":
            return True  # the day of what it followed
    head = timed.root.head
    word = head.lower_ if head.pos_ in ("ADP", "SCONJ") else ""
    above = [preposition for preposition in (head, *head.ancestors) if preposition.pos_ == "ADP" and preposition.i]
    if any(_is_second(preposition) for preposition in above):
        return True  # "will meet in June and again in September": the second time
    is_plan = trigger.manner == "plan" or get_lemma(timed.governor) in _PLANNED
    return word in ("since", "until", "till", "before", "after", "for", "than") and not (word == "for" and is_plan)


def _is_second(preposition: Token) -> bool:
    """ "and again in Russia in September"."""
    words = [token.lower_ for token in preposition.doc[max(0, preposition.i - 5) : preposition.i]]
    return "again" in words and words[max(0, words.index("again") - 1)] == "and"


def _is_within(inner: Timed, outer: Timed) -> bool:
    one, other = inner.expression.when, outer.expression.when
    if one is None or other is None:
        return False
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return (one.start, one.end) != (other.start, other.end) and other.start <= one.start and one.end <= other.end


def _choose(trigger: Trigger, own: list[Timed]) -> list[Timed]:
    with_day = [t for t in own if t.expression.when is not None and t.expression.when.start is not None]
    if len(with_day) > 1:
        first, second = with_day[0], with_day[1]
        if _is_within(second, first):
            return [second]  # "earlier in the week, on Monday"
        if second.root.i in {c.i for c in first.root.conjuncts} or second.first.nbor(-1).lower_ == "and":
            return (
                with_day if trigger.kind is EngagementKind.VISIT and second.root.i - first.root.i < 4 else [with_day[0]]
            )
    return (with_day or own)[:1]


def get_when(document: Document, timed: Timed) -> When | None:
    """The date of an expression, with its words as evidence."""
    when = timed.expression.when
    if when is None:
        return None
    own = document.evidence(timed.expression.start, timed.expression.end)
    return when if when.evidence else replace(when, evidence=(own,))


def to_same_day(when: When, document: Document, word: Token, block: Block) -> When:
    """The day of the event told before, by "then"."""
    span = block.span(word)
    return replace(
        when,
        basis=Basis.INFERRED,
        evidence=(*when.evidence, document.evidence(span.start, span.end)),
        note="same day as what is told before",
    )
