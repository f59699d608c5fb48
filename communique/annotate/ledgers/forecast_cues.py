"""A paragraph's clauses into cues that something is expected, with the hedging words.

Expecting ("analysts expect that"), nobody named ("is expected to"), odds ("the chances are slim"), and modal verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_clause,
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import find_people, is_people
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.tables import load_table


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Token indices of what is expected and of the hedge; ``expecter`` is None where nobody is named."""

    verb: Token
    what: tuple[int, int]
    hedge: tuple[int, int] | None
    expecter: Token | None
    needs_speaker: bool = False
    top: Token | None = None


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_table("forecasts")[section][name])


def find_cues(token: Token, block: Block, actors: Actors) -> Iterator[Cue]:
    """The cues that a token is the head of."""
    lemma = get_lemma(token)
    if is_verb(token) and (lemma in _words("verbs", "attitude") or lemma in _words("verbs", "opinion")):
        yield from _read_attitude(token, lemma)
    if lemma in _words("verbs", "impersonal") and (is_verb(token) or token.pos_ == "ADJ"):
        yield from _read_impersonal(token)
    if lemma in _words("nouns", "odds") and token.dep_ == "nsubj" and get_lemma(token.head) == "be":
        yield from _read_odds(token)
    if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
        yield from _read_modal(token, block, actors)


def _read_attitude(verb: Token, lemma: str) -> Iterator[Cue]:
    if get_children(verb, "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl") or "to" in get_auxiliaries(verb):
        return
    subject = find_subject(verb)
    if subject is None:
        return
    for child in get_children(verb, "ccomp"):
        auxiliaries = get_auxiliaries(child)
        is_modal = bool(auxiliaries & (_words("hedges", "future") | _words("hedges", "modals")))
        is_future = is_modal and "have" not in auxiliaries
        is_below = lemma in _words("verbs", "attitude") and any(_iter_modals_below(child))
        is_own = subject.lower_ == "i" and any(noun.lower_ == "i" for noun in get_children(child, "nsubj"))
        if child.i > verb.i and (is_future or is_below) and not is_own:
            with_negation = [c.i for c in get_children(verb, "aux", "neg")] if is_negated(verb) else []
            yield Cue(verb, _whole(child), _hedge_of(child) or (min([verb.i, *with_negation]), verb.i + 1), subject)
    is_headline = verb.tag_ in ("VBD", "VBN") and not verb.doc[len(verb.doc) - 1].is_punct
    for child in get_children(verb, "xcomp"):
        if is_headline and lemma == "expect" and "to" in get_auxiliaries(child):
            yield Cue(verb, (find_phrase(subject)[0], _whole(child)[1]), (verb.i, child.left_edge.i + 1), None)
        elif lemma in ("expect", "hope", "anticipate") and "to" in get_auxiliaries(child) and child.i > verb.i:
            yield Cue(
                verb,
                _whole(child),
                (verb.i, child.left_edge.i + 1 if child.left_edge.i == verb.i + 1 else verb.i + 1),
                subject,
            )
    for preposition in get_children(verb, "prep"):
        for clause in get_children(preposition, "pcomp"):
            if f"{lemma}:{preposition.lower_}" in _words("verbs", "objects"):
                yield Cue(verb, _whole(clause), (verb.i, preposition.i + 1), subject)
    for preposition, noun in iter_objects(verb):
        if f"{lemma}:{preposition.lower_}" in _words("verbs", "objects"):
            start = min([verb.i, *(c.i for c in get_children(verb, "aux") if c.i < verb.i)])
            yield Cue(verb, find_phrase(noun, with_clauses=True), (start, preposition.i + 1), subject)


def _iter_modals_below(verb: Token) -> Iterator[Token]:
    """ "that the best he can hope for is that they will do nothing"."""
    for child in get_children(verb, "ccomp"):
        if get_auxiliaries(child) & _words("hedges", "future"):
            yield child


def _read_impersonal(token: Token) -> Iterator[Cue]:
    """ "is expected to", "are likely to", "a summit expected to last a week"."""
    is_passive = bool(get_children(token, "auxpass"))
    is_acl = token.dep_ == "acl" and token.tag_ == "VBN"
    be = token.head if token.dep_ == "acomp" and get_lemma(token.head) == "be" else None
    if is_verb(token) and not is_passive and not is_acl:
        return
    if not is_verb(token) and be is None:
        return
    is_compared = any(child.lower_ in ("more", "less", "most", "least") for child in token.children)
    if is_compared or {"have", "has"} & get_auxiliaries(token):
        return  # "were more likely to vote" is a statistic
    complements = [
        child for child in get_children(token, "xcomp") if "to" in get_auxiliaries(child) and child.i > token.i
    ]
    for child in complements[:1]:
        to = next(c for c in child.children if c.lower_ == "to")
        first = min([token.i, *(c.i for c in get_children(token, "auxpass")), *([be.i] if be is not None else [])])
        negation = [c.i for c in (be or token).children if c.dep_ == "neg"]
        subjects = get_children(be or token, "nsubjpass", "nsubj")
        start, end = _whole(child)
        if is_acl:
            start = find_phrase(token.head)[0]
        elif subjects and subjects[0].tag_ == "DT":
            return
        elif subjects and subjects[0].tag_ not in ("WDT", "WP"):
            start = min(start, subjects[0].left_edge.i)
        yield Cue(token, (start, end), (min([first, *negation]), to.i + 1), None, top=be)
    if is_passive and not complements and "to" in get_auxiliaries(token):
        for subject in get_children(token, "nsubjpass") or get_children(token.head, "nsubj"):
            yield Cue(
                token,
                find_phrase(subject),
                (token.left_edge.i if token.head.i == token.i else token.head.i, token.i + 1),
                None,
            )


def _read_odds(noun: Token) -> Iterator[Cue]:
    adjectives = get_children(noun.head, "acomp")
    matters = [
        matter for _, matter in iter_objects(noun, "of", "for") if matter.pos_ == "NOUN" and not is_people(matter)
    ]
    for adjective in adjectives[:1]:
        for matter in matters[:1]:
            yield Cue(
                noun.head,
                (find_phrase(matter)[0], find_phrase(noun)[1]),
                (adjective.left_edge.i, adjective.i + 1),
                None,
            )


def _read_modal(verb: Token, block: Block, actors: Actors) -> Iterator[Cue]:
    auxiliaries = get_auxiliaries(verb)
    subjects = get_children(verb, "nsubj", "nsubjpass")
    denied = verb.head if verb.dep_ == "ccomp" and is_verb(verb.head) and is_negated(verb.head) else None
    if (
        not subjects
        or subjects[0].lower_ in ("i", "we", "you", "it", "there", "that", "which", "who")
        or "have" in auxiliaries
    ):
        return
    if verb.dep_ in ("relcl", "advcl") or any(c.lower_ in ("if", "whether") for c in get_children(verb, "mark")):
        return
    if auxiliaries & {"may", "might"}:
        if find_people(actors, block, subjects[0]) and get_lemma(verb) not in ("be", "have", "seem"):
            yield Cue(verb, _whole(verb), _hedge_of(verb), None)
    elif auxiliaries & {"will", "wo", "'ll"} and not get_children(verb, "auxpass"):
        # "does not mean that they will listen": what is foretold is the denial.
        yield Cue(verb, _whole(denied or verb), _hedge_of(verb), None, needs_speaker=True)


def _hedge_of(verb: Token) -> tuple[int, int] | None:
    """The hedging adverb, else the modal verb."""
    for child in verb.children:
        if child.lower_ in _words("hedges", "adverbs") and child.dep_ in ("advmod", "acomp"):
            return child.i, child.i + 1
    for child in get_children(verb, "aux"):
        if child.lower_ in _words("hedges", "modals"):
            return child.i, child.i + 1
    return None


def _whole(verb: Token) -> tuple[int, int]:
    """A clause with all that hangs on it, without what is coordinated in another tense."""
    start, end = find_clause(
        verb,
        frozenset(
            t.i
            for child in get_children(verb, "advcl", "conj")
            if child.i > verb.i and child.tag_ == "VB"
            for t in child.subtree
        ),
    )
    tokens = verb.doc
    while start < verb.i and tokens[start].lower_ in ("to", "that"):
        start += 1
    return start, max(end, verb.i + 1)
