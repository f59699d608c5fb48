"""Tokens into terms: the content words by which a promise and a later passage are held to be about one thing.

A term is a lemma in lower case, or the first word of its group in the table ``outcomes``. Names are terms, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import get_lemma, is_verb
from communique.tables import load_table

# What marks a forecast of whether anything comes of an occasion: it is compared with what is told as a result.
RESULT = "=result"
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


@cache
def get_outcome_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``outcomes``."""
    return frozenset(load_table("outcomes")[section][name])


@cache
def _groups() -> dict[str, str]:
    return {word: group[0] for group in load_table("outcomes")["groups"] for word in group}


@cache
def _light() -> frozenset[str]:
    return frozenset(load_table("outcomes")["light"])


def get_term(token: Token) -> str | None:
    """The term that a token is; None for words without matter."""
    if token.pos_ not in _CONTENT or not token.is_alpha or token.ent_type_ in ("DATE", "TIME"):
        return None
    if token.pos_ == "ADJ" and token.text[0].isupper():
        return None  # "Russian" says whose, which the people of a row say better
    lemma = get_lemma(token)
    return None if len(lemma) < 2 or lemma in _light() else _groups().get(lemma, lemma)


def to_act(lemma: str) -> str:
    """A verb's lemma as terms have it."""
    return _groups().get(lemma, lemma)


def find_terms(head: Token, tokens: Iterable[Token]) -> tuple[str, ...]:
    """The terms of some tokens, each once, that of the head first if it is a verb or noun with matter."""
    found = [term for token in tokens if (term := get_term(token)) is not None]
    first = to_act(get_lemma(head)) if is_verb(head) else get_term(head)
    ordered = ([first] if first else []) + [term for term in found if term != first]
    return tuple(dict.fromkeys(ordered))
