"""Participles that say themselves how real they are: "looks forward to visiting", "instead of paying a visit"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import get_lemma
from communique.model import Status


def read_gerund(verb: Token, governor: Token | None) -> Status | None:
    """The status of a participle by the words that it hangs on; None where that is the status of its governor."""
    if governor is not None and get_lemma(governor) == "look" and any(c.lower_ == "forward" for c in governor.children):
        return Status.EXPECTED
    if verb.dep_ != "pcomp":
        return None
    before = verb.head
    around = (before, before.head, *before.children)
    is_undone = before.lower_ == "without" or any(token.lower_ == "instead" for token in around)
    return Status.DENIED if is_undone else None
