"""A paragraph's clauses into undertakings: the verb of undertaking, what is undertaken, and by whom.

1. Commissive verbs: "agreed to withdraw", "agreed on a timetable", "a schedule was agreed", "is committed to paying".
2. Official announcements: "said that the sanctions would be lifted", "Norway will grant a loan, the minister said".
3. What binds: "under the accord, Armenia will", "Mali has until May to", "both are to", "the reply will depend on".

Nouns of undertaking ("signed a deal under which") are in `agreement_cues`, planned engagements in `announced`.
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
from communique.model import Status
from communique.tables import load_table

WILL = frozenset({"will", "would", "shall", "'ll", "wo"})
_OWN = frozenset({"he", "she", "it", "they", "we", "i"})
_MUST = frozenset({"must"})
_DATES = frozenset({"DATE", "TIME"})


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


@cache
def get_commitment_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``commitments``."""
    return frozenset(load_table("commitments")[section][name])


def find_verb_promises(token: Token, lemma: str) -> Iterator[Promise]:
    """The undertakings that a verb (or the adjective "committed") is the cue of."""
    if token.lower_ == "committed" and token.dep_ == "acomp":
        yield from _read_committed(token)
    if not is_verb(token):
        return
    if lemma in get_commitment_words("verbs", "commissive"):
        yield from _read_commissive(token, lemma)
    elif lemma in get_commitment_words("verbs", "announcing"):
        yield from _read_announced(token)
    elif lemma == "depend":
        yield from _read_depending(token)
    elif lemma == "have" or (lemma == "give" and get_children(token, "auxpass")):
        yield from _read_deadline(token)
    elif lemma == "be":
        yield from _read_arranged(token)
    elif get_auxiliaries(token) & (WILL | _MUST):
        yield from _read_bound(token)


def is_undertaken(verb: Token) -> bool:
    """Does the text say that it was really agreed, promised, announced?"""
    if verb.tag_ == "VBG" and not get_auxiliaries(verb):
        # "They got down to business, agreeing on a schedule": as real as the sentence.
        return any(
            read_verb_status(above) is Status.HAPPENED for above in islice(verb.ancestors, MAX_DEPTH) if is_verb(above)
        )
    if "to" in get_auxiliaries(verb) and get_lemma(verb.head) == "have":
        return False  # "has yet to say"
    denied = verb.dep_ == "ccomp" and get_lemma(verb.head) in ("deny", "doubt", "refuse")
    return read_verb_status(verb) is Status.HAPPENED and not is_negated(verb) and not denied


def has_future(verb: Token) -> bool:
    """ "will V", "would V", not "would have" and not "will be doing"."""
    auxiliaries = get_auxiliaries(verb)
    return bool(auxiliaries & WILL) and "have" not in auxiliaries and verb.tag_ != "VBG"


def _read_commissive(verb: Token, lemma: str) -> Iterator[Promise]:
    # A bare "agree" in the present is an opinion: "they agree that". "The parties undertake to" binds.
    is_bare = verb.tag_ in ("VBZ", "VBP") and not get_auxiliaries(verb)
    if not is_undertaken(verb) or (is_bare and lemma not in get_commitment_words("verbs", "performative")):
        return
    is_passive = bool(get_children(verb, "auxpass"))
    debtor = find_agent(verb) if is_passive else find_subject(verb)
    found = [*_read_clauses(verb, debtor)]
    if lemma in ("agree", "commit"):
        found += _read_agreed_nouns(verb, lemma, debtor)
    if lemma in ("promise", "pledge", "guarantee") and not found:
        found += [Promise(verb, noun, debtor) for noun in get_children(verb, "dobj") if noun.pos_ != "PRON"]
    if is_passive and lemma in ("agree", "promise", "pledge") and not found:
        # "only basic principles have been agreed upon"
        nouns = [noun for noun in get_children(verb, "nsubjpass") if noun.pos_ in ("NOUN", "PROPN")]
        found += [Promise(verb, noun, debtor) for noun in nouns]
    yield from found


def _read_clauses(verb: Token, debtor: Token | None) -> Iterator[Promise]:
    # "committed himself to work towards": a purpose to the parser
    is_own = get_lemma(verb) == "commit" and bool(get_children(verb, "dobj"))
    for child in get_children(verb, "xcomp", "ccomp", *(["advcl", "acl"] if is_own else [])):
        auxiliaries = get_auxiliaries(child)
        if child.i < verb.i:
            continue
        if child.dep_ != "ccomp" and "to" in auxiliaries and get_lemma(child) not in ("disagree", "be", "differ"):
            nouns = [noun for _, noun in iter_objects(verb, "on", "upon") if noun.ent_type_ not in _DATES]
            if not any(noun.i < child.i for noun in nouns):
                yield Promise(verb, child, debtor)
        elif child.dep_ == "ccomp" and auxiliaries & WILL:
            yield Promise(verb, child, debtor)


def _read_agreed_nouns(verb: Token, lemma: str, debtor: Token | None) -> Iterator[Promise]:
    opinions = get_commitment_words("nouns", "opinions")
    for noun in get_children(verb, "dobj") if lemma == "agree" else ():
        if noun.pos_ == "NOUN" and get_lemma(noun) not in opinions:
            yield Promise(verb, noun, debtor)  # "have agreed a customs regime"
    for preposition in get_children(verb, "prep") if lemma == "commit" else ():
        for clause in get_children(preposition, "pcomp"):
            yield Promise(verb, clause, debtor)  # "committed itself to removing"
    for preposition, noun in iter_objects(verb, "on", "to", "upon"):
        word = get_lemma(noun)
        if lemma == "agree" and preposition.lower_ in ("on", "upon"):
            is_agreed = word not in opinions and noun.pos_ in ("NOUN", "PROPN")
            # "agreed on Tuesday to" tells when; "agreed on August as the month" what.
            is_agreed &= noun.ent_type_ not in _DATES or any(p.lower_ == "as" for p in get_children(verb, "prep"))
        else:
            is_agreed = word in get_commitment_words("nouns", "objects")
        if is_agreed:
            yield Promise(verb, noun, debtor)


def _read_committed(word: Token) -> Iterator[Promise]:
    """ "is committed to paying": not "is committed to democracy", which nobody can hold against anyone."""
    subject = find_subject(word.head)
    if is_negated(word.head) or subject is None or get_lemma(word.head) != "be":
        return
    for preposition in get_children(word, "prep"):
        for clause in get_children(preposition, "pcomp"):
            yield Promise(word.head, clause, subject)


# --- announcements --------------------------------------------------------------------------------


def _read_announced(verb: Token) -> Iterator[Promise]:
    """ "The minister said the troops would leave by June", also "The troops will leave by June, the minister said"."""
    speaker = find_subject(verb)
    if not is_undertaken(verb) or speaker is None:
        return
    for child in get_children(verb, "ccomp"):
        subject = find_subject(child)
        is_asked = any(word.tag_.startswith("W") for word in get_children(child, "advmod", "mark"))
        if not has_future(child) or is_negated(child) or subject is None or is_asked:
            continue
        if get_children(child, "auxpass"):
            yield Promise(verb, child, None, announced=True, is_weak=True)
        elif subject.lower_ in _OWN:
            is_deed = subject.lower_ in ("it", "they") and get_lemma(child) not in get_commitment_words(
                "verbs", "stative"
            )
            yield Promise(verb, child, subject, announced=True, is_weak=not is_deed)
        elif get_lemma(child) in get_commitment_words("verbs", "acts"):
            yield Promise(verb, child, subject, announced=True)


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
        p.lower_ == "until" and any(noun.ent_type_ in _DATES for noun in get_children(p, "pobj"))
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
    """ "Russia's response will depend on the outcome": a reply is owed, on a condition."""
    if not has_future(verb):
        return
    for noun in get_children(verb, "nsubj"):
        owners = get_children(noun, "poss")
        if get_lemma(noun) in get_commitment_words("nouns", "replies") and owners:
            yield Promise(verb, noun, owners[0], condition=verb)
