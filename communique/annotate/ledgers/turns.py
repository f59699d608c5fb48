"""A sentence's clauses into deeds: what it tells as done, left undone, kept, broken, replaced, put off, or achieved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Span as Sentence
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
from communique.annotate.events.people import find_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.terms import get_outcome_words, to_act
from communique.annotate.parse import Block, get_texts
from communique.annotate.who.actors import Actors
from communique.model import Status, Turn

_MARKERS = frozenset({"as", "contrary", "despite", "defying"})


@dataclass(frozen=True, slots=True)
class Told:
    """A deed with the place of its word in the paragraph."""

    turn: Turn
    act: str
    actors: tuple[str, ...]
    at: int
    partly: bool = False
    sure: bool = True


def find_deeds(sentence: Sentence, tokens: Sequence[Token], block: Block, actors: Actors) -> list[Told]:
    """The deeds of a sentence, in text order: of its verbs and nouns (``tokens``), then of what marks it whole."""
    found: list[Told] = []
    for token in tokens:
        if is_verb(token):
            found += _read_verb(token, block, actors) if token.dep_ not in ("aux", "auxpass") else ()
        elif token.pos_ == "NOUN" and get_lemma(token) in get_outcome_words("results", "nouns"):
            found += _read_result(token)
    words = islice(get_texts(sentence.doc), sentence.start, sentence.end)
    return found + (_read_markers(sentence) if any(word.lower() in _MARKERS for word in words) else [])


def _words(name: str) -> frozenset[str]:
    return get_outcome_words("deeds", name)


# --- verbs ----------------------------------------------------------------------------------------


def _read_verb(verb: Token, block: Block, actors: Actors) -> Iterator[Told]:
    lemma = get_lemma(verb)
    if lemma == "agree" and _is_scant(verb):
        yield Told(Turn.NO_RESULT, "agreement", (), verb.idx)  # "only principles have been agreed upon"
    if lemma in _words("states"):
        return
    # "has yet to", "would have": what is not over is no deed
    status = read_verb_status(verb)
    if status not in (Status.HAPPENED, Status.DENIED) or "would" in get_auxiliaries(verb):
        return
    is_no = is_negated(verb) or status is Status.DENIED
    is_sure = "had" not in get_auxiliaries(verb)  # "had withdrawn": before what is told, perhaps before the promise
    if (verb.tag_ in ("VBZ", "VBP") and not get_auxiliaries(verb)) or "to" in get_auxiliaries(verb):
        return
    if lemma in get_outcome_words("results", "efforts") and is_no and _has_pronoun(verb):
        yield Told(Turn.NO_RESULT, lemma, (), verb.idx)
    turn = _read_fate(verb, lemma, is_no)
    if turn is not None:
        yield Told(turn, to_act(lemma), _find_actors(verb, block, actors), verb.idx, sure=is_sure)
    elif lemma in _words("failing") | _words("managing"):
        is_undone = (lemma in _words("failing")) != is_no
        for child in get_children(verb, "xcomp"):
            who = _find_actors(verb, block, actors)
            yield Told(Turn.NOT_DONE if is_undone else Turn.DONE, to_act(get_lemma(child)), who, verb.idx)
    elif lemma not in _words("states"):
        turn = Turn.NOT_DONE if is_no else Turn.DONE
        yield Told(turn, to_act(lemma), _find_actors(verb, block, actors), verb.idx, _is_partly(verb), is_sure)


def _is_scant(verb: Token) -> bool:
    nouns = get_children(verb, "nsubjpass")
    words = {word.lower_ for noun in nouns for word in (noun, *noun.children)}
    words |= {word.lower_ for word in get_children(verb, "advmod")}
    return bool(nouns) and bool(words & _words("scant"))


def _has_pronoun(verb: Token) -> bool:
    return any(noun.lower_ in ("it", "that", "this", "they") for noun in get_children(verb, "nsubj"))


def _find_actors(verb: Token, block: Block, actors: Actors) -> tuple[str, ...]:
    is_passive = bool(get_children(verb, "auxpass"))
    who = find_agent(verb) if is_passive else find_subject(verb)
    return tuple(s.entity for s in find_people(actors, block, who) if s.entity) if who is not None else ()


def _read_fate(verb: Token, lemma: str, is_no: bool) -> Turn | None:
    """What became of a promise, a plan, a deadline that the verb is told of."""
    is_passive = bool(get_children(verb, "auxpass"))
    nouns = get_children(verb, "nsubjpass") if is_passive else get_children(verb, "dobj")
    if is_passive and verb.dep_ == "relcl" and any(noun.tag_ in ("WDT", "WP") for noun in nouns):
        nouns = [verb.head]  # "the truce, which has been observed"
    nouns += [noun for _, noun in iter_objects(verb, "on", "out")] if lemma in ("renege", "back") else []
    is_promise = any(get_lemma(noun) in _words("promises") for noun in nouns)
    particles = {child.lower_ for child in get_children(verb, "prt")}
    if lemma in _words("put_off") and (lemma != "put" or particles & {"off", "back"}):
        return None if is_no else Turn.PUT_OFF
    if lemma in _words("cancel") and (lemma != "call" or "off" in particles):
        return None if is_no else Turn.CANCELLED
    if not is_promise:
        return None
    if lemma in _words("keep"):
        return Turn.BROKEN if is_no else Turn.KEPT
    if lemma in _words("break"):
        return Turn.KEPT if is_no and lemma in ("break", "miss") else None if is_no else Turn.BROKEN
    return Turn.REPLACED if lemma in _words("replace") and not is_no else None


def _is_partly(verb: Token) -> bool:
    """ "withdrew half of its troops"."""
    texts = get_texts(verb.doc)
    beside = [k for k in range(max(verb.i - 2, 0), min(verb.i + 4, len(texts))) if texts[k].lower() in _words("partly")]
    return bool(beside) and any(t.i in beside for t in islice(verb.subtree, MAX_DEPTH))


# --- results --------------------------------------------------------------------------------------


def _read_result(noun: Token) -> Iterator[Told]:
    """ "reached an agreement", "without a breakthrough", "no concrete results", "did not make progress"."""
    act = to_act(get_lemma(noun))
    if any(child.lower_ == "no" for child in get_children(noun, "det")):
        yield Told(Turn.NO_RESULT, act, (), noun.idx)
        return
    if noun.dep_ == "pobj" and noun.head.lower_ == "without":
        yield Told(Turn.NO_RESULT, act, (), noun.idx)
        return
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else noun.head.head if noun.dep_ == "pobj" else None
    if verb is None or not is_verb(verb) or get_lemma(verb) not in get_outcome_words("results", "verbs"):
        return
    if noun.dep_ == "pobj" and noun.head.lower_ not in ("to", "with", "in"):
        return
    reached = _read_reached(verb)
    if reached is not None:
        yield Told(Turn.RESULT if reached else Turn.NO_RESULT, act, (), noun.idx)


def _read_reached(verb: Token) -> bool | None:
    """Was it reached? None where the words do not say."""
    for above in (verb, *islice(verb.ancestors, 3)):
        lemma = get_lemma(above)
        if lemma in _words("failing"):
            return None if read_verb_status(above) not in (Status.HAPPENED, Status.DENIED) else is_negated(above)
        # "our managing to sign it": a noun to the parser
        if lemma in _words("managing") or above.lower_ == "managing":
            return not is_negated(above)
    status = read_verb_status(verb)
    if verb.tag_ in ("VBZ", "VBP") and not get_auxiliaries(verb):
        return None
    return not is_negated(verb) if status in (Status.HAPPENED, Status.DENIED) else None


# --- "as promised", "contrary to predictions" --------------------------------------------------------


def _read_markers(sentence: Sentence) -> list[Told]:
    found = []
    for token in sentence:
        lower = token.lower_
        if lower == "as":
            found += _read_as(token, sentence)
        elif lower in ("contrary", "despite", "defying"):
            following = sentence.doc[token.i + 1 : min(token.i + 6, sentence.end)]
            if any(get_lemma(t) in _words("expectations") for t in following):
                found.append(Told(Turn.CONTRARY, lower, (), token.idx))
    return found


def _read_as(token: Token, sentence: Sentence) -> list[Told]:
    """ "as promised", "as analysts had expected": up to five words between, and no comma."""
    for other in sentence.doc[token.i + 1 : min(token.i + 7, sentence.end)]:
        if other.is_punct:
            break
        if other.lower_ in _words("kept_words") and other.i == token.i + 1:
            return [Told(Turn.KEPT, "promise", (), token.idx)]
        if other.lower_ in _words("foretold_words") and other.tag_ in ("VBN", "VBD"):
            return [Told(Turn.FORETOLD, "expect", (), token.idx)]
    return []
