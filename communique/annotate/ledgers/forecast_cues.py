"""A paragraph's clauses into cues that something is expected, with the hedging words.

1. Expecting: "analysts expect that", "hopes to join", "fears a collapse", "is confident that".
2. Nobody named: "is expected to", "it is unlikely that", "no breakthrough is expected".
3. Odds: "the chances are slim", "sees little chance of" (`odds_cues`).
4. Modal verbs: "may", "might", "could", and "will" of others (`modal_cues`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from communique.annotate.ledgers.hedges import MAX_FRAME, find_frame, find_hedge, get_forecast_words, whole

_AMOUNTS = frozenset({"little", "much", "nothing", "more"})


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Token indices of what is expected and of the hedge; ``expecter`` is None where nobody is named.

    ``inner``: a second hedge, within what is expected. ``subject``: of whom it is expected, where that stands apart.
    """

    verb: Token
    what: tuple[int, int]
    hedge: tuple[int, int] | None
    expecter: Token | None
    needs_speaker: bool = False
    top: Token | None = None
    inner: tuple[int, int] | None = None
    subject: tuple[int, int] | None = None


def find_attitudes(token: Token, lemma: str) -> Iterator[Cue]:
    """ "expects that", "hopes to", "fears a collapse", "is confident that"."""
    if is_verb(token):
        is_now = token.tag_ in ("VBZ", "VBP") and not get_auxiliaries(token)
        known = get_forecast_words("verbs", "attitude") | get_forecast_words("verbs", "opinion") | {"see"}
        if lemma in known or (is_now and lemma in get_forecast_words("verbs", "opinion_now")):
            yield from _read_attitude(token, lemma)
    elif token.dep_ in ("acomp", "advcl", "acl", "amod") and lemma in get_forecast_words("adjectives", "attitude"):
        yield from _read_adjective(token)


def find_impersonals(token: Token, lemma: str) -> Iterator[Cue]:
    """ "is expected to", "it is unlikely that", "a meeting is unlikely"."""
    if token.dep_ in ("acomp", "oprd") and lemma in get_forecast_words("adjectives", "predicates"):
        yield from _read_predicate(token)
    if lemma in get_forecast_words("verbs", "impersonal") and (is_verb(token) or token.pos_ == "ADJ"):
        yield from _read_impersonal(token, lemma)
    if token.dep_ == "ccomp" and is_future(token):
        yield from _read_it(token)


def is_future(verb: Token) -> bool:
    """ "will V", "might V", not "would have V"."""
    auxiliaries = get_auxiliaries(verb)
    is_modal = bool(auxiliaries & (get_forecast_words("hedges", "future") | get_forecast_words("hedges", "modals")))
    return is_modal and "have" not in auxiliaries


def _is_expectable(verb: Token) -> bool:
    is_part = verb.tag_ == "VBN" and verb.dep_ == "acl"
    return not get_children(verb, "auxpass") and not is_part and "to" not in get_auxiliaries(verb)


def _read_attitude(verb: Token, lemma: str) -> Iterator[Cue]:
    subject = find_subject(verb)
    if not _is_expectable(verb) or subject is None or _is_framed(verb):
        return
    expecter, first = _find_expecter(verb, subject)
    yield from _read_clauses(verb, lemma, expecter, first)
    yield from _read_infinitives(verb, lemma, expecter, first)
    for preposition in get_children(verb, "prep"):
        for clause in get_children(preposition, "pcomp"):
            if f"{lemma}:{preposition.lower_}" in get_forecast_words("verbs", "objects"):
                yield Cue(verb, whole(clause), (verb.i, preposition.i + 1), expecter)
    for preposition, noun in iter_objects(verb):
        is_outcome = lemma in ("hope", "hop") or noun.lemma_.lower() in get_forecast_words("nouns", "outcomes")
        if is_outcome and f"{lemma}:{preposition.lower_}" in get_forecast_words("verbs", "objects"):
            start = min([verb.i, *(c.i for c in get_children(verb, "aux") if c.i < verb.i)])
            yield Cue(verb, find_phrase(noun, with_clauses=True), (start, preposition.i + 1), expecter)
    # "I don't see a breakthrough": only what is not seen coming
    is_seeing = lemma == "see" and any(child.dep_ == "neg" for child in verb.children)
    if (is_seeing or lemma in get_forecast_words("verbs", "with_noun")) and not get_children(verb, "ccomp", "xcomp"):
        yield from _read_noun(verb, lemma, expecter, first)


def _is_framed(verb: Token) -> bool:
    """ "the best Chile can hope for is": nobody hopes for it; what can be had at best is told (`frame_cues`)."""
    following = verb.doc[verb.i : min(verb.i + MAX_FRAME, verb.sent.end)]
    frames = (find_frame(be) for be in following if be.lemma_ == "be" and be.dep_ not in ("aux", "auxpass"))
    return any(frame is not None and frame[0] <= verb.i < frame[1] for frame in frames)


def _find_expecter(verb: Token, subject: Token) -> tuple[Token | None, int]:
    """Who expects, and where the hedge begins: "nobody expects" and "does not expect" are hedges as a whole."""
    negation = [c.i for c in get_children(verb, "aux", "neg")] if any(c.dep_ == "neg" for c in verb.children) else []
    # "few expect": everybody else, whom nobody names, does not
    is_quantity = subject.lower_ in get_forecast_words("hedges", "quantities") and subject.i < verb.i
    if is_quantity:
        return None, subject.left_edge.i
    return subject, min([verb.i, *negation])


def _read_clauses(verb: Token, lemma: str, expecter: Token | None, first: int) -> Iterator[Cue]:
    subject = find_subject(verb)
    for child in get_children(verb, "ccomp"):
        is_below = lemma in get_forecast_words("verbs", "attitude") and any(_iter_modals_below(child))
        is_own = (
            subject is not None
            and subject.lower_ == "i"
            and any(noun.lower_ == "i" for noun in get_children(child, "nsubj"))
        )
        is_ahead = is_future(child) or is_below or (lemma in ("hope", "hop") and "can" in get_auxiliaries(child))
        # "expect the ministers to sign": the parser makes it a clause with a subject of its own.
        is_infinitive = lemma in ("expect", "anticipate") and "to" in get_auxiliaries(child)
        is_fronted = child.i < verb.i and lemma in ("warn", "predict")  # "sanctions would hurt, the bishop warned"
        frame = find_frame(child) if child.i > verb.i else None
        if frame is not None:
            said = get_children(child, "ccomp")
            what = whole(said[0]) if said else (child.i + 1, whole(child)[1])
            yield Cue(verb, what, frame, expecter, inner=find_hedge(said[0]) if said else None)
        elif (child.i > verb.i or is_fronted) and (is_ahead or is_infinitive) and not is_own:
            yield Cue(verb, whole(child), find_hedge(child) or (first, verb.i + 1), expecter)
    if not get_children(verb, "ccomp"):
        yield from _read_torn(verb, expecter, first)


def _read_torn(verb: Token, expecter: Token | None, first: int) -> Iterator[Cue]:
    """ "he thought trade, both old and new, could grow": the parser takes the subject for an object."""
    for noun in get_children(verb, "dobj"):
        for clause in get_children(verb.head, "ccomp", "conj"):
            is_without = not get_children(clause, "nsubj", "nsubjpass")
            if (
                clause.i > noun.right_edge.i
                and is_future(clause)
                and is_without
                and clause.sent.start == verb.sent.start
            ):
                yield Cue(
                    verb, (noun.left_edge.i, whole(clause)[1]), find_hedge(clause) or (first, verb.i + 1), expecter
                )


def _read_infinitives(verb: Token, lemma: str, expecter: Token | None, first: int) -> Iterator[Cue]:
    is_headline = verb.tag_ in ("VBD", "VBN") and not verb.doc[len(verb.doc) - 1].is_punct
    for child in get_children(verb, "xcomp"):
        if "to" not in get_auxiliaries(child):
            continue
        if is_headline and lemma == "expect" and expecter is not None:
            yield Cue(verb, (find_phrase(expecter)[0], whole(child)[1]), (verb.i, child.left_edge.i + 1), None)
        elif lemma in get_forecast_words("verbs", "own") and child.i > verb.i:
            is_next = child.left_edge.i == verb.i + 1
            yield Cue(verb, whole(child), (first, child.left_edge.i + 1 if is_next else verb.i + 1), expecter)


def _read_noun(verb: Token, lemma: str, expecter: Token | None, first: int) -> Iterator[Cue]:
    """ "fears a collapse", "expects no agreement": of what is expected, only what can come about."""
    for noun in get_children(verb, "dobj"):
        is_outcome = lemma in ("predict", "fear", "forecast", "foresee")
        # "expect a comfortable majority", not "the delegation"
        is_outcome |= lemma == "expect" and any(
            c.lower_ in ("a", "an", "no", "little") for c in get_children(noun, "det")
        )
        is_outcome |= noun.lemma_.lower() in get_forecast_words("nouns", "outcomes")
        if noun.pos_ == "NOUN" and not is_people(noun) and is_outcome:
            start, end = find_phrase(noun)
            # "growth in 2021": the parser may hang the year on the verb.
            later = [c.right_edge.i + 1 for c in get_children(verb, "prep", "npadvmod") if c.i > noun.i]
            yield Cue(verb, (start, max([end, *later])), (first, verb.i + 1), expecter)


def _iter_modals_below(verb: Token) -> Iterator[Token]:
    """ "that the best he can hope for is that they will do nothing"."""
    for child in get_children(verb, "ccomp"):
        if get_auxiliaries(child) & get_forecast_words("hedges", "future"):
            yield child


def _read_adjective(word: Token) -> Iterator[Cue]:
    """ "is confident that parliament will", "was not optimistic that"."""
    be, subject = word.head, find_subject(word.head) if is_verb(word.head) else word.head
    if subject is None or subject.lower_ == "it":
        return
    is_linked = word.dep_ == "acomp"  # else "aides waited, confident that"
    negation = [child.i for child in get_children(be, "neg")] if is_linked else []
    first = min([be.i, *negation]) if is_linked else word.i
    for child in get_children(word, "ccomp"):
        if child.i > word.i and (is_future(child) or "can" in get_auxiliaries(child)):
            yield Cue(be if is_linked else word, whole(child), (first, word.i + 1), subject)


# --- nobody named ---------------------------------------------------------------------------------


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
    if is_compared or {"have", "has", "had"} & get_auxiliaries(token):
        return  # "were more likely to vote" is a statistic
    complements = [
        child for child in get_children(token, "xcomp") if "to" in get_auxiliaries(child) and child.i > token.i
    ]
    for child in complements[:1]:
        yield from _read_complement(token, be, child)
    if is_passive and not complements and lemma in get_forecast_words("verbs", "bare"):
        yield from _read_bare(token)


def _read_complement(token: Token, be: Token | None, child: Token) -> Iterator[Cue]:
    to = next(c for c in child.children if c.lower_ == "to")
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
        # "were expected to discuss the war, the treaty and trade": the parser hangs the list on who discusses
        end = max([end, *(c.right_edge.i + 1 for c in get_children(subjects[0], "appos", "conj") if c.i >= end)])
    elif not subjects and (be or token).dep_ == "conj":
        # "Chile is in no hurry and is not expected to follow"
        start, apart = min([first, *negation]), find_subject(be or token)
    elif not subjects and be is not None:
        start = min(start, find_clause(be)[0])  # "Also on the agenda is likely to be"
    subject = find_phrase(apart) if apart is not None and apart.right_edge.i < start else None
    yield Cue(token, (start, end), (min([first, *negation]), to.i + 1), None, top=be, subject=subject)


def _read_bare(token: Token) -> Iterator[Cue]:
    """ "no breakthroughs were to be expected", "a swap is expected next week"."""
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
