"""Nouns of undertaking into undertakings: "promised", "signed a deal under which", "an agreement on"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_agent,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.ledgers.promise import WILL, Promise, get_commitment_words, has_future, is_undertaken

_MATTERS = ("on", "about", "for", "over", "regarding", "concerning")


def find_noun_promises(noun: Token) -> Iterator[Promise]:
    """The undertakings that a noun is the cue of: what follows it, else what it is about."""
    verb = _find_carrier(noun)
    if verb is None:
        yield from _read_owned(noun)
        return
    if not is_undertaken(verb):
        return
    if (get_lemma(noun) == "invitation") != (get_lemma(verb) == "accept"):
        return
    is_word = get_lemma(noun) == "word"
    if is_word and (get_lemma(verb) != "give" or not get_children(noun, "poss")):
        return
    debtor = find_agent(verb) if get_children(verb, "auxpass") else _find_holder(verb) or find_subject(verb)
    found = [*_read_clauses(noun, verb, debtor)]
    if not found and get_lemma(noun) in get_commitment_words("nouns", "agreements"):
        matters = list(_find_matters(noun, verb))
        # "concluded a trade agreement": told by its name alone
        is_one = noun.tag_ in ("NN", "NNP") or bool(get_children(noun, "det", "nummod"))
        named = [noun] if get_children(noun, "compound") and not matters and is_one else []
        found += [Promise(verb, matter, debtor) for matter in matters + named]
    yield from found


def _read_owned(noun: Token) -> Iterator[Promise]:
    """ "Norway's pledge to take in refugees": told as made, whatever is said of it."""
    if get_lemma(noun) not in get_commitment_words("nouns", "owned"):
        return
    owners = get_children(noun, "poss") + [owner for _, owner in iter_objects(noun, "by")]
    for clause in get_children(noun, "acl") if owners else ():
        if "to" in get_auxiliaries(clause) and clause.i > noun.i:
            yield Promise(noun, clause, owners[0])


def _find_holder(verb: Token) -> Token | None:
    """ "our having to settle on a border": whose doing it is."""
    if verb.tag_ != "VB" or verb.i < 2 or verb.nbor(-1).lower_ != "to":
        return None
    return next(iter(get_children(verb.nbor(-2), "poss")), None)


def _find_carrier(noun: Token) -> Token | None:
    """ "signed a deal", "a deal was signed", "came to an agreement"."""
    if noun.dep_ in ("dobj", "nsubjpass"):
        verb = noun.head
    elif noun.dep_ == "pobj" and noun.head.lower_ in ("to", "into"):
        verb = noun.head.head
    else:
        return None
    if not is_verb(verb):
        return None
    # "have set themselves a deadline": what is set for others is a demand
    is_own = any(who.lower_ in ("themselves", "itself", "himself", "herself") for who in get_children(verb, "dative"))
    is_limit = get_lemma(noun) in get_commitment_words("nouns", "limits")
    carries = get_lemma(verb) == "set" and is_own if is_limit else _carries(verb)
    return verb if carries else None


def _carries(verb: Token) -> bool:
    return get_lemma(verb) in get_commitment_words("nouns", "carriers")


def _read_clauses(noun: Token, verb: Token, debtor: Token | None) -> Iterator[Promise]:
    below = get_children(noun, "acl", "relcl", "ccomp", "xcomp")
    beside = [child for child in get_children(verb, "advcl", "xcomp", "ccomp") if child.i > noun.i]
    for child in below + beside:
        auxiliaries = get_auxiliaries(child)
        marks = {word.lower_ for word in get_children(child, "mark")}
        if "to" in auxiliaries:
            yield Promise(verb, child, debtor)
        elif auxiliaries & WILL and _is_under_which(child) and has_future(child):
            yield Promise(verb, child, find_subject(child))
        elif auxiliaries & WILL and "that" in marks:
            yield Promise(verb, child, debtor)


def _is_under_which(clause: Token) -> bool:
    return any(
        noun.lower_ == "which" and preposition.lower_ in ("under", "by")
        for preposition, noun in iter_objects(clause, "under", "by")
    )


def _find_matters(noun: Token, verb: Token) -> Iterator[Token]:
    """ "an agreement on trade"; the parser may hang "on trade" on the verb."""
    own = [matter for _, matter in iter_objects(noun, *_MATTERS)]
    own = own or [matter for _, matter in iter_objects(verb, *_MATTERS) if matter.i > noun.i]
    for matter in own[:1]:
        if matter.ent_type_ not in ("DATE", "TIME") and matter.pos_ in ("NOUN", "PROPN"):
            yield matter
