"""A verb's clause into what it says came of an engagement, or of how it went: "agreed to disagree".

Which engagement is meant is for `results` to say; `is_of_talks` tells whether a subject can be one of talks at all: the
economy that made progress is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_clause,
    find_phrase,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.status import read_verb_status
from communique.annotate.events.triggers import get_words
from communique.model import Property, Status

_REACHING = ("reach", "strike", "clinch", "come", "achieve", "make", "secure")
_ENDING = ("end", "conclude", "finish", "break")
_DENYING = ("deny", "doubt", "dispute", "reject")
_MARKING = ("mark", "characterize", "characterise", "dominate")
EVENT_WORDS = ("event", "occasion", "encounter")
_MOOD_WORDS = ("mood", "atmosphere", "spirit", "tone")
_PRONOUNS = ("they", "we", "both", "two", "it", "neither", "which", "that")
_DONE = (Status.HAPPENED, Status.DENIED)

Found = tuple[Property, int, int]


def find_told(verb: Token) -> Iterator[Found]:
    """Results and moods that a clause tells, as token indices, half-open."""
    lemma = get_lemma(verb)
    if lemma == "agree":
        yield from _read_agreeing(verb)
    elif lemma == "fail":
        yield from _read_failing(verb)
    elif lemma in get_words("results", "breakdown") and read_verb_status(verb) is Status.HAPPENED:
        if any(get_lemma(s) in get_words("mood", "events") for s in get_children(verb, "nsubj")):
            yield Property.RESULT, *find_clause(verb)
    elif lemma in get_words("results", "reach"):
        yield from _read_reaching(verb)
    elif lemma in _ENDING:
        yield from _read_ending(verb)
    elif lemma == "put":
        yield from _read_putting(verb)
    elif lemma == "keep":
        yield from _read_keeping(verb)
    elif lemma in _MARKING:
        yield from _read_marking(verb)
    elif lemma == "be":
        yield from _read_being(verb)
    if lemma in get_words("mood", "calling"):
        yield from _read_calling(verb)


def _read_agreeing(verb: Token) -> Iterator[Found]:
    has_matter = get_children(verb, "xcomp", "ccomp") or any(iter_objects(verb, "on", "to", "upon"))
    is_told = verb.tag_ in ("VBD", "VBN", "VBG") and read_verb_status(verb) is Status.HAPPENED
    if has_matter and is_told and verb.dep_ not in ("relcl", "acl"):
        yield Property.RESULT, *find_clause(verb)


def _read_failing(verb: Token) -> Iterator[Found]:
    if read_verb_status(verb) is Status.HAPPENED:
        for below in get_children(verb, "xcomp"):
            if get_lemma(below) in get_words("results", "achieving"):
                yield Property.RESULT, *find_clause(verb)


def _read_reaching(verb: Token) -> Iterator[Found]:
    things = [*get_children(verb, "dobj", "nsubjpass"), *(noun for _, noun in iter_objects(verb, "to", "on"))]
    is_reached = any(get_lemma(thing) in get_words("results", "reached") for thing in things)
    is_failed = verb.dep_ == "xcomp" and get_lemma(verb.head) == "fail"  # told by `_read_failing`
    if is_reached and not is_failed and get_lemma(verb) in _REACHING and read_verb_status(verb) in _DONE:
        yield Property.RESULT, *_find_whole(verb)


def _read_ending(verb: Token) -> Iterator[Found]:
    """ "they ended without agreement"; of the talks by name it is told in `assertions`."""
    if any(subject.lower_ in ("they", "it") for subject in get_children(verb, "nsubj")) or verb.dep_ == "conj":
        for _, noun in iter_objects(verb, "without"):
            if get_lemma(noun) in get_words("results", "nouns") and read_verb_status(verb) is Status.HAPPENED:
                yield Property.RESULT, *find_clause(verb)


def _read_putting(verb: Token) -> Iterator[Found]:
    """ "put the length of the call at 40 minutes"."""
    if any(get_lemma(thing) in ("length", "duration") for thing in get_children(verb, "dobj")):
        for _, noun in iter_objects(verb, "at"):
            if noun.ent_type_ == "TIME":
                yield Property.DURATION, *find_phrase(noun)


def _read_keeping(verb: Token) -> Iterator[Found]:
    """ "kept his guest waiting for forty minutes"."""
    for waiting in get_children(verb, "xcomp", "ccomp"):
        if get_lemma(waiting) == "wait" and read_verb_status(verb) is Status.HAPPENED:
            for _, noun in iter_objects(waiting, "for"):
                if noun.ent_type_ == "TIME":
                    yield Property.START, waiting.i, noun.i + 1


def _find_whole(verb: Token) -> tuple[int, int]:
    """A verb's clause with what stands over it and may deny it: "did not manage to", "denied that"."""
    top = verb
    while top.head.i != top.i and (is_verb(top.head) or top.head.pos_ == "ADJ"):
        if top.dep_ not in ("xcomp", "acomp") and not (top.dep_ == "ccomp" and get_lemma(top.head) in _DENYING):
            break
        top = top.head
    start, end = find_clause(top)
    own = find_clause(verb)
    return min(start, own[0]), max(end, own[1])


def _read_marking(verb: Token) -> Iterator[Found]:
    if any(get_lemma(s) in (*EVENT_WORDS, *get_words("mood", "events")) for s in get_children(verb, "nsubjpass")):
        for _, noun in iter_objects(verb, "by"):
            if get_lemma(noun) in get_words("mood", "nouns"):
                yield Property.MOOD, *find_phrase(noun, with_clauses=True)


def _read_being(verb: Token) -> Iterator[Found]:
    for thing in get_children(verb, "attr"):
        is_tone = get_lemma(thing) in get_words("mood", "nouns") and get_children(thing, "amod")
        if get_children(verb, "expl") and is_tone:
            yield Property.MOOD, *find_phrase(thing)
        is_empty = any(child.lower_ in ("no", "little", "any") for child in get_children(thing, "det", "amod"))
        if get_children(verb, "expl") and is_empty and get_lemma(thing) in get_words("results", "nouns"):
            yield Property.RESULT, *find_phrase(thing)
    for subject in get_children(verb, "nsubj"):
        qualities = get_children(verb, "acomp")
        is_mood = get_lemma(subject) in _MOOD_WORDS and not get_children(subject, "prep")
        if is_mood and qualities and not is_negated(verb):
            yield Property.MOOD, *find_clause(verb)
        if get_lemma(subject) in get_words("mood", "events") and not is_negated(verb):
            yield from _find_qualities(qualities)


def _read_calling(verb: Token) -> Iterator[Found]:
    """ "described the talks as productive", "called them fruitful"."""
    said_of = [*get_children(verb, "dobj", "nsubjpass")]
    said_of += [noun for clause in get_children(verb, "ccomp", "xcomp") for noun in get_children(clause, "nsubj")]
    if not any(get_lemma(noun) in get_words("mood", "events") for noun in said_of):
        return
    qualities = [*get_children(verb, "oprd"), *(c for c in get_children(verb, "ccomp", "xcomp") if c.pos_ == "ADJ")]
    qualities += [child for hung in get_children(verb, "prep") if hung.lower_ == "as" for child in hung.children]
    yield from _find_qualities(qualities)


def _find_qualities(adjectives: list[Token]) -> Iterator[Found]:
    """The adjectives of a coordination ("frank and constructive"), where one of them tells a mood."""
    for adjective in adjectives:
        linked = [adjective, *(other for other in adjective.conjuncts if other.pos_ == "ADJ")]
        if any(other.lower_ in get_words("mood", "adjectives") for other in linked):
            first = min(linked, key=lambda other: other.i)
            start = min([first.i, *(child.i for child in first.lefts if child.dep_ in ("advmod", "neg"))])
            yield Property.MOOD, start, max(other.i for other in linked) + 1
            return


def is_reach(verb: Token) -> bool:
    """Does a verb tell what somebody reached or failed to, as "make progress" does?"""
    return get_lemma(verb) in (*_REACHING, "fail")


def is_of_those_there(verb: Token, subject: Token) -> bool:
    """Are those who reach something called by a word for those who met just before: "the ministers agreed to"?"""
    is_group = subject.lower_ in ("they", "we", "both") or get_lemma(subject) in get_words("results", "reachers")
    return is_group and (is_reach(verb) or get_lemma(verb) == "agree") and is_of_talks(verb, subject)


def is_of_talks(verb: Token, subject: Token | None) -> bool:
    """Can a subject have reached something at talks: the talks, those who took part, nobody named ("was reached")?"""
    start = find_clause(verb)[0]
    above = verb.doc[start - 1] if start else verb
    if (
        get_lemma(verb) == "put"
        or subject is None
        or get_children(verb, "expl")
        or any(c.tag_ == "PRP$" for c in get_children(above, "poss"))
    ):
        return True  # "our managing to sign a pact"
    if subject.lower_ in _PRONOUNS or subject.pos_ == "PROPN":
        return True
    lemma = get_lemma(subject)
    if lemma in get_words("results", "reached") | get_words("results", "nouns"):
        return subject.dep_ == "nsubjpass"
    if lemma in (*_MOOD_WORDS, *EVENT_WORDS) or lemma in get_words("mood", "events"):
        return True
    is_placed = any(child.lower_ in ("in", "of", "from", "at") for child in get_children(subject, "prep"))
    return lemma in get_words("results", "reachers") and not is_placed
