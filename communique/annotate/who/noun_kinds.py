"""What kind of speaker a noun phrase denotes, and how it is called without its article."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from communique.model import EntityKind, SourceKind
from communique.tables import load_table

# Pronouns of one person, whoever it is.
_SINGULAR = frozenset(["he", "she", "him", "her", "his", "i", "me", "my", "himself", "herself"])


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load_table("nouns").items()}


def get_source_kind(kind: EntityKind) -> SourceKind:
    """What speaks where something of a kind speaks: a place is its government, an instrument a text."""
    if kind is EntityKind.PERSON:
        return SourceKind.PERSON
    if kind in (EntityKind.GOVERNMENT, EntityKind.PLACE):
        return SourceKind.GOVERNMENT
    return SourceKind.DOCUMENT if kind is EntityKind.INSTRUMENT else SourceKind.ORGANIZATION


def strip_determiner(words: str) -> str:
    """Without "the", "a", "an", and with single blanks."""
    words = " ".join(words.split())
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words


def find_source_kind(token: Token) -> SourceKind:
    """What a noun or pronoun that means nobody known denotes: a body, a text, several, or somebody."""
    nouns = _nouns()
    lemma = token.lemma_.lower()
    plural = token.tag_ in ("NNS", "NNPS") or lemma in ("people", "others")
    if token.lower_ in _SINGULAR:
        return SourceKind.PERSON
    if token.pos_ == "PRON" and lemma not in ("one", "someone", "somebody"):
        return SourceKind.ANONYMOUS if lemma == "it" else SourceKind.COLLECTIVE
    if token.pos_ == "PROPN" and token.text[:1].isupper() and not any(lemma in words for words in nouns.values()):
        return SourceKind.PERSON  # a name that the text does not explain
    if lemma in nouns["documents"] and lemma not in nouns["media"]:
        return SourceKind.DOCUMENT
    if lemma in nouns["governments"]:
        return SourceKind.GOVERNMENT
    if lemma in nouns["organizations"]:
        return SourceKind.COLLECTIVE if plural else SourceKind.ORGANIZATION
    counted = any(c.dep_ == "nummod" and c.lower_ not in ("one", "1") for c in token.children)
    return SourceKind.COLLECTIVE if plural or counted else SourceKind.ANONYMOUS
