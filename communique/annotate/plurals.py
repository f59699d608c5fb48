"""Whom "they", "both", "the two" and "the foreign ministers" mean, where that is certain.

Certain is a pair: exactly two persons in the sentence that was last about persons, or two joined by "and" there; of an
office, exactly two in the document who hold one of that kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from communique.annotate.offices import OfficePhrase
from communique.annotate.who import Holder, Named
from communique.model import EntityKind, Referent

_PRONOUNS = frozenset(["they", "them", "their", "themselves"])
# How many sentences back "they" and "the two" can reach.
PAIR_REACH = 2


def denotes_pair(token: Token, phrase: OfficePhrase | None) -> bool:
    """Can a token denote two persons named before?"""
    lower = token.lower_
    if lower in _PRONOUNS or lower in ("both", "two"):
        return lower not in ("both", "two") or token.dep_ not in ("nummod", "predet", "cc", "preconj", "det")
    is_two = any(child.lower_ in ("two", "both") for child in token.children)
    if phrase is not None:
        return phrase.word.is_plural and (phrase.definite or is_two)
    return is_two and lower in ("men", "women", "diplomats", "leaders", "officials", "politicians", "sides")


def find_pair(
    here: tuple[int, int],
    phrase: OfficePhrase | None,
    named: Sequence[Named],
    referents: Mapping[str, Referent],
    holders: Mapping[str, list[Holder]],
) -> list[str]:
    """The two referents that words at (block, token) denote, in text order; empty where that is not certain."""
    earlier = [n for n in named if (n.block, n.token) < here and referents[n.referent].kind is EntityKind.PERSON]
    if phrase is not None:
        classes = phrase.word.classes
        able = {who for who, held in holders.items() if any(h.classes & classes and not h.former for h in held)}
        if len(able) > 1:
            able_before = list(dict.fromkeys(n.referent for n in earlier if n.referent in able))
            return able_before if len(able_before) == 2 else _last_two([n for n in earlier if n.referent in able])
    return _last_two(earlier)


def _last_two(earlier: list[Named]) -> list[str]:
    if not earlier:
        return []
    last = earlier[-1].sentence
    for reach in range(PAIR_REACH + 1):
        window = [n for n in earlier if last - n.sentence <= reach]
        persons = list(dict.fromkeys(n.referent for n in window))
        if len(persons) == 2:
            return persons
        if len(persons) > 2:
            return []
    return []
