"""Whose words a medium passes on: "Reuters, quoting a diplomat, said", "writes, with reference to officials".

`find_informant` gives the noun beside a cue; `via` makes it the speaker. "X, citing Y, reported" is read there as
well, from the statement that the citing itself makes.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.speech.cue import Cue
from communique.annotate.speech.verbs import is_speaking_noun, is_text

_QUOTING = frozenset(["quote", "cite"])


def find_informant(cue: Cue) -> Token | None:
    """The head of those whom the speaker of a cue names as the origin of what it reports; None without such words."""
    beside = [cue.token, *([cue.speaker] if cue.speaker is not None else [])]
    for token in (child for one in beside for child in one.children):
        for noun in _read(token):
            is_somebody = noun.pos_ == "NOUN" and is_speaking_noun(noun.lemma_.lower()) and not is_text(noun.lemma_)
            if is_somebody or noun.ent_type_ in ("PERSON", "ORG"):
                return noun
    return None


def _read(token: Token) -> Iterator[Token]:
    children = list(token.children)
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl") and token.lemma_ in _QUOTING:
        if not any(child.lower_ == "as" for child in children):  # "quoting her as saying": the saying has the words
            yield from (child for child in children if child.dep_ == "dobj")
    elif token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "prep") and token.lemma_ == "refer":
        yield from _behind(children, "to")
    elif token.dep_ == "prep" and token.lower_ in ("with", "in"):
        for noun in (child for child in children if child.dep_ == "pobj" and child.lower_ == "reference"):
            yield from _behind(list(noun.children), "to")


def _behind(children: list[Token], preposition: str) -> Iterator[Token]:
    for child in children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
