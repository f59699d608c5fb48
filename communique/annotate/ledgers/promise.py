"""What all readers of undertakings share: the undertaking, its words, and whether it was really undertaken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import MAX_DEPTH, get_auxiliaries, get_lemma, is_negated, is_verb
from communique.annotate.events.status import read_verb_status
from communique.model import Status
from communique.tables import load_table

WILL = frozenset({"will", "would", "shall", "'ll", "wo"})
DATES = frozenset({"DATE", "TIME"})
_PRESENT = frozenset({"pledge", "promise", "vow", "commit"})
_SIGNING = frozenset({"sign", "issue", "release", "adopt", "publish"})


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """A verb of undertaking with the token that heads what is undertaken (a verb or a noun) and who undertakes it.

    ``debtor`` None: nobody is named, or (``announced``) the speaker answers for what he announces. ``is_weak``: an
    undertaking only where it has a condition or a day.
    """

    verb: Token
    what: Token
    debtor: Token | None
    announced: bool = False
    is_weak: bool = False
    condition: Token | None = None  # its subtree from here on is the condition
    apart: tuple[Token, ...] = ()  # heads of what is undertaken beside it, with a day of its own


@cache
def get_commitment_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``commitments``."""
    return frozenset(load_table("commitments")[section][name])


def is_undertaken(verb: Token) -> bool:
    """Does the text say that it was really agreed, promised, announced?"""
    if verb.tag_ == "VBG" and not get_auxiliaries(verb):
        if verb.dep_ == "pcomp" and verb.head.head.pos_ == "NOUN" and verb.head.lower_ in ("in", "of", "for"):
            return False  # "a role in guaranteeing"
        if verb.dep_ == "acl" and not _is_signed(verb.head):
            return False  # "a document agreeing to": which nobody may have signed
        # "They got down to business, agreeing on a schedule": as real as the sentence.
        return any(
            read_verb_status(above) is Status.HAPPENED for above in islice(verb.ancestors, MAX_DEPTH) if is_verb(above)
        )
    if "to" in get_auxiliaries(verb) and get_lemma(verb.head) == "have":
        return False  # "has yet to say"
    denied = verb.dep_ == "ccomp" and get_lemma(verb.head) in ("deny", "doubt", "refuse")
    # "is pledging to": as binding as "pledged"
    real = (Status.HAPPENED, Status.ONGOING) if get_lemma(verb) in _PRESENT else (Status.HAPPENED,)
    return read_verb_status(verb) in real and not is_negated(verb) and not denied


def _is_signed(noun: Token) -> bool:
    """ "signed a statement pledging to"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or not is_verb(verb) or get_lemma(verb) not in _SIGNING:
        return False
    return verb.dep_ != "advcl" and read_verb_status(verb) is Status.HAPPENED and not is_negated(verb)


def has_future(verb: Token) -> bool:
    """ "will V", "would V", not "would have" and not "will be doing"."""
    auxiliaries = get_auxiliaries(verb)
    return bool(auxiliaries & WILL) and "have" not in auxiliaries and verb.tag_ != "VBG"
