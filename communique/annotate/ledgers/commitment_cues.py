"""A paragraph's clauses into undertakings: the verb or noun of undertaking, what is undertaken, and by whom.

"agreed to withdraw", "made a promise to", "agreed on a timetable", "said that the sanctions would be lifted".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_DEPTH,
    find_agent,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.status import read_verb_status
from communique.annotate.parse import Block, get_lemmas
from communique.model import Status
from communique.tables import load_table


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """A verb of undertaking with the token that heads what is undertaken (a verb or a noun) and who undertakes it."""

    verb: Token
    what: Token
    debtor: Token | None


@cache
def get_commitment_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``commitments``."""
    return frozenset(load_table("commitments")[section][name])


@cache
def _get_all_words() -> frozenset[str]:
    pairs = (("verbs", "commissive"), ("verbs", "announcing"), ("nouns", "commissive"))
    return frozenset().union(*(get_commitment_words(section, name) for section, name in pairs))


def find_promises(block: Block) -> Iterator[Promise]:
    """The undertakings of a paragraph, in text order."""
    for k, lemma in enumerate(get_lemmas(block.tokens)):
        if lemma not in _get_all_words():
            continue
        token = block.tokens[k]
        if is_verb(token) and lemma in get_commitment_words("verbs", "commissive"):
            yield from _read_commissive(token)
        elif is_verb(token) and lemma in get_commitment_words("verbs", "announcing"):
            yield from _read_announced(token)
        elif token.pos_ == "NOUN" and lemma in get_commitment_words("nouns", "commissive"):
            yield from _read_noun(token)


def _is_undertaken(verb: Token) -> bool:
    if verb.tag_ == "VBG" and not get_auxiliaries(verb):
        # "They got down to business, agreeing on a schedule": as real as the sentence.
        return any(
            read_verb_status(above) is Status.HAPPENED for above in islice(verb.ancestors, MAX_DEPTH) if is_verb(above)
        )
    return read_verb_status(verb) is Status.HAPPENED and not is_negated(verb)


def _read_commissive(verb: Token) -> Iterator[Promise]:
    # A bare "agree" in the present is an opinion: "they agree that".
    if not _is_undertaken(verb) or (verb.tag_ in ("VBZ", "VBP") and not get_auxiliaries(verb)):
        return
    debtor = find_agent(verb) if get_children(verb, "auxpass") else find_subject(verb)
    for child in get_children(verb, "xcomp", "ccomp", "advcl"):
        auxiliaries = get_auxiliaries(child)
        if (
            child.dep_ == "xcomp"
            and "to" in auxiliaries
            and child.i > verb.i
            and get_lemma(child) not in ("disagree", "be", "differ")
        ):
            yield Promise(verb, child, debtor)
        elif child.dep_ == "ccomp" and auxiliaries & {"will", "would", "'ll"} and child.i > verb.i:
            yield Promise(verb, child, find_subject(child) if get_lemma(verb) == "agree" else debtor)
    if get_lemma(verb) in ("agree", "commit"):
        for _, noun in iter_objects(verb, "on", "to", "upon"):
            if get_lemma(noun) in get_commitment_words("nouns", "objects"):
                yield Promise(verb, noun, debtor)
    if get_lemma(verb) in ("promise", "pledge"):
        for noun in get_children(verb, "dobj"):
            yield Promise(verb, noun, debtor)


def _read_announced(verb: Token) -> Iterator[Promise]:
    """ "The minister said the troops would leave by June": only with a condition or a day."""
    if not _is_undertaken(verb):
        return
    for child in get_children(verb, "ccomp"):
        auxiliaries = get_auxiliaries(child)
        is_future = bool(auxiliaries & {"will", "would", "'ll"}) and "have" not in auxiliaries and child.tag_ != "VBG"
        if child.i > verb.i and is_future and not is_negated(child):
            passive = bool(get_children(child, "auxpass"))
            subject = find_subject(child)
            if passive or (subject is not None and _is_same_side(subject, verb)):
                yield Promise(verb, child, None if passive else subject)


def _is_same_side(subject: Token, verb: Token) -> bool:
    """Does the speaker promise for himself ("he", "we") rather than foretell what others will do?"""
    return subject.lower_ in ("he", "she", "it", "they", "we", "i") and find_subject(verb) is not None


def _read_noun(noun: Token) -> Iterator[Promise]:
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else noun.head.head if noun.dep_ == "pobj" else None
    if (
        verb is None
        or not is_verb(verb)
        or get_lemma(verb) not in get_commitment_words("nouns", "carriers")
        or not _is_undertaken(verb)
    ):
        return
    debtor = find_agent(verb) if get_children(verb, "auxpass") else find_subject(verb)
    for child in get_children(noun, "acl"):
        if "to" in get_auxiliaries(child):
            yield Promise(verb, child, debtor)
    for _, matter in iter_objects(noun, "on", "about"):
        if get_lemma(noun) in ("agreement", "deal"):
            yield Promise(verb, matter, debtor)
