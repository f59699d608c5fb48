"""A paragraph's clauses into cues that something is expected, with the hedging words.

1. Expecting: "analysts expect that", "hopes to join", "fears a collapse", "is confident that".
2. Nobody named: "is expected to", "it is unlikely that", "no breakthrough is expected" (`impersonal_cues`).
3. At most, at best: "the most they could win is that" (`frame_cues`).
4. Odds and modal verbs: "the chances are slim", "may", "might", "could", and "will" of others (`modal_cues`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.hedges import MAX_FRAME, find_frame, find_hedge, get_forecast_words, whole


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


def is_future(verb: Token) -> bool:
    """ "will V", "might V", not "would have V"."""
    auxiliaries = get_auxiliaries(verb)
    is_modal = bool(auxiliaries & (get_forecast_words("hedges", "future") | get_forecast_words("hedges", "modals")))
    return is_modal and "have" not in auxiliaries


def _is_expectable(verb: Token) -> bool:
    is_part = verb.tag_ == "VBN" and verb.dep_ == "acl"
    # "we expected you to have": what somebody counted on before, not what he expects
    is_over = verb.tag_ == "VBD" and any(s.lower_ in ("we", "i") for s in get_children(verb, "nsubj"))
    is_over |= verb.tag_ == "VBG" and get_lemma(verb) == "think"
    if any(s.lower_ == "you" for s in get_children(verb, "nsubj")):
        return False  # "you would think that"
    if is_over and get_lemma(verb) not in ("hope", "hop", "fear"):
        return False
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
        is_ahead = (is_future(child) and not _is_verdict(child)) or is_below
        is_ahead |= lemma in ("hope", "hop") and "can" in get_auxiliaries(child)
        # "expect the ministers to sign": the parser makes it a clause with a subject of its own.
        is_infinitive = lemma in ("expect", "anticipate") and "to" in get_auxiliaries(child)
        is_fronted = child.i < verb.i and lemma in ("warn", "predict")  # "sanctions would hurt, the bishop warned"
        frame = find_frame(child) if child.i > verb.i else None
        if frame is not None:
            said = get_children(child, "ccomp")
            what = whole(said[0]) if said else (child.i + 1, whole(child)[1])
            yield Cue(verb, what, frame, expecter, inner=find_hedge(said[0]) if said else None)
        elif (child.i > verb.i or is_fronted) and (is_ahead or is_infinitive) and not is_own:
            what, apart = _take_head(verb, child)
            yield Cue(verb, what, find_hedge(child) or (first, verb.i + 1), expecter, subject=apart)
    if not get_children(verb, "ccomp"):
        yield from _read_torn(verb, expecter, first)


def _take_head(verb: Token, clause: Token) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """ "a chamber that even optimists doubt will change": what is expected is told of the chamber."""
    start, end = whole(clause)
    subjects = get_children(clause, "nsubj", "nsubjpass", "csubj")
    if verb.dep_ != "relcl" or any(subject.tag_ not in ("WDT", "WP") for subject in subjects):
        return (start, end), _find_condition(verb)
    return (clause.i - len(get_children(clause, "aux")), end), find_phrase(verb.head)


def _find_condition(verb: Token) -> tuple[int, int] | None:
    """ "If it is cut, I think you will see": said of what is expected, wherever it hangs."""
    for clause in get_children(verb, "advcl"):
        if clause.i < verb.i and any(mark.lower_ in ("if", "unless") for mark in get_children(clause, "mark")):
            return clause.left_edge.i, clause.right_edge.i + 1
    return None


def _is_verdict(clause: Token) -> bool:
    """ "that would be a disaster", "such a ban would be unacceptable": what somebody thinks of it, no forecast."""
    subjects = get_children(clause, "nsubj")
    is_of_that = any(s.tag_ == "DT" or any(c.lower_ == "such" for c in s.children) for s in subjects)
    return is_of_that and get_lemma(clause) == "be" and "would" in get_auxiliaries(clause)


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
        is_outcome = lemma in ("predict", "forecast", "foresee")
        # "expect a comfortable majority", not "the delegation"; "fears a purge", not "the army"
        is_outcome |= lemma in ("expect", "fear") and any(
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
