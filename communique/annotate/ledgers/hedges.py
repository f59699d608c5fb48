"""The words of forecasts: word lists, the hedge of a verb, and all that belongs to what is expected."""

from __future__ import annotations

from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import MAX_DEPTH, MAX_TOKENS, find_clause, get_children
from communique.annotate.events.people import is_people
from communique.tables import load_table

# Tokens between "the most" and "is": "the most [the envoy] can hope to win in a week".
MAX_FRAME = 14


@cache
def get_forecast_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``forecasts``."""
    return frozenset(load_table("forecasts")[section][name])


def find_hedge(verb: Token) -> tuple[int, int] | None:
    """The hedging adverb, else the modal verb."""
    for child in verb.children:
        if child.lower_ in get_forecast_words("hedges", "adverbs") and child.dep_ in ("advmod", "acomp"):
            return child.left_edge.i, child.i + 1  # "almost certainly"
    for child in get_children(verb, "aux"):
        if child.lower_ in get_forecast_words("hedges", "modals"):
            return child.i, child.i + 1
    return None


def whole(verb: Token) -> tuple[int, int]:
    """A clause with all that hangs on it and its conditions, without what is coordinated in another tense."""
    # "the push for Moscow to alter its stance", "will come and stay"
    aims = [
        t for t in islice(verb.subtree, MAX_TOKENS) if t.dep_ in ("advcl", "conj") and t.tag_ == "VB" and t.i > verb.i
    ]
    conditions = [clause for clause in get_children(verb, "advcl") if _is_condition(clause) or _is_close(clause)]
    kept = {t.i for clause in aims + conditions for t in islice(clause.subtree, MAX_TOKENS)}
    start, end = find_clause(verb, frozenset(kept))
    while start < verb.i and verb.doc[start].lower_ in ("to", "that"):
        start += 1
    end = _cut_attribution(verb, end)
    # "the issue of X, a topic that …": what explains it goes on in a clause that is left out
    while end - 1 > verb.i and (_is_loose(verb.doc[end - 1]) or _is_torn_apposition(verb.doc[end - 1])):
        end = end - 1 if _is_loose(verb.doc[end - 1]) else verb.doc[end - 1].left_edge.i
    return start, _take_name(verb, max(end, verb.i + 1))


def _is_condition(clause: Token) -> bool:
    """ "if Peru signs", "since he took office": without it something else is expected."""
    marks = {mark.lower_ for mark in get_children(clause, "mark", "advmod")}
    is_told = clause.tag_ == "VBD" and not marks & get_forecast_words("hedges", "any_tense")
    return bool(marks & get_forecast_words("hedges", "conditions")) and not is_told


def is_conditional(token: Token, verb: Token) -> bool:
    """Does a token stand in a condition on which what is expected depends?"""
    for above in islice(token.ancestors, MAX_DEPTH):
        if above.i == verb.i:
            return False
        if above.dep_ == "advcl" and any(mark.lower_ in ("if", "unless") for mark in get_children(above, "mark")):
            return True
    return False


def _is_close(clause: Token) -> bool:
    """ "about their allies taking action": right behind a noun, and of it, whatever the parser hangs it on."""
    first = clause.left_edge
    return clause.tag_ == "VBG" and clause.i == first.i > clause.head.i and first.nbor(-1).pos_ in ("NOUN", "PROPN")


def _cut_attribution(verb: Token, end: int) -> int:
    """ "…, according to the scholar": who says so is no part of what is said."""
    said = (token for token in verb.doc[verb.i + 1 : end] if token.lower_ == "according")
    return next((token.i for token in said if token.nbor(-1).text == ","), end)


def _is_loose(token: Token) -> bool:
    return token.is_punct or token.dep_ == "cc"


def _is_torn_apposition(token: Token) -> bool:
    return token.dep_ == "appos" and bool(get_children(token, "relcl", "acl"))


def _take_name(verb: Token, end: int) -> int:
    """The end after a name that explains the last noun: "its ally, General Mora", wherever it hangs."""
    doc = verb.doc
    if end + 1 >= len(doc) or doc[end].text != "," or not (doc[end - 1].pos_ == "NOUN" and is_people(doc[end - 1])):
        return end
    last = end + 1
    while last < len(doc) and (doc[last].pos_ in ("PROPN", "ADJ") or doc[last].tag_ == "HYPH"):
        last += 1
    is_name = any(token.ent_type_ == "PERSON" for token in doc[end + 1 : last])
    return last if is_name and (last == len(doc) or doc[last].is_punct) else end


def find_frame(be: Token) -> tuple[int, int] | None:
    """ "Perhaps the most [they] could win" before "is": words of the bracket confuse the parser, so by their order."""
    if be.lemma_ != "be":
        return None
    doc, first = be.doc, max(be.sent.start, be.i - MAX_FRAME)
    for k in range(be.i - 1, first - 1, -1):
        if doc[k].lower_ not in get_forecast_words("hedges", "extremes"):
            continue
        if k == first or doc[k - 1].lower_ != "the" or not any(t.lower_ in ("can", "could") for t in doc[k : be.i]):
            return None
        start = k - 1
        while start > be.sent.start and doc[start - 1].lower_ in get_forecast_words("hedges", "adverbs"):
            start -= 1
        return start, be.i
    return None
