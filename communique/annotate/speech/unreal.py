"""Verbs of saying that tell of nothing said: plans, conditions, what is withheld."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.speech.verbs import get_declining

_MODALS = frozenset(["will", "shall", "may", "might", "could", "should", "must", "can", "would"])
# "went on to say", "refused to say", "wishes to inform": an infinitive under these is told as done or declined.
_REALISING = frozenset(
    [
        "go",
        "continue",
        "proceed",
        "refuse",
        "decline",
        "try",
        "begin",
        "start",
        "seek",
        "manage",
        "wish",
        "regret",
        "use",
    ]
)


def is_withheld(verb: Token) -> bool:
    """ "would not say who pays", "wouldn't comment": declined, and not a condition."""
    _, of = get_declining()
    own = {child.lower_ for child in verb.children if child.dep_ in ("aux", "neg")}
    return verb.lemma_ in of and bool(own & {"would", "'d"}) and bool(own & {"not", "n't"})


def is_unreal(verb: Token) -> bool:
    """What somebody will, may or is expected to say has not been said; "to say the least" nobody says."""
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.head.children)
    ):
        return True
    if is_withheld(verb):
        return False
    for child in verb.children:
        if child.dep_ == "aux" and child.lemma_.lower() in _MODALS:
            return True
    if verb.head.lemma_ == "let" and verb.dep_ in ("ccomp", "xcomp"):
        return True
    if (
        verb.tag_ == "VBN"
        and verb.dep_ == "advcl"
        and not any(c.dep_.startswith(("aux", "nsubj", "agent")) for c in verb.children)
    ):
        return (
            True  # "Asked about Cyprus, he ..." : somebody asked who is not named, as in "Asked by the daily whether"
        )
    if verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return not (verb.head.lemma_ in _REALISING and verb.dep_ in ("xcomp", "advcl"))
    return False
