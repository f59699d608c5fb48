"""A paragraph's clauses into cues that something is expected by people whom nobody names.

"is expected to", "looks set to", "it is unlikely that", "a meeting is unlikely", "no breakthrough is expected".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_clause,
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.forecast_cues import Cue, is_future
from communique.annotate.ledgers.hedges import get_forecast_words, whole

_AMOUNTS = frozenset({"little", "much", "nothing", "more"})


def find_impersonals(token: Token, lemma: str) -> Iterator[Cue]:
    """ "is expected to", "it is unlikely that", "a meeting is unlikely"."""
    if token.dep_ in ("acomp", "oprd") and lemma in get_forecast_words("adjectives", "predicates"):
        yield from _read_predicate(token)
    if lemma in get_forecast_words("verbs", "impersonal") and (is_verb(token) or token.pos_ == "ADJ"):
        yield from _read_impersonal(token, lemma)
    if token.dep_ == "ccomp" and is_future(token):
        yield from _read_it(token)


def _read_impersonal(token: Token, lemma: str) -> Iterator[Cue]:
    """ "is expected to", "are likely to", "a summit expected to last a week"."""
    is_passive = bool(get_children(token, "auxpass"))
    is_acl = token.dep_ == "acl" and token.tag_ == "VBN"
    # "looks set to win"
    is_linked = token.dep_ in ("acomp", "oprd") and token.head.lemma_ in get_forecast_words("hedges", "odds_verbs")
    be = token.head if is_linked else None
    if (be is None and (is_verb(token) and not is_passive and not is_acl)) or (not is_verb(token) and be is None):
        return
    is_compared = any(child.lower_ in ("more", "less", "most", "least") for child in token.children)
    # "who might be expected to": of whom one would think so
    if is_compared or {"have", "has", "had", "might", "could", "would"} & get_auxiliaries(token):
        return  # "were more likely to vote" is a statistic
    complements = [child for child in get_children(token, "xcomp") if child.i > token.i and _find_to(child) is not None]
    for child in complements[:1]:
        yield from _read_complement(token, be, child)
    if is_passive and not complements and lemma in get_forecast_words("verbs", "bare"):
        yield from _read_bare(token)


def _find_to(verb: Token) -> Token | None:
    """The "to" of an infinitive; of "to be sent" the parser may hang it on "be"."""
    heads = (verb, *get_children(verb, "aux", "auxpass"))
    return next((c for head in heads for c in head.children if c.lower_ == "to" and c.dep_ == "aux"), None)


def _read_complement(token: Token, be: Token | None, child: Token) -> Iterator[Cue]:
    to = _find_to(child) or child
    first = min([token.i, *(c.i for c in get_children(token, "auxpass")), *([be.i] if be is not None else [])])
    negation = [c.i for c in (be if be is not None else token).children if c.dep_ == "neg"]
    subjects = get_children(be if be is not None else token, "nsubjpass", "nsubj")
    start, end = whole(child)
    apart: Token | None = None
    if token.dep_ == "acl":
        start = find_phrase(token.head)[0]
    elif subjects and subjects[0].tag_ == "DT":
        return
    elif subjects and subjects[0].tag_ not in ("WDT", "WP"):
        start = min(start, subjects[0].left_edge.i)
        if (be or token).dep_ == "relcl":
            start, apart = (
                subjects[0].left_edge.i,
                (be or token).head,
            )  # "the bill, which the house is expected to pass"
        # "were expected to discuss the war, the treaty and trade": the parser hangs the list on who discusses
        end = max([end, *(c.right_edge.i + 1 for c in get_children(subjects[0], "appos", "conj") if c.i >= end)])
    elif not subjects and (be or token).dep_ == "conj":
        # "Chile is in no hurry and is not expected to follow"
        start, apart = min([first, *negation]), find_subject(be or token)
    elif not subjects and be is not None:
        start = min(start, find_clause(be)[0])  # "Also on the agenda is likely to be"
    subject = find_phrase(apart) if apart is not None and find_phrase(apart)[1] <= start else None
    yield Cue(token, (start, end), (min([first, *negation]), to.i + 1), None, top=be, subject=subject)


def _read_bare(token: Token) -> Iterator[Cue]:
    """ "no concessions were to be expected", "a swap is expected next week"."""
    if "to" in get_auxiliaries(token):
        for subject in get_children(token, "nsubjpass") or get_children(token.head, "nsubj"):
            start = token.left_edge.i if token.head.i == token.i else token.head.i
            yield Cue(token, find_phrase(subject), (start, token.i + 1), None)
        return
    be = get_children(token, "auxpass")
    if token.dep_ in ("relcl", "advcl", "acl") or any(c.lower_ in ("as", "than") for c in token.children):
        return
    for subject in get_children(token, "nsubjpass"):
        if subject.lower_ in _AMOUNTS:  # "little is expected of the summit"
            for _, noun in iter_objects(token, "of", "from"):
                yield Cue(token, find_phrase(noun), (subject.left_edge.i, token.i + 1), None)
        if subject.pos_ in ("NOUN", "PROPN") and be:
            later = [c.right_edge.i + 1 for c in get_children(token, "prep", "npadvmod") if c.i > token.i]
            end = max([token.i + 1, *later])
            yield Cue(token, (find_phrase(subject)[0], end), (be[0].i, token.i + 1), None)


def _read_predicate(word: Token) -> Iterator[Cue]:
    """ "a meeting of the presidents is unlikely before the summer"."""
    be = word.head
    if get_children(word, "xcomp", "ccomp") or get_children(be, "xcomp", "ccomp"):
        return
    for subject in get_children(be, "nsubj")[:1]:
        if subject.pos_ == "NOUN" and be.tag_ in ("VBZ", "VBP", "VB") and not is_people(subject):
            later = [
                c.right_edge.i + 1 for c in (*get_children(be, "prep"), *get_children(word, "prep")) if c.i > word.i
            ]
            yield Cue(be, (subject.left_edge.i, max([word.i + 1, *later])), (be.i, word.i + 1), None)


def _read_it(clause: Token) -> Iterator[Cue]:
    """ "it is unlikely that", "it is far from certain that", "it is expected that"."""
    head = clause.head
    be = head if head.lemma_ == "be" else next(iter(get_children(head, "auxpass")), head.head)
    subjects = get_children(head if is_verb(head) else be, "nsubj", "nsubjpass", "expl")
    if (
        be.lemma_ not in get_forecast_words("hedges", "odds_verbs")
        or not any(s.lower_ == "it" for s in subjects)
        or clause.i < be.i
    ):
        return
    between = clause.doc[be.i : clause.left_edge.i]
    if any(t.lower_ in get_forecast_words("adjectives", "impersonal") for t in between) and len(between) <= 8:
        yield Cue(be, whole(clause), (be.i, clause.left_edge.i), None)
