"""Nouns that report: "his claim that ...", "Weber's call for restraint", "a warning from the ministry that ...".

`read_noun` gives a cue where the noun has a speaker of its own, as possessor or behind "by" or "from", and something
reported: a clause with "that", an infinitive, or the prepositions listed in ``tables/cues.toml``.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from communique.annotate.parse import get_lemmas
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_syntax import Range
from communique.annotate.speech.frames import is_negated
from communique.tables import load_table

# "stated our belief that": the verb has the speaker.
_FIRST_PERSON = frozenset(["my", "our", "your"])
# Behind the preposition, these give the speaker.
_SPEAKER = frozenset(["by", "from"])


@cache
def get_nouns() -> dict[str, frozenset[str]]:
    """Nouns that report, with what they govern: "that", "to" (an infinitive) or prepositions."""
    return {noun: frozenset(governed) for noun, governed in load_table("cues")["nouns"].items()}


def read_noun(noun: Token) -> Cue | None:
    """The cue of a noun; None where nobody is named whose words it reports, or nothing is reported."""
    governed = get_nouns()[get_lemmas(noun.doc)[noun.i]]
    content = [child for child in noun.children if child.i > noun.i and _is_governed(child, governed)]
    speaker = _find_speaker(noun)
    if speaker is None or not content:
        return None
    words = Range(noun.i, noun.i + 1)
    first, last = content[0].left_edge.i, content[0].right_edge.i + 1
    if content[0].dep_ == "prep" and first == words.last and last - first > 1:
        words, first = Range(noun.i, first + 1), first + 1
    region = Range(min(noun.left_edge.i, speaker.left_edge.i), max(words.last, min(first, speaker.right_edge.i + 1)))
    return Cue(noun, words, "noun", speaker, (Range(max(first, words.last), last),), region, negated=_is_denied(noun))


def _is_governed(child: Token, governed: frozenset[str]) -> bool:
    if child.dep_ in ("acl", "ccomp"):
        has_that = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
        has_to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        return (has_that and "that" in governed) or (has_to and "to" in governed)
    return child.dep_ == "prep" and child.lower_ in governed


def _find_speaker(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return None if child.lower_ in _FIRST_PERSON else child
        if child.dep_ == "prep" and child.lower_ in _SPEAKER:
            return next((c for c in child.children if c.dep_ == "pobj" and c.pos_ in ("PROPN", "NOUN")), None)
    return None


def _is_denied(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.children if child.dep_ == "det") or (
        noun.dep_ == "dobj" and is_negated(noun.head)
    )
