"""Which nouns name a measure: by their own words, by what stands behind them, by the verb over them.

"Sanctions" always do; "law" only with a name, with what it demands, or when it is enacted; "duties" on somebody's
goods.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import MAX_TOKENS, find_governor, get_lemma, is_verb, iter_objects
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.measure_status import get_measure_words, is_asked_for

_PASSIVE = ("dobj", "nsubjpass")


def is_measure(noun: Token) -> bool:
    """Does a noun, as its own words and its verb have it, name a measure at all?"""
    lemma = get_lemma(noun)
    if lemma in get_measure_words("noun_rules", "need_diplomats"):
        return _has_diplomats(noun)
    if lemma in get_measure_words("noun_rules", "need_target"):
        is_of_trade = any(child.lower_ in get_measure_words("noun_rules", "of_trade") for child in noun.lefts)
        return is_of_trade or _has_named_target(noun)
    if lemma not in get_measure_words("noun_rules", "need_name"):
        return True
    if _is_named(noun):
        return True
    if lemma == "list" and any(other.lower_ == "own" for _, other in iter_objects(noun, "of")):
        return noun.dep_ == "pobj" and get_lemma(noun.head.head) in get_measure_words("answers", "verbs")
    is_law = lemma in get_measure_words("noun_rules", "law_nouns")
    verb = noun.head if noun.dep_ in _PASSIVE and is_verb(noun.head) else None
    is_enacted = verb is not None and get_lemma(verb) in get_measure_words("noun_rules", "law_making")
    has_executive = any(child.lower_ in ("executive", "presidential") for child in noun.lefts)
    return is_law and is_enacted and (lemma != "order" or has_executive)


def _is_named(noun: Token) -> bool:
    """A name before it ("the Ruritania Act"), or what it demands behind it ("a law banning ...")."""
    for child in noun.lefts:
        is_place = child.dep_ == "amod" and child.ent_type_ in ("NORP", "GPE")
        if (
            child.dep_ in ("compound", "nmod", "amod")
            and child.text[0].isupper()
            and not is_place
            and child.i != noun.sent.start
        ):
            return True
    demands = get_measure_words("noun_rules", "demands")
    return any(child.dep_ == "acl" and child.tag_ == "VBG" and get_lemma(child) in demands for child in noun.children)


def _has_diplomats(noun: Token) -> bool:
    houses = get_measure_words("people", "houses") | get_measure_words("people", "diplomats")
    return any(get_lemma(other) in houses or is_people(other) for _, other in iter_objects(noun, "of"))


def _has_named_target(noun: Token) -> bool:
    hung = [*iter_objects(noun, "on", "against"), *iter_objects(noun.head, "on", "against")]
    for _, other in hung:
        if any(token.ent_type_ in ("GPE", "NORP") for token in list(other.subtree)[:MAX_TOKENS]):
            return True
    return False


def is_told_as_there(noun: Token) -> bool:
    """ "Norway's ban on imports", "the Russian ban on adoptions", "legislation mandating ...": it exists."""
    if is_asked_for(noun):
        return False
    demanded = any(c.dep_ == "acl" and c.tag_ == "VBG" for c in noun.children)
    if demanded and get_lemma(noun) in get_measure_words("noun_rules", "law_nouns"):
        return True
    owner = [
        child
        for child in noun.lefts
        if child.ent_type_ in ("GPE", "NORP", "ORG") and child.dep_ in ("poss", "amod", "compound", "nmod")
    ]
    aimed = [*iter_objects(noun, "on", "against")]
    if get_lemma(noun) in get_measure_words("noun_rules", "need_diplomats"):
        return bool(owner or [*iter_objects(noun, "of")]) and find_governor(noun) is not None
    return bool(owner and aimed)
