"""The hedge of a forecast into how sure it is of itself."""

from __future__ import annotations

from spacy.tokens import Doc

from communique.annotate.clauses import get_lemma, is_negated
from communique.annotate.ledgers.forecast_cues import Cue
from communique.annotate.ledgers.hedges import get_forecast_words
from communique.model import Strength


def read_strength(tokens: Doc, cue: Cue) -> Strength:
    """Expected, unlikely, possible ("may") or conceivable ("might", "could", of no occasion).

    A denied expectation of a denial ("nobody doubts") is left at unlikely: it is rare, and the words are shown.
    """
    hedge = {token.lower_ for token in tokens[slice(*cue.hedge)]} if cue.hedge is not None else set()
    lemmas = {get_lemma(token) for token in tokens[slice(*cue.hedge)]} if cue.hedge is not None else set()
    what = tokens[slice(*cue.what)]
    if {"no", "doubt"} <= hedge:
        return Strength.EXPECTED
    if hedge & get_forecast_words("hedges", "extremes") and hedge & {"can", "could"}:
        return Strength.POSSIBLE
    if hedge <= {"may", "possibly", "perhaps", "maybe"} and hedge:
        return Strength.POSSIBLE
    if hedge & {"might", "could"}:
        is_occasion = any(get_lemma(t) in get_forecast_words("nouns", "occasions") for t in what)
        # "could reach a solution": that can come about and be told; "could be more successful" cannot be settled
        is_deed = "could" in hedge and get_lemma(cue.verb) not in get_forecast_words("verbs", "vague")
        is_deed &= what.root.lemma_ not in get_forecast_words("verbs", "vague")
        return Strength.POSSIBLE if is_occasion or is_deed else Strength.CONCEIVABLE
    if (hedge | lemmas) & get_forecast_words("hedges", "negative"):
        return Strength.UNLIKELY
    is_denied = is_negated(what.root) or what[0].lower_ in ("no", "none", "neither")
    return Strength.UNLIKELY if is_denied else Strength.EXPECTED
