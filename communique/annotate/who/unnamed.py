"""Persons whom a report brings in without a name, as far as "he" and "she" can mean them.

"A senior official disagreed. "It is too late," he said." The official speaks, not whoever was named before. New persons
come with an indefinite article, "one of", or as somebody's ("his deputy", "the ministry's spokeswoman"); with "the"
only where the document does not tell who they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.tables import load_table

_NEW = frozenset(["a", "an", "another", "one"])
_KNOWN = frozenset(["the", "this", "that"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_BY_ENDING = {"woman": "female", "man": "male"}


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A person without a name, or a pronoun that means one, at a token of a sentence.

    ``head`` is the (block, token) of the noun that tells who it is; ``gender`` None where it tells none.
    """

    head: tuple[int, int]
    sentence: int
    token: int
    gender: str | None


@cache
def _persons() -> frozenset[str]:
    return frozenset(load_table("nouns")["persons"])


def is_unnamed(token: Token) -> bool:
    """Does a noun bring in one person, as the subject of a verb, without a name beside it?"""
    lower = token.lower_
    if token.tag_ == "CD" or lower == "one":
        return lower == "one" and token.dep_ in _SUBJECTS and any(_are_persons(t) for t in _iter_of(token))
    if token.tag_ != "NN" or not (lower in _persons() or _get_ending(lower)) or token.dep_ not in _SUBJECTS:
        return False
    children = list(token.children)
    if any(child.dep_ == "appos" or (child.pos_ == "PROPN" and child.i > token.i) for child in children):
        return False
    if any((child.dep_ == "det" and child.lower_ in _NEW) or child.dep_ in ("poss", "nummod") for child in children):
        return True
    return any(child.dep_ == "det" and child.lower_ in _KNOWN for child in children)


def _iter_of(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _are_persons(token: Token) -> bool:
    return token.tag_ == "NNS" and token.lemma_.lower() in _persons()


def find_gender(token: Token) -> str | None:
    """ "spokeswoman", "man": what the noun itself tells."""
    return _get_ending(token.lower_)


def _get_ending(lower: str) -> str | None:
    return next((gender for ending, gender in _BY_ENDING.items() if lower.endswith(ending)), None)
