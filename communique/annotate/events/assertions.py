"""What a report asserts of an engagement beside who, when and where: its length, order, mood, topic, result.

Each assertion keeps the words of the text as its value and as its evidence. Ordinals ("the 18th meeting") are claims of
the report and are never counted with.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_clause,
    find_phrase,
    get_children,
    get_lemma,
    iter_objects,
    to_span,
)
from communique.annotate.events.circumstances import Timed
from communique.annotate.events.timing import Found, find_durations, find_ends, find_starts, iter_predicates
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import Assertion, Document, Property

_ABOUT = ("on", "about", "over", "regarding", "concerning")
# "since the conflict in the east began": longer clauses are cut.
_MAX_SINCE = 12


def find_assertions(trigger: Trigger, timed: list[Timed], document: Document) -> tuple[Assertion, ...]:
    """Everything asserted of an engagement in the sentence of its trigger, in text order."""
    found: list[Found] = [
        *find_durations(trigger, timed),
        *find_starts(trigger, timed),
        *find_ends(trigger, timed),
        *_find_ordinals(trigger),
        *_find_moods(trigger),
        *_find_topics(trigger, timed),
        *_find_results(trigger),
    ]
    unique = sorted(set(found), key=lambda f: (f[1], f[2], f[0]))
    return tuple(_make(trigger, document, *one) for one in unique)


def _make(trigger: Trigger, document: Document, kind: Property, start: int, end: int) -> Assertion:
    span = to_span(trigger.block.tokens, trigger.block.start, start, end)
    evidence = document.evidence(*span)
    return Assertion(kind, " ".join(evidence.quote.split()), evidence)


def _find_ordinals(trigger: Trigger) -> Iterator[Found]:
    token = trigger.token
    for child in token.lefts:
        if child.dep_ in ("amod", "nummod") and (
            child.ent_type_ == "ORDINAL" or child.lower_ in get_words("ordinals", "words")
        ):
            if child.lower_ == "last" and child.ent_type_ != "ORDINAL":
                continue
            yield Property.ORDINAL, child.i, _find_since(token) or find_phrase(token)[1]
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
    if above is not None and get_lemma(above) in ("round", "series", "set"):
        for child in above.lefts:  # "the eighth round of talks"
            if child.ent_type_ == "ORDINAL" or child.lower_ in get_words("ordinals", "words") - {"last"}:
                yield Property.ORDINAL, child.i, find_phrase(above)[1]
    # "his visit to Cairo, his first to Egypt"; "the visit is his first".
    nouns = get_children(token, "appos")
    if token.dep_ == "nsubj" and get_lemma(token.head) == "be":
        nouns += get_children(token.head, "attr", "acomp")
    for noun in nouns:
        if noun.lower_ in get_words("ordinals", "words") or noun.ent_type_ == "ORDINAL":
            start, end = find_phrase(noun, with_clauses=True)
            last = max(
                [
                    end,
                    *(
                        t.i + 1
                        for c in get_children(token.head, "prep")
                        if c.lower_ == "since" and noun.dep_ == "attr"
                        for t in c.subtree
                    ),
                ]
            )
            yield Property.ORDINAL, start, last
    if not trigger.is_noun:
        for preposition, noun in iter_objects(token, "for"):
            if noun.lower_ == "time" and any(c.lower_ in get_words("ordinals", "words") for c in noun.children):
                yield Property.ORDINAL, preposition.i, find_phrase(noun)[1]


def _find_since(token: Token) -> int:
    """The end of "since the war began" behind "her first visit to Peru", wherever it hangs; 0 where there is none."""
    end = max([find_phrase(token)[1], token.i + 1])
    if end >= token.sent.end or token.doc[end].lower_ != "since":
        return 0
    since = token.doc[end]
    top = since if since.dep_ == "prep" else since.head
    return top.right_edge.i + 1 if top.left_edge.i == end and top.right_edge.i - end < _MAX_SINCE else 0


def _find_moods(trigger: Trigger) -> Iterator[Found]:
    token = trigger.token
    adjectives = get_words("mood", "adjectives")
    for child in token.lefts:
        if child.dep_ == "amod" and child.lower_ in adjectives:
            yield Property.MOOD, child.i, token.i + 1
    for verb in iter_predicates(trigger):
        if get_lemma(verb) == "be":
            for adjective in get_children(verb, "acomp"):
                if adjective.lower_ in adjectives:
                    negation = [c.i for c in verb.children if c.dep_ == "neg"]
                    yield Property.MOOD, min([adjective.i, *negation, *(c.i for c in adjective.lefts)]), adjective.i + 1
        for _, noun in iter_objects(verb, "in", "by", "with"):
            if get_lemma(noun) in get_words("mood", "nouns") and get_children(noun, "amod"):
                start, end = find_phrase(noun)
                yield Property.MOOD, start, end


def _find_topics(trigger: Trigger, timed: list[Timed]) -> Iterator[Found]:
    if trigger.frame in ("call_on", "presence"):
        return  # "called on the king", "took part on the Russian side"
    at_time = {t.root.i for t in timed}
    hooks = [trigger.token]
    if trigger.carrier is not None and trigger.is_noun and trigger.manner in ("hold", "host"):
        hooks.append(trigger.carrier)
    for hook in hooks:
        for preposition, noun in iter_objects(hook, *_ABOUT):
            if noun.i < trigger.token.i or (
                preposition.lower_ == "on"
                and (noun.ent_type_ in ("FAC", "LOC") or noun.lower_ in ("phone", "hill", "telephone"))
            ):
                continue
            is_day = noun.i in at_time or noun.ent_type_ in ("DATE", "TIME") or noun.head.i in at_time
            if noun.i == trigger.token.i or (hook.i != trigger.token.i and noun.i < hook.i):
                continue
            is_edge = get_lemma(noun) in get_words("noun_rules", "bridges") or noun.lower_ in (
                "eve",
                "board",
                "behalf",
                "way",
                "condition",
                "terms",
            )
            if not is_day and not is_edge and not (preposition.lower_ == "over" and noun.lower_ == "phone"):
                yield Property.TOPIC, *_coordinated(noun)


def _coordinated(noun: Token) -> tuple[int, int]:
    start, end = find_phrase(noun)
    for conjunct in noun.conjuncts:
        if conjunct.i > noun.i:
            end = max(end, find_phrase(conjunct)[1])
    return start, end


def _find_results(trigger: Trigger) -> Iterator[Found]:
    """ "ended without agreement", "produced no results": what the engagement itself is said to have yielded."""
    for verb in iter_predicates(trigger):
        if not trigger.is_noun:
            continue
        for child in get_children(verb, "dobj"):
            if get_lemma(child) in get_words("results", "nouns") and get_lemma(verb) in get_words("results", "reach"):
                yield Property.RESULT, *find_clause(verb)
        for preposition, noun in iter_objects(verb, "without", "in", "with"):
            if get_lemma(noun) in get_words("results", "nouns") and (
                preposition.lower_ == "without" or get_lemma(verb) in ("end", "result", "conclude")
            ):
                yield Property.RESULT, *find_clause(verb)
    # "there are no results from this meeting".
    head = trigger.token.head
    if (
        (
            trigger.token.dep_ == "pobj"
            and head.lower_ in ("from", "of", "at")
            and get_lemma(head.head) in get_words("results", "nouns")
        )
        and get_children(head.head, "det")
        and any(c.lower_ in get_words("results", "empty") for c in get_children(head.head, "det"))
    ):
        yield Property.RESULT, *find_phrase(head.head)
