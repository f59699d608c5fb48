"""Whom "they" means at an engagement, where `Actors.sources` does not tell: the list of names, or the group called by
office, that was the subject of the sentence before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from communique.annotate.clauses import get_children
from communique.annotate.parse import Block, is_reported
from communique.annotate.who.actors import Actors
from communique.model import Source, SourceKind

# So many sentences back.
_REACH = 2
_THEY = frozenset(["they", "them"])

FindPeople = Callable[[Actors, Block, Token], list[Source]]


def find_they(actors: Actors, block: Block, token: Token, find_people: FindPeople) -> list[Source]:
    """For "they": the several persons, or the people of an office, that were the subject last; else nobody."""
    if token.lower_ not in _THEY:
        return []
    for above, sentence in _iter_before(actors, block, token):
        subjects = [t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and (t.tag_ == "NNS" or _is_list(t))]
        subjects.sort(key=lambda t: t.head.i != sentence.root.i)  # who the sentence is about comes first
        subject = next(iter(subjects), None)
        if subject is None:
            continue
        people = find_people(actors, above, subject)
        persons = [source for source in people if source.kind is SourceKind.PERSON and source.entity]
        span = block.span(token)
        is_about = subject.head.i == sentence.root.i
        if len(persons) > 2 - is_about and len(persons) == len(people):
            return [replace(one, start=span.start, end=span.end, quote=token.text) for one in persons]
        return people if len(people) == 1 and people[0].entity is None else []
    return []


def _is_list(token: Token) -> bool:
    return bool(get_children(token, "conj"))


def _iter_before(actors: Actors, block: Block, token: Token) -> Iterator[tuple[Block, Tokens]]:
    """The sentences before a token's own, the nearest first, here and in the paragraph before."""
    start, left = token.sent.start, _REACH
    while start > 0 and left:
        sentence = block.tokens[start - 1].sent
        yield block, sentence
        start, left = sentence.start, left - 1
    number = actors.index(block)
    before = actors.parsed.blocks[number - 1] if number else None
    if left and before is not None and is_reported(before) and not before.is_heading and len(before.tokens):
        yield before, before.tokens[-1].sent
