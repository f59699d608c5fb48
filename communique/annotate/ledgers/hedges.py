"""The words of forecasts: word lists, the hedge of a verb, and all that belongs to what is expected."""

from __future__ import annotations

from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import MAX_TOKENS, find_clause, get_children
from communique.tables import load_table


@cache
def get_forecast_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``forecasts``."""
    return frozenset(load_table("forecasts")[section][name])


def find_hedge(verb: Token) -> tuple[int, int] | None:
    """The hedging adverb, else the modal verb."""
    for child in verb.children:
        if child.lower_ in get_forecast_words("hedges", "adverbs") and child.dep_ in ("advmod", "acomp"):
            return child.i, child.i + 1
    for child in get_children(verb, "aux"):
        if child.lower_ in get_forecast_words("hedges", "modals"):
            return child.i, child.i + 1
    return None


def whole(verb: Token) -> tuple[int, int]:
    """A clause with all that hangs on it, without what is coordinated in another tense."""
    # "the push for Moscow to alter its stance", "will come and stay"
    aims = [
        t for t in islice(verb.subtree, MAX_TOKENS) if t.dep_ in ("advcl", "conj") and t.tag_ == "VB" and t.i > verb.i
    ]
    kept = {t.i for aim in aims for t in islice(aim.subtree, MAX_TOKENS)}
    start, end = find_clause(verb, frozenset(kept))
    while start < verb.i and verb.doc[start].lower_ in ("to", "that"):
        start += 1
    # "the issue of X, a topic": what explains it goes on in a clause that is left out
    while end - 1 > verb.i and (verb.doc[end - 1].dep_ == "appos" or verb.doc[end - 1].is_punct):
        end = verb.doc[end - 1].left_edge.i if verb.doc[end - 1].dep_ == "appos" else end - 1
    return start, max(end, verb.i + 1)
