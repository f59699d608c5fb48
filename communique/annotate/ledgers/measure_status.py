"""How real a measure is told to be: by its verb, by what stands over it, and by the words before a noun.

`events.status` reads tense, modality and negation; here come the words of threats, plans, refusals and demands. None
means that it is nobody's measure: something asked of others, an opinion, a condition without an actor.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import find_governor, get_auxiliaries, get_children, get_lemma, is_verb
from communique.annotate.events.status import read_verb_status
from communique.model import Status
from communique.tables import load_table

_REAL = (Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.EXPECTED)
_OUGHT = frozenset({"should", "must", "ought", "can", "ca", "need"})
# How many verbs and nouns above one are looked at: "said it had decided to consider imposing" has four.
_MAX_STEPS = 4


# "wants Norway to lift the ban": of others.
_WISHING = ("want", "hope", "expect", "like", "prefer", "need")


@cache
def get_measure_words(section: str, name: str) -> frozenset[str]:
    """A list of words of ``tables/measures.toml``."""
    return frozenset(load_table("measures")[section][name])


def read_act_status(verb: Token, noun: Token | None = None) -> Status | None:
    """How real an act is that a verb tells.

    Args:
        verb: The verb that is the measure, or that makes it.
        noun: The noun that it makes: "imposed no sanctions" denies them.
    """
    if get_auxiliaries(verb) & _OUGHT:
        return None
    status = _read_above(verb, read_verb_status(verb))
    if noun is not None and any(child.lower_ == "no" for child in get_children(noun, "det")) and status in _REAL:
        return Status.DENIED
    return status


def _read_above(verb: Token, status: Status | None) -> Status | None:
    """What the verbs and nouns over a verb make of it: "threatened to", "dropped its plan to", "was urged to"."""
    token = verb
    for _ in range(_MAX_STEPS):
        head = token.head
        if head.i == token.i or token.dep_ not in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "prep", "dobj"):
            return status
        if _is_kept_from(token):
            return None
        if token.dep_ == "advcl" and _is_readiness(head):
            return Status.POSSIBLE if status is not None else None
        if token.dep_ in ("advcl", "acl") and token.tag_ != "VB" and "to" not in get_auxiliaries(token):
            return status
        if token.dep_ == "conj" and get_auxiliaries(token) - {"to"}:
            return status
        lemma = get_lemma(head)
        if is_verb(head):
            is_of_others = token.dep_ == "ccomp" and token.tag_ == "VB" and bool(get_children(token, "nsubj"))
            if lemma in get_measure_words("reality", "demanded") or (is_of_others and lemma in _WISHING):
                return None
            if lemma in get_measure_words("reality", "threats"):
                is_threat = lemma in ("threaten", "warn") or token.dep_ in ("xcomp", "dobj")
                return (Status.POSSIBLE if is_threat and status is not Status.DENIED else status) if status else None
            if lemma in get_measure_words("reality", "denials") and token.dep_ in ("xcomp", "ccomp"):
                return Status.DENIED if status is not None else None
        elif head.pos_ == "NOUN":
            return _read_under_noun(head, status)
        elif head.pos_ == "ADP" and head.lower_ in ("for", "about", "against", "on") and token.dep_ == "pcomp":
            return None
        token = head
    return status


def _is_kept_from(verb: Token) -> bool:
    """ "barred the president from waiving sanctions"."""
    head = verb.head
    is_from = verb.dep_ == "pcomp" and head.lower_ == "from"
    return is_from and get_lemma(head.head) in get_measure_words("reality", "keeping")


def _is_readiness(verb: Token) -> bool:
    """ "appears ready to use tariffs": not done."""
    return any(c.lower_ in get_measure_words("reality", "ready") for c in get_children(verb, "acomp", "oprd"))


def _read_under_noun(noun: Token, status: Status | None) -> Status | None:
    lemma = get_lemma(noun)
    if lemma in get_measure_words("reality", "asked"):
        return None
    if lemma in get_measure_words("reality", "maybe"):
        return Status.POSSIBLE
    if lemma in get_measure_words("reality", "plans"):
        verb = noun.head if is_verb(noun.head) else None
        if verb is not None and get_lemma(verb) in get_measure_words("reality", "cancels"):
            return Status.CANCELLED
        return Status.PLANNED
    return status


def read_noun_status(noun: Token) -> Status | None:
    """How real a measure is that a noun alone tells: "its planned ban", "a possible embargo", "the ban"."""
    if is_asked_for(noun):
        return None
    for child in noun.lefts:
        if child.lower_ in get_measure_words("reality", "planned"):
            return Status.PLANNED
        if child.lower_ in get_measure_words("reality", "possible"):
            return Status.POSSIBLE
    return Status.HAPPENED


def is_asked_for(noun: Token) -> bool:
    """ "called for a ban", "the threat of sanctions", "wants a ban", "would mean an embargo": nothing that is there."""
    above = noun
    for _ in range(_MAX_STEPS):
        head = above.head
        if head.i == above.i:
            break
        words = get_measure_words("reality", "asked") | get_measure_words("reality", "maybe")
        if head.pos_ == "NOUN" and get_lemma(head) in words:
            return True
        if is_verb(head):
            is_governed = above.dep_ in ("dobj", "prep", "pobj", "nsubjpass")
            wished = get_measure_words("reality", "demanded") | get_measure_words("reality", "threats")
            return is_governed and get_lemma(head) in wished
        above = head
    governor = find_governor(noun)
    return governor is not None and bool(get_auxiliaries(governor) & {"would", "could", "might", "may", "'d"})
