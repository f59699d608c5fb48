"""When and where, by the parse around a trigger: which time expressions and which places belong to it.

A time expression belongs to the nearest verb or trigger above it, or to the trigger that it directly follows; "last
month's attack" keeps its date to itself. Durations are no dates: they are left to `assertions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_first_conjunct,
    find_governor,
    find_phrase,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
    to_span,
)
from communique.annotate.events.triggers import Trigger, get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import Basis, Document, EngagementKind, Place, Precision, TimeExpression, TimeType, When


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """A time expression with its first token, its head and the word that it belongs to."""

    expression: TimeExpression
    first: Token
    root: Token
    governor: Token


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
    return found


def _find_owner(block: Block, first: Token, last: Token, root: Token, nouns: set[int]) -> Token:
    before = first.i - 1
    while before >= 0 and block.tokens[before].lower_ in (
        "on",
        "in",
        "the",
        "late",
        "early",
        "of",
        "(",
        "for",
        "last",
        "this",
        "next",
    ):
        before -= 1
    if before in nouns:
        return block.tokens[before]
    token = root
    while token.head.i != token.i:
        head = token.head
        if is_verb(head) or head.i in nouns:
            return head
        if token.dep_ in ("compound", "nmod", "poss", "amod") and head.i > last.i:
            return head
        if head.pos_ != "ADP" and head.pos_ not in ("PROPN", "NUM", "ADV") and token.ent_type_ != head.ent_type_:
            return head
        if (
            head.pos_ == "PROPN"
            and token.dep_ in ("poss", "compound", "nmod")
            and head.ent_type_ not in ("DATE", "TIME")
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
    verb = trigger.carrier if trigger.manner in ("hold", "host", "predicate") else None
    if trigger.is_noun and trigger.manner == "plan" and trigger.carrier is not None:
        # "scheduled for May" dates the talks, "announced in May" does not.
        is_dating = get_lemma(trigger.carrier) in ("schedule", "plan", "set", "arrange")
        verb = trigger.carrier if is_dating or trigger.token.dep_ == "nsubjpass" else None
    while verb is not None:
        if verb.i != trigger.token.i:
            yield verb
        verb = _climb(verb)


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
        own = [t for t in dates if t.governor.i == hook.i and not _is_elsewhere(trigger, t)]
        if own:
            return _choose(trigger, own)
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
    head = timed.root.head
    word = head.lower_ if head.pos_ in ("ADP", "SCONJ") else ""
    return word in ("since", "until", "till", "before", "after", "for", "than") and not (
        word == "for" and trigger.manner == "plan"
    )


def _choose(trigger: Trigger, own: list[Timed]) -> list[Timed]:
    with_day = [t for t in own if t.expression.when is not None and t.expression.when.start is not None]
    if len(with_day) > 1:
        first, second = with_day[0], with_day[1]
        if second.root.i in {c.i for c in first.root.conjuncts} or second.first.nbor(-1).lower_ == "and":
            return (
                with_day if trigger.kind is EngagementKind.VISIT and second.root.i - first.root.i < 4 else [with_day[0]]
            )
        if second.first.i and second.first.nbor(-1).lower_ in ("to", "until", "through", "-", "–"):
            return [_join(first, second)]
    return (with_day or own)[:1]


def _join(first: Timed, second: Timed) -> Timed:
    """ "from March 23 to March 25" as one range."""
    left, right = first.expression.when, second.expression.when
    if left is None or right is None or left.start is None or right.end is None or right.end < left.start:
        return first
    when = When(
        f"{left.edtf}/{right.edtf}",
        left.start,
        right.end,
        Precision.RANGE,
        left.basis,
        (*left.evidence, *right.evidence),
    )
    return replace(first, expression=replace(first.expression, when=when))


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


# --- places ---------------------------------------------------------------------------------------


def find_places(trigger: Trigger, actors: Actors) -> list[Place]:
    """The place of an engagement; all of them where somebody shuttled between several. Empty where none is told."""
    if trigger.frame != "shuttle":
        place = find_place(trigger, actors)
        return [place] if place is not None else []
    nouns = [n for _, noun in iter_objects(trigger.token, "between", "among") for n in (noun, *noun.conjuncts)]
    return [place for noun in nouns if (place := read_place(actors, trigger.block, noun)) is not None]


def find_place(trigger: Trigger, actors: Actors) -> Place | None:
    """Where an engagement was, is or will be: city or state for a visit, venue or city for the rest."""
    names = (
        ("to", "in", "into", "at", "for")
        if trigger.kind is EngagementKind.VISIT
        else ("in", "at", "inside", "near", "outside")
    )
    if trigger.frame == "place":
        for noun in get_children(trigger.token, "dobj"):
            place = read_place(actors, trigger.block, noun)
            if place is not None:
                return place
    if trigger.is_noun:
        for child in trigger.token.lefts:
            place = _read_compound(trigger, actors, child)
            if place is not None:
                return place
    for hook in iter_hooks(trigger):
        for preposition, noun in _iter_around(hook, names, trigger):
            place = read_place(actors, trigger.block, noun)
            if place is not None and not (preposition.lower_ == "for" and trigger.frame != "for"):
                return place
    return None


def _read_compound(trigger: Trigger, actors: Actors, child: Token) -> Place | None:
    """ "the Geneva talks", "the premier's Kenya trip"; "Kenya talks" may be about Kenya."""
    if child.dep_ not in ("compound", "nmod") or child.pos_ != "PROPN" or child.ent_type_ not in ("GPE", "LOC", "FAC"):
        return None
    place = actors.place(trigger.block, child)
    if place is None or any(t.text in "-–/" for t in trigger.block.tokens[child.i : trigger.token.i]):
        return None
    is_state = place.entity is not None and actors.referent(place.entity).kind.value == "government"
    return place if trigger.kind is EngagementKind.VISIT or not is_state else None


def _iter_around(hook: Token, names: tuple[str, ...], trigger: Trigger) -> Iterator[tuple[Token, Token]]:
    yield from iter_objects(hook, *names)
    if trigger.kind is not EngagementKind.VISIT and hook.i == trigger.token.i:
        # "met with staff at the embassy": the parser hangs the place on the company.
        for below in [*get_children(hook, "dobj"), *(noun for _, noun in iter_objects(hook, "with", "between"))]:
            yield from iter_objects(below, "at")


def read_place(actors: Actors, block: Block, noun: Token) -> Place | None:
    """The place that a noun phrase names, in the words of the text where the tables do not know it."""
    place = actors.place(block, noun)
    if place is not None:
        return place
    is_venue = get_lemma(noun) in get_words("venues", "nouns")
    if not is_venue and noun.ent_type_ not in ("GPE", "LOC", "FAC"):
        return None
    has_words = (
        any(c.dep_ in ("det", "poss", "compound", "amod", "prep") for c in noun.children) or noun.pos_ == "PROPN"
    )
    if not has_words or noun.ent_type_ in ("DATE", "PERSON"):
        return None
    start, end = find_phrase(noun)
    while end - start > 1 and (block.tokens[start].pos_ in ("DET", "PRON") or block.tokens[start].dep_ == "det"):
        start += 1
    span = to_span(block.tokens, block.start, start, end)
    evidence = actors.parsed.document.evidence(*span)
    return Place(" ".join(evidence.quote.split()), None, None, (evidence,))
