"""What the readers of silences share: the cue, the word lists, and whether a verb tells what was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import find_phrase, get_children, is_verb
from communique.model import SilenceKind
from communique.tables import load_table

_AHEAD = frozenset(
    {"will", "shall", "may", "might", "could", "should", "must", "would", "to", "'ll", "can", "ca", "wo"}
)
_UNREAL = frozenset({"if", "unless", "whether"})


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A verb that tells of a silence; whose (None: nobody named); the token indices of what was not said."""

    verb: Token
    kind: SilenceKind
    who: Token | None
    what: tuple[int, int]


@cache
def get_silence_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``silences``."""
    return frozenset(load_table("silences")[section][name])


def is_ahead(verb: Token) -> bool:
    """ "will give no details", "should make no statement": not so yet."""
    return any(child.lower_ in _AHEAD for child in get_children(verb, "aux"))


def is_told(verb: Token) -> bool:
    """Is it told as a fact: neither to come nor conditional?"""
    return not is_ahead(verb) and not any(mark.lower_ in _UNREAL for mark in get_children(verb, "mark"))


def has_no(noun: Token) -> bool:
    """ "no details", "no immediate comment"."""
    return any(child.lower_ == "no" for child in get_children(noun, "det"))


def span(head: Token) -> tuple[int, int]:
    """The words of a noun phrase without its determiners, with what is joined to it, or of a clause."""
    if not is_verb(head):
        start, end = find_phrase(head)
        joined = [other for other in head.conjuncts if other.i > head.i and other.pos_ in ("NOUN", "PROPN")]
        if joined and any(has_no(other) for other in joined):  # "No date and no place were given"
            return start, find_phrase(joined[-1])[1]
        while start < head.i and head.doc[start].pos_ in ("DET", "PRON"):
            start += 1
        return start, end
    kept = [token.i for token in head.subtree if token.i >= head.i or token.dep_ not in ("aux", "neg")]
    return min(kept), max(kept) + 1
