"""A paragraph's clauses into what binds: "under the accord, Armenia will", "the treaty obliges Chad to", "both are to".

1. Under a text, or by what it obliges to: "under the accord, Armenia will open", "the treaty commits both to cutting".
2. Days and replies: "Mali has until May to", "was given until", "both are to", "the reply will depend on".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_agent,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    iter_objects,
)
from communique.annotate.ledgers.promise import DATES, WILL, Promise, get_commitment_words, has_future

_MUST = frozenset({"must"})


def find_bound(token: Token, lemma: str) -> Iterator[Promise]:
    """What a verb tells that somebody is bound to."""
    if obliges(token):
        yield from _read_obliged(token)
    elif lemma == "depend":
        yield from _read_depending(token)
    elif lemma == "have" or (lemma == "give" and get_children(token, "auxpass")):
        yield from _read_deadline(token)
    elif lemma == "be":
        yield from _read_arranged(token)
    elif get_auxiliaries(token) & (WILL | _MUST):
        yield from _read_bound(token)


def _read_obliged(verb: Token) -> Iterator[Promise]:
    """ "the treaty obliges Norway to V", "commits both to V-ing"."""
    if is_negated(verb) or get_auxiliaries(verb) & {"would", "could", "might", "may"}:
        return
    for debtor in get_children(verb, "dobj", "nsubjpass")[:1]:
        clauses = [c for c in get_children(verb, "xcomp", "ccomp") if "to" in get_auxiliaries(c)]
        clauses += [c for p in get_children(verb, "prep") for c in get_children(p, "pcomp") if p.lower_ == "to"]
        for clause in clauses[:1]:
            yield Promise(verb, clause, debtor)
    for clause in get_children(verb, "ccomp"):  # "requires Norway to": Norway may be the subject of the clause
        if "to" in get_auxiliaries(clause) and not get_children(verb, "dobj"):
            yield Promise(verb, clause, find_subject(clause))


def obliges(verb: Token) -> bool:
    """Is it a text that binds somebody?"""
    subject = find_subject(verb)
    is_text = subject is not None and get_lemma(subject) in get_commitment_words("nouns", "binding")
    return is_text and get_lemma(verb) in get_commitment_words("verbs", "obliging")


def _read_bound(verb: Token) -> Iterator[Promise]:
    """ "Under the accord, Armenia will open": also with "the accord" first told before."""
    subject = find_subject(verb)
    if subject is None or not (has_future(verb) or get_auxiliaries(verb) & _MUST):
        return
    for _, noun in [*iter_objects(verb, "under"), *_iter_terms(verb)]:
        if get_lemma(noun) in get_commitment_words("nouns", "binding"):
            yield Promise(verb, verb, subject)
            return


def _iter_terms(verb: Token) -> Iterator[tuple[Token, Token]]:
    """ "Under the terms of the ceasefire": of what the terms are."""
    for _, noun in iter_objects(verb, "under"):
        yield from iter_objects(noun, "of")


def _read_deadline(verb: Token) -> Iterator[Promise]:
    """ "Mali has until 27 February to hand over power", "was given until"."""
    subject = find_subject(verb)
    if subject is None or not any(
        p.lower_ == "until" and any(noun.ent_type_ in DATES for noun in get_children(p, "pobj"))
        for p in get_children(verb, "prep")
    ):
        return
    for child in get_children(verb, "xcomp", "advcl"):
        if "to" in get_auxiliaries(child) and child.i > verb.i:
            yield Promise(verb, child, subject)


def _read_arranged(verb: Token) -> Iterator[Promise]:
    """ "Both sides are to bring their lists": arranged, where it is told in the present."""
    subject = find_subject(verb)
    if verb.tag_ not in ("VBZ", "VBP") or subject is None or is_negated(verb) or verb.dep_ == "relcl":
        return
    if get_children(verb, "csubj", "csubjpass"):
        return  # "what we have to do is to leave"
    for child in get_children(verb, "xcomp"):
        is_deed = get_lemma(child) not in ("blame", "be", "see", "have", "expect", "say")
        if "to" not in get_auxiliaries(child) or not is_deed or child.i < verb.i:
            continue
        if get_children(child, "auxpass"):
            if get_lemma(child) in get_commitment_words("verbs", "acts"):
                yield Promise(child, child, find_agent(child))  # "prisoners are to be exchanged"
        else:
            yield Promise(verb, child, subject, announced=True)


def _read_depending(verb: Token) -> Iterator[Promise]:
    """ "Chile's answer will depend on the vote": a reply is owed, on a condition."""
    if not has_future(verb):
        return
    for noun in get_children(verb, "nsubj"):
        owners = get_children(noun, "poss")
        if get_lemma(noun) in get_commitment_words("nouns", "replies") and owners:
            yield Promise(verb, noun, owners[0], condition=verb)
