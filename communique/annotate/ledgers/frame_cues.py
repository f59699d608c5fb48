"""Sentences built around "is" into cues that something is expected, at most or at best.

1. "The most they could win is that X will", "the best that can be hoped for is a pause".
2. "What the bishop fears is that X will".
3. "The accord does not mean that X will".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
)
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.forecast_cues import Cue, is_future
from communique.annotate.ledgers.hedges import find_frame, find_hedge, get_forecast_words, whole


def find_framed(token: Token, lemma: str) -> Iterator[Cue]:
    """The cues of a verb."""
    if lemma == "be":
        yield from _read_extreme(token)
        yield from _read_what(token)
    elif lemma in get_forecast_words("hedges", "unsure") and is_negated(token):
        yield from _read_unsure(token)


def _read_extreme(be: Token) -> Iterator[Cue]:
    """The hedge is "the most they could win", with what is doubted in the clause itself."""
    frame = find_frame(be)
    if frame is None:
        return
    for clause in get_children(be, "ccomp"):
        if clause.i > be.i:
            yield Cue(be, whole(clause), frame, None, inner=find_hedge(clause), top=be)
            return
    for noun in get_children(be, "attr"):
        if noun.i > be.i and noun.pos_ == "NOUN" and not is_people(noun):
            yield Cue(be, find_phrase(noun), frame, None, top=be)


def _read_what(be: Token) -> Iterator[Cue]:
    for verb in get_children(be, "csubj", "nsubj"):
        is_what = is_verb(verb) and any(noun.lower_ == "what" for noun in get_children(verb, "dobj", "pobj"))
        if not is_what or get_lemma(verb) not in get_forecast_words("verbs", "attitude"):
            continue
        for clause in get_children(be, "ccomp"):
            if is_future(clause) and clause.i > be.i:
                yield Cue(be, whole(clause), (verb.i, verb.i + 1), find_subject(verb), top=be)


def _read_unsure(verb: Token) -> Iterator[Cue]:
    if "would" in get_auxiliaries(verb) or find_subject(verb) is None:
        return
    for clause in get_children(verb, "ccomp"):
        if is_future(clause) and clause.i > verb.i:
            words = get_children(verb, "aux", "neg")
            first = min([verb.i, *(word.i for word in words)])
            marks = [mark.i for mark in get_children(clause, "mark") if mark.i == verb.i + 1]
            yield Cue(verb, whole(clause), (first, max([verb.i, *marks]) + 1), None, top=verb)
