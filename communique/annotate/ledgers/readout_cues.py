"""A clause into what a voice says of an engagement that it does not name: "it lasted an hour", "put it at two".

What stands beside the word for an engagement is found with that word (`events.assertions`). Here is what follows: the
other side's figure, hour, day, place or adjective, said of "it" and "they", or with a bare value. Which engagement is
meant, and whose word it is, `readouts` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_governor,
    find_subject,
    get_children,
    get_lemma,
    is_negated,
    iter_objects,
)
from communique.annotate.events.outcomes import find_told, is_of_talks
from communique.annotate.events.status import read_verb_status
from communique.annotate.events.triggers import get_words
from communique.annotate.parse import Block
from communique.model import AHEAD, Property, TimeExpression, TimeType
from communique.tables import load_table

_DATED = (TimeType.DATE, TimeType.TIME)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A value with its token indices, half-open.

    ``verb``: the word that gives it. ``caller``: who gives it where the clause itself says so. ``is_bare``: only the
    value is given, and what it is of has to be told before. ``value`` stands for the words where these are a denial.
    """

    property: Property
    start: int
    end: int
    verb: Token
    caller: Token | None = None
    is_bare: bool = False
    is_theirs: bool = False  # means the engagement only in the mouth of somebody who took part
    value: str = ""


@cache
def get_readout_words(name: str) -> frozenset[str]:
    """A list of ``tables/readouts.toml``."""
    return frozenset(load_table("readouts")[name])


@cache
def get_verbs() -> frozenset[str]:
    """Lemmas of all verbs that are read."""
    names = ("lasting", "ending", "starting", "placing", "giving", "calling")
    listed = frozenset().union(*(get_readout_words(name) for name in names))
    return listed | get_words("results", "reach") | {"be", "deny", "dispute", "reject", "agree"}


def find_values(verb: Token, block: Block, times: list[TimeExpression]) -> Iterator[Found]:
    """What a verb's clause says of an engagement told before.

    Args:
        verb: Any verb with a lemma of `get_verbs`.
        block: Its paragraph.
        times: The time expressions of the paragraph.
    """
    lemma = get_lemma(verb)
    if lemma in get_readout_words("giving"):
        yield from _read_given(verb, block, times)
    if lemma in get_readout_words("calling"):
        yield from _read_called(verb)
    if lemma in ("deny", "dispute", "reject"):
        yield from _read_denied(verb)
    for name, start, end in find_told(verb):
        if name is Property.RESULT and is_of_talks(verb, find_subject(verb)):
            yield Found(name, start, end, verb, is_theirs=True)
    if lemma in ("take", "be", "occur", "happen"):
        yield from _read_none(verb)
    if not _is_of_it(verb) or read_verb_status(verb) in AHEAD or is_negated(verb) or _is_conditional(verb):
        return
    if lemma == "be":
        yield from _read_quality(verb)
        yield from _read_length(verb, block, times)
        return
    for time, start, end in _find_times(verb, block, times):
        kind = _classify(lemma, verb, time, start)
        if kind is not None:
            yield Found(kind, *_widen(verb, kind, start, end), verb)
    if _is_placing(verb):
        yield from _read_place(verb)


def _is_conditional(verb: Token) -> bool:
    return any(child.lower_ in ("would", "could", "might", "should", "may") for child in get_children(verb, "aux"))


def _is_of_it(verb: Token) -> bool:
    """Is the subject a word that only points back, or a word for talks that names nobody?"""
    subjects = get_children(verb, "nsubj", "nsubjpass")
    if not subjects and verb.dep_ == "conj":
        subjects = get_children(verb.head, "nsubj", "nsubjpass")
    if any(s.lower_ in ("it", "they", "that", "this") or _is_occasion(s) for s in subjects):
        return True
    is_group = any(get_lemma(s) in get_words("results", "reachers") and _is_plain(s) for s in subjects)
    return is_group and get_lemma(verb) in ("meet", "talk", "speak")


def _is_plain(noun: Token) -> bool:
    """ "the two", "both ministers": of no other than those just told of."""
    return all(child.dep_ in ("det", "nummod") for child in noun.children) and (noun.tag_ != "NN" or noun.pos_ == "NUM")


def _is_occasion(noun: Token) -> bool:
    return get_lemma(noun) in get_readout_words("occasions")


def _find_times(verb: Token, block: Block, times: list[TimeExpression]) -> Iterator[tuple[TimeExpression, int, int]]:
    for time in times:
        span = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
        if span is None or span.start <= verb.i or not verb.is_ancestor(span.root):
            continue
        governor = find_governor(span.root)
        if governor is not None and governor.i == verb.i:
            yield time, span.start, span.end


def _classify(lemma: str, verb: Token, time: TimeExpression, start: int) -> Property | None:
    before = verb.doc[start - 1].lower_
    if time.type is TimeType.DURATION:
        is_length = lemma in get_readout_words("lasting") and before not in get_readout_words("reaches")
        return Property.DURATION if is_length else None
    if time.type is TimeType.TIME and lemma in get_readout_words("ending") | get_readout_words("starting"):
        opening = {token.lower_ for token in verb.doc[start - 1 : start + 3]}
        if not opening & get_words("predicates", "end_prepositions"):
            return None
        return Property.END if lemma in get_readout_words("ending") else Property.START
    return Property.WHEN if time.type in _DATED and _is_placing(verb) else None


def _is_placing(verb: Token) -> bool:
    """ "was held", "took place", "happened"."""
    lemma = get_lemma(verb)
    if lemma == "take":
        return any(child.lower_ == "place" for child in get_children(verb, "dobj"))
    return lemma in get_readout_words("placing") and (lemma != "hold" or bool(get_children(verb, "auxpass")))


def _widen(verb: Token, kind: Property, start: int, end: int) -> tuple[int, int]:
    """With what bounds a value: "about an hour", "more than two hours", "shortly before midnight"."""
    if kind is Property.WHEN:
        return start, end
    words = get_readout_words("bounds")
    if kind in (Property.START, Property.END):
        words = words | get_words("predicates", "end_prepositions")
    while start - 1 > verb.i and (verb.doc[start - 1].lower_ in words or verb.doc[start - 1].pos_ == "ADV"):
        start -= 1
    return start, end


def _read_place(verb: Token) -> Iterator[Found]:
    """ "was held in Lima"."""
    for _, noun in iter_objects(verb, "in", "at"):
        if noun.ent_type_ in ("GPE", "LOC", "FAC"):
            first = min([noun.i, *(child.i for child in get_children(noun, "compound"))])
            yield Found(Property.PLACE, first, noun.i + 1, verb)


def _read_quality(verb: Token) -> Iterator[Found]:
    """ "it was tense", "they were frank"."""
    for adjective in get_children(verb, "acomp"):
        if adjective.lower_ in get_words("mood", "adjectives"):
            start = min([adjective.i, *(child.i for child in adjective.lefts if child.dep_ in ("advmod", "neg"))])
            yield Found(Property.MOOD, start, adjective.i + 1, verb)


def _read_length(verb: Token, block: Block, times: list[TimeExpression]) -> Iterator[Found]:
    """ "It was ten minutes in a corridor", where another length was told before."""
    for time, start, end in _find_times(verb, block, times):
        if time.type is TimeType.DURATION and block.tokens[start:end].root.dep_ == "attr":
            yield Found(Property.DURATION, *_widen(verb, Property.DURATION, start, end), verb, is_bare=True)


def _read_none(verb: Token) -> Iterator[Found]:
    """ "no such meeting took place", "there was no meeting"."""
    nouns = get_children(verb, "nsubj", "attr") if get_lemma(verb) == "be" else get_children(verb, "nsubj")
    is_there = get_lemma(verb) != "be" or bool(get_children(verb, "expl"))
    for noun in nouns:
        is_none = any(child.lower_ == "no" for child in get_children(noun, "det")) and not get_children(noun, "prep")
        if is_there and is_none and _is_meeting(noun) and not _has_circumstance(verb):
            is_told = get_lemma(verb) == "be" or _is_placing(verb)
            if is_told and read_verb_status(verb) not in AHEAD:
                first = min(noun.left_edge.i, verb.i)
                yield Found(Property.STATUS, first, max(noun.i, verb.i) + 1, verb, value="denied")


def _read_called(verb: Token) -> Iterator[Found]:
    """ "called them tense", "described it as tense"."""
    below = [child for child in islice(verb.subtree, MAX_TOKENS) if child.i > verb.i]
    pointing = [child for child in below if child.lower_ in ("it", "them") or _is_occasion(child)]
    if not pointing:
        return
    for child in below:
        is_said_of_it = child.head.i in (verb.i, pointing[0].head.i) or child.head.lower_ == "as"
        if child.lower_ in get_words("mood", "adjectives") and child.pos_ == "ADJ" and is_said_of_it:
            first = min([child.i, *(c.i for c in child.lefts if c.dep_ in ("advmod", "neg"))])
            yield Found(Property.MOOD, first, child.i + 1, verb, _find_caller(verb))
            return


def _find_caller(verb: Token) -> Token | None:
    own = get_children(verb, "nsubj")
    if not own and verb.dep_ == "conj":
        own = get_children(verb.head, "nsubj")
    return own[-1] if own else None


# --- bare values ----------------------------------------------------------------------------------


def _read_given(verb: Token, block: Block, times: list[TimeExpression]) -> Iterator[Found]:
    """ "put it at forty minutes", "spoke of barely an hour", "gave the figure as 60"."""
    caller = _find_caller(verb)
    if caller is None:
        return
    lemma = get_lemma(verb)
    values = [noun for _, noun in iter_objects(verb, *(("of",) if lemma in ("speak", "talk") else ("at", "as")))]
    if lemma == "say":
        values = get_children(verb, "dobj", "npadvmod")
    elif lemma not in ("speak", "talk") and not any(_is_figure(child) for child in get_children(verb, "dobj")):
        return
    for noun in values:
        length = next(
            ((s, e) for t, s, e in _find_spans(block, times) if t.type is TimeType.DURATION and s <= noun.i < e), None
        )
        if length is not None:
            yield Found(Property.DURATION, *_widen(verb, Property.DURATION, *length), verb, caller, is_bare=True)
        elif noun.like_num and noun.ent_type_ in ("CARDINAL", ""):
            yield Found(Property.NUMBER, *_widen(verb, Property.NUMBER, noun.i, noun.i + 1), verb, caller, is_bare=True)


def _is_figure(token: Token) -> bool:
    return token.lower_ in ("it", "that", "them") or get_lemma(token) in get_readout_words("figures")


def _find_spans(block: Block, times: list[TimeExpression]) -> Iterator[tuple[TimeExpression, int, int]]:
    for time in times:
        span = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
        if span is not None:
            yield time, span.start, span.end


# --- denials --------------------------------------------------------------------------------------


def _read_denied(verb: Token) -> Iterator[Found]:
    """ "denied that the meeting took place", "denied any such meeting", "denied having met him"."""
    if is_negated(verb) or read_verb_status(verb) in AHEAD:
        return
    caller = _find_caller(verb)
    objects = [noun for noun in get_children(verb, "dobj") if _is_meeting(noun)]
    has_any = any(child.lower_ in ("any", "such", "a") for noun in objects for child in noun.children)
    clauses = get_children(verb, "ccomp", "xcomp")
    took_place = any(
        (_is_placing(clause) or get_lemma(clause) == "exist")
        and any(_is_meeting(noun) for noun in get_children(clause, "nsubj", "nsubjpass"))
        and not _has_circumstance(clause)
        for clause in clauses
    )
    met = any(get_lemma(clause) in ("meet", "speak") and not _has_circumstance(clause) for clause in clauses)
    if has_any or took_place or met:
        end = max(token.i for token in islice(verb.subtree, MAX_TOKENS) if not token.is_punct) + 1
        yield Found(Property.STATUS, verb.i, end, verb, caller, value="denied")


def _is_meeting(noun: Token) -> bool:
    return get_lemma(noun) in get_words("mood", "events") | get_readout_words("occasions")


def _has_circumstance(clause: Token) -> bool:
    """ "denied that the meeting took place in Oslo": only the place may be denied."""
    return any(noun.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for _, noun in iter_objects(clause)) or bool(
        get_children(clause, "npadvmod")
    )
