"""A paragraph's clauses into undertakings: the verb of undertaking, what is undertaken, and by whom.

1. Commissive verbs: "agreed to withdraw", "agreed on a timetable", "a schedule was agreed", "is committed to paying".
2. Official announcements: "said that the sanctions would be lifted", "Norway will grant a loan, the minister said".
3. What several decide together: "the ministers decided to".

What binds otherwise is in `binding_cues`, nouns of undertaking ("signed a deal under which") in `agreement_cues`,
planned engagements in `announced`.
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
    is_verb,
    iter_objects,
)
from communique.annotate.ledgers.binding_cues import find_bound, obliges
from communique.annotate.ledgers.promise import DATES, WILL, Promise, get_commitment_words, has_future, is_undertaken

# Of a list of undertakings no more are told apart.
MAX_PARTS = 6
_OWN = frozenset({"he", "she", "it", "they", "we", "i"})


def find_verb_promises(token: Token, lemma: str) -> Iterator[Promise]:
    """The undertakings that a verb (or the adjective "committed") is the cue of."""
    if token.lower_ == "committed" and token.dep_ == "acomp":
        yield from _read_committed(token)
    if not is_verb(token):
        return
    if obliges(token):
        yield from find_bound(token, lemma)  # "the treaty commits Norway to": Norway owes it
    elif lemma in get_commitment_words("verbs", "commissive"):
        yield from _read_commissive(token, lemma)
    elif lemma in get_commitment_words("verbs", "announcing"):
        yield from _read_announced(token)
    elif lemma == "decide":
        yield from _read_decided(token)
    else:
        yield from find_bound(token, lemma)


def _read_commissive(verb: Token, lemma: str) -> Iterator[Promise]:
    # A bare "agree" in the present is an opinion: "they agree that". "The parties undertake to" binds.
    is_bare = verb.tag_ in ("VBZ", "VBP") and not get_auxiliaries(verb)
    if lemma == "commit" and verb.dep_ == "acl":
        return  # "a leader committed to defending the order"
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
        found += [Promise(verb, noun, debtor) for noun in nouns if not _is_scant(noun)]
    yield from found


def _is_scant(noun: Token) -> bool:
    """ "only principles have been agreed": tells how little was."""
    scant = get_commitment_words("nouns", "scant")
    near = (noun, *noun.children, *noun.head.children)
    return any(word.lower_ in scant for word in near if word.i <= noun.i)


def _read_clauses(verb: Token, debtor: Token | None) -> Iterator[Promise]:
    # "committed himself to work towards": a purpose to the parser
    is_own = get_lemma(verb) == "commit" and bool(get_children(verb, "dobj"))
    for child in get_children(verb, "xcomp", "ccomp", *(["advcl", "acl"] if is_own else [])):
        auxiliaries = get_auxiliaries(child)
        if child.i < verb.i:
            # "a commission will be set up, the ministers agreed"
            if child.dep_ == "ccomp" and has_future(child):
                yield Promise(verb, child, debtor)
            continue
        if child.dep_ != "ccomp" and "to" in auxiliaries and get_lemma(child) not in ("disagree", "be", "differ"):
            nouns = [noun for _, noun in iter_objects(verb, "on", "upon") if noun.ent_type_ not in DATES]
            if not any(noun.i < child.i for noun in nouns):
                yield from _part(Promise(verb, child, debtor))
        elif child.dep_ == "ccomp" and auxiliaries & WILL and not _is_opinion(verb, child):
            yield Promise(verb, child, debtor)


def _is_opinion(verb: Token, clause: Token) -> bool:
    """ "a third agreed with him that Chad would have to wait"."""
    is_stative = get_lemma(clause) in get_commitment_words("verbs", "stative")
    return get_lemma(verb) == "agree" and (is_stative or any(iter_objects(verb, "with")))


def _part(promise: Promise) -> Iterator[Promise]:
    """ "agreed to reopen the border by June, to exchange envoys in July": each with its day, if two have one."""
    parts = [promise.what]
    for verb in parts:  # grows while it is walked: each may have the next below it
        below = get_children(verb, "conj", "advcl") if len(parts) < MAX_PARTS else []
        parts += [c for c in below if c.i > verb.i and c.tag_ == "VB" and any(t.lower_ == "to" for t in c.children)]
    dated = [part for part in parts if any(_has_day(child) for child in part.children)]
    if len(dated) < 2:
        yield promise
        return
    for part in parts:
        apart = tuple(other for other in parts if other.i != part.i and not other.is_ancestor(part))
        yield Promise(promise.verb, part, promise.debtor, apart=apart)


def _has_day(child: Token) -> bool:
    """A day, or a phrase with one: "in July"."""
    return child.ent_type_ in DATES or (child.dep_ == "prep" and any(t.ent_type_ in DATES for t in child.subtree))


def _read_agreed_nouns(verb: Token, lemma: str, debtor: Token | None) -> Iterator[Promise]:
    opinions = get_commitment_words("nouns", "opinions")
    for noun in get_children(verb, "dobj") if lemma == "agree" else ():
        if noun.pos_ == "NOUN" and get_lemma(noun) not in opinions:
            yield Promise(verb, noun, debtor)  # "have agreed a customs regime"
    for noun in get_children(verb, "dobj") if lemma == "commit" else ():
        is_given = get_lemma(noun) in get_commitment_words("nouns", "given") or noun.ent_type_ == "MONEY"
        if is_given or get_lemma(noun.head) in get_commitment_words("nouns", "given"):
            yield Promise(verb, noun, debtor)  # "committed 300 soldiers"
    for preposition in get_children(verb, "prep") if lemma == "commit" else ():
        for clause in get_children(preposition, "pcomp"):
            yield Promise(verb, clause, debtor)  # "committed itself to removing"
    for preposition, noun in iter_objects(verb, "on", "to", "upon"):
        word = get_lemma(noun)
        if lemma == "agree" and preposition.lower_ in ("on", "upon"):
            is_agreed = word not in opinions and noun.pos_ in ("NOUN", "PROPN")
            # "agreed on Tuesday to" tells when; "agreed on August as the month" what.
            is_agreed &= noun.ent_type_ not in DATES or any(p.lower_ == "as" for p in get_children(verb, "prep"))
        elif lemma == "agree" and preposition.lower_ == "to":
            is_agreed = noun.pos_ == "NOUN" and word not in opinions and noun.ent_type_ not in DATES
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
        elif _is_state(child):
            continue
        elif subject.lower_ in _OWN:
            is_deed = subject.lower_ in ("it", "they") or get_lemma(verb) == "announce"
            yield Promise(verb, child, subject, announced=True, is_weak=not is_deed)
        elif any(c.lower_ in ("its", "their") for c in get_children(subject, "poss")):
            # "Chad said its troops would join the force"
            yield Promise(verb, child, next(iter(get_children(subject, "poss"))), announced=True)
        elif get_lemma(child) in get_commitment_words("verbs", "acts"):
            yield Promise(verb, child, subject, announced=True)
        elif any(_has_day(below) for below in child.children):
            yield Promise(verb, child, subject, announced=True, is_weak=True)  # "Kenya would answer by Friday"
    for child in get_children(verb, "ccomp"):
        yield from _read_willing(verb, child)


def _is_state(verb: Token) -> bool:
    """ "it would be a mistake", "it would take two months": no deed."""
    is_lasting = get_lemma(verb) == "take" and any(n.ent_type_ in DATES for n in get_children(verb, "dobj"))
    is_glad = get_lemma(verb) == "be" and any(get_children(a, "xcomp") for a in get_children(verb, "acomp"))
    return is_lasting or (get_lemma(verb) in get_commitment_words("verbs", "stative") and not is_glad)


def _read_willing(verb: Token, be: Token) -> Iterator[Promise]:
    """ "said Peru was willing to withdraw provided": an offer, where it has its condition."""
    if get_lemma(be) != "be" or is_negated(be):
        return
    for word in get_children(be, "acomp"):
        if word.lower_ in ("willing", "ready", "prepared", "happy"):
            for child in get_children(word, "xcomp"):
                yield Promise(verb, child, find_subject(be), announced=True, is_weak=True)


def _read_decided(verb: Token) -> Iterator[Promise]:
    """ "The ministers decided to set up a commission": what several decide together."""
    subject = find_subject(verb)
    if subject is None or not is_undertaken(verb):
        return
    is_several = get_lemma(subject) in get_commitment_words("nouns", "several") and subject.tag_ == "NNS"
    if not is_several and not get_children(subject, "conj"):
        return
    for child in get_children(verb, "xcomp"):
        if "to" in get_auxiliaries(child) and child.i > verb.i:
            yield from _part(Promise(verb, child, subject))
